import type { Instant } from "../platform/clock.ts";
import { narrowCertificate } from "./certificates/certificate-readiness.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import type { DocTypeMask } from "./doc-types.ts";
import { type Register, toRightKey } from "./facts.ts";
import { always, type Intervals, never, unite } from "./interval.ts";

/** Something a system has to say. `missingEvidence` set: nobody knows, and `holds` means nothing. */
export interface Observed {
  readonly holds: Intervals;
  readonly missingEvidence?: EvidenceCode;
  readonly codesAt: (at: Instant) => readonly DenyCode[];
}

export interface Readiness {
  readonly account: Observed;
  readonly certificate: Observed;
}

/** Can this person sign at all: an account that is on, with a certificate that is valid and bound to it. */
export function toReadiness(register: Register, unit: string, staffId: string): Readiness {
  const { reading, fresh } = register.findPerson(unit, staffId);
  if (!reading || !fresh) {
    const unknown: Observed = { holds: never, missingEvidence: reading ? "EVID-STALE" : "EVID-NONE", codesAt: () => [] };
    return { account: unknown, certificate: unknown };
  }
  const { account } = reading;
  if (!account) {
    // Without an account there is nothing a certificate could be bound to: one fault, not two.
    return { account: { holds: never, codesAt: () => ["ACC-MISSING"] }, certificate: { holds: always, codesAt: () => [] } };
  }
  const on: Observed = { holds: account.active ? always : never, codesAt: () => ["ACC-INACTIVE"] };
  const { certificate } = account;
  const narrow = (known: Observed): Observed => narrowCertificate(register, staffId, certificate?.serial, known);
  if (!certificate) return { account: on, certificate: narrow({ holds: never, codesAt: () => ["SIG-NONE"] }) };
  const { notBefore = Number.NEGATIVE_INFINITY, notAfter = Number.POSITIVE_INFINITY, bound } = certificate;
  return {
    account: on,
    certificate: narrow({
      holds: bound ? unite([{ from: notBefore, to: notAfter }]) : never,
      codesAt: (at) => [
        ...(at < notBefore ? (["SIG-NOT-YET"] as const) : []),
        ...(at >= notAfter ? (["SIG-EXPIRED"] as const) : []),
        ...(bound ? [] : (["SIG-UNBOUND"] as const)),
      ],
    }),
  };
}

/** When the unit's document system lets this person sign these types in this capacity. */
export function toCarried(
  register: Register,
  unit: string,
  who: { staffId: string; capacity: string },
  type: DocTypeMask,
): Observed {
  const { reading, fresh, rights } = register.findCarriage(unit);
  if (!reading || !fresh) {
    return { holds: never, missingEvidence: reading ? "EVID-STALE" : "EVID-NONE", codesAt: () => [] };
  }
  const carried = rights.get(toRightKey(who.staffId, unit, who.capacity)) ?? [];
  return { holds: unite(carried.filter(({ docTypes }) => (docTypes & type) !== 0)), codesAt: () => ["DEL-NOT-CARRIED"] };
}
