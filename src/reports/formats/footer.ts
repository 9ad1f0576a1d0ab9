import type { Report } from "../model.ts";
import { toShown } from "./cell-text.ts";
import type { RenderOptions } from "./format.ts";
import { formatWords as words } from "./words.ts";

/** What finds the stored report again, and what was special about this run. */
export function listFooter(report: Report, { lang, meeting, modelSha256, clockPinned }: RenderOptions): string[] {
  const kept = meeting === undefined ? words.notKept : words.keptAs(meeting);
  return [
    `${toShown(kept[lang])} · ${words.knownSeq(report.knownSeq)[lang]} · ${words.model(modelSha256)[lang]}`,
    ...(clockPinned ? [words.pinned[lang]] : []),
  ];
}
