import { Failure } from "./failure.ts";
import { createLineEnds, toPlainLineEnds } from "./line-ends.ts";

export type Encoding = "utf-8" | "windows-1258" | "utf-16le" | "utf-16be";

/**
 * Text of a file from an office: a byte-order mark decides, else the declared encoding, else strict UTF-8. Always NFC, since
 * Windows-1258 stores letter and tone apart. Bytes that do not fit are refused with their line and column (Failure: invalid).
 */
export function decodeText(bytes: Uint8Array, file: string, declared: Encoding = "utf-8"): string {
  const encoding = findEncoding(bytes, declared);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).normalize("NFC");
  } catch (error) {
    const before = readUntilFault(bytes);
    throw toFailure(error, file, { bytes, encoding }, before.split("\n").length, before.length - before.lastIndexOf("\n"));
  }
}

/**
 * The same for a file too large to hold: pieces of text as they come, not brought to NFC because a letter and its tone may stand
 * in two pieces. Bytes that do not fit are refused with the line that the piece starts on.
 */
export async function* streamText(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  declared: Encoding = "utf-8",
  onBytes: (piece: Uint8Array) => void = () => undefined,
): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let encoding = declared;
  const toPlain = createLineEnds();
  let line = 1;
  const decode = (piece: Uint8Array | undefined): string => {
    try {
      return decoder?.decode(piece, { stream: piece !== undefined }) ?? "";
    } catch (error) {
      const before = toPlain(piece && readUntilFault(piece));
      throw toFailure(error, file, { bytes: piece, encoding }, line + before.split("\n").length - 1, undefined);
    }
  };
  for await (const piece of bytes) {
    onBytes(piece);
    if (!decoder) {
      encoding = findEncoding(piece, declared);
      decoder = new TextDecoder(encoding, { fatal: true });
    }
    const text = decode(piece);
    yield text;
    const plain = toPlain(text);
    for (let at = plain.indexOf("\n"); at >= 0; at = plain.indexOf("\n", at + 1)) line += 1;
  }
  yield decode(undefined);
}

/** A byte-order mark decides, else what is declared. */
export function findEncoding(bytes: Uint8Array, declared: Encoding): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return hasUtf8Mark(bytes) ? "utf-8" : declared;
}

/** With plain line ends, as lines are counted everywhere. */
function readUntilFault(bytes: Uint8Array): string {
  return toPlainLineEnds(new TextDecoder("utf-8").decode(bytes).split("\uFFFD", 1)[0] as string);
}

function toFailure(
  cause: unknown,
  file: string,
  { bytes, encoding }: { readonly bytes: Uint8Array | undefined; readonly encoding: Encoding },
  line: number,
  column: number | undefined,
): Failure {
  const other = { vi: `thử encoding: ${guessOther(bytes)}`, en: `try encoding: ${guessOther(bytes)}` };
  const cut = {
    vi: "tệp bị cắt giữa một chữ hoặc là mã khác: hãy xuất lại",
    en: "the file breaks off within a letter, or is of another encoding: have it exported anew",
  };
  return new Failure(
    "invalid",
    { vi: `${file}: không phải ${encoding}`, en: `${file}: not ${encoding}` },
    {
      cause,
      hint: encoding.startsWith("utf-16") ? cut : other,
      faults: [{ file, line, column, message: { vi: `có byte không thuộc ${encoding}`, en: `bytes that are not ${encoding}` } }],
    },
  );
}

/** Text of one byte a letter holds no zeros; that of two bytes is full of them, in front in the one order, behind in the other. */
function guessOther(bytes: Uint8Array | undefined): Encoding {
  const zeros = [0, 0];
  for (const [at, byte] of (bytes ?? new Uint8Array()).subarray(0, 4096).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1;
  const [front, behind] = zeros as [number, number];
  return front + behind === 0 ? "windows-1258" : front > behind ? "utf-16be" : "utf-16le";
}

/** Always throws; the bytes begin on line `firstLine`. */
export function throwNotUtf8(bytes: Uint8Array, file: string, firstLine: number): never {
  const before = readUntilFault(bytes);
  throw toFailure(undefined, file, { bytes, encoding: "utf-8" }, firstLine + before.split("\n").length - 1, undefined);
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
