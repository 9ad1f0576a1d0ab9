import { Failure } from "./failure.ts";

/** What `${name}` stands for; undefined or null leaves out the member it is in. */
export type PlaceholderValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

const placeholder = /\$\{([^}]*)\}/g;

export function listPlaceholders(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name as string);
}

/**
 * Fills a path with its query; a value stays inside its segment or its parameter whatever it holds. A segment that would come to nothing, `.` or
 * `..` would name another resource: Failure kind invalid. Lone halves of characters become U+FFFD, as in any UTF-8 text.
 */
export function fillPath(template: string, values: PlaceholderValues): string {
  const [path = "", ...query] = template.split("?");
  const segments = path.split("/").map((segment) => {
    const filled = fillText(segment, values, toEscaped);
    if (filled !== segment && /^(\.|%2e){0,2}$/i.test(filled)) throw new Failure("invalid", words.noSegment);
    return filled;
  });
  return [segments.join("/"), ...query.map((part) => fillText(part, values, toEscaped))].join("?");
}

/** Fills plain text: a header, a form's field. */
export function fillText(template: string, values: PlaceholderValues, toWritten: (text: string) => string = String): string {
  return template.replace(placeholder, (_whole, name: string) => toWritten(String(values[name] ?? "")));
}

/**
 * Fills a JSON document. A text that is one placeholder takes the value with its type. A text that lacks a value goes, and so does a group or list none
 * of whose placeholders has one, whatever else stands in it. Undefined when nothing is left.
 */
export function fillJson(template: unknown, values: PlaceholderValues): unknown {
  return fill(template, values).value;
}

/** `named` placeholders, of which `found` had a value. */
interface Filled {
  readonly value: unknown;
  readonly named: number;
  readonly found: number;
}

function fill(template: unknown, values: PlaceholderValues): Filled {
  if (typeof template === "string") return fillWord(template, values);
  if (typeof template !== "object" || template === null) return { value: template, named: 0, found: 0 };
  const members = Object.entries(template).map(([key, value]) => ({ key, ...fill(value, values) }));
  const named = members.reduce((sum, member) => sum + member.named, 0);
  const found = members.reduce((sum, member) => sum + member.found, 0);
  if (named > 0 && found === 0) return { value: undefined, named, found };
  const kept = members.filter(({ value }) => value !== undefined);
  const value = Array.isArray(template)
    ? kept.map((member) => member.value)
    : Object.fromEntries(kept.map((member) => [member.key, member.value]));
  return { value, named, found };
}

function fillWord(template: string, values: PlaceholderValues): Filled {
  const names = listPlaceholders(template);
  const named = names.length;
  const found = names.filter((name) => values[name] !== undefined && values[name] !== null).length;
  if (found < named) return { value: undefined, named, found };
  const value = template === `\${${names[0]}}` ? values[names[0] as string] : fillText(template, values);
  return { value, named, found };
}

function toEscaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

const words = {
  noSegment: {
    vi: "giá trị này không thể là một đoạn của địa chỉ",
    en: "this value cannot be a segment of an address",
  },
};
