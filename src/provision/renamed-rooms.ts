import type { RegisteredName } from "./name-register.ts";
import { type SubjectKey, toFunctionalKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import type { Link } from "./subject-facts.ts";

/** A ward's one room does what a commune's other one does (NĐ 150/2025): whatever was one's becomes the other's. */
export const sameRooms: readonly (readonly [string, string])[] = [
  ["kinh-te", "kinh-te-ha-tang-do-thi"],
  ["kinh-te-ha-tang-do-thi", "kinh-te"],
];

/**
 * Department accounts that go on under another key because their unit changed its kind, as ten communes of Đồng Nai did on 30 April 2026: new key →
 * old key. An account is changed, never disabled and made anew.
 */
export function listRenamedRooms(
  subjects: readonly Subject[],
  links: readonly Link[],
  register: readonly RegisteredName[],
): ReadonlyMap<SubjectKey, SubjectKey> {
  const wanted = new Set(subjects.map(({ key }) => key));
  const known = new Set([...links.map(({ subject }) => subject), ...register.map(({ owner }) => owner)]);
  return new Map(
    subjects.flatMap(({ key, kind }): (readonly [SubjectKey, SubjectKey])[] => {
      if (kind !== "functional" || known.has(key)) return [];
      const [, unit = "", department = "", purpose = ""] = key.split("/");
      const former = sameRooms.find(([to]) => to === department)?.[1];
      const old = toFunctionalKey(`${unit}/${former}/${purpose}`);
      return former !== undefined && known.has(old) && !wanted.has(old) ? [[key, old]] : [];
    }),
  );
}
