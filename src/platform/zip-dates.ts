import type { Instant } from "./clock.ts";
import { toLocalTime, type Zone } from "./time.ts";

const [localHeader, centralHeader, endRecord] = [0x04034b50, 0x02014b50, 0x06054b50];

/**
 * The same ZIP file with one time for all its entries, since writers stamp their clock. ZIP times have no zone: the local time of `zone` is
 * taken. For files without ZIP64 and of a writer of ours.
 */
export function setZipDates(zip: Uint8Array, at: Instant, zone: Zone): Uint8Array {
  const bytes = Buffer.from(zip);
  const { year, month, day, hour, minute, second } = toLocalTime(at, zone);
  const stamp = (((year - 1980) << 25) | (month << 21) | (day << 16) | (hour << 11) | (minute << 5) | (second >> 1)) >>> 0;
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || bytes.readUInt32LE(end) !== endRecord) throw new Error("not a ZIP file");
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const own = bytes.readUInt32LE(entry + 42);
    if (bytes.readUInt32LE(entry) !== centralHeader || bytes.readUInt32LE(own) !== localHeader) throw new Error("not a ZIP file");
    bytes.writeUInt32LE(stamp, entry + 12);
    bytes.writeUInt32LE(stamp, own + 10);
    entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return bytes;
}
