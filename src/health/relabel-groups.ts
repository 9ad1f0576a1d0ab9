import type { Endpoint } from "./endpoint.ts";
import type { GroupKind, RiskGroup } from "./risk-groups.ts";
import type { Suspect } from "./suspects.ts";

/** Has this kind of group its members by their carrier? */
export function isOfCarrier(kind: GroupKind): boolean {
  return kind === "carrier" || kind === "carprov" || kind === "carsys";
}

/** The groups as they were if doubtful units had the carrier that they behave like, or none where they behave like no one. */
export function relabelGroups(
  groups: readonly RiskGroup[],
  doubts: readonly Suspect[],
  endpoints: readonly Endpoint[],
): readonly RiskGroup[] {
  const carriers = new Map(doubts.map(({ unit, behavesLike }) => [unit, behavesLike]));
  const moved: number[] = [];
  for (let at = 0; at < endpoints.length; at++) if (carriers.has((endpoints[at] as Endpoint).unit)) moved.push(at);
  const gone = new Set(moved);
  return groups.map((group) => {
    if (!isOfCarrier(group.kind)) return group;
    const [carrier, rest] = group.id.split("/");
    const joined = moved.filter((at) => {
      const { unit, province, system } = endpoints[at] as Endpoint;
      if (carriers.get(unit) !== carrier) return false;
      return rest === undefined || rest === (group.kind === "carprov" ? province : system);
    });
    return { ...group, members: [...group.members.filter((at) => !gone.has(at)), ...joined].sort((a, b) => a - b) };
  });
}
