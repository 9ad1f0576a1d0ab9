import type { Endpoint } from "../endpoint.ts";
import type { Episode } from "../episodes.ts";
import type { ExplainedCause, ExplainedSweep } from "../explain-results.ts";
import type { ProbePhases, ProbeResult } from "../probe-result.ts";
import { type LayerName, layerNames, type Reason } from "../reason.ts";
import type { RunHead } from "../run-file.ts";

/** What a pack is about: a cause, an incident of history, or one unit. */
export interface PackSubject {
  readonly kind: "incident" | "cause" | "unit";
  /** `carprov:VNPT/46`, `19777`. */
  readonly name: string;
  readonly cause: ExplainedCause | undefined;
  readonly incident: Episode | undefined;
  /** Failing endpoints, in the run's order. */
  readonly affected: readonly string[];
}

export interface PackScene {
  readonly head: RunHead;
  readonly results: readonly ProbeResult[];
  readonly endpoints: readonly Endpoint[];
  readonly explained: ExplainedSweep;
}

/** How far the affected came, layer by layer. */
export interface LayerCount {
  readonly layer: LayerName;
  readonly passed: number;
  readonly failed: number;
  readonly reasons: readonly (readonly [Reason, number])[];
  /** The middle one of what it took those who passed. */
  readonly medianMs: number | undefined;
}

export type ControlKind = "same-carrier" | "other-carriers" | "same-systems" | "other-systems";

/**
 * Endpoints that share something with the affected and something not. What comes through the layer where those fail clears what they share, even if it
 * fails above it for another cause.
 */
export interface Control {
  readonly kind: ControlKind;
  readonly through: number;
  readonly stopped: number;
  /** Ids of some that came through, of different units where there are; those that pass altogether first. */
  readonly examples: readonly string[];
}

export interface EvidencePack {
  readonly subject: PackSubject;
  readonly affected: readonly { readonly endpoint: Endpoint; readonly result: ProbeResult }[];
  readonly layers: readonly LayerCount[];
  /** Where most of the affected fail. */
  readonly layer: LayerName;
  readonly controls: readonly Control[];
  /** Who else fails among the controls is not hidden. */
  readonly carriers: readonly string[];
  readonly provinces: readonly string[];
  readonly hops: readonly { readonly endpoint: string; readonly url: string; readonly status: number }[];
  readonly longestLagMs: number;
  readonly notComparable: number;
  /** What the pack speaks of: the affected and every control. */
  readonly lines: readonly ProbeResult[];
}

const examplesShown = 3;
const phaseOf: Readonly<Partial<Record<LayerName, keyof ProbePhases>>> = {
  name: "nameMs",
  network: "connectMs",
  tls: "tlsMs",
  http: "firstByteMs",
};

