import type { Random } from "../platform/random.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ProbeResult } from "./probe-result.ts";

/** From so many units up a sweep is adaptive unless it is told otherwise (check.md §6). */
export const adaptiveFromUnits = 1_000;
/** Units whose systems are all tried. */
const suspiciousAtMost = 300;
/** Of all endpoints at most so many are tried, units under suspicion aside. */
const lookShare = 0.265;

type State = Pick<ProbeResult, "endpoint" | "state">;

export function isAdaptive(wanted: "full" | "adaptive" | undefined, endpoints: readonly Endpoint[]): boolean {
  return wanted === "adaptive" || (wanted === undefined && new Set(endpoints.map(({ unit }) => unit)).size >= adaptiveFromUnits);
}

/**
 * What an adaptive sweep tries next, given what it has found: first one system of every unit, by chance; where that could not be judged, another;
 * then all systems of units where something fails, and a second system of as many others as fit. Empty: done. Pure but for `random`.
 */
export function planNextProbes(endpoints: readonly Endpoint[], found: readonly State[], random: Random): readonly Endpoint[] {
  const stateOf = new Map(found.map(({ endpoint, state }) => [endpoint, state]));
  const units = [...Map.groupBy(endpoints, ({ unit }) => unit).values()];
  const isTried = ({ id }: Endpoint): boolean => stateOf.has(id);
  const isJudged = ({ id }: Endpoint): boolean => stateOf.get(id) === "pass" || stateOf.get(id) === "fail";
  const pickOpen = (unit: readonly Endpoint[]): Endpoint[] => {
    const open = unit.filter((one) => !isTried(one));
    return open.length > 0 ? [random.pick(open)] : [];
  };
  // At most a second choice: a unit of which nothing can be judged is not asked for ever.
  const unseen = units.filter((unit) => !unit.some(isJudged) && unit.filter(isTried).length < 2).flatMap(pickOpen);
  if (unseen.length > 0) return unseen;
  const failing = units.filter((unit) => unit.some(({ id }) => stateOf.get(id) === "fail"));
  const expanded = failing.filter((unit) => unit.every(isTried)).length;
  const suspicious = random
    .shuffle(failing.filter((unit) => !unit.every(isTried)))
    .slice(0, Math.max(0, suspiciousAtMost - expanded));
  const room = Math.max(0, Math.floor(lookShare * endpoints.length) - found.length);
  const calm = units.filter((unit) => unit.every(({ id }) => stateOf.get(id) !== "fail") && unit.filter(isTried).length === 1);
  const second = random.shuffle(calm).slice(0, room).flatMap(pickOpen);
  return [...suspicious.flatMap((unit) => unit.filter((one) => !isTried(one))), ...second];
}
