/** Findings of an import (records-and-reports.md §7). Dossiers are kept by internal id, so that no code outlives its row. */
export type WarningCode =
  | "W-ORDER"
  | "W-FUTURE"
  | "W-TERM"
  | "W-DAY-OFF"
  | "W-DUP"
  | "W-CONFLICT"
  | "W-CORRECTED"
  | "W-MISSING"
  | "W-REJECTED"
  | "W-DECLARED"
  | "W-NAME"
  | "W-HIDDEN"
  | "W-SEALED";

export interface Finding {
  readonly code: WarningCode;
  /** "" for the whole source. */
  readonly unit: string;
  readonly count: number;
  /** The first of them. */
  readonly dossiers: readonly number[];
  readonly note: string;
}

const shown = 50;

/** Collects findings by code and unit, so that a million of them stay a line. */
export interface Findings {
  add(code: WarningCode, unit: string, dossier?: number, note?: string): void;
  addMany(code: WarningCode, unit: string, count: number): void;
  list(): Finding[];
}

export function createFindings(): Findings {
  const found = new Map<string, { code: WarningCode; unit: string; count: number; dossiers: number[]; notes: string[] }>();
  const entry = (code: WarningCode, unit: string) => {
    const key = `${code} ${unit}`;
    const known = found.get(key) ?? { code, unit, count: 0, dossiers: [], notes: [] };
    found.set(key, known);
    return known;
  };
  return {
    add(code, unit, dossier, note) {
      const one = entry(code, unit);
      one.count += 1;
      if (dossier !== undefined && one.dossiers.length < shown) one.dossiers.push(dossier);
      if (note !== undefined && one.notes.length < shown) one.notes.push(note);
    },
    addMany(code, unit, count) {
      if (count > 0) entry(code, unit).count += count;
    },
    list: () =>
      [...found.values()]
        .map(({ notes, ...rest }) => ({ ...rest, note: notes.join("; ") }))
        .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.unit < b.unit ? -1 : 1)),
  };
}