/** The facts of a pack, from what a run saw. Planned work and what could not be judged are no controls. Pure. */
export function gatherPack(subject: PackSubject, { results, endpoints }: PackScene): EvidencePack {
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const bad = new Set(subject.affected);
  const known = results.flatMap((result) => {
    const endpoint = byId.get(result.endpoint);
    return endpoint ? [{ endpoint, result }] : [];
  });
  const affected = known.filter(({ endpoint }) => bad.has(endpoint.id));
  const judged = known.filter(
    ({ endpoint, result }) =>
      !bad.has(endpoint.id) && !result.maintenance && (result.state === "pass" || result.state === "fail"),
  );
  const of = (pick: (endpoint: Endpoint) => string | undefined): ReadonlySet<string> =>
    new Set(affected.flatMap(({ endpoint }) => pick(endpoint) ?? []));
  const units = of(({ unit }) => unit);
  const systems = of(({ system }) => system);
  const carriers = of(({ carrier }) => carrier);
  const provinces = of(({ province }) => province);
  const isElsewhere = ({ unit }: Endpoint): boolean => !units.has(unit);
  const tests: Readonly<Record<ControlKind, (endpoint: Endpoint) => boolean>> = {
    "same-carrier": (one) => isElsewhere(one) && one.carrier !== undefined && carriers.has(one.carrier),
    "other-carriers": (one) =>
      isElsewhere(one) &&
      one.carrier !== undefined &&
      !carriers.has(one.carrier) &&
      (one.province === undefined || provinces.size === 0 || provinces.has(one.province)),
    "same-systems": (one) => isElsewhere(one) && systems.has(one.system),
    "other-systems": (one) => units.has(one.unit) && !systems.has(one.system),
  };
  const layer = findUsualLayer(affected.map(({ result }) => result));
  const spoken = new Set<string>();
  const controls = (Object.keys(tests) as ControlKind[]).flatMap((kind): Control[] => {
    const own = judged.filter(({ endpoint }) => tests[kind](endpoint));
    if (own.length === 0) return [];
    for (const { endpoint } of own) spoken.add(endpoint.id);
    const through = own.filter(({ result }) => comesThrough(result, layer));
    const best = [...through].sort((a, b) => Number(a.result.state === "fail") - Number(b.result.state === "fail"));
    return [{ kind, through: through.length, stopped: own.length - through.length, examples: chooseExamples(best) }];
  });
  return {
    subject,
    affected,
    layers: countLayers(affected.map(({ result }) => result)),
    layer,
    controls,
    carriers: [...carriers],
    provinces: [...provinces],
    hops: affected.flatMap(({ result }) =>
      (result.seen?.hops ?? []).map(({ url, status }) => ({ endpoint: result.endpoint, url, status })),
    ),
    longestLagMs: Math.max(0, ...affected.map(({ result }) => result.loopLagMs)),
    notComparable: affected.filter(({ result }) => !result.comparable).length,
    lines: results.filter(({ endpoint }) => bad.has(endpoint) || spoken.has(endpoint)),
  };
}

function comesThrough({ state, layer }: ProbeResult, usual: LayerName): boolean {
  return state === "pass" || (layer !== undefined && layerNames.indexOf(layer) > layerNames.indexOf(usual));
}

/** The lowest of the commonest. */
function findUsualLayer(results: readonly ProbeResult[]): LayerName {
  const count = (layer: LayerName): number => results.filter((result) => result.layer === layer).length;
  return layerNames.reduce((best, layer) => (count(layer) > count(best) ? layer : best));
}

/** From different units first: three systems of one unit show less than three units. */
function chooseExamples(passed: readonly { readonly endpoint: Endpoint }[]): readonly string[] {
  const firstOfUnit = [...new Map([...passed].reverse().map(({ endpoint }) => [endpoint.unit, endpoint.id])).values()].reverse();
  const rest = passed.map(({ endpoint }) => endpoint.id).filter((id) => !firstOfUnit.includes(id));
  return [...firstOfUnit, ...rest].slice(0, examplesShown);
}

function countLayers(results: readonly ProbeResult[]): LayerCount[] {
  const places = results.map(({ layer }) => (layer === undefined ? layerNames.length : layerNames.indexOf(layer)));
  return layerNames.flatMap((layer, at): LayerCount[] => {
    const failing = results.filter((_, place) => places[place] === at);
    const through = results.filter((result, place) => (places[place] as number) > at && wasTried(result, layer));
    if (failing.length + through.length === 0) return [];
    const reasons = [...Map.groupBy(failing, ({ reason }) => reason)].flatMap(([reason, own]) =>
      reason === undefined ? [] : [[reason, own.length] as const],
    );
    const phase = phaseOf[layer];
    const times = phase ? through.flatMap(({ phases }) => phases?.[phase] ?? []).sort((a, b) => a - b) : [];
    return [
      {
        layer,
        passed: through.length,
        failed: failing.length,
        reasons: reasons.sort((a, b) => b[1] - a[1]),
        medianMs: times[Math.floor((times.length - 1) / 2)],
      },
    ];
  });
}

/** A name that is an address has no name layer, and http:// has no TLS: nothing passed there. */
function wasTried({ phases }: ProbeResult, layer: LayerName): boolean {
  const phase = phaseOf[layer];
  return phase !== undefined && phases?.[phase] !== undefined;
}
