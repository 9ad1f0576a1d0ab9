import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import { findOfProcedure } from "../records/procedure-code.ts";
import type { ReportRequest } from "./facts.ts";
import { maskSmall } from "./procedures.ts";

/** Overdue dossiers of one procedure. */
export interface OverdueFact {
  readonly procedure: string;
  readonly name: string | undefined;
  /** Undefined where it is too small to be published. */
  readonly dossiers: number | undefined;
  /** Of the oldest of them, whole days begun; undefined with the count. */
  readonly daysLate: number | undefined;
}

const daySeconds = 86_400;

const rowsGone = (kept: number, figure: number): Words => ({
  vi: `chỉ còn giữ ${kept} trong ${figure} hồ sơ: số còn lại đã hết hạn lưu, hoặc quy tắc của nguồn đã đổi`,
  en: `only ${kept} of ${figure} dossiers are still kept: the others are past their keeping, or the source's rules have changed`,
});

/** What of a unit is overdue and in progress, the oldest first; the codes are for `report explain`. */
export async function readOverdue(
  { window, knownSeq, isPublic, procedureNames, questions }: ReportRequest,
  unit: string,
  figure: number,
): Promise<readonly OverdueFact[]> {
  const shares = await questions.counts.listShares(unit, window, knownSeq, ({ inProgress }) => inProgress.overdue > 0);
  // A list that leaves somebody out would look like all of them.
  if (shares.length < figure) throw new Failure("unavailable", rowsGone(shares.length, figure));
  const end = Math.ceil(window.end / 1000);
  const facts = [...Map.groupBy(shares, ({ procedure }) => procedure)].map(([procedure, own]) => ({
    procedure,
    name: findOfProcedure(procedureNames, procedure),
    dossiers: own.length,
    daysLate: Math.max(...own.map(({ lateFrom }) => Math.ceil((end - (lateFrom ?? end)) / daySeconds))),
  }));
  facts.sort((a, b) => b.daysLate - a.daysLate || b.dossiers - a.dossiers || (a.procedure < b.procedure ? -1 : 1));
  if (!isPublic) return facts;
  const masked = maskSmall(facts.map(({ dossiers }) => dossiers));
  return facts.map((own, index) => (masked[index] === undefined ? { ...own, dossiers: undefined, daysLate: undefined } : own));
}
