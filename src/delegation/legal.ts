import type { Instant } from "../platform/clock.ts";
import type { DenyCode } from "./deny-codes.ts";
import { isPost, type Register } from "./facts.ts";
import { findPositionOf, formatPostRef, type Grant, toEffectiveStart } from "./grant.ts";
import { always, contains, type Interval, type Intervals, intersect, never, subtract, unite } from "./interval.ts";
import { type Judgement, judgeGrant } from "./judge-grant.ts";
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

/** When a grant is alive on paper, not kept: for passes over many grants that look at each once. */
export function toLive(register: Register, grant: Grant): Intervals {
  const before = known.get(register)?.get(grant.id);
  if (before) return before.live;
  let live = always;
  look(register, grant, {
    condition: (_name, holds) => {
      live = intersect(live, holds);
    },
  });
  return live;
}

function readLegalState(register: Register, grant: Grant): LegalState {
  const conditions: Condition[] = [];
  const turns: Turn[] = [];
  const { rule, faults } = look(register, grant, {
    condition: (name, holds, codes, before) => {
      const start = holds[0]?.from ?? Number.NEGATIVE_INFINITY;
      const codesAt = typeof codes === "function" ? codes : (at: Instant) => (before && at < start ? before : codes);
      conditions.push({ name, holds, codesAt });
    },
    turn: (turn) => turns.push(turn),
  });
  return {
    rule: rule?.code ?? faults[0]?.rule ?? "D30-13.1",
    turns,
    conditions,
    live: conditions.reduce((live: Intervals, { holds }) => intersect(live, holds), always),
  };
}

/** Told of one condition after another. `before`: the codes at an instant before it first holds. */
interface Looker {
  readonly condition: (
    name: Condition["name"],
    holds: Intervals,
    codes: readonly DenyCode[] | Condition["codesAt"],
    before?: readonly DenyCode[],
  ) => void;
  readonly turn?: (turn: Turn) => void;
}

const outOfForce = ["DEL-CAPACITY"] as const;
const notYet = ["DEL-NOT-YET"] as const;
const expired = ["DEL-EXPIRED"] as const;
const noGrantor = ["DEL-GRANTOR"] as const;
const lapsed = ["DEL-LAPSED"] as const;
const revoked = ["DEL-REVOKED"] as const;
const suspended = ["DEL-SUSPENDED"] as const;
const pending = ["DEL-PENDING"] as const;

function look(register: Register, grant: Grant, { condition, turn }: Looker): Judgement {
  const judged = judgeGrant(grant, register.facts.zone, register.findGrant, register.tree);
  const isSound = judged.faults.length === 0;
  const faultCodes = isSound ? outOfForce : [...new Set(judged.faults.map((fault) => fault.code))];
  condition("lawful", isSound ? judged.inForce : never, faultCodes);
  const grantors = grant.capacity === "Q" ? undefined : listGrantors(register, grant);
  if (grantors && !mayHaveGiven(grantors, grant)) condition("grantor", never, noGrantor);
  const start = toEffectiveStart(grant);
  const to = grant.validTo ?? Number.POSITIVE_INFINITY;
  // An empty window is over before it began.
  condition("window", start < to ? [{ from: start, to }] : never, expired, start < to ? notYet : undefined);
  lookAtEvents(register, grant, condition);
  const reading = grantors && findReading(register, grant);
  if (reading) {
    const term = toGrantorTerm(grantors, start);
    if (term !== always) turn?.({ switch: reading.switch, when: subtract(always, term) });
    if (reading.lapses) condition("lapse", term, lapsed);
  }
  const parent = judged.rule?.passedOn && grant.parent !== undefined ? register.findGrant(grant.parent) : undefined;
  // What is not passed on rests on no parent, whatever it names, and a parent that has a parent is unlawful for its child already: so
  // this ends after one step, also in a circle.
  if (parent && parent.parent === undefined) {
    const state = toLegalState(register, parent);
    condition("parent", state.live, (at) =>
      state.conditions.filter(({ holds }) => !contains(holds, at)).flatMap(({ codesAt }) => codesAt(at)),
    );
    if (turn) for (const each of state.turns) turn(each);
  }
  return judged;
}

