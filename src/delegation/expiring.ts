import type { WorkingCalendar } from "../directory/working-calendar.ts";
import type { Instant } from "../platform/clock.ts";
import type { Capacity } from "./capacity.ts";
import { decideIn } from "./decide.ts";
import type { DenyCode, EvidenceCode } from "./deny-codes.ts";
import { docTypes } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { type Gap, listGaps } from "./gaps.ts";
import type { RowPart } from "./sweep-parts.ts";

/** A right that ends and leaves nobody to sign. */
export interface Expiring {
  readonly unit: string;
  readonly endsAt: Instant;
  readonly staffId: string;
  readonly capacity: Capacity;
  /** Undefined: the office's own right. */
  readonly grantId?: string;
  /** What fails from that instant on. */
  readonly codes: readonly (DenyCode | EvidenceCode)[];
  readonly docTypes: readonly string[];
  /** Only documents of this part of the unit, where rights are limited to parts. */
  readonly part?: RowPart;
  /** When somebody can sign again, the latest of the types; Infinity: no end in sight. */
  readonly gapTo: Instant;
  /** Working time without anybody, the longest of the types, over as many days after the end as were looked ahead. */
  readonly workingMs: number;
  /** The same summed over the types: the order of the list. */
  readonly lostMs: number;
}

const dayMs = 86_400_000;

/**
 * Right ends within `days` after which nobody can sign, most working time lost first. The register must be made for `from`. Each end
 * is looked at over the same number of days after it, so that a late one weighs as much as an early one.
 */
export function listExpiring(
  register: Register,
  units: readonly string[],
  { from, days }: { readonly from: Instant; readonly days: number },
  calendar: WorkingCalendar,
): Expiring[] {
  const span = days * dayMs;
  const opening = listGaps(register, units, { from, to: from + 2 * span }).filter(
    (gap) => gap.class === "gap" && gap.from > from && gap.from <= from + span,
  );
  const found = new Map<string, Expiring>();
  for (const gap of opening) {
    const workingMs = calendar.measure(gap.from, Math.min(gap.to, gap.from + span));
    for (const end of listEnds(register, gap)) {
      const key = [gap.unit, gap.from, end.staffId, end.grantId, ...end.codes, gap.part?.department, gap.part?.procedure].join(
        "/",
      );
      const before = found.get(key);
      const gapTo = gap.to >= from + 2 * span ? Number.POSITIVE_INFINITY : gap.to;
      found.set(key, {
        unit: gap.unit,
        endsAt: gap.from,
        ...end,
        docTypes: [...(before?.docTypes ?? []), gap.docType],
        part: gap.part,
        gapTo: Math.max(before?.gapTo ?? gapTo, gapTo),
        workingMs: Math.max(before?.workingMs ?? 0, workingMs),
        lostMs: (before?.lostMs ?? 0) + workingMs,
      });
    }
  }
  return [...found.values()].sort(
    (a, b) => b.lostMs - a.lostMs || a.endsAt - b.endsAt || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0),
  );
}

/** Whose rights ended as the gap opened. */
function listEnds(register: Register, gap: Gap): Pick<Expiring, "staffId" | "capacity" | "grantId" | "codes">[] {
  const docType = docTypes.find(({ key }) => key === gap.docType);
  const staff = new Set((register.holdingsIn.get(gap.unit) ?? []).map(({ staffId }) => staffId));
  return [...staff].sort().flatMap((staffId) => {
    if (!docType) return [];
    const named = (key: string | undefined): string | undefined => (key === "*" ? undefined : key);
    const part = { department: named(gap.part?.department), procedure: named(gap.part?.procedure) };
    const asked = { staffId, unit: gap.unit, docType, ...part, asOf: register.asOf };
    const before = decideIn(register, { ...asked, at: gap.from - 1 });
    if (before.answer !== "ALLOW") return [];
    const { capacity, grant } = before.candidate;
    return [{ staffId, capacity, grantId: grant?.id, codes: before.untilCodes }];
  });
}
