import type { core, ZodType } from "zod";
import { findMetaAt, hasPatternAt, listKeysAt } from "./schema-walk.ts";
import { secretReferenceShape } from "./secrets.ts";
import { findNearest } from "./text.ts";
import { both, type Words } from "./words.ts";
import { describeForm, describeSize, describeType, formatFound, suggestDigits, schemaWords as words } from "./zod-words.ts";

export interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: Words;
  /** The fault is the key itself: what stands behind it is not shown. */
  readonly atKey?: boolean;
  /** What stands there must not be repeated anywhere. */
  readonly secret?: boolean;
}

export interface IssueContext {
  /** For known keys, and for what belongs where. */
  readonly schema?: ZodType;
  /** The text as it stands in the file: `04` where the value is 4. */
  readonly sourceOf?: (path: readonly PropertyKey[]) => string | undefined;
}

/** What a schema's complaint means to the person who wrote the file: what stands there, what is wanted, what to do. */
export function describeIssue(issue: core.$ZodIssue, context: IssueContext = {}): DescribedIssue[] {
  const { path } = issue;
  const one = (message: Words, more: Partial<DescribedIssue> = {}): DescribedIssue[] => [{ path, message, ...more }];
  const name = formatSettingName(path);
  const secret = isSecretName(path) || (context.schema !== undefined && hasPatternAt(context.schema, path, secretReferenceShape));
  const found = secret ? words.hidden : formatFound("input" in issue ? issue.input : undefined);
  const meta = context.schema ? findMetaAt(context.schema, path) : {};
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = context.schema ? listKeysAt(context.schema, path) : [];
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        message: words.unknownKey(key, findNearest(key, known, slipsIn(key)), known),
      }));
    }
    case "invalid_type":
      if (issue.input === undefined) return one(words.missing(name, meta.words ?? describeType(issue.expected)), { atKey: true });
      if (issue.input === null) return one(words.noValue(name, meta.words ?? describeType(issue.expected)));
      if (secret) return one(words.hiddenForm(name, words.secretReference), { secret });
      return one(describeWrongType(issue, name, meta.suggest, context));
    case "invalid_value":
      if (secret && issue.input !== undefined)
        return one(words.hiddenForm(name, words.oneOf(issue.values.map(String))), { secret });
      return one(describeChoices(issue.input, issue.values, name));
    case "too_small":
      return one(words.wrongSize(name, found, describeSize("least", issue.origin, issue.minimum, issue.inclusive)));
    case "too_big":
      return one(words.wrongSize(name, found, describeSize("most", issue.origin, issue.maximum, issue.inclusive)));
    case "not_multiple_of":
      return one(words.wrongSize(name, found, words.multiple(issue.divisor)));
    case "invalid_format": {
      if (issue.pattern === String(secretReferenceShape))
        return one(words.plainSecret(name, String(issue.input)), { secret: true });
      if (secret)
        return one(words.hiddenForm(name, meta.words ?? describeForm(issue.format, issue.pattern, issue.message)), {
          secret: true,
        });
      const likely = meta.suggest?.(String(issue.input)) ?? suggestDigits(issue.pattern, String(issue.input));
      return one(words.wrongForm(name, found, meta.words ?? describeForm(issue.format, issue.pattern, issue.message), likely));
    }
    case "invalid_union":
      return describeUnion(issue, name, meta.words, context);
    case "invalid_key": {
      const [inner] = issue.issues;
      const wanted = inner?.code === "invalid_format" ? describeForm(inner.format, inner.pattern, inner.message) : undefined;
      const own = inner?.code === "custom" ? (inner.params?.["words"] as Words | undefined) : undefined;
      return one(words.wrongKey(String(path.at(-1)), wanted, own), { atKey: true });
    }
    case "custom": {
      const own = issue.params?.["words"] as Words | undefined;
      if (!own) return one(words.other(name, issue.message));
      return one(typeof issue.input === "string" && !secret ? words.wrongText(name, found, own) : own);
    }
    default:
      return one(words.other(name, issue.message));
  }
}

