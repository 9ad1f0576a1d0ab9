import type { Instant } from "../platform/clock.ts";
import type { Capacity } from "./capacity.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import { certificationTypes, countTypes, type DocType, type DocTypeMask, toBit } from "./doc-types.ts";
import { type Holding, isPost, type Register } from "./facts.ts";
import type { Grant, PostRef } from "./grant.ts";
import { always, contains, type Intervals, intersect, never, unite } from "./interval.ts";
import { type Turn, toLegalState } from "./legal.ts";
import { toDeputyAsDirector, toOffice } from "./office.ts";
import { type Observed, toCarried, toReadiness } from "./readiness.ts";
import { findLawfulCapacity, type RuleCode } from "./rules.ts";
import { compareWidth, findSpans, type Part } from "./scope.ts";

export { toOffice } from "./office.ts";

export type PremiseName =
  | "scope"
  | "lawful"
  | "grantor"
  | "office"
  | "window"
  | "lapse"
  | "revoked"
  | "suspended"
  | "approved"
  | "parent"
  | "carried"
  | "present"
  | "account"
  | "certificate";

/** The order in which premises are looked at; the one that fails later is the nearer miss. */
export const premiseOrder: readonly PremiseName[] = [
  "scope",
  "lawful",
  "grantor",
  "office",
  "window",
  "lapse",
  "parent",
  "revoked",
  "suspended",
  "approved",
  "carried",
  "present",
  "account",
  "certificate",
];

export interface Premise extends Observed {
  readonly name: PremiseName;
}

/** One way in which a person might sign: by the office held, by a grant, or by a grant that nobody has made yet. */
export interface Candidate {
  readonly capacity: Capacity;
  readonly rule: RuleCode;
  readonly from: PostRef;
  readonly to: PostRef;
  readonly through?: PostRef;
  /** Undefined: native authority, or nothing granted. */
  readonly grant?: Grant;
  readonly premises: readonly Premise[];
  /** When every premise is known to hold. */
  readonly allows: Intervals;
  /** When the workspace's reading of an unclear law decides. */
  readonly turns: readonly Turn[];
}

export interface Subject extends Part {
  readonly staffId: string;
  readonly unit: string;
  readonly docType: DocType;
  readonly at: Instant;
}

const headPost: PostRef = { position: "chu-tich" };

/** The ways in which a person might sign a type in a unit, whatever the instant. */
export interface Ways {
  readonly candidates: readonly Candidate[];
  /** Whenever one of them allows. */
  readonly allows: Intervals;
  /** When each premise of each candidate holds, in one row of numbers that is read from front to back: see packPremises. */
  readonly packed: Float64Array;
}

interface KnownWays extends Ways {
  /** What stands in for a right where there is none, by the post that is held then. */
  readonly without: Map<Holding | undefined, Ways>;
}

const known = new WeakMap<Register, Map<string, Map<string, Map<string, KnownWays>>>>();

/** Every candidate, best precedence first. Never empty: without any right the last one says which right is missing. */
export function listWays(register: Register, subject: Subject): Ways {
  let units = known.get(register);
  if (!units) {
    units = new Map();
    known.set(register, units);
  }
  let people = units.get(subject.unit);
  if (!people) {
    people = new Map();
    units.set(subject.unit, people);
  }
  let types = people.get(subject.staffId);
  if (!types) {
    types = new Map();
    people.set(subject.staffId, types);
  }
  const what = toWhat(subject);
  let ways = types.get(what);
  if (!ways) {
    ways = readWays(register, subject);
    types.set(what, ways);
  }
  if (ways.candidates.length > 0) return ways;
  const now = findHeld(register, subject);
  let without = ways.without.get(now);
  if (!without) {
    const candidates = [toUngranted(register, subject, now, readHolder(register, subject).means)];
    without = { candidates, allows: never, packed: packPremises(candidates) };
    ways.without.set(now, without);
  }
  return without;
}

/** Most questions are about no part of a unit: their key is the type's own. */
function toWhat({ docType, department, procedure }: Subject): string {
  if (department === undefined && procedure === undefined) return docType.key;
  return `${docType.key}/${department ?? ""}/${procedure ?? ""}`;
}

function findHeld(register: Register, { staffId, unit, at }: Subject): Holding | undefined {
  for (const holding of register.holdingsOf.get(staffId) ?? []) {
    if (holding.unit === unit && holding.from <= at && at < holding.to) return holding;
  }
  return undefined;
}

/**
 * For each candidate the number of its premises, and for each of those its place in the order, 1 where evidence is missing, the number
 * of stretches and their ends.
 */
function packPremises(candidates: readonly Candidate[]): Float64Array {
  const numbers: number[] = [];
  for (const { premises } of candidates) {
    numbers.push(premises.length);
    for (const { name, holds, missingEvidence } of premises) {
      numbers.push(premiseOrder.indexOf(name), missingEvidence === undefined ? 0 : 1, holds.length);
      for (const { from, to } of holds) numbers.push(from, to);
    }
  }
  return Float64Array.from(numbers);
}

function readHolder(register: Register, { staffId, unit }: Subject): Pick<Holder, "held" | "means"> {
  const held = (register.holdingsOf.get(staffId) ?? []).filter((holding) => holding.unit === unit);
  const readiness = toReadiness(register, unit, staffId);
  const means: Premise[] = [
    { name: "present", ...readiness.present },
    { name: "account", ...readiness.account },
    { name: "certificate", ...readiness.certificate },
  ];
  return { held, means };
}

