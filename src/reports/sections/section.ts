import type { Words } from "../../platform/words.ts";
import type { Block } from "../blocks.ts";
import type { Answer, ReportFacts } from "../facts.ts";
import type { ReportKind } from "../model.ts";
import type { Reconciliation } from "../reconcile.ts";

/** What a section is built from: the facts, and what the reconciliation found in them. */
export interface SectionFacts extends ReportFacts {
  readonly reconciliation: Reconciliation;
}

/**
 * One section of a report. `build` is pure: facts in, blocks out, no clock, no I/O, numbers as numbers. It answers with undefined when the
 * section has no place in this report (nobody was asked), with a failed answer when its source failed; an empty list of blocks never.
 */
export interface Section {
  readonly id: string;
  readonly title: Words;
  readonly kinds: readonly ReportKind[];
  readonly build: (facts: SectionFacts) => readonly Block[] | Extract<Answer<never>, { state: "failed" }> | undefined;
}

export const everyKind: readonly ReportKind[] = ["morning", "evening", "unit", "range"];
/** What is true now, which a window of the past does not tell. */
export const presentKinds: readonly ReportKind[] = ["morning", "evening", "unit"];
