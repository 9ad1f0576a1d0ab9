import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

const [localHeader, centralHeader, endRecord] = [0x04034b50, 0x02014b50, 0x06054b50];

/** The same ZIP with one entry's text changed; all others stay as they are packed. For files without ZIP64 and of a writer of ours. */
export function replaceZipText(zip: Uint8Array, entry: string, change: (text: string) => string): Uint8Array {
  const file = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || file.readUInt32LE(end) !== endRecord) throw new Error("not a ZIP file");
  const [bodies, heads]: [Buffer[], Buffer[]] = [[], []];
  let [from, at] = [file.readUInt32LE(end + 16), 0];
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const size = 46 + file.readUInt16LE(from + 28) + file.readUInt16LE(from + 30) + file.readUInt16LE(from + 32);
    const head = Buffer.from(file.subarray(from, from + size));
    const own = head.readUInt32LE(42);
    if (head.readUInt32LE(0) !== centralHeader || file.readUInt32LE(own) !== localHeader) throw new Error("not a ZIP file");
    const start = own + 30 + file.readUInt16LE(own + 26) + file.readUInt16LE(own + 28);
    const local = Buffer.from(file.subarray(own, start));
    let packed = file.subarray(start, start + head.readUInt32LE(20));
    if (head.toString("utf8", 46, 46 + head.readUInt16LE(28)) === entry) {
      const text = (head.readUInt16LE(10) === 0 ? packed : inflateRawSync(packed)).toString("utf8");
      const plain = Buffer.from(change(text), "utf8");
      packed = deflateRawSync(plain);
      // Method, sum and both sizes stand in the same order in both headers.
      for (const [header, method, sum] of [
        [local, 8, 14],
        [head, 10, 16],
      ] as const) {
        header.writeUInt16LE(8, method);
        header.writeUInt32LE(crc32(plain), sum);
        header.writeUInt32LE(packed.length, sum + 4);
        header.writeUInt32LE(plain.length, sum + 8);
      }
    }
    // Sizes stand in the headers, not behind the data.
    local.writeUInt16LE(local.readUInt16LE(6) & ~8, 6);
    head.writeUInt16LE(head.readUInt16LE(8) & ~8, 8);
    head.copy(local, 14, 16, 28);
    head.writeUInt32LE(at, 42);
    at += local.length + packed.length;
    bodies.push(local, packed);
    heads.push(head);
    from += size;
  }
  const list = Buffer.concat(heads);
  const tail = Buffer.from(file.subarray(end));
  tail.writeUInt32LE(list.length, 12);
  tail.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, tail]);
}
