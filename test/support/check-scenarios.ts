import { nameOwner } from "../../src/health/cause-words.ts";
import { runCheck } from "../../src/health/check-run.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { explainResults } from "../../src/health/explain-results.ts";
import type { LayerName } from "../../src/health/reason.ts";
import { type GroupKind, type RiskGroup, toRiskGroups } from "../../src/health/risk-groups.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import { type CheckStage, type StageBehaviour, stageDeadlineMs, stageSlowMs } from "./check-stage.ts";

export const scenarioKinds = [
  "ward",
  "system",
  "provsys",
  "carrier",
  "carprov",
  "carsys",
  "province",
  "dc",
  "sso",
  "dnszone",
  "local",
] as const satisfies readonly GroupKind[];
export type ScenarioKind = (typeof scenarioKinds)[number];

/** How each kind of broken thing shows itself: usually, and at a few of its endpoints. */
const looks: Readonly<Record<ScenarioKind, readonly (readonly [StageBehaviour, StageBehaviour])[]>> = {
  ward: [
    ["blackhole", "refused"],
    ["refused", "reset"],
    ["reset", "blackhole"],
  ],
  system: [
    ["http-503", "http-slow"],
    ["tls-expired", "tls-expired"],
    ["http-slow", "http-503"],
  ],
  provsys: [
    ["http-503", "http-truncated"],
    ["tls-expired", "tls-expired"],
    ["tls-self-signed", "tls-self-signed"],
    ["http-slow", "http-503"],
  ],
  carrier: [
    ["blackhole", "reset"],
    ["refused", "blackhole"],
    ["reset", "closed"],
  ],
  carprov: [
    ["blackhole", "reset"],
    ["refused", "blackhole"],
    ["reset", "closed"],
  ],
  carsys: [
    ["blackhole", "reset"],
    ["refused", "blackhole"],
  ],
  province: [
    ["blackhole", "name-silent"],
    ["refused", "blackhole"],
  ],
  dc: [
    ["blackhole", "http-503"],
    ["http-503", "blackhole"],
  ],
  sso: [
    ["http-403", "http-503"],
    ["http-503", "http-403"],
  ],
  dnszone: [
    ["name-nx", "name-servfail"],
    ["name-servfail", "name-nx"],
  ],
  local: [
    ["portal", "portal"],
    ["name-silent", "name-silent"],
  ],
};

const layerOf: Readonly<Record<StageBehaviour, LayerName | undefined>> = {
  well: undefined,
  refused: "network",
  blackhole: "network",
  reset: "network",
  closed: "network",
  "tls-stall": "tls",
  "tls-expired": "tls",
  "tls-self-signed": "tls",
  "http-503": "http",
  "http-403": "http",
  "http-truncated": "http",
  "http-slow": "http",
  portal: "http",
  "name-nx": "name",
  "name-servfail": "name",
  "name-silent": "name",
};

const noises: readonly StageBehaviour[] = ["http-503", "refused", "http-slow", "http-403", "tls-expired", "name-nx"];

interface Planted {
  readonly kind: ScenarioKind;
  readonly group: RiskGroup;
  readonly usual: StageBehaviour;
}

export interface Scenario {
  readonly seed: number;
  readonly planted: readonly Planted[];
  readonly faults: ReadonlyMap<string, StageBehaviour>;
}

export interface ScenarioOutcome {
  readonly kind: ScenarioKind;
  /** The top cause is the planted one (of two, both are named), or cannot be told from it. */
  readonly named: boolean;
  readonly layerRight: boolean;
  readonly ownerRight: boolean;
  /** Causes beyond those planted. */
  readonly strange: number;
  readonly said: string;
  readonly truth: string;
}

/** Kinds in turn, so that each has its share; every fifth has a second broken thing; up to two endpoints fail for nothing. Seeded. */
export function makeScenario(endpoints: readonly Endpoint[], seed: number): Scenario {
  const random = createRandom(`scenario/${seed}`);
  const kind = scenarioKinds[seed % scenarioKinds.length] as ScenarioKind;
  const groups = toRiskGroups(endpoints);
  const first = plant(kind, groups, random);
  const planted = [first];
  if (kind !== "local" && seed % 5 === 4) {
    const second = plant(kind === "ward" ? "provsys" : "ward", groups, random, first);
    if (!second.group.members.some((at) => first.group.members.includes(at))) planted.push(second);
  }
  const faults = new Map<string, StageBehaviour>();
  for (const { group, usual, other } of planted) {
    const hit = 0.9 + 0.1 * random.next();
    const otherShare = 0.15 * random.next();
    // A line that three of five systems come through is not broken: at most a fifth is spared.
    let spare = Math.floor(group.members.length / 5);
    for (const at of group.members) {
      if (random.next() >= hit && spare-- > 0) continue;
      faults.set((endpoints[at] as Endpoint).id, random.next() < otherShare ? other : usual);
    }
  }
  const noise = random.integer(3);
  for (let n = 0; n < noise; n++) {
    const { id } = random.pick(endpoints);
    if (!faults.has(id)) faults.set(id, random.pick(noises));
  }
  return { seed, planted, faults };
}

