import { toScalarText } from "../../../platform/exact-json.ts";
import { readPointer } from "../../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../../platform/placeholders.ts";
import type { Words } from "../../../platform/words.ts";
import type { WriteResult } from "../../connector.ts";
import { provisionFaults } from "../../words.ts";
import { isPage, passesAny, type ReadAnswer } from "./answers.ts";
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
  const said = answers.message === undefined ? "" : (toScalarText(readPointer(answer.json, answers.message)) ?? "");
  const message = provisionFaults.refused(system, status, strike(said, secrets).slice(0, 200));
  if (passesAny(conflict, answer)) return { outcome: "refused", conflict: true, message };
  assertLetIn(system, answer);
  if (passesAny(success, answer) && !isPage(answer)) return { outcome: "done", id: undefined };
  const isClients = status >= 400 && status < 500 && status !== 408;
  if (isClients || passesAny(answers.refused, answer)) return { outcome: "refused", conflict: status === 409, message };
  return { outcome: "unknown", message: words.notAnswered(system, status) };
}

export function listSecrets(values: PlaceholderValues): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name.startsWith("secret.") && typeof value === "string" ? [value] : [],
  );
}

/** Some systems say in their refusal what they were sent, as it stood or as it was written in JSON or in a form. */
function strike(text: string, secrets: readonly string[]): string {
  const written = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]);
  return written.reduce((shown, secret) => shown.replaceAll(secret, "•••"), text);
}
