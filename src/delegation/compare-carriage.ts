import type { Instant } from "../platform/clock.ts";
import { toOffice } from "./candidates.ts";
import type { GrantedCapacity } from "./capacity.ts";
import type { Carrier, NewRight } from "./carrier.ts";
import { type DocTypeMask, docTypes } from "./doc-types.ts";
import type { CarriedRight } from "./evidence.ts";
import { isPost, type Register } from "./facts.ts";
import { formatPostRef } from "./grant.ts";
import { type Interval, type Intervals, intersect, subtract, unite } from "./interval.ts";
import { toLegalState } from "./legal.ts";
import { cutToPart, flatTree, listParts, type Narrowing, type Part, type ScopeTree } from "./scope.ts";
import { isPartOf } from "./sweep-parts.ts";

/** What a system ought to carry: a grant, alive, for whoever holds its post. */
export interface DueRight extends Interval {
  readonly grantId: string;
  readonly unit: string;
  readonly staffId: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  readonly narrowing?: Narrowing;
}

/** foreign: wardctl never made it · ended: made from a grant that is revoked or over · wider: more types, parts or time than granted. */
export type ExcessCause = "foreign" | "ended" | "wider";

/** missing: granted and not carried, work stops · excess: carried and not granted, somebody can sign without authority. */
export interface Difference extends Interval {
  readonly kind: "missing" | "excess";
  readonly unit: string;
  readonly staffId?: string;
  readonly userName?: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: DocTypeMask;
  /** What the right is limited to. */
  readonly narrowing?: Narrowing;
  /** Where in the unit it is so; undefined: wherever the right reaches. */
  readonly parts?: readonly Part[];
  readonly grantId?: string;
  readonly extId?: string;
  readonly cause?: ExcessCause;
}

/** A right as granted, before it is put into a system's words. */
export interface GrantedRight extends DueRight {
  /** Unit and post of whoever gives it. */
  readonly principal: string;
}

/** Every right that is alive at some time from `now` on in the units, for whoever holds its post; Q. needs no setting and is left out. */
export function listGranted(register: Register, units: Iterable<string>, now: Instant): GrantedRight[] {
  const future: Intervals = [{ from: now, to: Number.POSITIVE_INFINITY }];
  return [...units].sort().flatMap((unit) =>
    (register.grantsIn.get(unit) ?? []).flatMap((grant): GrantedRight[] => {
      if (grant.capacity === "Q") return [];
      const { live } = toLegalState(register, grant);
      const holdings = (register.holdingsIn.get(unit) ?? []).filter((holding) => isPost(holding, grant.to));
      const staff = [...new Set(holdings.map(({ staffId }) => staffId))].sort();
      const { id: grantId, capacity, docTypes: types, narrowing } = grant;
      const principal = `${unit}/${formatPostRef(grant.from)}`;
      return staff
        .filter((staffId) => grant.person === undefined || grant.person === staffId)
        .flatMap((staffId) => {
          const held = (register.holdingsOf.get(staffId) ?? []).filter((holding) => holding.unit === unit);
          return intersect(toOffice(register, grant, held), live)
            .filter((window) => intersect([window], future).length > 0)
            .map((window) => ({
              grantId,
              unit,
              staffId,
              capacity,
              docTypes: types,
              narrowing,
              principal,
              from: window.from,
              to: window.to,
            }));
        });
    }),
  );
}

/** The same as a system can express it that keeps types and capacities. */
export function listDue(
  register: Register,
  units: Iterable<string>,
  now: Instant,
  toExpressible: Carrier["toExpressible"],
): DueRight[] {
  return listGranted(register, units, now).flatMap(({ principal: _, ...right }) => {
    const kept = toExpressible(right, now);
    return kept ? [{ ...right, ...kept }] : [];
  });
}

/** Both ways, from `now` on. Both empty ⇔ the system carries exactly what was granted (I19). */
export function compareCarriage(
  due: readonly DueRight[],
  carried: readonly CarriedRight[],
  now: Instant,
  knowsGrant: (id: string) => boolean,
  tree: ScopeTree = flatTree,
): Difference[] {
  const future: Intervals = [{ from: now, to: Number.POSITIVE_INFINITY }];
  const active = carried.filter((right) => right.active && right.to > now);
  const dueBy = groupByHolder(due);
  const dueGrants = new Set(due.map(({ grantId }) => grantId));
  const carriedBy = groupByHolder(active);
  const missing = due.flatMap((right): Difference[] => {
    const there = carriedBy.get(toHolder(right)) ?? [];
    const { mask, window, parts } = findUncovered(right, there, future, tree);
    return mask === 0 ? [] : [{ ...right, kind: "missing", docTypes: mask, parts, ...window }];
  });
  const excess = active.flatMap((right): Difference[] => {
    const allowed = dueBy.get(toHolder(right)) ?? [];
    const { mask, window, parts } = findUncovered(right, allowed, future, tree);
    if (mask === 0) return [];
    const grantId = toGrantId(right.key);
    const ours = grantId !== undefined && knowsGrant(grantId);
    const cause: ExcessCause = !ours ? "foreign" : grantId !== undefined && dueGrants.has(grantId) ? "wider" : "ended";
    const { unit, staffId, userName, capacity, extId, narrowing } = right;
    return [
      {
        kind: "excess",
        unit,
        staffId,
        userName,
        capacity,
        extId,
        docTypes: mask,
        narrowing,
        parts,
        ...window,
        grantId: ours ? grantId : undefined,
        cause,
      },
    ];
  });
  return [...missing, ...excess];
}

