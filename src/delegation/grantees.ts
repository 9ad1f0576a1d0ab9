import { toIsoDate } from "../platform/time.ts";
import type { Desk } from "./desk.ts";
import type { Grant } from "./grant.ts";

/** Staff ids and names of those who gain by a grant: a delegate never records, approves or extends the own one (I7). */
export async function listGrantees(
  { people, clock, zone }: Pick<Desk, "people" | "clock" | "zone">,
  { unit, to, person }: Pick<Grant, "unit" | "to" | "person">,
): Promise<string[]> {
  const posts = await people.listPosts({ unit, at: toIsoDate(clock.now(), zone) });
  const holders = posts.filter(
    ({ position, department }) => position === to.position && (to.department ?? department) === department,
  );
  const staffIds = person === undefined ? [...new Set(holders.map(({ staffId }) => staffId))] : [person];
  const found = await Promise.all(staffIds.map((staffId) => people.findPerson(staffId)));
  return [...staffIds, ...found.flatMap((each) => each?.fullName ?? [])];
}
