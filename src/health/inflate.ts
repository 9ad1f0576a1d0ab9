import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

const gunzipWhole = promisify(gunzip);
const inflateWhole = promisify(inflate);
const inflateRawWhole = promisify(inflateRaw);
const brotliWhole = promisify(brotliDecompress);

/** Inflates a body up to a cap: 261 KB on the wire can be 256 MB (check.md §3). A coding that is not known stays as it is. */
export async function inflateBody(bytes: Buffer, coding: string, mostBytes: number): Promise<Buffer | "cap" | "protocol"> {
  if (bytes.length === 0) return bytes;
  const options = { maxOutputLength: mostBytes };
  try {
    switch (coding) {
      case "gzip":
      case "x-gzip":
        return await gunzipWhole(bytes, options);
      case "deflate":
        // Some servers leave the zlib wrapper out (RFC 9110 §8.4.1.2).
        return await ((bytes[0]! & 0x0f) === 8 ? inflateWhole(bytes, options) : inflateRawWhole(bytes, options));
      case "br":
        return await brotliWhole(bytes, options);
      default:
        return bytes;
    }
  } catch (error) {
    return (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "cap" : "protocol";
  }
}
