import type { AuditRecord } from "../audit/audit-log.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Absence, Return } from "./absence.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";
import { toMask } from "./doc-types.ts";
import type { Grant, GrantEvent, PostRef } from "./grant.ts";
import type { Narrowing } from "./scope.ts";

/** What was recorded of signing authority, in the order in which it was. */
export interface Replayed {
  readonly grants: readonly Grant[];
  readonly events: readonly GrantEvent[];
  readonly absences: readonly Absence[];
  readonly returns: readonly Return[];
}

interface GrantDetail {
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly person: string | null;
  readonly capacity: GrantedCapacity;
  readonly docTypes: readonly string[];
  /** Logs from before there were limits do not say. */
  readonly narrowing?: Narrowing | null;
  readonly validFrom: string;
  readonly end: string | null;
  readonly basis: {
    readonly kind: BasisKind;
    readonly number: string | null;
    readonly date: string | null;
    readonly signedAt?: string | null;
    readonly clause: string | null;
    readonly sha256?: string | null;
    readonly legalBasis: string | null;
  };
  readonly parent: string | null;
  readonly needsApproval: boolean;
  readonly ruleset: string;
  readonly recordedAt: string;
}

/**
 * Grants, events and absences out of the log alone (I20): what stands in the tables can be held against what was logged. Records of
 * other rooms, and of pushes and read-backs, are passed over.
 */
export function replayLog(records: Iterable<AuditRecord>, zone: Zone): Replayed {
  const grants: Grant[] = [];
  const events: GrantEvent[] = [];
  const absences: Absence[] = [];
  const returns: Return[] = [];
  const at = (text: unknown): number => readInstant(String(text), zone) as number;
  for (const { action, subject, actor, detail } of records) {
    const recorded = { recordedAt: at(detail["recordedAt"]), recordedBy: actor };
    switch (action) {
      case "delegate.grant":
        grants.push(toGrant(subject, detail as unknown as GrantDetail, at, actor));
        break;
      case "delegate.approve":
        events.push({ grantId: subject, kind: "approved", at: recorded.recordedAt, ...recorded });
        break;
      case "delegate.revoke":
        events.push({ grantId: subject, kind: "revoked", at: at(detail["at"]), reason: String(detail["reason"]), ...recorded });
        break;
      case "delegate.suspend": {
        const until = detail["to"] === null ? undefined : at(detail["to"]);
        const reason = String(detail["reason"]);
        events.push({ grantId: subject, kind: "suspended", at: at(detail["from"]), until, reason, ...recorded });
        break;
      }
      case "delegate.absence":
        absences.push({
          id: String(detail["id"]),
          staffId: subject,
          from: at(detail["from"]),
          to: at(detail["to"]),
          reason: detail["reason"] === null ? undefined : String(detail["reason"]),
          cover: detail["cover"] === null ? undefined : { staffId: String(detail["cover"]), grantId: String(detail["grant"]) },
          ...recorded,
        });
        break;
      case "delegate.return":
        returns.push({ absenceId: String(detail["absence"]), at: at(detail["at"]), ...recorded });
        break;
    }
  }
  return { grants, events, absences, returns };
}

function toGrant(id: string, detail: GrantDetail, at: (text: unknown) => number, recordedBy: string): Grant {
  const { basis } = detail;
  return {
    id,
    unit: detail.unit,
    from: toPost(detail.from),
    to: toPost(detail.to),
    person: detail.person ?? undefined,
    capacity: detail.capacity,
    docTypes: toMask(detail.docTypes),
    narrowing: detail.narrowing ?? undefined,
    validFrom: at(detail.validFrom),
    validTo: detail.end === null ? undefined : at(detail.end),
    basis: {
      kind: basis.kind,
      number: basis.number ?? undefined,
      date: basis.date === null ? undefined : at(basis.date),
      signedAt: basis.signedAt == null ? undefined : at(basis.signedAt),
      clause: basis.clause ?? undefined,
      sha256: basis.sha256 ?? undefined,
      legalBasis: basis.legalBasis ?? undefined,
    },
    parent: detail.parent ?? undefined,
    needsApproval: detail.needsApproval,
    ruleset: detail.ruleset,
    recordedAt: at(detail.recordedAt),
    recordedBy,
  };
}

/** `van-hoa-xa-hoi/truong-phong`, as formatPostRef writes it. */
function toPost(text: string): PostRef {
  const [position = "", department] = text.split("/").reverse();
  return { position, department };
}
