/** Ways in which a document system is known to be wrong about what it carries. Switched on by tests and trials. */
export const documentsLies = [
  /** A write is taken, answered with 201, and gone. */
  "not-kept",
  /** The last page looks like any other and leads nowhere. */
  "pages-cut",
  "pages-loop",
  "total-wrong",
  "listed-twice",
  /** Every page is the first one again, under its own number. */
  "page-repeated",
  /** What was listed first is listed ever after. */
  "stale-list",
  /** Nothing at all, and a total of 0 to go with it. */
  "empty-list",
  /** An error page for people, with status 200. */
  "error-as-ok",
  "start-shifted",
  "end-shifted",
  "end-dropped",
  "types-dropped",
  "types-added",
  "mode-swapped",
  "delegate-swapped",
  "unit-swapped",
  /** A right that was ended is shown as active, and can be used. */
  "ended-still-active",
  /** Ending is taken and answered with 200, and nothing ends. */
  "end-ignored",
  "foreign-right",
  "strange-type",
  "next-elsewhere",
  /** Asked about one person it answers about another. */
  "other-user",
  /** Asked to sign on trial it says yes to everybody, and then does not let them. */
  "probe-always-yes",
  /** It says yes on trial to whoever has an account, whatever rights it lists. */
  "probe-ignores-rights",
  /** The answer to the first trial of its kind is given ever after. */
  "probe-stale",
  /** Asked to sign on trial it says no to all. */
  "probe-always-no",
] as const;
export type DocumentsLie = (typeof documentsLies)[number];

/** A right as the system shows it. */
export interface ShownRight {
  readonly id: string;
  readonly key: string | null;
  readonly unit: string;
  readonly delegate: { readonly externalId: string; readonly userName: string | null };
  readonly docTypes: readonly string[];
  readonly limits?: Readonly<Record<string, readonly string[]>>;
  readonly mode: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly status: string;
}

export interface Neighbours {
  /** Staff id of somebody else in the unit. */
  readonly other: string | undefined;
  /** Code of another unit. */
  readonly otherUnit: string;
}

/** The right as a lying system shows it. */
export function twistRight(right: ShownRight, lies: ReadonlySet<DocumentsLie>, { other, otherUnit }: Neighbours): ShownRight {
  const made = right.key !== null;
  return {
    ...right,
    unit: made && lies.has("unit-swapped") ? otherUnit : right.unit,
    delegate:
      made && lies.has("delegate-swapped") && other !== undefined ? { externalId: other, userName: null } : right.delegate,
    docTypes: made || lies.has("strange-type") ? twistTypes(right.docTypes, lies) : right.docTypes,
    mode: made && lies.has("mode-swapped") ? "TUQ" : right.mode,
    startDate: made && lies.has("start-shifted") ? toDayAfter(right.startDate, 3) : right.startDate,
    endDate: lies.has("end-dropped") || right.endDate === null ? null : twistEnd(right.endDate, lies),
    status: lies.has("ended-still-active") ? "active" : right.status,
  };
}

function twistTypes(types: readonly string[], lies: ReadonlySet<DocumentsLie>): readonly string[] {
  if (lies.has("strange-type")) return ["XX"];
  if (lies.has("types-dropped")) return types.slice(1);
  return lies.has("types-added") && !types.includes("CT") ? [...types, "CT"] : types;
}

function twistEnd(date: string, lies: ReadonlySet<DocumentsLie>): string {
  return lies.has("end-shifted") ? toDayAfter(date, 1) : date;
}

function toDayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
