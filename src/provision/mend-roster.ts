import { formatCsv } from "../platform/csv.ts";
import type { Lang } from "../platform/words.ts";
import { formatXlsx } from "../platform/xlsx.ts";
import { toCellText } from "./roster-cells.ts";
import { faultHeading } from "./roster-columns.ts";
import { listCopied, toCopiedRow } from "./roster-header.ts";
import type { ExaminedRoster, RosterFault } from "./roster-reader.ts";

/** A copy of the roster with the sure repairs made and what is left said in a column of its own. The source is never edited. */
export interface MendedRoster {
  readonly repaired: readonly RosterFault[];
  readonly left: readonly RosterFault[];
  /** Heading first; texts in normal form, no citizen ids. */
  readonly rows: readonly (readonly string[])[];
}

export function mendRoster({ table, header, faults }: ExaminedRoster, lang: Lang): MendedRoster {
  const repaired = faults.filter(isRepaired);
  const left = faults.filter((fault) => !isRepaired(fault));
  const repairs = new Map(
    repaired.flatMap(({ line, column, repair }) => (repair === undefined ? [] : [[`${line}/${column}`, repair]])),
  );
  // The copy counts its days from 1900: a number from 1904 would be another, sure day in it.
  const doubtful = new Set(left.map(({ line, column }) => `${line}/${column}`));
  const leftByLine = Map.groupBy(left, ({ line }) => line);
  const kept = listCopied(table.head, header);
  const heading = [...kept.map((at) => toCellText(table.head.cells[at] ?? "")), faultHeading];
  const rows = table.records.map((record) => {
    const { line } = record;
    const cells = toCopiedRow(record, table.head, header);
    return [
      ...cells.map((text, n) => {
        const place = `${line}/${(kept[n] as number) + 1}`;
        return repairs.get(place) ?? (table.from1904 && doubtful.has(place) && /^\d{5}/.test(text) ? `${text}?` : text);
      }),
      (leftByLine.get(line) ?? []).map(({ message }) => message[lang]).join("; "),
    ];
  });
  return { repaired, left, rows: [heading, ...rows] };
}

/** The copy has the value that is meant, or goes without a row that is nobody. */
export function isRepaired({ repair, dropsRow }: RosterFault): boolean {
  return repair !== undefined || dropsRow === true;
}

/** The copy as a file's bytes, XLSX or CSV by the ending of its name. A CSV begins with a byte-order mark, so that Excel reads its letters. */
export async function formatMendedRoster({ rows }: MendedRoster, name: string): Promise<Uint8Array> {
  if (/\.xlsx$/i.test(name)) return formatXlsx("Danh sách", rows);
  return new TextEncoder().encode(`\uFEFF${formatCsv(rows)}`);
}
