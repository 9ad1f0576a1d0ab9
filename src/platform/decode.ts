import { Failure } from "./failure.ts";

export type Encoding = "utf-8" | "windows-1258" | "utf-16le";

/**
 * Text of a file from an office: a byte-order mark decides, else the declared encoding, else strict UTF-8. Always NFC, since
 * Windows-1258 stores letter and tone apart. Bytes that do not fit are refused with their line and column (Failure: invalid).
 */
export function decodeText(bytes: Uint8Array, file: string, declared: Encoding = "utf-8"): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : hasUtf8Mark(bytes) ? "utf-8" : declared;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).normalize("NFC");
  } catch (error) {
    const before = new TextDecoder("utf-8").decode(bytes).split("\uFFFD", 1)[0] as string;
    const line = before.split("\n").length;
    throw new Failure(
      "invalid",
      { vi: `${file}: không phải ${encoding}`, en: `${file}: not ${encoding}` },
      {
        cause: error,
        hint: { vi: "thử encoding: windows-1258", en: "try encoding: windows-1258" },
        faults: [
          {
            file,
            line,
            column: before.length - before.lastIndexOf("\n"),
            message: { vi: `có byte không thuộc ${encoding}`, en: `bytes that are not ${encoding}` },
          },
        ],
      },
    );
  }
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