/** `check.systems.url`: numbers of list items are left out, since the line says which. */
export function formatSettingName(path: readonly PropertyKey[]): string {
  return path
    .filter((part) => typeof part !== "number")
    .map(String)
    .join(".");
}

/** A value under such a name is never repeated, whatever the schema says of it. */
export function isSecretName(path: readonly PropertyKey[]): boolean {
  const key = path.findLast((part) => typeof part === "string");
  return typeof key === "string" && /secret|token|passw|passphrase|credential|api_?key|private_?key|mat_?khau/i.test(key);
}

function describeWrongType(
  issue: core.$ZodIssueInvalidType,
  name: string,
  suggest: ((text: string) => string | undefined) | undefined,
  { sourceOf }: IssueContext,
): Words {
  const source = sourceOf?.(issue.path) ?? String(issue.input);
  const { input } = issue;
  if (issue.expected === "string" && (typeof input === "number" || typeof input === "boolean")) {
    return words.needsQuotes(name, source, typeof input === "number" ? "number" : "boolean", suggest?.(source) ?? `"${source}"`);
  }
  const wantsNumber = issue.expected === "number" || issue.expected === "int";
  if (wantsNumber && typeof issue.input === "string" && /^-?\d+(\.\d+)?$/.test(issue.input))
    return words.noQuotes(name, issue.input);
  return words.wrongType(name, formatFound(issue.input), describeType(issue.expected));
}

/** How far a word may be from a known one and still be a slip of it: short words lie close to each other. */
function slipsIn(word: string): number {
  return Math.max(1, Math.min(3, Math.floor(word.length / 2)));
}

function findChoice(input: string, choices: readonly string[]): string | undefined {
  const alike = choices.find((choice) => choice.toLowerCase() === input.toLowerCase());
  return alike ?? findNearest(input, choices, slipsIn(input));
}

function describeChoices(input: unknown, values: readonly unknown[], name: string): Words {
  const choices = values.map(String);
  if (input === undefined) return words.missing(name, words.oneOf(choices));
  const near = typeof input === "string" ? findChoice(input, choices) : undefined;
  return words.wrongChoice(name, formatFound(input), choices, near);
}

/** Of a union the option that was meant is the one whose outer type fits; its own faults are then the true ones. */
function describeUnion(
  issue: core.$ZodIssueInvalidUnion,
  name: string,
  wanted: Words | undefined,
  context: IssueContext,
): DescribedIssue[] {
  const { path } = issue;
  const choices = (issue as { options?: readonly unknown[] }).options;
  if (issue.errors.length === 0 && choices) {
    const kind = (issue.input as Readonly<Record<string, unknown>> | undefined)?.[String(path.at(-1))];
    return [{ path, message: describeChoices(kind, choices, name), atKey: kind === undefined }];
  }
  const isOuter = (inner: core.$ZodIssue): boolean =>
    inner.path.length === 0 && (inner.code === "invalid_type" || inner.code === "invalid_value");
  const meant = issue.errors
    .filter((option) => !option.some(isOuter))
    .sort((a, b) => a.length - b.length)
    .at(0);
  if (meant) return meant.flatMap((inner) => describeIssue({ ...inner, path: [...path, ...inner.path] }, context));
  const options = issue.errors.flatMap((option) => option.filter(isOuter).slice(0, 1)).map(describeOption);
  if (isSecretName(path)) return [{ path, secret: true, message: words.hiddenForm(name, wanted ?? words.either(options)) }];
  return [{ path, message: words.wrongType(name, formatFound(issue.input), wanted ?? words.either(options)) }];
}

function describeOption(issue: core.$ZodIssue): Words {
  if (issue.code === "invalid_value") return words.oneOf(issue.values.map(String));
  return issue.code === "invalid_type" ? describeType(issue.expected) : both(() => issue.message);
}
