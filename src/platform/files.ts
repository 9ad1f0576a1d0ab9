import { randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import {
  access,
  type FileHandle,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  unlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Failure } from "./failure.ts";
import type { Words } from "./words.ts";

/** The bytes of a file. Failure kinds: invalid (no such file, a folder), denied. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw toFileFailure(error, path);
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

/**
 * Writes a whole file or nothing: a temporary file beside it, synced, then renamed over it. `mode` is for secrets (0o600);
 * without it a file that is there keeps its own. Large content may come in pieces. What is no plain file (a pipe, /dev/null) is written to as it is. Failure
 * kinds: invalid, denied, unavailable.
 */
export async function writeWhole(path: string, content: string | Uint8Array | Iterable<string>, mode?: number): Promise<void> {
  const folder = dirname(resolve(path));
  const temporary = join(folder, `.${basename(path)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    const present = await stat(path).catch(() => undefined);
    if (present && !present.isFile() && !present.isDirectory()) return await writeFile(path, content);
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, "wx", mode ?? (present ? present.mode & 0o777 : 0o644));
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw toFileFailure(error, path);
  }
}

/** On Windows nothing takes the place of a file that a program has open: a virus scanner for a moment, Excel for a morning. */
async function renameOver(temporary: string, path: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      if (process.platform !== "win32" || !["EPERM", "EACCES", "EBUSY"].includes(code)) throw error;
      if (tries === triesToRename) {
        throw new Failure(
          "unavailable",
          {
            vi: `${path}: không ghi đè được, có lẽ tệp đang mở ở chương trình khác (Excel, Word)`,
            en: `${path}: cannot be replaced; another program (Excel, Word) may have it open`,
          },
          { hint: { vi: "đóng tệp rồi chạy lại, hoặc ghi ra tên khác", en: "close it and run again, or write to another name" } },
        );
      }
      await setTimeout(tries * 50);
    }
  }
}

const triesToRename = 5;

/** The new name outlasts a power cut only when the folder is synced too; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Overwrites a file once with chance bytes, syncs, and removes it. What an SSD, a journal, a snapshot or a backup still holds is beyond any program's
 * reach. Failure kinds: invalid, denied.
 */
export async function shredFile(path: string): Promise<void> {
  try {
    const file = await open(path, "r+");
    try {
      const { size } = await file.stat();
      for (let at = 0; at < size; at += shredPiece)
        await file.write(randomBytes(Math.min(shredPiece, size - at)), 0, undefined, at);
      await file.sync();
    } finally {
      await file.close();
    }
    await unlink(path);
    await syncFolder(dirname(resolve(path)));
  } catch (error) {
    throw toFileFailure(error, path);
  }
}

const shredPiece = 65_536;

/** Writes what comes in pieces, synced; the file must not be there yet. Failure kinds: invalid, denied, unavailable. */
export async function writePieces(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    const file = await open(path, "wx", 0o644);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileFailure(error, path);
  }
}

/**
 * A folder that is there whole or not at all: the work fills one beside it, which then takes its name. Failure kinds: invalid (something is there
 * already), denied, unavailable.
 */
export async function writeFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const whole = resolve(path);
  if (await isPresent(whole)) {
    const isEmpty = (await isFolder(whole)) && (await readdir(whole)).length === 0;
    if (!isEmpty) {
      throw new Failure("invalid", {
        vi: `${path}: đã có sẵn, cần một thư mục mới`,
        en: `${path}: is there already; a new folder is needed`,
      });
    }
  }
  const temporary = join(dirname(whole), `.${basename(whole)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    await fill(temporary);
    await rm(whole, { recursive: true, force: true });
    await rename(temporary, whole);
    await syncFolder(dirname(whole));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw toFileFailure(error, path);
  }
}

export async function isPresent(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error) => {
    throw toFileFailure(error, path);
  });
}

/** The file itself, or the files of a folder whose names end so, in order of name. Failure kinds: invalid (no such path), denied. */
export async function listFiles(path: string, ending: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw toFileFailure(error, path);
  }
}

/** What lies in a folder and below it, by path with `/`, in order; `plain` is false for links, pipes and the like. Failure kinds: invalid, denied. */
export async function listTree(folder: string): Promise<{ readonly path: string; readonly plain: boolean }[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => ({
        path: relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"),
        plain: entry.isFile(),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    throw toFileFailure(error, folder);
  }
}

/** When a file was last written, in milliseconds. Failure kinds: invalid, denied. */
export async function findChangedAt(path: string): Promise<number> {
  try {
    return Math.floor((await stat(path)).mtimeMs);
  } catch (error) {
    throw toFileFailure(error, path);
  }
}

/** Whether a path, links followed, lies in a folder. */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const [own, around] = await Promise.all([path, folder].map((each) => realpath(each).catch(() => resolve(each))));
  return own === around || (own as string).startsWith(`${around as string}${sep}`);
}

