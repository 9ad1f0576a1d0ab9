import type { Instant } from "../platform/clock.ts";
import type { KnownWays, Subject } from "./candidates.ts";
import { countTypes } from "./doc-types.ts";
import { type Holding, isPost, type Register } from "./facts.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import type { Grant, PostRef } from "./grant.ts";
import { unite } from "./interval.ts";
import { type LegalState, type Turn, toLegalState } from "./legal.ts";
import { toDeputyAsDirector, toOffice } from "./office.ts";
import { type Checks, type Premise, toChecks, toPremise } from "./premise.ts";
import { toReadiness } from "./readiness.ts";
import { compareWidth } from "./scope.ts";

export interface EvidenceUsed {
  readonly kind: "carriage" | "account";
  /** Undefined: none. */
  readonly at?: Instant;
  readonly ttlMs?: number;
  readonly fresh: boolean;
  /** Undefined: none, or from before grades were kept. */
  readonly grade?: EvidenceGrade;
}

/** A person in a unit: what all types of documents have in common. */
export interface Signer {
  readonly held: readonly Holding[];
  readonly means: readonly Premise[];
  readonly meansChecks: Checks;
  readonly evidence: readonly EvidenceUsed[];
  /** A head needs no grant. */
  readonly head?: { readonly post: PostRef; readonly office: Premise };
  /** Grants to the posts held, best precedence first within one capacity. */
  readonly rights: readonly Right[];
  /** Of the head's office, where held, and of each right. */
  readonly rightsChecks: Checks;
  /** By the key of the type, and of the part of the unit where one was asked about. */
  readonly ways: Map<string, KnownWays>;
}

/** A grant in somebody's hands. */
export interface Right {
  readonly grant: Grant;
  readonly legal: LegalState;
  /** All that hang neither on the type nor on the person's means. */
  readonly premises: readonly Premise[];
  readonly turns: readonly Turn[];
}

const signers = new WeakMap<Register, Map<string, Map<string, Signer>>>();

/** Worked out once for each register, and shared by all types of documents. */
export function findSigner(register: Register, subject: Pick<Subject, "unit" | "staffId">): Signer {
  let units = signers.get(register);
  if (!units) {
    units = new Map();
    signers.set(register, units);
  }
  let people = units.get(subject.unit);
  if (!people) {
    people = new Map();
    units.set(subject.unit, people);
  }
  let signer = people.get(subject.staffId);
  if (!signer) {
    signer = readSigner(register, subject);
    people.set(subject.staffId, signer);
  }
  return signer;
}

function readSigner(register: Register, { staffId, unit }: Pick<Subject, "unit" | "staffId">): Signer {
  const held = (register.holdingsOf.get(staffId) ?? []).filter((holding) => holding.unit === unit);
  const readiness = toReadiness(register, unit, staffId);
  const means = [
    toPremise("present", readiness.present),
    toPremise("account", readiness.account),
    toPremise("certificate", readiness.certificate),
  ];
  const rights = (register.grantsIn.get(unit) ?? [])
    .filter(
      (grant) => (grant.person === undefined || grant.person === staffId) && held.some((holding) => isPost(holding, grant.to)),
    )
    .sort(compareGrants)
    .map((grant) => toRight(register, grant, held));
  const head = toHead(held);
  return {
    held,
    means,
    meansChecks: toChecks([means]),
    evidence: listEvidence(register, unit, staffId),
    head,
    rights,
    rightsChecks: toChecks([...(head ? [[head.office]] : []), ...rights.map(({ premises }) => premises)]),
    ways: new Map(),
  };
}

function listEvidence(register: Register, unit: string, staffId: string): EvidenceUsed[] {
  const { reading: listing, fresh } = register.findCarriage(unit);
  const { reading: seen, fresh: isSeen } = register.findPerson(unit, staffId);
  return [
    { kind: "carriage", at: listing?.at, ttlMs: listing?.ttlMs, fresh, grade: listing?.grade },
    { kind: "account", at: seen?.at, ttlMs: seen?.ttlMs, fresh: isSeen, grade: seen?.grade },
  ];
}

function toRight(register: Register, grant: Grant, held: readonly Holding[]): Right {
  const legal = toLegalState(register, grant);
  const premises = [
    ...legal.conditions.map((condition) => toPremise(condition.name, condition)),
    toPremise("office", { holds: toOffice(register, grant, held), codesAt: () => noPost }),
  ];
  const s2 = toDeputyAsDirector(grant, held);
  const turns = s2.length === 0 ? legal.turns : [...legal.turns, { switch: "s2" as const, when: s2 }];
  return { grant, legal, premises, turns };
}

/** head > Q > KT > TL > TUQ is applied by the caller through `capacity`; within one capacity: narrower, later basis, id. */
function compareGrants(x: Grant, y: Grant): number {
  return (
    countTypes(x.docTypes) - countTypes(y.docTypes) ||
    compareWidth(x.narrowing, y.narrowing) ||
    (y.basis.date ?? 0) - (x.basis.date ?? 0) ||
    (x.id < y.id ? -1 : x.id > y.id ? 1 : 0)
  );
}

function toHead(held: readonly Holding[]): Signer["head"] {
  const heads = held.filter((holding) => holding.rank === "head");
  const [first] = heads;
  return first && { post: first.post, office: toPremise("office", { holds: unite(heads), codesAt: () => noPost }) };
}

export const noPost = ["DEL-NO-POST"] as const;
