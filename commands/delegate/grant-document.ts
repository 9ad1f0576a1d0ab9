import { listKeys } from "../../src/delegation/doc-types.ts";
import { formatPostRef, type Grant, toEffectiveStart } from "../../src/delegation/grant.ts";
import { toIso, toIsoDate, type Zone } from "../../src/platform/time.ts";

/** A grant as other programs read it. */
export function toGrantDocument(grant: Grant, zone: Zone): Readonly<Record<string, unknown>> {
  const { basis } = grant;
  return {
    id: grant.id,
    unit: grant.unit,
    fromPosition: formatPostRef(grant.from),
    toPosition: formatPostRef(grant.to),
    person: grant.person ?? null,
    capacity: grant.capacity,
    docTypes: listKeys(grant.docTypes),
    narrowing: grant.narrowing ?? null,
    from: toIso(grant.validFrom, zone),
    start: toIso(toEffectiveStart(grant), zone),
    to: grant.validTo === undefined ? null : toIso(grant.validTo, zone),
    basis: {
      kind: basis.kind,
      number: basis.number ?? null,
      date: basis.date === undefined ? null : toIsoDate(basis.date, zone),
      signedAt: basis.signedAt === undefined ? null : toIso(basis.signedAt, zone),
      clause: basis.clause ?? null,
      sha256: basis.sha256 ?? null,
      legalBasis: basis.legalBasis ?? null,
    },
    parent: grant.parent ?? null,
    needsApproval: grant.needsApproval,
    ruleset: grant.ruleset,
    recordedAt: toIso(grant.recordedAt, zone),
    recordedBy: grant.recordedBy,
  };
}
