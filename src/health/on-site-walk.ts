import type { LocalFinding } from "./local/finding.ts";
import { listOnSiteFacts, toOnSitePrior } from "./on-site.ts";
import type { ProbeResult } from "./probe-result.ts";
import { chooseQuestion, type Posterior, type Question, questions, updatePosterior } from "./questions.ts";
import type { VantageAnswer } from "./vantage-file.ts";

export interface Walk {
  readonly posterior: Posterior;
  /** In the order in which they were given. */
  readonly answers: readonly VantageAnswer[];
  /** What would be asked next, where nobody is there to ask. */
  readonly open: Question | undefined;
}

/**
 * From what was seen to a cause: after every answer the question that is expected to tell most, until one cause is sure. `given` answers count
 * from the start. `ask` answers undefined for "not known"; without it nobody is asked.
 */
export async function walkToCause(
  seen: { readonly results: readonly ProbeResult[]; readonly findings: readonly LocalFinding[] },
  given: readonly VantageAnswer[],
  ask: ((question: Question) => Promise<boolean | undefined>) | undefined,
): Promise<Walk> {
  const facts = listOnSiteFacts(seen.results, seen.findings);
  const prior = updatePosterior(toOnSitePrior(seen.results), facts);
  const answers = [...given];
  const weigh = (): Posterior => updatePosterior(prior, answers.flatMap(toObserved));
  for (;;) {
    const posterior = weigh();
    // Witnesses that were tried answer the question about other pages better than a person.
    const known = facts.some(({ id }) => id === "witnesses") ? ["web"] : [];
    const open = chooseQuestion(posterior, [...answers.map(({ id }) => id), ...known]);
    if (!open || !ask) return { posterior, answers, open };
    answers.push({ id: open.id, yes: await ask(open) });
  }
}

function toObserved({ id, yes }: VantageAnswer) {
  const question = questions.find((one) => one.id === id);
  return question && yes !== undefined ? [{ yes, likelihood: question.yes }] : [];
}
