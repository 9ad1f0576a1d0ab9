import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import type { SqlValue } from "./database.ts";

const pieceLength = 65_536;

/** Sends rows by COPY in its text format (PostgreSQL manual, "COPY", "Text Format"); `text` is the COPY … FROM STDIN. */
export async function copyCells(client: pg.Client, text: string, width: number, cells: readonly SqlValue[]): Promise<void> {
  const { from } = await import("pg-copy-streams");
  await pipeline(Readable.from(toPieces(width, cells)), client.query(from(text)));
}

function* toPieces(width: number, cells: readonly SqlValue[]): Generator<Buffer> {
  let piece = "";
  for (let at = 0; at < cells.length; ) {
    piece += toCell(cells[at] as SqlValue);
    at += 1;
    piece += at % width === 0 ? "\n" : "\t";
    if (at % width > 0 || piece.length < pieceLength) continue;
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
