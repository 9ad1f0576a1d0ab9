import type { Words } from "../../../platform/words.ts";
import type { WriteResult } from "../../connector.ts";
import { provisionFaults } from "../../words.ts";
import { isPage, passesAny, type ReadAnswer, readWords } from "./answers.ts";
import { assertLetIn } from "./exchange.ts";
import { restWords as words } from "./rest-words.ts";
import type { AnswerTest, RestDefinition } from "./settings.ts";

export interface JudgeRequest {
  readonly system: string;
  readonly answers: RestDefinition["answers"];
  readonly success?: readonly AnswerTest[];
  readonly conflict?: readonly AnswerTest[];
  /** What no message may hold. */
  readonly secrets: readonly string[];
}

/**
 * What an answer to a writing means. Conflict before success: there are systems that tell of a duplicate with 200. What is neither yes nor a certain no is
 * unknown. Failure kind: denied.
 */
export function judgeAnswer(answer: ReadAnswer | { readonly unanswered: Words }, request: JudgeRequest): WriteResult {
  if ("unanswered" in answer) return { outcome: "unknown", message: answer.unanswered };
  const { system, answers, success = answers.ok, conflict = [], secrets } = request;
  const { status } = answer;
  const message = provisionFaults.refused(system, status, readWords(answer, answers.message, secrets));
  if (passesAny(conflict, answer)) return { outcome: "refused", conflict: true, message };
  assertLetIn(system, answer);
  if (passesAny(success, answer) && !isPage(answer)) return { outcome: "done", id: undefined };
  const isClients = status >= 400 && status < 500 && status !== 408;
  if (isClients || passesAny(answers.refused, answer)) return { outcome: "refused", conflict: status === 409, message };
  return { outcome: "unknown", message: words.notAnswered(system, status) };
}
