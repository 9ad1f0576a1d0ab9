import type { Endpoint } from "../../../src/health/endpoint.ts";
import { type Observations, passed, untested } from "../../../src/health/observation.ts";
import { groupKinds, type RiskGroup, toRiskGroups } from "../../../src/health/risk-groups.ts";
import { createRandom, type Random } from "../../../src/platform/random.ts";

const systems = ["documents", "dossiers", "feedback", "video", "directory"];

/** A made-up country: some provinces of some units, five systems, three carriers with invented shares. */
export function makeEndpoints(random: Random, provinces = 10, unitsEach = 30): Endpoint[] {
  return Array.from({ length: provinces }, (_, p) => p).flatMap((p) =>
    Array.from({ length: unitsEach }, (_, u) => u).flatMap((u) => {
      const unit = String(10_000 + p * 100 + u);
      const draw = random.next();
      const carrier = draw < 0.48 ? "VNPT" : draw < 0.9 ? "Viettel" : "MobiFone";
      return systems.map((system): Endpoint => {
        const id = `${unit}/${system}`;
        const way = { url: `https://${unit}.${system}.test/`, host: `${unit}.${system}.test`, port: 443, addresses: [] };
        const shared = { carrier, province: `P${p}`, instance: `${system}-P${p}`, dc: `DC${p % 3}`, dnsZone: `P${p}.test` };
        return {
          id,
          unit,
          system,
          ...way,
          ...shared,
          sso: system === "documents" || system === "dossiers" ? `SSO${p % 4}` : undefined,
        };
      });
    }),
  );
}

export interface Difficulty {
  readonly faults: readonly number[];
  readonly hit: readonly [number, number];
  /** Most share of failures that show another signature than the fault's first. */
  readonly other: number;
  readonly confused: number;
  readonly noise: number;
  readonly untested: number;
}

/** The sets of check.md §13. */
export const difficulties = {
  easy: { faults: [1], hit: [0.97, 1], other: 0.05, confused: 0.01, noise: 0.002, untested: 0 },
  medium: { faults: [1, 1, 2], hit: [0.8, 1], other: 0.2, confused: 0.03, noise: 0.005, untested: 0.1 },
  hard: { faults: [1, 2, 3], hit: [0.45, 1], other: 0.35, confused: 0.05, noise: 0.01, untested: 0.3 },
} satisfies Record<string, Difficulty>;

const mix: readonly (readonly [(typeof groupKinds)[number], number])[] = [
  ["ward", 0.27],
  ["provsys", 0.15],
  ["carprov", 0.14],
  ["system", 0.1],
  ["province", 0.09],
  ["carrier", 0.05],
  ["dc", 0.05],
  ["sso", 0.05],
  ["dnszone", 0.04],
  ["local", 0.04],
  ["carsys", 0.02],
];

/** How a broken group shows itself: its usual signature and another. */
const looks: Readonly<Record<(typeof groupKinds)[number], readonly (readonly [number, number])[]>> = {
  ward: [
    [3, 2],
    [3, 1],
  ],
  provsys: [
    [9, 12],
    [5, 9],
  ],
  system: [
    [9, 12],
    [5, 9],
  ],
  carprov: [
    [3, 4],
    [2, 3],
  ],
  carrier: [
    [3, 4],
    [2, 3],
  ],
  carsys: [[3, 4]],
  province: [
    [3, 1],
    [1, 3],
  ],
  dc: [
    [3, 9],
    [9, 12],
  ],
  sso: [[13, 14]],
  dnszone: [
    [0, 1],
    [1, 0],
  ],
  local: [
    [7, 3],
    [1, 3],
  ],
  onsite: [[3, 2]],
  approach: [[3, 2]],
};

export interface Scenario {
  readonly observed: Observations;
  readonly truth: readonly RiskGroup[];
}

/** Breaks groups drawn by the mix and lets each member show it, or not, as the difficulty says. */
export function makeScenario(endpoints: readonly Endpoint[], difficulty: Difficulty, seed: number | string): Scenario {
  const random = createRandom(seed);
  const groups = toRiskGroups(endpoints);
  const truth: RiskGroup[] = [];
  const count = random.pick(difficulty.faults);
  while (truth.length < count) {
    const kind = drawKind(random);
    const ofKind = groups.filter((one) => one.kind === kind);
    if (ofKind.length === 0) continue;
    const group = random.pick(ofKind);
    if (!truth.includes(group)) truth.push(group);
  }
  const observed = new Int8Array(endpoints.length).fill(passed);
  for (const group of truth) {
    const hit = difficulty.hit[0] + random.next() * (difficulty.hit[1] - difficulty.hit[0]);
    const [usual, other] = random.pick(looks[group.kind as keyof typeof looks]);
    const otherShare = random.next() * difficulty.other;
    for (const at of group.members) if (random.next() < hit) observed[at] = random.next() < otherShare ? other : usual;
  }
  for (const at of observed.keys()) {
    if (observed[at] === passed && random.next() < difficulty.noise) observed[at] = random.integer(17);
    else if ((observed[at] as number) >= 0 && random.next() < difficulty.confused) observed[at] = random.integer(17);
    if (random.next() < difficulty.untested) observed[at] = untested;
  }
  return { observed, truth };
}

function drawKind(random: Random): (typeof groupKinds)[number] {
  let draw = random.next();
  for (const [kind, share] of mix) {
    draw -= share;
    if (draw < 0) return kind;
  }
  return groupKinds[0];
}
