import { parseExactJson, toScalarText } from "../../../platform/exact-json.ts";
import type { HttpAnswer } from "../../../platform/http.ts";
import { readPointer } from "../../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../../platform/placeholders.ts";
import type { AnswerTest } from "./settings.ts";

/** An answer with its JSON; `json` is undefined where the body is none. */
export interface ReadAnswer extends HttpAnswer {
  readonly json: unknown;
}

export function toReadAnswer(answer: HttpAnswer): ReadAnswer {
  return { ...answer, json: answer.body === "" ? undefined : parseExactJson(answer.body) };
}

/** True when one of the tests holds. */
export function passesAny(tests: readonly AnswerTest[], answer: ReadAnswer): boolean {
  return tests.some((test) => passes(test, answer));
}

function passes(test: AnswerTest, answer: ReadAnswer): boolean {
  const { status, contentType, bodyContains, pointer, equals, contains } = test;
  if (status !== undefined && !status.includes(answer.status)) return false;
  if (contentType !== undefined && !toContentType(answer).startsWith(contentType.toLowerCase())) return false;
  if (bodyContains !== undefined && !holdsText(answer, bodyContains)) return false;
  if (pointer === undefined) return true;
  const value = readPointer(answer.json, pointer);
  if (equals !== undefined && !isSameScalar(value, equals)) return false;
  return contains === undefined || (typeof value === "string" && isIn(contains, value));
}

/** The system's own words, without what no message may hold: some repeat what they were sent, as it stood or as it was written in JSON or a form. */
export function readWords(answer: ReadAnswer, pointer: string | undefined, secrets: readonly string[]): string {
  const said = pointer === undefined ? "" : (toScalarText(readPointer(answer.json, pointer)) ?? "");
  const written = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]);
  return written.reduce((shown, secret) => shown.replaceAll(secret, "•••"), said).slice(0, 200);
}

export function listSecrets(values: PlaceholderValues): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name.startsWith("secret.") && typeof value === "string" ? [value] : [],
  );
}

/** Numbers by value, everything else exactly: `"1"` is not `1`. */
export function isSameScalar(value: unknown, wanted: string | number | boolean): boolean {
  if (typeof wanted !== "number") return typeof value === "string" ? value.normalize("NFC") === wanted : value === wanted;
  return typeof value !== "string" && typeof value !== "boolean" && Number(toScalarText(value) ?? Number.NaN) === wanted;
}

/** A page for people where data was asked for. Some send their JSON as text/html: what can be read as JSON is data. */
export function isPage(answer: ReadAnswer): boolean {
  return toContentType(answer).startsWith("text/html") && answer.json === undefined && answer.body !== "";
}

function toContentType({ headers }: HttpAnswer): string {
  return (headers["content-type"] ?? "").trim().toLowerCase();
}

/** In the body as it stands, or in a text of its JSON, where letters may be written as \u escapes. */
function holdsText({ body, json }: ReadAnswer, text: string): boolean {
  return isIn(text, body) || listTexts(json).some((found) => isIn(text, found));
}

function isIn(text: string, place: string): boolean {
  return place.normalize("NFC").includes(text.normalize("NFC"));
}

function listTexts(json: unknown): string[] {
  if (typeof json === "string") return [json];
  return typeof json === "object" && json !== null ? Object.values(json).flatMap(listTexts) : [];
}