function lookAtEvents(register: Register, grant: Grant, condition: Looker["condition"]): void {
  const events = register.eventsIn.get(grant.unit)?.get(grant.id);
  let revokedAt = Number.POSITIVE_INFINITY;
  let approvedAt = Number.POSITIVE_INFINITY;
  const pauses: Interval[] = [];
  for (const { kind, at, until, recordedBy } of events ?? []) {
    if (kind === "revoked") revokedAt = Math.min(revokedAt, at);
    else if (kind === "suspended") pauses.push({ from: at, to: until ?? Number.POSITIVE_INFINITY });
    // I8: an approval by the recorder is none.
    else if (recordedBy !== grant.recordedBy) approvedAt = Math.min(approvedAt, at);
  }
  if (revokedAt < Number.POSITIVE_INFINITY) condition("revoked", [{ from: Number.NEGATIVE_INFINITY, to: revokedAt }], revoked);
  if (pauses.length > 0) condition("suspended", subtract(always, unite(pauses)), suspended);
  if (grant.needsApproval) condition("approved", unite([{ from: approvedAt, to: Number.POSITIVE_INFINITY }]), pending);
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

const giving = new WeakMap<Register, Map<string, Map<string, readonly Grantor[]>>>();

/** Who held the post that gives, and when; an acting head (Q.) gives as the head does. */
function listGrantors(register: Register, { unit, from }: Pick<Grant, "unit" | "from">): readonly Grantor[] {
  const units = giving.get(register) ?? new Map<string, Map<string, readonly Grantor[]>>();
  if (units.size === 0) giving.set(register, units);
  const posts = units.get(unit) ?? new Map<string, readonly Grantor[]>();
  if (posts.size === 0) units.set(unit, posts);
  const key = from.department === undefined ? from.position : formatPostRef(from);
  const before = posts.get(key);
  if (before) return before;
  const terms = new Map<string, Interval[]>();
  const add = (staffId: string, spans: Intervals): void => {
    const own = terms.get(staffId);
    if (own) own.push(...spans);
    else terms.set(staffId, [...spans]);
  };
  for (const holding of register.holdingsIn.get(unit) ?? []) if (isPost(holding, from)) add(holding.staffId, [holding]);
  if (findPositionOf({ position: from.position })?.rank === "head") {
    for (const acting of listActing(register, unit)) add(acting.staffId, acting.terms);
  }
  const grantors = [...terms].map(([staffId, spans]) => ({ staffId, terms: unite(spans) }));
  posts.set(key, grantors);
  return grantors;
}

function listActing(register: Register, unit: string): Grantor[] {
  return (register.grantsIn.get(unit) ?? []).flatMap((grant): Grantor[] => {
    if (grant.capacity !== "Q" || grant.person === undefined) return [];
    const held = (register.holdingsOf.get(grant.person) ?? []).filter((holding) => holding.unit === unit);
    return [{ staffId: grant.person, terms: intersect(toLegalState(register, grant).live, toOffice(register, grant, held)) }];
  });
}

/** C7 of a grant that is about to be recorded: did somebody hold the post that gives, on the day of the paper? */
export function wasInOffice(
  register: Register,
  grant: Pick<Grant, "unit" | "from" | "capacity" | "basis" | "validFrom">,
): boolean {
  return grant.capacity === "Q" || mayHaveGiven(listGrantors(register, grant), grant);
}

/**
 * C7: whoever gave it was in office on the day of the paper. A register that does not reach back to that day cannot say that nobody
 * was.
 */
function mayHaveGiven(grantors: readonly Grantor[], grant: Pick<Grant, "basis" | "validFrom">): boolean {
  const issuedAt = grant.basis.signedAt ?? grant.basis.date ?? toEffectiveStart(grant);
  const reachesBack = grantors.some(({ terms }) => (terms[0]?.from ?? Number.POSITIVE_INFINITY) <= issuedAt);
  return !reachesBack || grantors.some(({ terms }) => contains(terms, issuedAt));
}

/** The time in office of whoever held the granting post when the grant began; nobody known means nothing to lapse with. */
function toGrantorTerm(grantors: readonly Grantor[], start: Instant): Intervals {
  let term = always;
  for (const { terms } of grantors) {
    if (contains(terms, start)) term = term === always ? terms : unite([...term, ...terms]);
  }
  return term;
}
