/** Ways in which a document system is known to be wrong about what it carries. Switched on by tests and trials. */
export type DocumentsLie =
  | "not-kept"
  | "pages-cut"
  | "pages-loop"
  | "total-wrong"
  | "listed-twice"
  | "stale-list"
  | "start-shifted"
  | "end-shifted"
  | "types-dropped"
  | "mode-swapped"
  | "delegate-swapped"
  | "ended-still-active"
  | "foreign-right"
  | "strange-type"
  | "next-elsewhere"
  | "other-user";

/** A right as the system shows it. */
export interface ShownRight {
  readonly id: string;
  readonly key: string | null;
  readonly unit: string;
  readonly delegate: { readonly externalId: string; readonly userName: string | null };
  readonly docTypes: readonly string[];
  readonly mode: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly status: string;
}

/** The right as a lying system shows it. `other` is the staff id of somebody else in the unit. */
export function twistRight(right: ShownRight, lies: ReadonlySet<DocumentsLie>, other: string | undefined): ShownRight {
  const made = right.key !== null;
  return {
    ...right,
    delegate:
      made && lies.has("delegate-swapped") && other !== undefined ? { externalId: other, userName: null } : right.delegate,
    docTypes: lies.has("strange-type") ? ["XX"] : made && lies.has("types-dropped") ? right.docTypes.slice(1) : right.docTypes,
    mode: made && lies.has("mode-swapped") ? "TUQ" : right.mode,
    startDate: made && lies.has("start-shifted") ? toDayAfter(right.startDate, 3) : right.startDate,
    endDate: right.endDate !== null && lies.has("end-shifted") ? toDayAfter(right.endDate, 1) : right.endDate,
    status: lies.has("ended-still-active") ? "active" : right.status,
  };
}

function toDayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