export async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** A folder of its own for the work, only this user's, gone afterwards. */
export async function withScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "wardctl-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether something can be written in a folder that exists. */
export async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Bytes that this user can still write on the folder's disk. */
export async function readFreeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

/** Whether everybody on the machine may read a file. Always false where files have no such rights (Windows). */
export async function isReadByOthers(path: string): Promise<boolean> {
  if (process.platform === "win32") return false;
  return stat(path).then(
    (entry) => (entry.mode & 0o004) !== 0,
    () => false,
  );
}

/** The rights of a file as they are written, `0600`. Undefined where there is none, or where files have no such rights (Windows). */
export async function findMode(path: string): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  return stat(path).then(
    ({ mode }) => `0${(mode & 0o777).toString(8).padStart(3, "0")}`,
    () => undefined,
  );
}

/** The nearest folder from `start` upwards that holds `name`. */
export async function findUpwards(start: string, name: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (await isPresent(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Another text once the file was written to or another one stands in its place. Failure kinds: invalid, denied, unavailable. */
export async function readFileMark(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw toFileFailure(error, path);
  });
  return `${ino} ${size} ${mtimeNs}`;
}

/** In bytes; 0 of a pipe. Failure kind: denied. */
export async function readFileSize(path: string): Promise<number> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw toFileFailure(error, path);
  });
  return size;
}

/** The file's bytes as a stream, for inputs that may be large. */
export function openByteStream(path: string): AsyncIterable<Uint8Array> {
  const stream = createReadStream(path);
  return (async function* () {
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw toFileFailure(error, path);
    }
  })();
}

/**
 * The same in pieces of `atOnce` bytes out of the same few places again and again: each is good until the second one after it, so that
 * gigabytes leave nothing behind to be collected.
 */
export async function* openReusedBytes(path: string, atOnce: number): AsyncGenerator<Buffer> {
  const places = [Buffer.allocUnsafe(atOnce), Buffer.allocUnsafe(atOnce), Buffer.allocUnsafe(atOnce)] as const;
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    for (let n = 0; ; n = (n + 1) % places.length) {
      const place = places[n] as Buffer;
      const { bytesRead } = await file.read(place, 0, atOnce);
      if (bytesRead === 0) return;
      yield place.subarray(0, bytesRead);
    }
  } catch (error) {
    throw toFileFailure(error, path);
  } finally {
    await file?.close();
  }
}

const reasons: Readonly<Record<string, { readonly kind: "invalid" | "denied" | "unavailable"; readonly words: Words }>> = {
  ENOENT: { kind: "invalid", words: { vi: "không có tệp này", en: "no such file" } },
  EISDIR: { kind: "invalid", words: { vi: "là thư mục, không phải tệp", en: "is a folder, not a file" } },
  ENOTDIR: { kind: "invalid", words: { vi: "đường dẫn đi qua một tệp", en: "the path goes through a file" } },
  EEXIST: { kind: "invalid", words: { vi: "đường dẫn đi qua một tệp", en: "the path goes through a file" } },
  ENAMETOOLONG: { kind: "invalid", words: { vi: "tên quá dài", en: "the name is too long" } },
  ELOOP: { kind: "invalid", words: { vi: "liên kết vòng", en: "a loop of links" } },
  EACCES: { kind: "denied", words: { vi: "không có quyền", en: "no permission" } },
  EPERM: { kind: "denied", words: { vi: "không có quyền", en: "no permission" } },
  EROFS: { kind: "denied", words: { vi: "ổ đĩa chỉ cho đọc", en: "the disk is read-only" } },
  EBUSY: { kind: "unavailable", words: { vi: "một chương trình khác đang giữ tệp này", en: "another program holds this file" } },
  EMFILE: { kind: "unavailable", words: { vi: "máy mở quá nhiều tệp", en: "the machine has too many files open" } },
  EIO: { kind: "unavailable", words: { vi: "ổ đĩa lỗi khi đọc hoặc ghi", en: "the disk failed while reading or writing" } },
  EDQUOT: { kind: "unavailable", words: { vi: "hết hạn mức ổ đĩa", en: "the disk quota is used up" } },
  ENOSPC: { kind: "unavailable", words: { vi: "ổ đĩa đầy", en: "the disk is full" } },
};

/** What the operating system said about a path, as a Failure; anything else as it came. */
export function toFileFailure(error: unknown, path: string): unknown {
  const reason = reasons[(error as { code?: string }).code ?? ""];
  if (!reason) return error;
  return new Failure(reason.kind, { vi: `${path}: ${reason.words.vi}`, en: `${path}: ${reason.words.en}` }, { cause: error });
}