export interface PushPlan {
  readonly create: readonly Omit<NewRight, "userName">[];
  /** Rights that wardctl made and that go beyond what is granted. */
  readonly end: readonly CarriedRight[];
  /** Excess that wardctl did not make: shown, never touched. */
  readonly foreign: readonly Difference[];
}

export function planPush(
  due: readonly DueRight[],
  carried: readonly CarriedRight[],
  now: Instant,
  knowsGrant: (id: string) => boolean,
  tree: ScopeTree = flatTree,
): PushPlan {
  const differences = compareCarriage(due, carried, now, knowsGrant, tree);
  const toEnd = new Set(differences.filter(({ cause }) => cause === "ended" || cause === "wider").map(({ extId }) => extId));
  const kept = carried.filter(({ extId }) => !toEnd.has(extId));
  const keptBy = groupByHolder(kept.filter((right) => right.active && right.to > now));
  // Ended ones keep their key in the system, so a new right after them needs a new one.
  const used = new Map<string, number>();
  for (const { key } of carried) {
    const stem = key?.slice(0, key.lastIndexOf("/"));
    if (stem) used.set(stem, (used.get(stem) ?? 0) + 1);
  }
  const create = due.flatMap((right) => {
    const { mask } = findUncovered(right, keptBy.get(toHolder(right)) ?? [], [{ from: now, to: Number.POSITIVE_INFINITY }], tree);
    if (mask === 0) return [];
    const { grantId, ...rest } = right;
    const stem = `${grantId}/${right.staffId}`;
    const n = (used.get(stem) ?? 0) + 1;
    used.set(stem, n);
    return [{ ...rest, key: `${stem}/${n}`, docTypes: mask }];
  });
  return {
    create,
    end: carried.filter(({ extId }) => toEnd.has(extId)),
    foreign: differences.filter(({ cause }) => cause === "foreign"),
  };
}

function toGrantId(key: string | undefined): string | undefined {
  return key?.split("/", 1)[0];
}

interface Held extends Interval {
  readonly unit: string;
  readonly staffId?: string;
  readonly userName?: string;
  readonly capacity: string;
  readonly docTypes: DocTypeMask;
  readonly narrowing?: Narrowing;
}

function toHolder({ unit, staffId, userName, capacity }: Held): string {
  return `${unit}/${staffId ?? `user:${userName}`}/${capacity}`;
}

function groupByHolder<T extends Held>(rights: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const right of rights) {
    const holder = toHolder(right);
    const members = groups.get(holder);
    if (members) members.push(right);
    else groups.set(holder, [right]);
  }
  return groups;
}

interface Uncovered {
  readonly mask: DocTypeMask;
  readonly window: Interval;
  readonly parts?: readonly Part[];
}

/** The types of `right` that `others` do not cover for its whole remaining time, and the span in which they do not. */
function findUncovered(right: Held, others: readonly Held[], future: Intervals, tree: ScopeTree): Uncovered {
  const narrowings = [right, ...others].flatMap(({ narrowing }) => narrowing ?? []);
  if (narrowings.length > 0) return findUncoveredParts(right, others, future, { parts: listParts(narrowings, tree), tree });
  let mask = 0;
  const open: Interval[] = [];
  docTypes.forEach((_, bit) => {
    const one = (1 << bit) >>> 0;
    if ((right.docTypes & one) === 0) return;
    const covered = unite(others.filter((other) => (other.docTypes & one) !== 0));
    const rest = intersect(subtract([right], covered), future);
    if (rest.length === 0) return;
    mask = (mask | one) >>> 0;
    open.push(...rest);
  });
  const span = unite(open);
  return { mask, window: { from: span[0]?.from ?? right.from, to: span.at(-1)?.to ?? right.to } };
}

/** The same where something is limited: part by part, and which parts of the right's own they are where it is not all. */
function findUncoveredParts(
  right: Held,
  others: readonly Held[],
  future: Intervals,
  { parts, tree }: { readonly parts: readonly Part[]; readonly tree: ScopeTree },
): Uncovered {
  const cut = (held: Held, part: Part): Intervals => cutToPart(held, held.narrowing ? [held.narrowing] : [], part, tree);
  let mask = 0;
  const open: Interval[] = [];
  const own = new Set<Part>();
  const lacking = new Set<Part>();
  docTypes.forEach((_, bit) => {
    const one = (1 << bit) >>> 0;
    if ((right.docTypes & one) === 0) return;
    const alike = others.filter((other) => (other.docTypes & one) !== 0);
    for (const part of parts.filter((each) => isPartOf(bit, each))) {
      const reached = intersect(cut(right, part), future);
      if (reached.length === 0) continue;
      own.add(part);
      const rest = subtract(reached, unite(alike.flatMap((other) => cut(other, part))));
      if (rest.length === 0) continue;
      lacking.add(part);
      mask = (mask | one) >>> 0;
      open.push(...rest);
    }
  });
  const span = unite(open);
  return {
    mask,
    window: { from: span[0]?.from ?? right.from, to: span.at(-1)?.to ?? right.to },
    parts: lacking.size < own.size ? [...lacking] : undefined,
  };
}
