import { readInstant, toInstant, type Zone } from "../platform/time.ts";

/** Epoch seconds; `dateOnly` when the text named a day and no time. */
export interface ReadDate {
  readonly at: number;
  readonly dateOnly: boolean;
}

export type DateReader = (text: string) => ReadDate | undefined;

const parts: Readonly<Record<string, { readonly name: string; readonly digits: string }>> = {
  yyyy: { name: "year", digits: "\\d{4}" },
  /** Of this century: no dossier is older. */
  yy: { name: "year", digits: "\\d{2}" },
  MM: { name: "month", digits: "\\d{2}" },
  M: { name: "month", digits: "\\d{1,2}" },
  dd: { name: "day", digits: "\\d{2}" },
  d: { name: "day", digits: "\\d{1,2}" },
  HH: { name: "hour", digits: "\\d{2}" },
  H: { name: "hour", digits: "\\d{1,2}" },
  mm: { name: "minute", digits: "\\d{2}" },
  ss: { name: "second", digits: "\\d{2}" },
};
const tokens = /yyyy|yy|MM|M|dd|d|HH|H|mm|ss/g;

/** A pattern names a whole day at least: `dd/MM/yyyy`, `yyyy-MM-dd HH:mm:ss`; `iso` is ISO 8601 with or without offset. */
export function isDatePattern(pattern: string): boolean {
  const found = pattern.match(tokens)?.map((token) => parts[token]?.name) ?? [];
  const whole = ["year", "month", "day"].every((name) => found.includes(name));
  return pattern === "iso" || (whole && new Set(found).size === found.length && !/[A-Za-z]/.test(pattern.replace(tokens, "")));
}

/** Reads exactly the patterns given, in the zone where the text names no offset; never the machine's own zone. */
export function createDateReader(patterns: readonly string[], zone: Zone): DateReader {
  const readers = patterns.map((pattern) => (pattern === "iso" ? createIsoReader(zone) : createPatternReader(pattern, zone)));
  return (text) => {
    for (const read of readers) {
      const date = read(text);
      if (date) return date;
    }
    return undefined;
  };
}

function createIsoReader(zone: Zone): DateReader {
  return (text) => {
    const at = /^\d{4}-/.test(text) ? readInstant(text, zone) : undefined;
    return at === undefined ? undefined : { at: Math.floor(at / 1000), dateOnly: text.length === 10 };
  };
}

function createPatternReader(pattern: string, zone: Zone): DateReader {
  const names: string[] = [];
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(tokens, (token) => {
    const part = parts[token] as { name: string; digits: string };
    names.push(part.name);
    return `(${part.digits})`;
  });
  const shape = new RegExp(`^${source}$`);
  const dateOnly = !names.includes("hour");
  const year = names.indexOf("year") + 1;
  const month = names.indexOf("month") + 1;
  const day = names.indexOf("day") + 1;
  const hour = names.indexOf("hour") + 1;
  const minute = names.indexOf("minute") + 1;
  const second = names.indexOf("second") + 1;
  return (text) => {
    const match = shape.exec(text);
    if (!match) return undefined;
    const read = (at: number): number => (at === 0 ? 0 : Number(match[at]));
    const local = {
      year: match[year]?.length === 2 ? 2000 + read(year) : read(year),
      month: read(month),
      day: read(day),
      hour: read(hour),
    };
    const at = toInstant({ ...local, minute: read(minute), second: read(second) }, zone);
    return at === undefined ? undefined : { at: at / 1000, dateOnly };
  };
}
