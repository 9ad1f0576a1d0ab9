import type { Instant } from "../platform/clock.ts";
import { narrowCertificate } from "./certificates/certificate-readiness.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import type { DocTypeMask } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import type { Weighed } from "./grades/sight.ts";
import { always, type Intervals, never, subtract, unite } from "./interval.ts";
import { cutToPart, type Part } from "./scope.ts";

/** Something a system has to say. `missingEvidence` set: nobody knows, and `holds` means nothing. */
export interface Observed {
  readonly holds: Intervals;
  readonly missingEvidence?: EvidenceCode;
  readonly codesAt: (at: Instant) => readonly (DenyCode | EvidenceCode)[];
}

export interface Readiness {
  /** Not away. Known from what was recorded here, so never stale. */
  readonly present: Observed;
  readonly account: Observed;
  readonly certificate: Observed;
}

const alwaysPresent: Observed = { holds: always, codesAt: () => [] };

function toPresent(register: Register, staffId: string): Observed {
  const away = register.awayOf.get(staffId);
  return away ? { holds: subtract(always, away), codesAt: () => ["PER-ABSENT"] } : alwaysPresent;
}

/** Can this person sign at all: here, with an account that is on and a certificate that is valid and bound to it. */
export function toReadiness(register: Register, unit: string, staffId: string): Readiness {
  return { present: toPresent(register, staffId), ...toMeans(register, unit, staffId) };
}

function toMeans(register: Register, unit: string, staffId: string): Omit<Readiness, "present"> {
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
  { staffId, capacity: asked, part }: { readonly staffId: string; readonly capacity: string; readonly part: Part },
  type: DocTypeMask,
): Observed {
  const { reading, fresh, rights, weighed } = register.findCarriage(unit);
  const word = findWeighed(weighed.get(unit)?.get(staffId), asked, type);
  if (word?.state === "open") return { holds: never, missingEvidence: "EVID-DISAGREES", codesAt: () => [] };
  if (word) return { holds: word.holds, codesAt: () => ["DEL-NOT-CARRIED"] };
  if (!reading || !fresh) {
    return { holds: never, missingEvidence: reading ? "EVID-STALE" : "EVID-NONE", codesAt: () => [] };
  }
  const own = rights.get(unit)?.get(staffId) ?? [];
  const carried = own
    .filter(({ capacity, docTypes }) => capacity === asked && (docTypes & type) !== 0)
    .flatMap((right) => (right.narrowing ? cutToPart(right, [right.narrowing], part, register.tree) : [right]));
  return { holds: unite(carried), codesAt: () => ["DEL-NOT-CARRIED"] };
}

/** What trials and screens say of one type; undefined: nothing, and the listing counts. */
export function findWeighed(words: readonly Weighed[] | undefined, capacity: string, type: DocTypeMask): Weighed | undefined {
  return words?.find((word) => word.capacity === capacity && (word.docTypes & type) !== 0);
}
