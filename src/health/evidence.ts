import type { Endpoint } from "./endpoint.ts";
import type { Cause, Explanation } from "./explain.ts";
import { type Observations, passed } from "./observation.ts";
import type { ProbeResult } from "./probe-result.ts";
import { type LayerName, layerNames, type Reason, reasons, signatures } from "./reason.ts";
import type { RiskGroup } from "./risk-groups.ts";
import { layerOf } from "./score.ts";

/** The counts that speak for a cause and against it. */
export interface Evidence {
  /** What is counted: units, or the systems of the one unit. */
  readonly counted: "units" | "systems";
  readonly failed: number;
  readonly tested: number;
  /** The layer and the reason of most of its failures. */
  readonly layer: LayerName;
  readonly reason: Reason;
  /** Members that work although the group is said to be broken. */
  readonly working: readonly string[];
  /** The same count in groups of its kind that are not said to be broken. */
  readonly contrast: readonly (Count & { readonly id: string; readonly counted: "units" | "systems" })[];
}

interface Count {
  readonly failed: number;
  readonly tested: number;
}

const contrastsShown = 2;

interface Scene {
  readonly endpoints: readonly Endpoint[];
  readonly observed: Observations;
  readonly results: readonly ProbeResult[];
  readonly explanation: Pick<Explanation, "groups" | "causes">;
}

/** Counts what supports a cause and what speaks against it. Pure. */
export function gatherEvidence(cause: Cause, scene: Scene): Evidence {
  const { endpoints, observed, results } = scene;
  const byId = new Map(results.map((result) => [result.endpoint, result]));
  const reason = findCommonest(
    cause.affected.flatMap((at) => byId.get((endpoints[at] as Endpoint).id)?.reason ?? toReason(observed[at] as number)),
  );
  const { layer } = reasons[reason];
  const counted = cause.kind === "ward" || isOneSided(cause) ? "systems" : "units";
  const own = countThings(cause.members, scene, { counted, layer, fails: new Set(cause.affected) });
  return {
    counted,
    failed: own.failed,
    tested: own.tested,
    layer,
    reason,
    working: own.working,
    contrast: listSiblings(cause, scene)
      .map(({ id, members }) => {
        const of = isOneSided(cause) ? "systems" : "units";
        return { id, counted: of, ...countAtLayer(members, scene, layer, of) } as const;
      })
      .filter(({ tested }) => tested > 0)
      .sort((a, b) => b.tested - a.tested)
      .slice(0, contrastsShown)
      .map(({ id, failed, tested, counted: of }) => ({ id, failed, tested, counted: of })),
  };
}

interface Counting {
  readonly counted: "units" | "systems";
  readonly layer: LayerName;
  readonly fails: ReadonlySet<number>;
}

/**
 * A unit has failed when at least half of what was judged of it has. What fails above the layer has come through it; what fails at
 * or below it for another cause says nothing and is left out.
 */
function countThings(
  members: readonly number[],
  { endpoints, observed }: Scene,
  { counted, layer, fails }: Counting,
): Count & { readonly working: readonly string[] } {
  const things = new Map<string, { fails: number; tested: number }>();
  for (const at of members) {
    const seen = observed[at] as number;
    const judged = fails.has(at) || seen === passed || (seen > passed && layerOf(seen) > toNumber(layer));
    if (!judged) continue;
    const endpoint = endpoints[at] as Endpoint;
    const name = counted === "units" ? endpoint.unit : endpoint.system;
    const thing = things.get(name) ?? { fails: 0, tested: 0 };
    thing.tested++;
    if (fails.has(at)) thing.fails++;
    things.set(name, thing);
  }
  const all = [...things];
  const working = all.filter(([, { fails: bad, tested }]) => bad * 2 < tested).map(([name]) => name);
  return { failed: all.length - working.length, tested: all.length, working };
}

function countAtLayer(members: readonly number[], scene: Scene, layer: LayerName, counted: Counting["counted"]): Count {
  const isAtLayer = (at: number): boolean =>
    (scene.observed[at] as number) > passed && layerOf(scene.observed[at] as number) === toNumber(layer);
  return countThings(members, scene, { counted, layer, fails: new Set(members.filter(isAtLayer)) });
}

/** The score knows six layers: function and freshness are one. */
function toNumber(layer: LayerName): number {
  return Math.min(layerNames.indexOf(layer), 5);
}

/** Seen from one of two places only. */
function isOneSided({ kind }: Pick<Cause, "kind">): boolean {
  return kind === "onsite" || kind === "approach";
}

/** Groups that differ from the cause in the one thing that is said to be broken. */
function listSiblings(cause: Cause, { endpoints, explanation }: Scene): readonly RiskGroup[] {
  const broken = new Set(explanation.causes.map(({ kind, id }) => `${kind} ${id}`));
  const [, rest] = cause.id.split("/");
  const first = endpoints[cause.members[0] as number] as Endpoint;
  // The same unit from the other place.
  if (isOneSided(cause)) {
    const other = cause.kind === "onsite" ? "approach" : "onsite";
    return explanation.groups.filter(({ kind, id }) => kind === other && id === cause.id);
  }
  if (cause.kind === "ward") {
    const neighbours = explanation.groups.find(({ kind, id }) => kind === "carrier" && id === first.carrier);
    if (!neighbours) return [];
    const others = neighbours.members.filter((at) => (endpoints[at] as Endpoint).unit !== cause.id);
    return others.length > 0 ? [{ ...neighbours, members: others }] : [];
  }
  const sameProvince = ({ members }: RiskGroup): boolean =>
    (endpoints[members[0] as number] as Endpoint).province === first.province;
  return explanation.groups.filter((group) => {
    if (group.kind !== cause.kind || group.id === cause.id || broken.has(`${group.kind} ${group.id}`)) return false;
    if (cause.kind === "carprov" || cause.kind === "carsys") return group.id.split("/")[1] === rest;
    return cause.kind === "provsys" ? sameProvince(group) : cause.kind !== "local";
  });
}

function findCommonest(found: readonly Reason[]): Reason {
  const counts = new Map<Reason, number>();
  for (const reason of found) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "net.timeout";
}

function toReason(signature: number): Reason {
  return (Object.keys(reasons) as Reason[]).find((name) => reasons[name].signature === signatures[signature]) ?? "net.timeout";
}
