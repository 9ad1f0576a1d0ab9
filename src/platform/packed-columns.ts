import type { LoadedRows } from "./database.ts";
import type { SplitColumns, Values } from "./loaded-rows.ts";

/** What one question mark of a statement carries: a column, or several small ones as the digits of one number. */
export interface PackedColumn {
  readonly values: Values;
  /** The columns in it, as SQL over the number, in place of which `?` stands. */
  readonly parts: readonly { readonly name: string; readonly sql: string }[];
}

/** An exact number of JavaScript, and of SQLite. */
const bitsAtMost = 53;
/** Widths are even, so that the next rows mostly make the same statement. */
const bitStep = 2;

/**
 * Puts columns of small whole numbers together, as many into one number as fit exactly: to hand a value over to the engine costs more than to
 * take it apart there. Only arrays that can hold nothing else but whole numbers are looked at; one with a negative number stays as it is.
 */
export function packColumns(varying: SplitColumns["varying"], rows: LoadedRows["rows"]): readonly PackedColumn[] {
  const alone: PackedColumn[] = [];
  const groups: { bits: number; members: { name: string; values: Int32Array | Uint8Array; bits: number }[] }[] = [];
  for (const { name, values } of varying) {
    const bits = values instanceof Int32Array || values instanceof Uint8Array ? countBits(values, rows) : undefined;
    if (bits === undefined) {
      alone.push({ values, parts: [{ name, sql: "?" }] });
      continue;
    }
    const member = { name, values: values as Int32Array | Uint8Array, bits };
    const group = groups.find((one) => one.bits + bits <= bitsAtMost);
    if (group) {
      group.members.push(member);
      group.bits += bits;
    } else groups.push({ bits, members: [member] });
  }
  return [...alone, ...groups.map(({ members }) => pack(members, rows))];
}

function pack(
  members: readonly { readonly name: string; readonly values: Int32Array | Uint8Array; readonly bits: number }[],
  rows: LoadedRows["rows"],
): PackedColumn {
  const [first] = members as [(typeof members)[number]];
  if (members.length === 1) return { values: first.values, parts: [{ name: first.name, sql: "?" }] };
  const size = typeof rows === "number" ? rows : rows.length;
  const packed = new Float64Array(first.values.length);
  const parts: { name: string; sql: string }[] = [];
  let shift = 0;
  for (const { name, values, bits } of members) {
    const factor = 2 ** shift;
    for (let row = 0; row < size; row++) {
      const place = typeof rows === "number" ? row : (rows[row] as number);
      packed[place] = (packed[place] as number) + (values[place] as number) * factor;
    }
    parts.push({ name, sql: `(? >> ${shift}) & ${2 ** bits - 1}` });
    shift += bits;
  }
  return { values: packed, parts };
}

/** Undefined where one is negative. */
function countBits(values: Int32Array | Uint8Array, rows: LoadedRows["rows"]): number | undefined {
  const size = typeof rows === "number" ? rows : rows.length;
  let all = 0;
  for (let row = 0; row < size; row++) all |= values[typeof rows === "number" ? row : (rows[row] as number)] as number;
  return all < 0 ? undefined : Math.max(bitStep, Math.ceil((32 - Math.clz32(all)) / bitStep) * bitStep);
}
