import type { Instant } from "../platform/clock.ts";
import { always, type Interval, type Intervals, intersect, never, subtract, unite } from "./interval.ts";

/** Where a document belongs: a department of the unit, a group of procedures. Without either it is the unit's own, of no procedure. */
export interface Part {
  readonly department?: string;
  readonly procedure?: string;
}

/**
 * What a right is limited to beside its types. Departments stand for all below them; what is excepted wins. A member that is not there
 * does not limit.
 */
export interface Narrowing {
  readonly departments?: readonly string[];
  readonly exceptDepartments?: readonly string[];
  readonly procedures?: readonly string[];
  readonly exceptProcedures?: readonly string[];
}

export const narrowingMembers = ["departments", "exceptDepartments", "procedures", "exceptProcedures"] as const;

/** From `on` on there is no `from` any more: what was its matter is that of `to`. */
export interface DepartmentMerger {
  readonly from: string;
  readonly to: string;
  readonly on: Instant;
}

/** Departments below a unit, by key: roots stand directly below it. */
export interface ScopeTree {
  /** Of those that do not stand directly below the unit. */
  readonly parents: ReadonlyMap<string, string>;
  /** Old key → the one it bears now: the same department, whenever it is asked about. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly mergers: readonly DepartmentMerger[];
}

export const flatTree: ScopeTree = { parents: new Map(), renamed: new Map(), mergers: [] };

/** Undefined where nothing limits; keys sorted and without doubles, so that the same is always written the same. */
export function toNarrowing(given: Narrowing): Narrowing | undefined {
  const kept = narrowingMembers.flatMap((member) => {
    const keys = [...new Set(given[member] ?? [])].sort();
    return given[member] === undefined || (keys.length === 0 && member.startsWith("except")) ? [] : [[member, keys] as const];
  });
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Narrowing);
}

/** What a department is at that instant: by its name of now, and merged into whatever took it over. */
export function toStanding(department: string, at: Instant, tree: ScopeTree): string {
  let key = tree.renamed.get(department) ?? department;
  for (const _ of tree.mergers) key = tree.mergers.find(({ from, on }) => from === key && on <= at)?.to ?? key;
  return key;
}

/** From the department up to the one directly below the unit. */
function toPath(department: string | undefined, { parents, renamed }: ScopeTree): string[] {
  const path: string[] = [];
  for (let key = department; key !== undefined; key = parents.get(path.at(-1) as string)) {
    const now: string = renamed.get(key) ?? key;
    if (path.includes(now)) break;
    path.push(now);
  }
  return path;
}

function names(keys: readonly string[] | undefined, path: readonly string[], { renamed }: ScopeTree): boolean {
  return keys?.some((key) => path.includes(renamed.get(key) ?? key)) === true;
}

/** When a right covers a document of this part. */
export function findSpans(narrowing: Narrowing | undefined, { department, procedure }: Part, tree: ScopeTree): Intervals {
  if (narrowing === undefined) return always;
  const { procedures, exceptProcedures } = narrowing;
  if (procedures !== undefined && (procedure === undefined || !procedures.includes(procedure))) return never;
  if (procedure !== undefined && exceptProcedures?.includes(procedure)) return never;
  return findDepartmentSpans(narrowing, department, tree, tree.mergers.length);
}

function findDepartmentSpans(
  narrowing: Narrowing,
  department: string | undefined,
  tree: ScopeTree,
  mergersLeft: number,
): Intervals {
  const path = toPath(department, tree);
  const merger = mergersLeft === 0 ? undefined : tree.mergers.find(({ from }) => from === path[0]);
  const isIn = narrowing.departments === undefined || names(narrowing.departments, path, tree);
  const own = isIn ? before(findExcluded(narrowing, path, tree, tree.mergers.length)) : never;
  if (!merger) return own;
  const after = findDepartmentSpans(narrowing, merger.to, tree, mergersLeft - 1);
  return unite([...intersect(own, before(merger.on)), ...subtract(after, before(merger.on))]);
}

function before(at: Instant): Intervals {
  if (at === Number.POSITIVE_INFINITY) return always;
  return at === Number.NEGATIVE_INFINITY ? never : [{ from: Number.NEGATIVE_INFINITY, to: at }];
}