function readWays(register: Register, subject: Subject): KnownWays {
  const { staffId, unit, docType } = subject;
  const bit = toBit(docType.key);
  const { held, means } = readHolder(register, subject);
  const native = toNative(held, docType, means);
  const granted = (register.grantsIn.get(unit) ?? [])
    .filter(
      (grant) => (grant.person === undefined || grant.person === staffId) && held.some((holding) => isPost(holding, grant.to)),
    )
    .map((grant) => toGranted(register, grant, { staffId, held, bit, means, part: subject }));
  const candidates = [...native, ...granted.sort(compareGranted)];
  const allows = unite(candidates.flatMap((each) => each.allows));
  return { candidates, allows, packed: packPremises(candidates), without: new Map() };
}

/** head > Q > KT > TL > TUQ is applied by the caller through `capacity`; within one capacity: narrower, later basis, id. */
function compareGranted(a: Candidate, b: Candidate): number {
  const [x, y] = [a.grant as Grant, b.grant as Grant];
  return (
    countTypes(x.docTypes) - countTypes(y.docTypes) ||
    compareWidth(x.narrowing, y.narrowing) ||
    (y.basis.date ?? 0) - (x.basis.date ?? 0) ||
    (x.id < y.id ? -1 : x.id > y.id ? 1 : 0)
  );
}

function toNative(held: readonly Holding[], docType: DocType, means: readonly Premise[]): Candidate[] {
  const heads = held.filter((holding) => holding.rank === "head");
  if (heads.length === 0) return [];
  const premises: Premise[] = [{ name: "office", holds: unite(heads), codesAt: () => ["DEL-NO-POST"] }, ...means];
  const post = heads[0]?.post ?? headPost;
  const [capacity, rule] = docType.collective ? (["TM", "D30-13.2"] as const) : (["HEAD", "D30-13.1"] as const);
  return [{ capacity, rule, from: post, to: post, premises, allows: toAllows(premises), turns: [] }];
}

interface Holder {
  readonly staffId: string;
  readonly held: readonly Holding[];
  readonly bit: DocTypeMask;
  readonly part: Part;
  readonly means: readonly Premise[];
}

function toGranted(register: Register, grant: Grant, { staffId, held, bit, means, part }: Holder): Candidate {
  const legal = toLegalState(register, grant);
  const premises: Premise[] = [
    {
      name: "scope",
      holds: (grant.docTypes & bit) === 0 ? never : findSpans(grant.narrowing, part, register.tree),
      codesAt: () => ["DEL-SCOPE"],
    },
    ...legal.conditions,
    { name: "office", holds: toOffice(register, grant, held), codesAt: () => ["DEL-NO-POST"] },
  ];
  // An acting head signs as the head does: the office is the right, not a setting of the software.
  if (grant.capacity !== "Q") {
    premises.push({ name: "carried", ...toCarried(register, grant.unit, { staffId, capacity: grant.capacity, part }, bit) });
  }
  premises.push(...means);
  premises.sort((a, b) => premiseOrder.indexOf(a.name) - premiseOrder.indexOf(b.name));
  const parent = grant.parent === undefined ? undefined : register.findGrant(grant.parent);
  const s2 = toDeputyAsDirector(grant, held);
  return {
    capacity: grant.capacity,
    rule: legal.rule,
    from: parent?.from ?? grant.from,
    to: grant.to,
    through: parent?.to,
    grant,
    premises: premises.map(toAlike),
    allows: toAllows(premises),
    turns: s2.length === 0 ? legal.turns : [...legal.turns, { switch: "s2", when: s2 }],
  };
}

/** Nothing was granted: what the law would give the post, and what of it is missing. */
function toUngranted(
  register: Register,
  subject: Omit<Subject, "at">,
  now: Holding | undefined,
  means: readonly Premise[],
): Candidate {
  if (!now) {
    const office: Premise = { name: "office", holds: never, codesAt: () => ["DEL-NO-POST"] };
    return {
      capacity: "TUQ",
      rule: "D30-13.3",
      from: headPost,
      to: { position: "" },
      premises: [office, ...means],
      allows: never,
      turns: [],
    };
  }
  const bit = toBit(subject.docType.key);
  const lawful = findLawfulCapacity(now.rank, (bit & certificationTypes) !== 0);
  const capacity = lawful?.capacity ?? "TUQ";
  const codes: DenyCode[] = lawful?.needsClause ? ["DEL-TL-NO-REGULATION", "DEL-NO-GRANT"] : ["DEL-NO-GRANT"];
  const premises: Premise[] = [
    { name: "scope", holds: never, codesAt: () => codes },
    { name: "carried", ...toCarried(register, subject.unit, { staffId: subject.staffId, capacity, part: subject }, bit) },
    ...means,
  ];
  return { capacity, rule: lawful?.code ?? "D30-13.3", from: headPost, to: now.post, premises, allows: never, turns: [] };
}

/** Objects of one shape are compared several times as fast, and a country of questions looks at millions. */
function toAlike({ name, holds, missingEvidence, codesAt }: Premise): Premise {
  return { name, holds, missingEvidence, codesAt };
}

function toAllows(premises: readonly Premise[]): Intervals {
  return premises.reduce((all: Intervals, { holds }) => intersect(all, holds), always);
}

export type PremiseState =
  | { readonly state: "holds" }
  | { readonly state: "fails"; readonly codes: readonly (DenyCode | EvidenceCode)[] }
  | { readonly state: "unknown"; readonly code: EvidenceCode };

export function toStateAt(premise: Premise, at: Instant): PremiseState {
  if (premise.missingEvidence) return { state: "unknown", code: premise.missingEvidence };
  return contains(premise.holds, at) ? { state: "holds" } : { state: "fails", codes: premise.codesAt(at) };
}
