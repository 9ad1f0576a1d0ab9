import { findOnDuty } from "../directory/contact.ts";
import { createContacts } from "../directory/contact-store.ts";
import type { Instant } from "../platform/clock.ts";
import type { ContactFact } from "./facts.ts";
import type { ReadinessHost } from "./host.ts";

/** Whom to call about each unit at that instant; units that no list names are not in it. */
export async function readContactFacts({ database }: ReadinessHost, at: Instant): Promise<ReadonlyMap<string, ContactFact>> {
  const contacts = await createContacts(await database()).listContacts();
  return new Map(
    contacts.map(({ unit, carrier, hotline, centrePhone, duties }) => [
      unit,
      {
        carrier,
        phones: [hotline, centrePhone].filter((phone) => phone !== undefined),
        onDuty: findOnDuty(duties, at).now.map(({ technician, phone }) => ({ name: technician, phone })),
        hasDuties: duties.length > 0,
      },
    ]),
  );
}