/** A unit that fails just as a broken carrier does is held for one that the inventory puts on the wrong carrier, rightly: the second fault is of another kind. */
function plant(
  kind: ScenarioKind,
  groups: readonly RiskGroup[],
  random: Random,
  beside?: { readonly usual: StageBehaviour; readonly other: StageBehaviour },
): Planted & { readonly other: StageBehaviour } {
  const [usual, other] = random.pick(looks[kind].filter(([look]) => look !== beside?.usual && look !== beside?.other));
  const group = random.pick(groups.filter((one) => one.kind === kind));
  return { kind, group, usual, other: beside ? usual : other };
}

/** Plays a scenario on the stage, sweeps it as `check run` does, explains what was seen, and compares. */
export async function playScenario(stage: CheckStage, { seed, planted, faults }: Scenario): Promise<ScenarioOutcome> {
  const { endpoints, ca, resolver } = stage;
  await stage.play(faults);
  const run = await runCheck({
    endpoints,
    scope: "all",
    options: {
      resolvers: [resolver],
      deadlineMs: stageDeadlineMs,
      slowMs: stageSlowMs,
      concurrency: 64,
      perDestination: 8,
      perNetwork: 16,
      retryAfterMs: [30, 60],
      proxy: "direct",
    },
    sweep: "full",
    ca: { pem: ca, file: "stage" },
    clock: systemClock,
    zone: vietnamZone,
    random: createRandom(`sweep/${seed}`),
    signal: new AbortController().signal,
  });
  const names = { unit: verbatim, province: (label: string) => label };
  const { causes } = explainResults(endpoints, run.results, names);
  const truths = planted.map(({ group }) => `${group.kind} ${group.id}`);
  // An instance whose certificate is bad: whoever names that very certificate has named it.
  const isThatCertificate = ({ cause }: (typeof causes)[number], { group, usual }: Planted): boolean =>
    usual.startsWith("tls-") &&
    (cause.kind === "certificate" || cause.kind === "issuer") &&
    cause.members.every((at) => group.members.includes(at));
  const answers = causes.map((one) => [
    ...[one.cause, ...one.cause.or].map(({ kind, id }) => `${kind} ${id}`),
    ...planted.flatMap((own, at) => (isThatCertificate(one, own) ? [truths[at] as string] : [])),
  ]);
  const [first] = planted as readonly [Planted];
  const locals = run.localFindings.filter(({ state }) => state === "fail").map(({ id }) => `local ${id}`);
  const said = [...locals, ...answers.map((one) => one.join(" or "))].join(" + ") || "nothing";
  const facts = { kind: first.kind, said, truth: planted.map(({ usual }, at) => `${truths[at]} (${usual})`).join(" + ") };
  if (first.kind === "local") {
    // This machine's own fault is told as that, and takes the blame off everybody else.
    const told =
      locals.includes(first.usual === "portal" ? "local portal" : "local resolver") || answers[0]?.includes(truths[0] ?? "");
    const strange = answers.filter((answer) => !answer.includes(truths[0] as string)).length;
    return { ...facts, named: told === true, layerRight: told === true, ownerRight: told === true && strange === 0, strange };
  }
  const named =
    truths.includes(answers[0]?.find((one) => truths.includes(one)) ?? "") && truths.every((one) => answers.flat().includes(one));
  const found = planted.map(({ group, usual }) => {
    const cause = causes[answers.findIndex((answer) => answer.includes(`${group.kind} ${group.id}`))];
    return {
      layer: cause?.evidence.layer === layerOf[usual],
      owner:
        cause !== undefined &&
        (cause.owner.en === nameOwner(group, names).en || isThatCertificate(cause, { group, usual, kind: first.kind })),
    };
  });
  return {
    ...facts,
    named,
    layerRight: found.every(({ layer }) => layer),
    ownerRight: found.every(({ owner }) => owner),
    strange: answers.filter((answer) => !answer.some((one) => truths.includes(one))).length,
  };
}
