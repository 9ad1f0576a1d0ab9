import { formatCsv } from "../platform/csv.ts";
import { writeWhole } from "../platform/files.ts";
import type { Lang } from "../platform/words.ts";
import type { RejectedRow } from "./read-rows.ts";
import { refusalHeads } from "./sources/csv.ts";
import type { FileProfile } from "./sources/file-lines.ts";

export interface RejectedForm {
  /** Name of a cell → heading. */
  readonly columns: Readonly<Record<string, string | undefined>>;
  readonly profile: FileProfile;
  readonly lang: Lang;
}

export function toRejectedName(file: string): string {
  return `${file}.rejected.csv`;
}

/** Beside the file: the mapped columns under their own headings, so that what is mended can be fed back as it is. */
export async function writeRejected(path: string, rejected: readonly RejectedRow[], form: RejectedForm): Promise<void> {
  await writeWhole(toRejectedName(path), formatRejected(rejected, form));
}

function formatRejected(rejected: readonly RejectedRow[], { columns, profile, lang }: RejectedForm): string {
  const mapped = Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const rows = rejected.map(({ line, texts, reasons }) => [
    ...mapped.map(([name]) => texts[name] ?? ""),
    line,
    reasons.map((words) => words[lang]).join("; "),
  ]);
  const head = [...mapped.map(([, title]) => title), ...refusalHeads];
  // A source without quotes reads this file too.
  const plain = profile.kind === "csv" && profile.quotes === "none";
  const shown = plain
    ? [head, ...rows].map((row) => row.map((cell) => toPlainCell(cell, profile.delimiter ?? ",")))
    : [head, ...rows];
  // The mark tells spreadsheets and the next import that this is UTF-8, whatever the source's own encoding.
  return `\uFEFF${formatCsv(shown, profile.kind === "csv" ? profile.delimiter : ",")}`;
}

function toPlainCell(cell: string | number, delimiter: string): string | number {
  return typeof cell === "number"
    ? cell
    : cell
        .replaceAll('"', "'")
        .replaceAll(delimiter, " ")
        .replaceAll(/[\r\n]+/g, " ");
}
