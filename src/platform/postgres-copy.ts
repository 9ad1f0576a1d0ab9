import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import type { LoadedRows, SqlValue } from "./database.ts";
import { openRows, type RowSource } from "./loaded-rows.ts";

const pieceLength = 65_536;

/** Sends rows by COPY in its text format (PostgreSQL manual, "COPY", "Text Format"). */
export async function copyRows(client: pg.Client, table: string, rows: LoadedRows): Promise<void> {
  const { from } = await import("pg-copy-streams");
  const source = openRows(rows);
  const columns = [...source.names, ...source.constants.map(([name]) => name)].join(", ");
  await pipeline(Readable.from(toPieces(source)), client.query(from(`COPY ${table} (${columns}) FROM STDIN`)));
}

function* toPieces({ size, names, constants, fill }: RowSource): Generator<Buffer> {
  const end = `${constants.map(([, value]) => `\t${toCell(value)}`).join("")}\n`;
  const width = names.length;
  const cells: SqlValue[] = Array(width).fill(null);
  let piece = "";
  for (let row = 0; row < size; row++) {
    fill(cells, 0, row);
    piece += toCell(cells[0] as SqlValue);
    for (let column = 1; column < width; column++) piece += `\t${toCell(cells[column] as SqlValue)}`;
    piece += end;
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  if (piece !== "") yield Buffer.from(piece);
}

function toCell(value: SqlValue): string {
  if (typeof value === "number") return String(value);
  if (value === null) return "\\N";
  if (typeof value === "string") return /[\\\n\r\t]/.test(value) ? value.replace(/[\\\n\r\t]/g, toEscape) : value;
  return value instanceof Uint8Array ? `\\\\x${Buffer.from(value).toString("hex")}` : String(value);
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function toEscape(sign: string): string {
  return escapes[sign] as string;
}
