import { createErasureStore } from "../directory/erasure-store.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { Failure } from "../platform/failure.ts";
import { readSecureBytes } from "../platform/secure-bytes.ts";
import { findNearest } from "../platform/text.ts";
import { toIso, toIsoDate } from "../platform/time.ts";
import { createForgetStore } from "./forget-store.ts";
import { forgetFaults as words } from "./forget-words.ts";
import { toForgottenKey } from "./forgotten.ts";
import { lifecycleFaults } from "./lifecycle-words.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { createPlanStore } from "./plan-store.ts";
import { toPersonKey } from "./roster.ts";

export interface Forgotten {
  readonly staffId: string;
  /** Stays in the register under a salted hash; undefined where there never was one. */
  readonly username: string | undefined;
  /** Stored plans in which names were blanked. */
  readonly plans: number;
}

/**
 * Removes what is kept of somebody whose contract ended: names, birthday, mail, telephone, links. What stays: the user name under a salted hash, and in
 * journal and audit the staff id with what was done. Failure kinds: usage (nobody of that id), unsafe (still here, or a plan is half done).
 */
export async function forgetPerson({ database, audit, actor, clock, zone }: ProvisionHost, staffId: string): Promise<Forgotten> {
  const subject = toPersonKey(staffId);
  const store = createPlanStore(database);
  const [names, links] = [await store.listNames(), await store.listLinks()];
  const people = createPeopleStore(database);
  const own = names.find(({ owner }) => owner === subject);
  if (!own && !links.some((link) => link.subject === subject) && !(await people.findPerson(staffId))) {
    const ids = names.flatMap(({ owner }) => (owner.startsWith("person/") ? [owner.slice("person/".length)] : []));
    throw new Failure("usage", lifecycleFaults.unknownPerson(staffId, findNearest(staffId, ids)));
  }
  const today = toIsoDate(clock.now(), zone);
  const posts = await people.listListedPosts({ staffId });
  const isHere = posts.some(({ to }) => to === undefined || to > today) || (own !== undefined && own.state !== "retired");
  if (isHere) throw new Failure("unsafe", words.stillHere(staffId), { hint: words.leaveFirst(staffId) });
  if (await store.findUnfinished()) throw new Failure("unsafe", words.planHalfDone, { hint: words.resumeFirst });
  let plans = 0;
  const at = toIso(clock.now(), zone);
  await store.eraseTraces(async (tx) => {
    const erasure = createErasureStore(tx);
    const salt = await erasure.readSalt(() => Buffer.from(readSecureBytes(32)).toString("hex"));
    const keptAs = toForgottenKey(salt, subject);
    await erasure.erase({ staffId, person: keptAs, at }, async () => {
      plans = await createForgetStore(tx).forget(staffId, keptAs);
    });
    await audit.append({ actor, action: "provision.forget", subject, detail: { username: own?.name ?? null, plans } }, tx);
  });
  return { staffId, username: own?.name, plans };
}
