import type { UnitFacts } from "./facts.ts";
import { toDimension } from "./judge.ts";
import type { DimensionReadiness, Reason } from "./readiness.ts";
import { readinessWords as words } from "./words.ts";

const tell = { owner: "support", commands: ["wardctl wards import contacts.csv"] } as const satisfies Partial<Reason>;

/** Somebody can be called about the unit right now. The list is our own: what is not in it is not known to anybody here. */
export function judgeContacts({ contact }: UnitFacts): DimensionReadiness {
  const none: Reason = { ...tell, code: "CONTACT-NONE", verdict: "no-go", detail: words.noContact };
  if (contact === "no-list") {
    return toDimension([{ ...tell, code: "EVID-NONE", verdict: "unknown", detail: words.noContactList }]);
  }
  if (!contact) return toDimension([none]);
  const { phones, onDuty, hasDuties, carrier } = contact;
  const numbers = [...phones, ...onDuty.flatMap(({ phone }) => phone ?? [])];
  const reasons: Reason[] = [];
  if (numbers.length === 0) {
    if (onDuty.length > 0) reasons.push({ ...tell, code: "CONTACT-NO-NUMBER", verdict: "no-go", detail: words.noNumber });
    else if (hasDuties) reasons.push({ ...tell, code: "CONTACT-NO-DUTY", verdict: "no-go", detail: words.nobodyOnDuty });
    else reasons.push(none);
  } else if (onDuty.length === 0) {
    reasons.push({ ...tell, code: "CONTACT-NO-DUTY", verdict: "note", detail: words.nobodyOnDuty });
  }
  if (carrier === undefined) reasons.push({ ...tell, code: "CONTACT-NO-CARRIER", verdict: "note", detail: words.noCarrier });
  return toDimension(reasons);
}