/** From when on it is excepted: what was excepted stays so when it is merged into another, and nobody's right grows by a merger. */
function findExcluded(narrowing: Narrowing, path: readonly string[], tree: ScopeTree, mergersLeft: number): Instant {
  if (narrowing.exceptDepartments === undefined) return Number.POSITIVE_INFINITY;
  if (names(narrowing.exceptDepartments, path, tree)) return Number.NEGATIVE_INFINITY;
  if (mergersLeft === 0) return Number.POSITIVE_INFINITY;
  let at = Number.POSITIVE_INFINITY;
  for (const { from, to, on } of tree.mergers) {
    if (!path.includes(to)) continue;
    at = Math.min(at, Math.max(on, findExcluded(narrowing, toPath(from, tree), tree, mergersLeft - 1)));
  }
  return at;
}

export type Outside = "docType" | "department" | "procedure";

/** Which of the three puts a document outside a right at that instant. */
export function listOutside(
  narrowing: Narrowing | undefined,
  isTypeIn: boolean,
  { department, procedure }: Part,
  { tree, at }: { readonly tree: ScopeTree; readonly at: Instant },
): Outside[] {
  const isIn = (spans: Intervals): boolean => spans.some(({ from, to }) => from <= at && at < to);
  const { departments, exceptDepartments, procedures, exceptProcedures } = narrowing ?? {};
  return [
    ...(isTypeIn ? [] : ["docType" as const]),
    ...(isIn(findSpans({ departments, exceptDepartments }, { department }, tree)) ? [] : ["department" as const]),
    ...(isIn(findSpans({ procedures, exceptProcedures }, { procedure }, tree)) ? [] : ["procedure" as const]),
  ];
}

/**
 * The coarsest parts that none of these rights divides: each named department without the named ones below it, what is left of the unit,
 * and the same of procedures. The first is what is left of both.
 */
export function listParts(narrowings: Iterable<Narrowing>, tree: ScopeTree): Part[] {
  const departments = new Set<string>();
  const procedures = new Set<string>();
  for (const { departments: some = [], exceptDepartments = [], procedures: groups = [], exceptProcedures = [] } of narrowings) {
    for (const key of [...some, ...exceptDepartments]) departments.add(tree.renamed.get(key) ?? key);
    for (const key of [...groups, ...exceptProcedures]) procedures.add(key);
  }
  if (departments.size > 0) for (const { from, to } of tree.mergers) departments.add(from).add(to);
  return [undefined, ...[...departments].sort()].flatMap((department) =>
    [undefined, ...[...procedures].sort()].map((procedure): Part => ({ department, procedure })),
  );
}

/** Which of the parts a document belongs to. */
export function findPart(parts: readonly Part[], asked: Part, tree: ScopeTree): Part {
  const named = toPath(asked.department, tree).find((key) => parts.some(({ department }) => department === key));
  const procedure = parts.some((part) => part.procedure === asked.procedure) ? asked.procedure : undefined;
  return parts.find((part) => part.department === named && part.procedure === procedure) ?? {};
}

/** Is everything that `inner` covers covered by `outer` too, at every instant? */
export function isInsideScope(inner: Narrowing | undefined, outer: Narrowing | undefined, tree: ScopeTree): boolean {
  if (outer === undefined) return true;
  return listParts(inner ? [inner, outer] : [outer], tree).every(
    (part) => subtract(findSpans(inner, part, tree), findSpans(outer, part, tree)).length === 0,
  );
}

/** Is there anything that both cover? */
export function overlaps(a: Narrowing | undefined, b: Narrowing | undefined, tree: ScopeTree): boolean {
  if (a === undefined || b === undefined) return true;
  return listParts([a, b], tree).some((part) => intersect(findSpans(a, part, tree), findSpans(b, part, tree)).length > 0);
}

/** Narrower first: more members that limit, fewer keys taken in, more left out. */
export function compareWidth(a: Narrowing | undefined, b: Narrowing | undefined): number {
  if (a === b) return 0;
  const limits = (narrowing: Narrowing = {}): number => (narrowing.departments ? 1 : 0) + (narrowing.procedures ? 1 : 0);
  const taken = ({ departments = [], procedures = [] }: Narrowing = {}): number => departments.length + procedures.length;
  const left = ({ exceptDepartments = [], exceptProcedures = [] }: Narrowing = {}): number =>
    exceptDepartments.length + exceptProcedures.length;
  return limits(b) - limits(a) || taken(a) - taken(b) || left(b) - left(a);
}

/** The same stretch where the right covers the part; the stretch itself where nothing limits. */
export function cutToPart(span: Interval, narrowings: readonly Narrowing[], part: Part, tree: ScopeTree): Intervals {
  let spans: Intervals = [span];
  for (const narrowing of narrowings) spans = intersect(spans, findSpans(narrowing, part, tree));
  return spans;
}
