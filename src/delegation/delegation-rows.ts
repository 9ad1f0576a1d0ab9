import type { SqlValue } from "../platform/database.ts";
import type { Absence, Return } from "./absence.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";
import { type DocTypeMask, listKeys, toMask } from "./doc-types.ts";
import type { CarriedRight, PersonReading } from "./evidence.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import type { Grant, GrantEvent, GrantEventKind } from "./grant.ts";
import type { Narrowing } from "./scope.ts";

/** How grants, events and readings stand in the tables of `migrations.ts`: names as in SQL, null for what is not there. */
export interface GrantRow {
  readonly id: string;
  readonly unit: string;
  readonly from_position: string;
  readonly from_department: string | null;
  readonly to_position: string;
  readonly to_department: string | null;
  readonly person: string | null;
  readonly capacity: GrantedCapacity;
  readonly doc_types: string;
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly basis_kind: BasisKind;
  readonly basis_number: string | null;
  readonly basis_date: number | null;
  readonly clause: string | null;
  readonly legal_basis: string | null;
  readonly parent: string | null;
  readonly needs_approval: number;
  readonly ruleset: string;
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly narrowing: string | null;
  readonly basis_signed_at: number | null;
  readonly basis_sha256: string | null;
}

export function toGrantRow(grant: Grant): SqlValue[] {
  const { basis } = grant;
  return [
    grant.id,
    grant.unit,
    grant.from.position,
    grant.from.department ?? null,
    grant.to.position,
    grant.to.department ?? null,
    grant.person ?? null,
    grant.capacity,
    // Keys, not bits: a mask means something only to the version that wrote it.
    listKeys(grant.docTypes).join(","),
    grant.validFrom,
    grant.validTo ?? null,
    basis.kind,
    basis.number ?? null,
    basis.date ?? null,
    basis.clause ?? null,
    basis.legalBasis ?? null,
    grant.parent ?? null,
    grant.needsApproval ? 1 : 0,
    grant.ruleset,
    grant.recordedAt,
    grant.recordedBy,
    grant.narrowing === undefined ? null : JSON.stringify(grant.narrowing),
    basis.signedAt ?? null,
    basis.sha256 ?? null,
  ];
}

export function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    unit: row.unit,
    from: { position: row.from_position, department: row.from_department ?? undefined },
    to: { position: row.to_position, department: row.to_department ?? undefined },
    person: row.person ?? undefined,
    capacity: row.capacity,
    docTypes: readTypes(row.doc_types),
    narrowing: row.narrowing === null ? undefined : (JSON.parse(row.narrowing) as Narrowing),
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    basis: {
      kind: row.basis_kind,
      number: row.basis_number ?? undefined,
      date: row.basis_date ?? undefined,
      signedAt: row.basis_signed_at ?? undefined,
      clause: row.clause ?? undefined,
      sha256: row.basis_sha256 ?? undefined,
      legalBasis: row.legal_basis ?? undefined,
    },
    parent: row.parent ?? undefined,
    needsApproval: row.needs_approval === 1,
    ruleset: row.ruleset,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

const masks = new Map<string, DocTypeMask>();

/** A country's grants name the same few lists of types again and again. */
function readTypes(text: string): DocTypeMask {
  let mask = masks.get(text);
  if (mask === undefined) {
    mask = toMask(text.split(","));
    masks.set(text, mask);
  }
  return mask;
}

export interface EventRow {
  readonly grant_id: string;
  readonly kind: GrantEventKind;
  readonly at: number;
  readonly until: number | null;
  readonly reason: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

export function toEvent(row: EventRow): GrantEvent {
  return {
    grantId: row.grant_id,
    kind: row.kind,
    at: row.at,
    until: row.until ?? undefined,
    reason: row.reason ?? undefined,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

/** As a right stands in the file: keys for types, null for no end. */
export type StoredRight = Omit<CarriedRight, "docTypes" | "to"> & {
  readonly docTypes: readonly string[];
  readonly to: number | null;
};

export function toStoredRight(right: CarriedRight): StoredRight {
  return { ...right, docTypes: listKeys(right.docTypes), to: right.to === Number.POSITIVE_INFINITY ? null : right.to };
}

export function toRight(stored: StoredRight): CarriedRight {
  return { ...stored, docTypes: toMask(stored.docTypes), to: stored.to ?? Number.POSITIVE_INFINITY };
}

export interface PersonRow {
  readonly system: string;
  readonly staff_id: string;
  readonly at: number;
  readonly ttl_ms: number;
  readonly user_name: string | null;
  readonly active: number | null;
  readonly cert_serial: string | null;
  readonly cert_not_before: number | null;
  readonly cert_not_after: number | null;
  readonly cert_bound: number | null;
  readonly recorded_at: number;
  readonly grade: EvidenceGrade | null;
}

export function toPersonRow({ system, staffId, at, ttlMs, account, recordedAt, grade }: PersonReading): SqlValue[] {
  const certificate = account?.certificate;
  const toFlag = (value: boolean | undefined): number | null => (value === undefined ? null : value ? 1 : 0);
  return [
    system,
    staffId,
    at,
    ttlMs,
    account?.userName ?? null,
    toFlag(account?.active),
    certificate?.serial ?? null,
    certificate?.notBefore ?? null,
    certificate?.notAfter ?? null,
    toFlag(certificate?.bound),
    recordedAt,
    grade ?? null,
  ];
}

export function toPerson(row: PersonRow): PersonReading {
  const { system, staff_id: staffId, at, ttl_ms: ttlMs, recorded_at: recordedAt } = row;
  const grade = row.grade ?? undefined;
  if (row.user_name === null) return { system, staffId, at, ttlMs, recordedAt, grade };
  const certificate =
    row.cert_serial === null
      ? undefined
      : {
          serial: row.cert_serial,
          notBefore: row.cert_not_before ?? undefined,
          notAfter: row.cert_not_after ?? undefined,
          bound: row.cert_bound === 1,
        };
  return {
    system,
    staffId,
    at,
    ttlMs,
    recordedAt,
    grade,
    account: { userName: row.user_name, active: row.active === 1, certificate },
  };
}

export interface AbsenceRow {
  readonly id: string;
  readonly staff_id: string;
  readonly away_from: number;
  readonly away_to: number;
  readonly reason: string | null;
  readonly cover_staff_id: string | null;
  readonly cover_grant: string | null;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

export function toAbsenceRow({ id, staffId, from, to, reason, cover, recordedAt, recordedBy }: Absence): SqlValue[] {
  return [id, staffId, from, to, reason ?? null, cover?.staffId ?? null, cover?.grantId ?? null, recordedAt, recordedBy];
}

export function toAbsence(row: AbsenceRow): Absence {
  const { cover_staff_id: staffId, cover_grant: grantId } = row;
  return {
    id: row.id,
    staffId: row.staff_id,
    from: row.away_from,
    to: row.away_to,
    reason: row.reason ?? undefined,
    cover: staffId === null || grantId === null ? undefined : { staffId, grantId },
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

export interface ReturnRow {
  readonly absence_id: string;
  readonly at: number;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

export function toReturn(row: ReturnRow): Return {
  return { absenceId: row.absence_id, at: row.at, recordedAt: row.recorded_at, recordedBy: row.recorded_by };
}
