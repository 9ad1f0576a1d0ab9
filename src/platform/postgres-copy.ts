import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import type { LoadedRows, SqlValue } from "./database.ts";
import { openRows, type RowSource } from "./loaded-rows.ts";

const pieceLength = 65_536;
/** Of a column that is no number: its own length comes on top. */
const cellLength = 12;

/** What a column holds on the server: each goes over in bytes of its own kind. */
export type CopyType = "int2" | "int4" | "int8" | "float8" | "text" | "bytea";
const copyTypes: readonly string[] = ["int2", "int4", "int8", "float8", "text", "bytea"] satisfies CopyType[];

/** The columns of a table of ours. */
export async function readCopyTypes(client: pg.Client, table: string): Promise<ReadonlyMap<string, CopyType>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT a.attname AS name, t.typname AS type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
    [table],
  );
  const other = rows.find(({ type }) => !copyTypes.includes(type));
  if (other) throw new Error(`${table}.${other.name} is ${other.type}, which is never loaded`);
  return new Map(rows.map(({ name, type }) => [name, type as CopyType]));
}

/** Sends rows by COPY in its binary format (PostgreSQL manual, "COPY", "Binary Format"): a third of the work of digits, here and there. */
export async function copyRows(
  client: pg.Client,
  table: string,
  rows: LoadedRows,
  types: ReadonlyMap<string, CopyType>,
): Promise<void> {
  const { from } = await import("pg-copy-streams");
  const source = openRows(rows);
  const names = [...source.names, ...source.constants.map(([name]) => name)];
  const wanted = names.map((name) => {
    const type = types.get(name);
    if (type === undefined) throw new Error(`${table} has no column ${name}`);
    return type;
  });
  const copy = client.query(from(`COPY ${table} (${names.join(", ")}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(toPieces(source, wanted)), copy);
}

const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

function* toPieces({ size, names, constants, fill }: RowSource, types: readonly CopyType[]): Generator<Buffer> {
  yield header;
  const width = types.length;
  const cells: SqlValue[] = Array(width).fill(null);
  for (const [n, [, value]] of constants.entries()) cells[names.length + n] = value;
  const wholeWidth = 2 + width * cellLength;
  let piece = Buffer.allocUnsafe(pieceLength + wholeWidth);
  let at = 0;
  for (let row = 0; row < size; row++) {
    fill(cells, 0, row);
    at = putShort(piece, at, width);
    for (let column = 0; column < width; column++) {
      const value = cells[column] as SqlValue;
      const type = types[column] as CopyType;
      if (value === null) at = putWord(piece, at, -1);
      else if (type === "int8" && Number.isSafeInteger(value)) at = putLong(piece, putWord(piece, at, 8), value as number);
      else if (type === "int4" && value === ((value as number) | 0)) at = putWord(piece, putWord(piece, at, 4), value as number);
      else if (type === "int2" && value === ((value as number) << 16) >> 16)
        at = putShort(piece, putWord(piece, at, 2), value as number);
      else {
        const bytes = toBytes(value, type);
        if (at + bytes.length + wholeWidth > piece.length) {
          // Another piece holds what comes before, so that a long cell needs no second look at what is full.
          yield piece.subarray(0, at);
          piece = Buffer.allocUnsafe(Math.max(pieceLength, bytes.length) + 2 * wholeWidth);
          at = 0;
        }
        at = putWord(piece, at, bytes.length);
        piece.set(bytes, at);
        at += bytes.length;
      }
    }
    if (at < pieceLength) continue;
    yield piece.subarray(0, at);
    // What was handed out is not ours to write into any more.
    piece = Buffer.allocUnsafe(pieceLength + wholeWidth);
    at = 0;
  }
  yield piece.subarray(0, at);
  yield trailer;
}

function putShort(piece: Buffer, at: number, value: number): number {
  piece[at] = value >> 8;
  piece[at + 1] = value;
  return at + 2;
}

function putWord(piece: Buffer, at: number, value: number): number {
  piece[at] = value >> 24;
  piece[at + 1] = value >> 16;
  piece[at + 2] = value >> 8;
  piece[at + 3] = value;
  return at + 4;
}

/** A whole number beyond 32 bits, in two's complement. */
function putLong(piece: Buffer, at: number, value: number): number {
  const high = Math.floor(value / 2 ** 32);
  return putWord(piece, putWord(piece, at, high), value - high * 2 ** 32);
}

function toBytes(value: SqlValue, type: CopyType): Uint8Array {
  if (type === "bytea") return value as Uint8Array;
  if (type === "text") return Buffer.from(String(value));
  const bytes = Buffer.alloc(type === "int2" ? 2 : type === "int4" ? 4 : 8);
  // What is no whole number, or too large for its column, throws here as it would there.
  if (type === "float8") bytes.writeDoubleBE(Number(value));
  else if (type === "int8") bytes.writeBigInt64BE(BigInt(value as bigint));
  else if (type === "int4") bytes.writeInt32BE(Number(BigInt(value as bigint)));
  else bytes.writeInt16BE(Number(BigInt(value as bigint)));
  return bytes;
}
