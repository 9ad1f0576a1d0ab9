import { inflateSync } from "node:zlib";

/** Three bytes a pixel, over white, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const mostPixels = 60_000_000;

/** Of a PNG with 8 bits a sample in full colour and without interlace, as programs write pictures of the screen (PNG 1.2, 6 and 9). Undefined for others. */
export function readPixels(png: Uint8Array): Pixels | undefined {
  try {
    return decode(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  } catch {
    return undefined;
  }
}

function decode(file: Buffer): Pixels | undefined {
  const [width, height, depth, colour, interlace] = [
    file.readUInt32BE(16),
    file.readUInt32BE(20),
    file[24],
    file[25] as number,
    file[28],
  ];
  const channels = { 2: 3, 6: 4 }[colour];
  if (depth !== 8 || channels === undefined || interlace !== 0 || width * height > mostPixels) return undefined;
  const packed: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  const stride = width * channels;
  const raw = inflateSync(Buffer.concat(packed), { maxOutputLength: (stride + 1) * height });
  const rows = unfilter(raw, height, stride, channels);
  if (channels === 3) return { width, height, rgb: rows };
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = rows[pixel * 4 + 3] as number;
    for (let own = 0; own < 3; own++)
      rgb[pixel * 3 + own] = Math.round(((rows[pixel * 4 + own] as number) * alpha + 255 * (255 - alpha)) / 255);
  }
  return { width, height, rgb };
}

/** Each byte is kept as its difference from its neighbours (PNG 9.2). */
function unfilter(raw: Buffer, height: number, stride: number, channels: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const [filter, from, to] = [raw[row * (stride + 1)], row * (stride + 1) + 1, row * stride];
    for (let at = 0; at < stride; at++) {
      const left = at < channels ? 0 : (out[to + at - channels] as number);
      const up = row === 0 ? 0 : (out[to + at - stride] as number);
      const corner = row === 0 || at < channels ? 0 : (out[to + at - stride - channels] as number);
      const guess =
        filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
      out[to + at] = (raw[from + at] as number) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around what differs from the topmost row on, until `apart` rows are the same again. Undefined: nothing differs. Both of one size. */
export function findPixelBox(one: Pixels, other: Pixels, apart: number): PixelBox | undefined {
  const { width, height } = one;
  let box: PixelBox | undefined;
  for (let row = 0; row < height && (!box || row - box.bottom <= apart); row++) {
    const [from, to] = [row * width * 3, (row + 1) * width * 3];
    if (Buffer.compare(one.rgb.subarray(from, to), other.rgb.subarray(from, to)) === 0) continue;
    for (let at = from; at < to; at++) {
      if (one.rgb[at] === other.rgb[at]) continue;
      const column = Math.floor((at - from) / 3);
      box = {
        left: Math.min(box?.left ?? column, column),
        top: box?.top ?? row,
        right: Math.max(box?.right ?? column, column),
        bottom: row,
      };
    }
  }
  return box;
}
