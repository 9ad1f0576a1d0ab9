import type { Instant } from "../platform/clock.ts";
import { type DocTypeMask, listKeys } from "./doc-types.ts";
import { type Holding, isPost, type Register } from "./facts.ts";
import { findPositionOf, type Grant, toEffectiveStart } from "./grant.ts";
import { contains, type Interval, type Intervals, intersect, subtract } from "./interval.ts";
import { judgeGrant } from "./judge-grant.ts";
import { toLegalState, toLive } from "./legal.ts";
import { toOffice } from "./office.ts";
import { isInsideScope, overlaps } from "./scope.ts";

/**
 * C1 one person, one type, two capacities · C2 two acting heads at once · C3 a grant inside another like it · C4 passed on wider than
 * the right it comes from · C5 TUQ. for a deputy · C6 window outside its basis · C7 giver not in office on the day of the paper ·
 * C8 unit without any account.
 */
export type ConflictCode = "C1" | "C2" | "C3" | "C4" | "C5" | "C6" | "C7" | "C8";

export interface Conflict {
  readonly code: ConflictCode;
  /** unlawful: the grant gives nothing, or nothing in that time. */
  readonly severity: "unlawful" | "warning";
  readonly unit: string;
  readonly grants: readonly string[];
  readonly staffId?: string;
  readonly docTypes: readonly string[];
  /** Undefined: as long as the grant itself. */
  readonly span?: Interval;
}

/** Every conflict that touches the time from `from` on, in order of unit, code and grant. */
export function listConflicts(register: Register, units: Iterable<string>, from: Instant): Conflict[] {
  const future: Intervals = [{ from, to: Number.POSITIVE_INFINITY }];
  return [...units].sort().flatMap((unit) => {
    const grants = (register.grantsIn.get(unit) ?? []).filter(({ validTo = Number.POSITIVE_INFINITY }) => validTo > from);
    return [
      ...listTwoCapacities(register, unit, grants, future),
      ...listTwoActing(register, unit, grants, future),
      ...listDuplicates(register, unit, grants, future),
      ...grants.flatMap((grant) => judge(register, grant, from)),
      ...listWithoutAccount(register, unit),
    ].sort((a, b) => order(a, b));
  });
}

function order(a: Conflict, b: Conflict): number {
  const key = ({ code, grants, staffId }: Conflict): string => [code, ...grants, staffId].join("/");
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

interface Held {
  readonly grant: Grant;
  readonly staffId: string;
  readonly may: Intervals;
}

function listHeld(register: Register, unit: string, grants: readonly Grant[]): Held[] {
  const byStaff = Map.groupBy(register.holdingsIn.get(unit) ?? [], ({ staffId }: Holding) => staffId);
  return grants.flatMap((grant) => {
    const live = toLive(register, grant);
    if (live.length === 0) return [];
    return [...byStaff].flatMap(([staffId, held]) => {
      if (grant.person !== undefined && grant.person !== staffId) return [];
      if (!held.some((holding) => isPost(holding, grant.to))) return [];
      const may = intersect(toOffice(register, grant, held), live);
      return may.length === 0 ? [] : [{ grant, staffId, may }];
    });
  });
}

function* listPairs<T>(items: readonly T[]): Generator<readonly [T, T]> {
  for (const [at, a] of items.entries()) for (const b of items.slice(at + 1)) yield [a, b];
}

function listTwoCapacities(register: Register, unit: string, grants: readonly Grant[], future: Intervals): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [staffId, own] of Map.groupBy(listHeld(register, unit, grants), (each) => each.staffId)) {
    for (const [a, b] of listPairs(own)) {
      const both: DocTypeMask = (a.grant.docTypes & b.grant.docTypes) >>> 0;
      if (a.grant.capacity === b.grant.capacity || both === 0) continue;
      if (!overlaps(a.grant.narrowing, b.grant.narrowing, register.tree)) continue;
      const [span] = intersect(intersect(a.may, b.may), future);
      const ids = [a.grant.id, b.grant.id].sort();
      if (span) conflicts.push({ code: "C1", severity: "warning", unit, grants: ids, staffId, docTypes: listKeys(both), span });
    }
  }
  return conflicts;
}

