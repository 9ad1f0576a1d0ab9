import type { Directory } from "../../directory/directory.ts";
import { toFold } from "../../platform/text.ts";
import { vietnamZone } from "../../platform/time.ts";
import { createDateReader } from "../date-pattern.ts";
import { parseDossierCode } from "../dossier-code.ts";
import type { Field } from "../source.ts";
import { fields, findMetric, isPersonalHeading, rateHeading } from "./field-words.ts";
import type { FileSample, SampledCell } from "./sample.ts";

export interface ColumnFinding {
  readonly heading: string;
  readonly filled: number;
  /** A person's name, number, address: nothing of it is shown, whatever else is known of it. */
  readonly personal: boolean;
  /** Fields it may be, the likeliest first. */
  readonly candidates: readonly { readonly field: Field; readonly score: number }[];
  readonly metric: string | undefined;
  /** What the heading says it is, where the values are not: units by name, procedures by title. */
  readonly headedAs: "unit" | "procedure" | undefined;
  /** Patterns that every filled cell has; empty where it holds no dates. */
  readonly datePatterns: readonly string[];
  /** True where the sheet holds real dates or numbers of days. */
  readonly realDates: boolean;
  /** Codes with their counts, the most frequent first; only of columns that hold codes. */
  readonly values: readonly { readonly value: string; readonly count: number }[] | undefined;
  /** Distinct values, undefined above a thousand. */
  readonly distinct: number | undefined;
  /** Codes of units that lost their zeros as numbers. */
  readonly lostZeros: boolean;
}

const patterns = [
  "iso",
  "dd/MM/yyyy HH:mm:ss",
  "dd/MM/yyyy HH:mm",
  "dd/MM/yyyy",
  "d/M/yyyy H:mm:ss",
  "d/M/yyyy H:mm",
  "d/M/yyyy",
  "yyyy-MM-dd HH:mm:ss",
  "yyyy-MM-dd HH:mm",
  "dd-MM-yyyy HH:mm:ss",
  "dd-MM-yyyy",
  "dd.MM.yyyy",
  "HH:mm:ss dd/MM/yyyy",
  "HH:mm dd/MM/yyyy",
  "MM/dd/yyyy HH:mm:ss",
  "MM/dd/yyyy",
];
const dateFields: ReadonlySet<Field> = new Set<Field>([
  "received",
  "due",
  "finished",
  "updated",
  "submitted",
  "handedOver",
  "pausedFrom",
  "pausedTo",
  "exportedAt",
]);
const readers = patterns.map((pattern) => ({ pattern, read: createDateReader([pattern], vietnamZone) }));
const procedureShape = /^\d\.\d{6}(\.[A-Za-z0-9]+)*$/;
const mostDistinct = 1000;
const mostCodes = 40;
const enough = 0.8;

/** What each column may be, by its heading and by its values. Pure. */
export function describeColumns({ headings, rows }: FileSample, directory: Directory): ColumnFinding[] {
  return headings.map((heading, at) =>
    describeColumn(
      heading,
      rows.map((row) => row[at]),
      directory,
    ),
  );
}

