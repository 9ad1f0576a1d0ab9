import type { Instant } from "../platform/clock.ts";
import type { DenyCode } from "./deny-codes.ts";
import { isPost, type Register } from "./facts.ts";
import { findPositionOf, type Grant, toEffectiveStart } from "./grant.ts";
import { always, contains, type Interval, type Intervals, intersect, never, subtract, unite } from "./interval.ts";
import { judgeGrant } from "./judge-grant.ts";
import { toOffice } from "./office.ts";
import type { RuleCode, SwitchCode } from "./rules.ts";

/** One thing that must hold for a right to be there: when it does, and which codes say that it does not. */
export interface Condition {
  readonly name: "lawful" | "grantor" | "window" | "lapse" | "revoked" | "suspended" | "approved" | "parent";
  readonly holds: Intervals;
  readonly codesAt: (at: Instant) => readonly DenyCode[];
}

/** When the reading of an unclear law decides whether a right is there. */
export interface Turn {
  readonly switch: SwitchCode;
  readonly when: Intervals;
}

export interface LegalState {
  readonly rule: RuleCode;
  readonly turns: readonly Turn[];
  readonly conditions: readonly Condition[];
  /** When all of them hold. */
  readonly live: Intervals;
}

const known = new WeakMap<Register, Map<string, LegalState>>();

/** Everything on paper that decides whether a grant is alive, whoever holds the post. Worked out once for each register. */
export function toLegalState(register: Register, grant: Grant): LegalState {
  const states = known.get(register) ?? new Map<string, LegalState>();
  if (states.size === 0) known.set(register, states);
  const before = states.get(grant.id);
  if (before) return before;
  const state = readLegalState(register, grant);
  states.set(grant.id, state);
  return state;
}

function readLegalState(register: Register, grant: Grant): LegalState {
  const judged = judgeGrant(grant, register.facts.zone, register.findGrant);
  const lawful = judged.faults.length === 0 ? judged.inForce : never;
  const faultCodes = [...new Set(judged.faults.map((fault) => fault.code))];
  const start = toEffectiveStart(grant);
  const turns: Turn[] = [];
  const conditions: Condition[] = [
    { name: "lawful", holds: lawful, codesAt: () => (faultCodes.length > 0 ? faultCodes : ["DEL-CAPACITY"]) },
    {
      name: "window",
      holds: unite([{ from: start, to: grant.validTo ?? Number.POSITIVE_INFINITY }]),
      codesAt: (at) => [at < start ? "DEL-NOT-YET" : "DEL-EXPIRED"],
    },
    ...listEventConditions(register, grant),
  ];
  if (grant.capacity !== "Q") {
    const grantors = listGrantors(register, grant);
    if (!mayHaveGiven(grantors, grant)) {
      conditions.splice(1, 0, { name: "grantor", holds: never, codesAt: () => ["DEL-GRANTOR"] });
    }
    const reading = findReading(register, grant);
    if (reading) {
      const term = toGrantorTerm(grantors, start);
      if (term !== always) turns.push({ switch: reading.switch, when: subtract(always, term) });
      if (reading.lapses) conditions.push({ name: "lapse", holds: term, codesAt: () => ["DEL-LAPSED"] });
    }
  }
  const parent = grant.parent === undefined ? undefined : register.findGrant(grant.parent);
  // A parent that has a parent is unlawful for its child already, so this ends after one step, also in a circle.
  if (parent && parent.parent === undefined) {
    const state = toLegalState(register, parent);
    const failing = (at: Instant): readonly DenyCode[] =>
      state.conditions.filter(({ holds }) => !contains(holds, at)).flatMap(({ codesAt }) => codesAt(at));
    conditions.push({ name: "parent", holds: state.live, codesAt: failing });
    turns.push(...state.turns);
  }
  return {
    rule: judged.rule?.code ?? judged.faults[0]?.rule ?? "D30-13.1",
    turns,
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

/** s1 for TUQ., s3 for TL.: what the workspace makes of a change of office. */
function findReading({ facts }: Register, { capacity }: Grant): { switch: SwitchCode; lapses: boolean } | undefined {
  if (capacity === "TUQ") return { switch: "s1", lapses: facts.switches.tuqLapsesWithGrantor };
  return capacity === "TL" ? { switch: "s3", lapses: !facts.switches.tlSurvivesChairman } : undefined;
}

interface Grantor {
  readonly staffId: string;
  readonly terms: Intervals;
}

/** Who held the post that gives, and when; an acting head (Q.) gives as the head does. */
function listGrantors(register: Register, grant: Grant): Grantor[] {
  const holdings = register.holdingsIn.get(grant.unit) ?? [];
  const terms = new Map<string, Interval[]>();
  const add = (staffId: string, spans: Intervals): void => {
    const own = terms.get(staffId);
    if (own) own.push(...spans);
    else terms.set(staffId, [...spans]);
  };
  for (const holding of holdings) if (isPost(holding, grant.from)) add(holding.staffId, [holding]);
  if (findPositionOf(grant.from)?.rank === "head") {
    for (const acting of listActing(register, grant.unit)) add(acting.staffId, acting.terms);
  }
  return [...terms].map(([staffId, spans]) => ({ staffId, terms: unite(spans) }));
}

const acting = new WeakMap<Register, Map<string, readonly Grantor[]>>();

function listActing(register: Register, unit: string): readonly Grantor[] {
  const units = acting.get(register) ?? new Map<string, readonly Grantor[]>();
  if (units.size === 0) acting.set(register, units);
  const before = units.get(unit);
  if (before) return before;
  const found = (register.grantsIn.get(unit) ?? []).flatMap((grant): Grantor[] => {
    if (grant.capacity !== "Q" || grant.person === undefined) return [];
    const held = (register.holdingsOf.get(grant.person) ?? []).filter((holding) => holding.unit === unit);
    return [{ staffId: grant.person, terms: intersect(toLegalState(register, grant).live, toOffice(register, grant, held)) }];
  });
  units.set(unit, found);
  return found;
}

/**
 * C7: whoever gave it was in office on the day of the paper. A register that does not reach back to that day cannot say that nobody
 * was.
 */
function mayHaveGiven(grantors: readonly Grantor[], grant: Grant): boolean {
  const issuedAt = grant.basis.date ?? toEffectiveStart(grant);
  const reachesBack = grantors.some(({ terms }) => (terms[0]?.from ?? Number.POSITIVE_INFINITY) <= issuedAt);
  return !reachesBack || grantors.some(({ terms }) => contains(terms, issuedAt));
}

/** The time in office of whoever held the granting post when the grant began; nobody known means nothing to lapse with. */
function toGrantorTerm(grantors: readonly Grantor[], start: Instant): Intervals {
  const giving = grantors.filter(({ terms }) => contains(terms, start));
  return giving.length === 0 ? always : unite(giving.flatMap(({ terms }) => terms));
}
