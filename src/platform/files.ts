import { randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdir, open, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "./failure.ts";
import type { Words } from "./words.ts";

/** The bytes of a file. Failure kinds: invalid (no such file, a folder), denied. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw toFailure(error, path);
  }
}

/** UTF-8 text, the byte-order mark taken off. Failure kinds as readBytes, and invalid for bytes that are not UTF-8. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure("invalid", { vi: `${path}: không phải UTF-8`, en: `${path}: not UTF-8` }, { cause: error });
  }
}

/** Writes a whole file or nothing: a temporary file beside it, synced, then renamed over it. `mode` is for secrets (0o600). */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const folder = dirname(resolve(path));
  const temporary = join(folder, `.${basename(path)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, "w", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw toFailure(error, path);
  }
}

export async function isPresent(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error) => {
    throw toFailure(error, path);
  });
}

/** The nearest folder from `start` upwards that holds `name`. */
export async function findUpwards(start: string, name: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (await isPresent(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The file's bytes as a stream, for inputs that may be large. */
export function openByteStream(path: string): AsyncIterable<Uint8Array> {
  const stream = createReadStream(path);
  return (async function* () {
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw toFailure(error, path);
    }
  })();
}

const reasons: Readonly<Record<string, { readonly kind: "invalid" | "denied" | "unavailable"; readonly words: Words }>> = {
  ENOENT: { kind: "invalid", words: { vi: "không có tệp này", en: "no such file" } },
  EISDIR: { kind: "invalid", words: { vi: "là thư mục, không phải tệp", en: "is a folder, not a file" } },
  ENOTDIR: { kind: "invalid", words: { vi: "đường dẫn đi qua một tệp", en: "the path goes through a file" } },
  EACCES: { kind: "denied", words: { vi: "không có quyền", en: "no permission" } },
  EPERM: { kind: "denied", words: { vi: "không có quyền", en: "no permission" } },
  EROFS: { kind: "denied", words: { vi: "ổ đĩa chỉ cho đọc", en: "the disk is read-only" } },
  ENOSPC: { kind: "unavailable", words: { vi: "ổ đĩa đầy", en: "the disk is full" } },
};

function toFailure(error: unknown, path: string): unknown {
  const reason = reasons[(error as { code?: string }).code ?? ""];
  if (!reason) return error;
  return new Failure(reason.kind, { vi: `${path}: ${reason.words.vi}`, en: `${path}: ${reason.words.en}` }, { cause: error });
}