function listTwoActing(register: Register, unit: string, grants: readonly Grant[], future: Intervals): Conflict[] {
  const acting = listHeld(
    register,
    unit,
    grants.filter(({ capacity }) => capacity === "Q"),
  );
  return [...listPairs(acting)].flatMap(([a, b]): Conflict[] => {
    if (a.staffId === b.staffId) return [];
    const [span] = intersect(intersect(a.may, b.may), future);
    return span ? [{ code: "C2", severity: "warning", unit, grants: [a.grant.id, b.grant.id].sort(), docTypes: [], span }] : [];
  });
}

/** Like each other in post, person and capacity, one inside the other in types and in time. An extension touches and is none. */
function listDuplicates(register: Register, unit: string, grants: readonly Grant[], future: Intervals): Conflict[] {
  const alike = Map.groupBy(grants, ({ from, to, person, capacity, parent }) =>
    JSON.stringify([from.position, from.department, to.position, to.department, person, capacity, parent]),
  );
  return [...alike.values()].flatMap((group) =>
    [...listPairs(group)].flatMap(([a, b]): Conflict[] => {
      const inner = isInside(register, a, b, future) ? a : isInside(register, b, a, future) ? b : undefined;
      if (!inner) return [];
      const ids = [a.id, b.id].sort();
      return [{ code: "C3", severity: "warning", unit, grants: ids, docTypes: listKeys(inner.docTypes) }];
    }),
  );
}

function isInside(register: Register, inner: Grant, outer: Grant, future: Intervals): boolean {
  const live = intersect(toLive(register, inner), future);
  if (live.length === 0 || !isInsideScope(inner.narrowing, outer.narrowing, register.tree)) return false;
  return (inner.docTypes & ~outer.docTypes) === 0 && subtract(live, toLive(register, outer)).length === 0;
}

function judge(register: Register, grant: Grant, from: Instant): Conflict[] {
  const { unit, id } = grant;
  const { faults, inForce } = judgeGrant(grant, register.facts.zone, register.findGrant, register.tree);
  const start = toEffectiveStart(grant);
  const end = grant.validTo ?? Number.POSITIVE_INFINITY;
  const conflict = (code: ConflictCode, more: Partial<Conflict> = {}): Conflict => {
    return { code, severity: "unlawful", unit, grants: [id], docTypes: listKeys(grant.docTypes), ...more };
  };
  const conflicts: Conflict[] = [];
  if (faults.some(({ code }) => code === "DEL-CHILD-WIDER" || code === "DEL-DEPTH")) {
    conflicts.push(conflict("C4", { grants: grant.parent === undefined ? [id] : [grant.parent, id] }));
  }
  const rank = findPositionOf(grant.to)?.rank;
  if (grant.capacity === "TUQ" && rank === "deputy") conflicts.push(conflict("C5"));
  if (end <= start) conflicts.push(conflict("C6"));
  else if (grant.validFrom < start && start > from) {
    conflicts.push(conflict("C6", { severity: "warning", span: { from: grant.validFrom, to: start } }));
  } else if (inForce.length > 0 && !contains(inForce, start)) {
    conflicts.push(conflict("C6", { span: { from: start, to: Math.min(end, inForce[0]?.from ?? end) } }));
  }
  conflicts.push(...listMergedAway(register, grant, from, end).map((span) => conflict("C6", { severity: "warning", span })));
  const isGivenByNobody = toLegalState(register, grant).conditions.some(({ name }) => name === "grantor");
  if (isGivenByNobody) conflicts.push(conflict("C7"));
  return conflicts;
}

/** A department it names became part of another: it ends there, until a paper says otherwise. Never wider without a word. */
function listMergedAway(register: Register, { narrowing }: Grant, from: Instant, end: Instant): Interval[] {
  const named = [...(narrowing?.departments ?? []), ...(narrowing?.exceptDepartments ?? [])];
  return register.tree.mergers
    .filter((merger) => named.some((key) => (register.tree.renamed.get(key) ?? key) === merger.from) && merger.on < end)
    .map(({ on }) => ({ from: Math.max(on, from), to: end }));
}

/** Known of everybody in the unit: nobody has an account on its document system. */
function listWithoutAccount(register: Register, unit: string): Conflict[] {
  const staff = [...new Set((register.holdingsIn.get(unit) ?? []).map(({ staffId }) => staffId))];
  const readings = staff.map((staffId) => register.findPerson(unit, staffId));
  const isKnown = staff.length > 0 && readings.every(({ reading, fresh }) => reading !== undefined && fresh);
  if (!isKnown || readings.some(({ reading }) => reading?.account !== undefined)) return [];
  return [{ code: "C8", severity: "warning", unit, grants: [], docTypes: [] }];
}
