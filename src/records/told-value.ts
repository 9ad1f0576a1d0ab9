import type { Field } from "./source.ts";

const date = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T][\d:.,+Z ]{1,20})?$/;
const shapes: Readonly<Partial<Record<Field, RegExp>>> = {
  code: /^[A-Za-z\d.]{2,20}-\d{4,8}-\d{1,8}$/,
  procedure: /^\d{1,2}\.[\dA-Za-z.]{1,30}$/,
  submitted: date,
  received: date,
  due: date,
  finished: date,
  handedOver: date,
  pausedFrom: date,
  pausedTo: date,
  updated: date,
  exportedAt: date,
};

const ownWords: ReadonlySet<Field> = new Set<Field>(["status", "channel"]);
const longNumber = /\d[\d .-]{6,}\d/;
/** A short token, or words of which only the first may begin with a capital: in capitals, or in several of them, it may be a person or a street. */
const ownWord = /^(?:[\w-]{1,20}|\p{Lu}?[^\p{Lu}@]{0,39})$/u;

/**
 * Whether a refused cell may be told. A row that slipped sideways shows an applicant's name or number under an allowed heading, and those
 * are written nowhere (domain.md §11): what has not its field's shape stays in the file. A source's own word for a status or a channel has
 * no shape; it is told when it looks like one and nothing else in its row is wrong.
 */
export function mayTell(field: Field, value: string, faulty: ReadonlySet<Field>): boolean {
  if (/^\d{0,6}$/.test(value) || shapes[field]?.test(value)) return true;
  return (
    ownWords.has(field) && [...faulty].every((other) => ownWords.has(other)) && ownWord.test(value) && !longNumber.test(value)
  );
}

/** Stands in a message for a value that is not told. */
export const untold = "…";

const tables: Readonly<Record<"unit" | "name" | "date" | "figure", RegExp>> = {
  unit: /^\d{0,6}$/,
  name: /^(?:phường|xã|đặc khu|thị trấn|thị xã|thành phố|quận|huyện|tỉnh|ward|commune)\s.{1,60}$/iu,
  date,
  figure: /^\p{L}{0,10} ?[<>~≈≥≤]? ?(?:\d[.,]?){1,9} ?%?$/u,
};

/** The cell of a table of totals as it may be told: a table that slipped sideways, or is none, shows people too. */
export function tellCell(kind: keyof typeof tables, value: string): string {
  return tables[kind].test(value) ? value : untold;
}
