import { open, stat } from "node:fs/promises";
import { toFileFailure } from "./files.ts";

export interface FileParts {
  readonly size: number;
  /** The beginning of the file, then windows of it in order, the last of them its end. */
  readonly parts: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** The beginning of a file and, where it is longer, some windows of the rest at equal distances. Failure kind: denied. */
export async function readFileParts(
  path: string,
  { headBytes, windowBytes, windows }: { readonly headBytes: number; readonly windowBytes: number; readonly windows: number },
): Promise<FileParts> {
  const handle = await open(path).catch((error: unknown) => {
    throw toFileFailure(error, path);
  });
  try {
    const { size } = await handle.stat();
    const read = async (at: number, length: number) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { at, bytes: bytes.subarray(0, filled) };
    };
    const parts = [await read(0, headBytes)];
    const rest = size - headBytes;
    const count = Math.min(windows, Math.ceil(rest / windowBytes));
    for (let n = 1; n <= count; n++) {
      // Even places, so that text of two bytes a letter is not cut in half.
      const at = Math.max(headBytes, Math.floor((headBytes + (rest * n) / count - windowBytes) / 2) * 2);
      parts.push(await read(at, windowBytes));
    }
    return { size, parts };
  } catch (error) {
    throw toFileFailure(error, path);
  } finally {
    await handle.close();
  }
}

/** Of a file on disk; none of a pipe, which could then not be read from its beginning any more. Failure kind: denied. */
export async function readFirstBytes(path: string, length: number): Promise<Uint8Array> {
  const found = await stat(path).catch((error: unknown) => {
    throw toFileFailure(error, path);
  });
  if (!found.isFile()) return new Uint8Array();
  const { parts } = await readFileParts(path, { headBytes: length, windowBytes: 1, windows: 0 });
  return parts[0]?.bytes ?? new Uint8Array();
}
