import { type CsvRecord, parseCsv } from "../platform/csv.ts";
import { decodeText, type Encoding } from "../platform/decode.ts";
import { Failure } from "../platform/failure.ts";
import { findFontReading, isSyllable } from "../platform/vietnamese-fonts.ts";
import type { Words } from "../platform/words.ts";
import { rosterFileFaults as words } from "./roster-file-words.ts";

/** What a file is by its first bytes, whatever its name says. Failure kind: invalid, for the kinds that are not read. */
export function readRosterKind(bytes: Uint8Array, file: string): "xlsx" | "csv" {
  const refuse = (message: Words): Failure => new Failure("invalid", words.notRead(file), { faults: [{ file, message }] });
  const starts = (...head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw refuse(holds(bytes, toUtf16("EncryptedPackage")) ? words.locked : words.oldExcel);
  if (starts(0x50, 0x4b)) {
    if (holds(bytes.subarray(0, 200), toBytes("opendocument"))) throw refuse(words.openDocument);
    return "xlsx";
  }
  if (starts(0x25, 0x50, 0x44, 0x46)) throw refuse(words.pdf);
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(new TextDecoder("windows-1252").decode(bytes.subarray(0, 100))))
    throw refuse(words.web);
  return "csv";
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toUtf16(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));
}

function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(wanted));
}

interface Decoded {
  readonly text: string;
  readonly notes: readonly Words[];
}

/** Encodings that offices send without saying so are taken where nothing else fits, and said: UTF-16 by its zero bytes, Windows-1258 where Vietnamese comes out. */
export function decodeRoster(bytes: Uint8Array, file: string, declared: Encoding | undefined): Decoded {
  if (declared !== undefined) return { text: decodeText(bytes, file, declared), notes: [] };
  const wide = findWide(bytes);
  if (wide) return { text: decodeText(bytes, file, wide), notes: [words.readAsUtf16] };
  try {
    return { text: decodeText(bytes, file), notes: [] };
  } catch (error) {
    const text = decodeText(bytes, file, "windows-1258");
    assertNoOldFont(new TextDecoder("windows-1252").decode(bytes.subarray(0, 4000)), file, countMarked(text.slice(0, 4000)));
    const vietnamese = /[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]/.test(text) && !/[\u0080-\u009F]/.test(text);
    if (!vietnamese) throw error;
    return { text, notes: [words.readAsWindows1258] };
  }
}

/** UTF-16 without its mark: every second byte of headings and dates is zero. */
function findWide(bytes: Uint8Array): Encoding | undefined {
  const head = bytes.subarray(0, 400);
  if (head[0] === 0xff || head[0] === 0xfe || !head.includes(0)) return undefined;
  const zeros = [0, 1].map((side) => head.filter((byte, at) => byte === 0 && at % 2 === side).length);
  if (Math.max(...zeros) * 5 < head.length) return undefined;
  return (zeros[0] as number) > (zeros[1] as number) ? "utf-16be" : "utf-16le";
}

/** Words with marks that are Vietnamese as they stand. */
function countMarked(text: string): number {
  return text.split(/[^\p{L}\p{M}]+/u).filter((word) => /[^a-z]/i.test(word) && isSyllable(word, true)).length;
}

/**
 * Failure kind: invalid, for a file typed in a font of before Unicode. Three cells of it, and more than the words that make sense otherwise: one may be chance.
 */
export function assertNoOldFont(text: string, file: string, otherwise = 0): void {
  const lines = text.split(/\r\n?|\n/).slice(0, 20);
  const told = lines.flatMap((line) => line.split(/[,;\t]/)).flatMap((cell) => findFontReading(cell) ?? []);
  if (told.length < 3 || told.length <= otherwise) return;
  throw new Failure("invalid", words.notRead(file), { faults: [{ file, line: 1, message: words.oldFont(told.slice(0, 3)) }] });
}

/** The records, by the separator under which `isRoster` finds headings: a title above them may hold other ones. */
export async function readRecords(
  text: string,
  file: string,
  isRoster: (records: readonly CsvRecord[]) => boolean,
): Promise<readonly CsvRecord[]> {
  const first = await parseCsv(text, file, { looseQuotes: true });
  if (isRoster(first)) return first;
  for (const delimiter of [";", "\t", ",", "|"]) {
    const records = await parseCsv(text, file, { delimiter, looseQuotes: true }).catch(() => []);
    if (isRoster(records)) return records;
  }
  return first;
}
