import { docTypes, proceduralTypes } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import type { Interval } from "./interval.ts";
import { listPieces } from "./pieces.ts";
import { cutToPart, listParts, type Part, type ScopeTree } from "./scope.ts";
import { type Piece, type Row, sweep } from "./sweep.ts";

/** `"*"`: whichever it is. Undefined: of none that some right of the unit names. */
export interface RowPart {
  readonly department: string | undefined;
  readonly procedure: string | undefined;
}

export interface PartRow extends Row {
  /** Undefined: the same in every part of the unit. */
  readonly part?: RowPart;
}

export interface PartSweep {
  /** The coarsest parts that no right divides; one where nothing is limited. */
  readonly parts: readonly Part[];
  /** In order of type and time. */
  readonly rows: readonly PartRow[];
}

const whole: readonly Part[] = [{}];

/** One sweep where nothing is limited; else one for each part that the rights make, and what is so in all of them is said once. */
export function sweepUnit(register: Register, unit: string, horizon: Interval): PartSweep {
  const pieces = listPieces(register, unit);
  if (!pieces.some(({ narrowings }) => narrowings !== undefined)) {
    return { parts: whole, rows: sweep(pieces, horizon, docTypes.length) };
  }
  const { tree } = register;
  const parts = listParts(
    pieces.flatMap(({ narrowings = [] }) => narrowings),
    tree,
  );
  const swept = parts.map((part) => ({ part, rows: sweep(narrowPieces(pieces, part, tree), horizon, docTypes.length) }));
  return { parts, rows: docTypes.flatMap((_, bit) => joinParts(bit, swept)) };
}

function narrowPieces(pieces: readonly Piece[], part: Part, tree: ScopeTree): Piece[] {
  return pieces.flatMap((piece) => {
    const { narrowings, ...rest } = piece;
    if (narrowings === undefined) return [piece];
    return cutToPart(piece, narrowings, part, tree).map(({ from, to }) => ({ ...rest, from, to }));
  });
}

/** Only some types are of procedures at all: of the others there is one part less. */
export function isPartOf(bit: number, { procedure }: Part): boolean {
  return procedure === undefined || (proceduralTypes & (1 << bit)) !== 0;
}

function joinParts(bit: number, swept: readonly { readonly part: Part; readonly rows: readonly Row[] }[]): PartRow[] {
  const own = swept.filter(({ part }) => isPartOf(bit, part));
  const found = new Map<string, { readonly row: Row; readonly parts: Part[] }>();
  for (const { part, rows } of own) {
    for (const row of rows) {
      if (row.bit !== bit) continue;
      const key = `${row.class}/${row.from}/${row.to}`;
      const same = found.get(key);
      if (same) same.parts.push(part);
      else found.set(key, { row, parts: [part] });
    }
  }
  const all = own.map(({ part }) => part);
  const joined = [...found.values()].flatMap(({ row, parts }): PartRow[] =>
    parts.length === all.length ? [row] : joinWild(parts, all).map((part) => ({ ...row, part })),
  );
  return joined.sort((a, b) => a.from - b.from || (toOrder(a) < toOrder(b) ? -1 : 1));
}

function toOrder({ part }: PartRow): string {
  return part === undefined ? "" : `${part.department ?? " "}/${part.procedure ?? " "}`;
}

/** All groups of one department, or all departments of one group, are one row. */
function joinWild(parts: readonly Part[], all: readonly Part[]): RowPart[] {
  const left = new Set(parts);
  const joined: RowPart[] = [];
  for (const member of ["department", "procedure"] as const) {
    for (const value of new Set([...left].map((part) => part[member]))) {
      const line = all.filter((part) => part[member] === value);
      if (!line.every((part) => left.has(part))) continue;
      for (const part of line) left.delete(part);
      joined.push(member === "department" ? { department: value, procedure: "*" } : { department: "*", procedure: value });
    }
  }
  return [...joined, ...[...left].map(({ department, procedure }) => ({ department, procedure }))];
}
