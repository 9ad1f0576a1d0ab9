import type { Instant } from "../platform/clock.ts";
import type { DenyCode } from "./deny-codes.ts";
import { isPost, type Register } from "./facts.ts";
import { type Grant, toEffectiveStart } from "./grant.ts";
import { always, contains, type Interval, type Intervals, intersect, never, subtract, unite } from "./interval.ts";
import { judgeGrant } from "./judge-grant.ts";
import type { RuleCode } from "./rules.ts";

/** One thing that must hold for a right to be there: when it does, and which codes say that it does not. */
export interface Condition {
  readonly name: "lawful" | "window" | "lapse" | "revoked" | "suspended" | "approved" | "parent";
  readonly holds: Intervals;
  readonly codesAt: (at: Instant) => readonly DenyCode[];
}

export interface LegalState {
  readonly rule: RuleCode;
  readonly conditions: readonly Condition[];
  /** When all of them hold. */
  readonly live: Intervals;
}

/** Everything on paper that decides whether a grant is alive, whoever holds the post. */
export function toLegalState(register: Register, grant: Grant): LegalState {
  const judged = judgeGrant(grant, register.facts.zone, register.findGrant);
  const lawful = judged.faults.length === 0 ? judged.inForce : never;
  const faultCodes = [...new Set(judged.faults.map((fault) => fault.code))];
  const start = toEffectiveStart(grant);
  const conditions: Condition[] = [
    { name: "lawful", holds: lawful, codesAt: () => (faultCodes.length > 0 ? faultCodes : ["DEL-CAPACITY"]) },
    {
      name: "window",
      holds: unite([{ from: start, to: grant.validTo ?? Number.POSITIVE_INFINITY }]),
      codesAt: (at) => [at < start ? "DEL-NOT-YET" : "DEL-EXPIRED"],
    },
    ...listEventConditions(register, grant),
  ];
  if (lapsesWithGrantor(register, grant)) {
    conditions.push({ name: "lapse", holds: toGrantorTerm(register, grant, start), codesAt: () => ["DEL-LAPSED"] });
  }
  const parent = grant.parent === undefined ? undefined : register.findGrant(grant.parent);
  // A parent that has a parent is unlawful for its child already, so this ends after one step.
  if (parent && parent.parent === undefined) {
    const state = toLegalState(register, parent);
    const failing = (at: Instant): readonly DenyCode[] =>
      state.conditions.filter(({ holds }) => !contains(holds, at)).flatMap(({ codesAt }) => codesAt(at));
    conditions.push({ name: "parent", holds: state.live, codesAt: failing });
  }
  return {
    rule: judged.rule?.code ?? judged.faults[0]?.rule ?? "D30-13.1",
    conditions,
    live: conditions.reduce((live: Intervals, { holds }) => intersect(live, holds), always),
  };
}

function listEventConditions(register: Register, grant: Grant): Condition[] {
  const events = register.eventsOf.get(grant.id) ?? [];
  const conditions: Condition[] = [];
  const revokedAt = Math.min(...events.filter(({ kind }) => kind === "revoked").map(({ at }) => at));
  if (revokedAt < Number.POSITIVE_INFINITY) {
    const before: Interval = { from: Number.NEGATIVE_INFINITY, to: revokedAt };
    conditions.push({ name: "revoked", holds: unite([before]), codesAt: () => ["DEL-REVOKED"] });
  }
  const pauses = unite(
    events
      .filter(({ kind }) => kind === "suspended")
      .map(({ at, until }) => ({ from: at, to: until ?? Number.POSITIVE_INFINITY })),
  );
  if (pauses.length > 0) {
    conditions.push({ name: "suspended", holds: subtract(always, pauses), codesAt: () => ["DEL-SUSPENDED"] });
  }
  if (grant.needsApproval) {
    // I8: an approval by the recorder is none.
    const approvals = events.filter(({ kind, recordedBy }) => kind === "approved" && recordedBy !== grant.recordedBy);
    const from = Math.min(...approvals.map(({ at }) => at));
    conditions.push({ name: "approved", holds: unite([{ from, to: Number.POSITIVE_INFINITY }]), codesAt: () => ["DEL-PENDING"] });
  }
  return conditions;
}

function lapsesWithGrantor({ facts }: Register, { capacity }: Grant): boolean {
  if (capacity === "TUQ") return facts.switches.tuqLapsesWithGrantor;
  return capacity === "TL" && !facts.switches.tlSurvivesChairman;
}

/** The time in office of whoever held the granting post when the grant began; nobody known means nothing to lapse with. */
function toGrantorTerm(register: Register, grant: Grant, start: Instant): Intervals {
  const holdings = (register.holdingsIn.get(grant.unit) ?? []).filter((holding) => isPost(holding, grant.from));
  const grantors = new Set(holdings.filter(({ from, to }) => from <= start && start < to).map(({ staffId }) => staffId));
  return grantors.size === 0 ? always : unite(holdings.filter(({ staffId }) => grantors.has(staffId)));
}
