import { inflateRawSync } from "node:zlib";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const headerSize = 30;
/** A property file is small; what claims to be more is not unpacked. */
const unpackedAtMost = 4 * 1024 * 1024;

/** The text of the entries of a ZIP whose names `wants` asks for (PKWARE APPNOTE 4.3). Damaged or foreign bytes give nothing. */
export function readZipTexts(bytes: Uint8Array, wants: (name: string) => boolean, mostBytes = unpackedAtMost): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return listEntries(file)
      .filter(({ name }) => wants(name))
      .map((entry) => readEntry(file, entry, mostBytes));
  } catch {
    return [];
  }
}

/** The entries that `wants` asks for, one after the other; undefined for one that cannot be unpacked within the limit. */
export function* readZipBytes(
  bytes: Uint8Array,
  wants: (name: string) => boolean,
  mostBytes: number,
): Generator<Buffer | undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const entry of listEntries(file)) {
    if (!wants(entry.name)) continue;
    let unpacked: Buffer | undefined;
    try {
      unpacked = unpack(file, entry, mostBytes);
    } catch {
      unpacked = undefined;
    }
    yield unpacked;
  }
}

/** How large each entry says it is, unpacked. Damaged or foreign bytes give nothing. */
export function listZipSizes(bytes: Uint8Array): number[] {
  try {
    return listEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).map(({ unpacked }) => unpacked);
  } catch {
    return [];
  }
}

export function hasZipEntry(bytes: Uint8Array, entry: string): boolean {
  try {
    return listEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).some(({ name }) => name === entry);
  } catch {
    return false;
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly unpacked: number;
  readonly at: number;
}

function listEntries(file: Buffer): Entry[] {
  let end = file.length - 22;
  while (end >= 0 && file.readUInt32LE(end) !== endMark) end -= 1;
  if (end < 0) return [];
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0 && file.readUInt32LE(at) === entryMark; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [number, number, number];
    entries.push({
      name: file.toString("utf8", at + 46, at + 46 + name),
      method: file.readUInt16LE(at + 10),
      size: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function readEntry(file: Buffer, entry: Entry, mostBytes: number): string {
  return unpack(file, entry, mostBytes).toString("utf8");
}

function unpack(file: Buffer, { method, size, at }: Entry, mostBytes: number): Buffer {
  const start = at + headerSize + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  const packed = file.subarray(start, start + size);
  return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: mostBytes });
}
