import type { Lang } from "../platform/words.ts";
import type { ExplainedSweep } from "./explain-results.ts";

/** The shape `explain` that scripts bind to; texts in the language of the run. */
export function toExplainDocument(explained: ExplainedSweep, lang: Lang): Readonly<Record<string, unknown>> {
  return {
    causes: explained.causes.map(({ cause, evidence, affected, inWords, owner, askNext }) => ({
      kind: cause.kind,
      id: cause.id,
      odds: round(cause.odds),
      gainNats: round(cause.gainNats),
      marginNats: round(cause.marginNats),
      or: cause.or,
      rivals: cause.rivals.map((rival) => ({ ...rival, odds: round(rival.odds), gainNats: round(rival.gainNats) })),
      layer: evidence.layer,
      reason: evidence.reason,
      affected,
      counterEvidence: {
        counted: evidence.counted,
        failed: evidence.failed,
        tested: evidence.tested,
        working: evidence.working,
        contrast: evidence.contrast,
      },
      owner: owner[lang],
      inWords: inWords[lang],
      askNext: askNext ? { question: askNext.question ?? null, command: askNext.command, inWords: askNext.inWords[lang] } : null,
    })),
    suspects: explained.suspects.map(({ inWords, ...suspect }) => ({
      ...suspect,
      listed: suspect.listed ?? null,
      behavesLike: suspect.behavesLike ?? null,
      odds: round(suspect.odds),
      inWords: inWords[lang],
    })),
    unexplained: explained.unexplained.map(({ endpoint }) => endpoint),
    nextProbe: explained.nextProbe ? { ...explained.nextProbe, inWords: explained.nextProbe.inWords[lang] } : null,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
