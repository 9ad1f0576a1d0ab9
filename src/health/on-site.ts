import type { Cause } from "./explain.ts";
import type { LocalCheckId, LocalFinding } from "./local/finding.ts";
import { passed, toObservations } from "./observation.ts";
import type { ProbeResult } from "./probe-result.ts";
import { type Likelihood, type Observed, type OnSiteCause, onSiteCauses, type Posterior } from "./questions.ts";
import { reasons } from "./reason.ts";
import { weighCauses } from "./weigh-causes.ts";

/** Of a ward's broken lines, those that break inside the house. */
const insideShare = 0.4;

/**
 * What the unit's own endpoints say before anybody is asked: the explanation's own posterior (weigh-causes.ts) over the groups that one unit can
 * show. What shares no cause is the system's own trouble, or none where nothing failed. Pure.
 */
export function toOnSitePrior(results: readonly ProbeResult[]): Posterior {
  const observed = toObservations(
    results.map(({ endpoint }) => endpoint),
    results,
  );
  const members = [...observed.keys()];
  const kinds = ["local", "ward", "carprov", "province"] as const;
  const { causes, none } = weighCauses(
    observed,
    kinds.map((kind) => ({ kind, id: kind, members })),
  );
  const [machine = 0, ward = 0, carrier = 0, province = 0] = kinds.map(
    (kind) => causes.find((one) => one.kind === kind)?.odds ?? 0,
  );
  const failed = observed.some((one) => one > passed);
  const cutOff = results.some(({ state, reason }) => state === "unknown" && reason === "local");
  // Nothing judged: only what lies near can be at fault, and each is as likely as it ever is.
  if (!failed && cutOff) return normalise({ machine: 3, lan: 2, line: 3, carrier: 1.5, province: 0.3, system: 0.1, well: 0.05 });
  return normalise({
    machine,
    lan: ward * insideShare,
    line: ward * (1 - insideShare),
    carrier,
    province,
    system: failed ? none : none * 0.02,
    well: failed ? none * 0.02 : none,
  });
}

/** What the desk's explanation says of a unit's line before anybody there is asked. Pure. */
export function toDeskPrior({ odds, rivals }: Pick<Cause, "odds" | "rivals">): Posterior {
  const rival = (...kinds: readonly string[]): number =>
    rivals.reduce((sum, one) => (kinds.includes(one.kind) ? sum + one.odds : sum), 0);
  return normalise({
    machine: 0,
    lan: odds * insideShare,
    line: odds * (1 - insideShare),
    carrier: rival("carrier", "carprov", "carsys"),
    province: rival("province"),
    system: rival("system", "provsys", "dc"),
    well: 0,
  });
}

const floor = 0.003;

/** No cause is ever ruled out by the score alone: a lamp may say otherwise. */
function normalise(weights: Posterior): Posterior {
  const sum = onSiteCauses.reduce((total, cause) => total + weights[cause] + floor, 0);
  return Object.fromEntries(onSiteCauses.map((cause) => [cause, (weights[cause] + floor) / sum])) as Posterior;
}

/** [machine, lan, line, carrier, province, system, well] */
function row(...p: readonly number[]): Likelihood {
  return Object.fromEntries(onSiteCauses.map((cause, at) => [cause, p[at]])) as unknown as Likelihood;
}

/** P(the check is well | cause). Checks that say the same thing twice are not both here. */
const wellGiven: Partial<Readonly<Record<LocalCheckId, Likelihood>>> = {
  loopback: row(0.7, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99),
  link: row(0.75, 0.6, 0.98, 0.99, 0.99, 0.99, 0.99),
  route: row(0.7, 0.45, 0.9, 0.95, 0.97, 0.98, 0.98),
  hijack: row(0.7, 0.95, 0.98, 0.97, 0.98, 0.99, 0.99),
  witnesses: row(0.35, 0.05, 0.04, 0.15, 0.92, 0.97, 0.98),
  portal: row(0.55, 0.95, 0.98, 0.98, 0.99, 0.99, 0.99),
  inspection: row(0.6, 0.97, 0.99, 0.99, 0.99, 0.99, 0.99),
  proxy: row(0.6, 0.95, 0.97, 0.98, 0.98, 0.99, 0.99),
};

/** Some endpoint was reached over the network from here, though others or its upper layers fail. */
const cameThrough = row(0.3, 0.04, 0.03, 0.08, 0.08, 0.9, 0.99);
/** A wrong clock or a strange resolver makes pages fail for this machine alone. */
const clockRight = row(0.6, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99);

/** What the tool found out itself, in the form of answers. Pure. */
export function listOnSiteFacts(results: readonly ProbeResult[], findings: readonly LocalFinding[]): readonly Observed[] {
  const checks = findings.flatMap(({ id, state }): readonly Observed[] => {
    const likelihood = id === "clock" ? clockRight : wellGiven[id];
    if (!likelihood || state === "not-applicable" || (state === "warn" && id !== "route")) return [];
    return [{ id, yes: state === "pass", likelihood }];
  });
  const judged = results.filter(({ state }) => state === "pass" || state === "fail");
  if (judged.length === 0) return checks;
  const came = judged.some(({ state, reason }) => state === "pass" || (reason !== undefined && isAboveNetwork(reason)));
  return [...checks, { id: "came-through", yes: came, likelihood: cameThrough }];
}

function isAboveNetwork(reason: NonNullable<ProbeResult["reason"]>): boolean {
  const { layer } = reasons[reason];
  return layer !== "name" && layer !== "network";
}

/** Causes from the likeliest down. */
export function rankCauses(posterior: Posterior): readonly { readonly cause: OnSiteCause; readonly odds: number }[] {
  return onSiteCauses.map((cause) => ({ cause, odds: posterior[cause] })).sort((a, b) => b.odds - a.odds);
}