function describeColumn(heading: string, cells: readonly (SampledCell | undefined)[], directory: Directory): ColumnFinding {
  const filled = cells.filter((cell): cell is SampledCell => cell !== undefined && cell.text !== "");
  const texts = filled.map(({ text }) => text);
  const counts = new Map<string, number>();
  for (const text of texts) if (counts.size <= mostDistinct || counts.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const distinct = counts.size > mostDistinct ? undefined : counts.size;
  const share = (test: (text: string) => boolean): number => (texts.length === 0 ? 0 : texts.filter(test).length / texts.length);
  const isCode = share((text) => parseDossierCode(text) !== undefined);
  const isUnit = share((text) => directory.findUnit(text) !== undefined);
  const padded = share((text) => /^\d{1,5}$/.test(text) && directory.findUnit(text.padStart(5, "0")) !== undefined);
  const isProcedure = share((text) => procedureShape.test(text));
  const realDates = filled.some(({ kind }) => kind === "date");
  const dated = texts.length > 0 && filled.every(({ kind }) => kind === "date");
  const writtenDates = filled.filter(({ kind }) => kind !== "date").map(({ text }) => text);
  const datePatterns = writtenDates.length === 0 ? [] : findPatterns(writtenDates);
  const holdsDates = dated || datePatterns.length > 0;
  const personal =
    isCode < enough &&
    isProcedure < enough &&
    padded < enough &&
    !holdsDates &&
    (isPersonalHeading(heading) || share(looksPersonal) >= 0.1);

  const metric = personal || holdsDates || realDates ? undefined : findMetric(heading);
  const measureFit = (field: Field): number => {
    if (texts.length === 0) return dateFields.has(field) ? 0.5 : 0;
    if (dateFields.has(field)) return holdsDates ? 1 : 0;
    if (field === "code") return isCode;
    if (field === "unit" || field === "competentUnit") return Math.max(isUnit, padded);
    if (field === "procedure") return isProcedure;
    // A code column says the same few things over and over.
    return distinct !== undefined &&
      distinct <= mostCodes &&
      distinct <= Math.max(12, texts.length / 3) &&
      share((text) => /^\d{7,}$/.test(text)) === 0
      ? 1
      : 0;
  };
  const candidates = personal
    ? []
    : fields
        .map((field) => {
          const byHeading = rateHeading(field, heading);
          const byValues = measureFit(field);
          // A total may look like a unit's code whose zeros are gone.
          const strong = field === "code" || field === "procedure" || (field === "unit" && metric === undefined);
          return {
            field,
            score: byValues < enough / 2 ? 0 : byHeading > 0 ? (byHeading + byValues) / 2 : strong ? byValues / 2 : 0,
          };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
  const holdsCodes = candidates.some(
    ({ field }) => field === "status" || field === "channel" || field === "unit" || field === "competentUnit",
  );
  return {
    heading,
    filled: texts.length,
    personal,
    candidates,
    metric,
    headedAs:
      personal || candidates.length > 0 || texts.length === 0
        ? undefined
        : (["unit", "procedure"] as const).find((field) => rateHeading(field, heading) === 1),
    datePatterns,
    realDates,
    distinct,
    values: holdsCodes && distinct !== undefined && distinct <= 200 ? listValues(counts) : undefined,
    lostZeros: padded >= enough && isUnit < padded,
  };
}

function listValues(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Those that read every cell; where several together are needed (a time in some cells only), these. */
function findPatterns(texts: readonly string[]): string[] {
  const some = texts.length > 3000 ? texts.filter((_, at) => at % Math.ceil(texts.length / 3000) === 0) : texts;
  const whole = readers.find(({ read }) => some.every((text) => read(text) !== undefined));
  if (whole) return [whole.pattern];
  const left = new Set(some);
  const chosen: string[] = [];
  for (const { pattern, read } of readers) {
    const reads = [...left].filter((text) => read(text) !== undefined);
    if (reads.length === 0) continue;
    chosen.push(pattern);
    for (const text of reads) left.delete(text);
    if (left.size === 0) return chosen;
  }
  return [];
}

/** Whatever stands under whatever heading: an ID number, a phone number, an address of mail, a name. */
export function looksPersonal(text: string): boolean {
  const plain = text.replaceAll(/[\s.\-()]/g, "");
  if (/^(\+?84|0)\d{8,10}$/.test(plain) || /^\d{9}$|^\d{12}$/.test(plain) || /\S@\S+\.\S/.test(text)) return true;
  const words = text.trim().split(/\s+/);
  const capital = words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.]*$/u.test(word));
  return words.length >= 2 && words.length <= 6 && capital && familyNames.has(toPlain(words[0] as string));
}

/** Without toFold's memory: what is asked here may be anybody's name. */
function toPlain(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

const familyNames: ReadonlySet<string> = new Set(
  "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly ong ba anh chi dinh truong lam mai doan trinh cao ha ton chau luu ta thai dao luong la".split(
    " ",
  ),
);

/** A status or a channel in words: without marks, as tables of guesses hold it. */
export function toPlainCode(value: string): string {
  return toFold(value);
}
