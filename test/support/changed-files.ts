import { crc32, deflateRawSync, deflateSync, inflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { readParts } from "./word-file.ts";

/** The same ZIP with one entry's text changed, whole and with right sums, as an office program would save it. */
export function changeZip(file: Uint8Array, entry: string, change: (text: string) => string): Buffer {
  const [bodies, heads]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of readParts(file)) {
    const plain = Buffer.from(name === entry ? change(text) : text, "utf8");
    const [packed, own] = [deflateRawSync(plain), Buffer.from(name, "utf8")];
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x800, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(plain), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(plain.length, 22);
    head.writeUInt16LE(own.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    head.copy(central, 6, 4, 30);
    central.writeUInt32LE(at, 42);
    bodies.push(head, own, packed);
    heads.push(central, own);
    at += 30 + own.length + packed.length;
  }
  const list = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(heads.length / 2, 8);
  end.writeUInt16LE(heads.length / 2, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

/** The same PDF with one content stream changed; the offsets of later objects are left as they were, which readers mend. */
export function changePdf(file: Uint8Array, change: (program: string) => string): Buffer {
  const text = Buffer.from(file).toString("latin1");
  const streams = /\/Length (\d+)\n(?:\/Filter \/FlateDecode\n)>>\nstream\n/g;
  for (let found = streams.exec(text); found; found = streams.exec(text)) {
    const length = Number(found[1]);
    const program = inflateSync(Buffer.from(file).subarray(streams.lastIndex, streams.lastIndex + length)).toString("latin1");
    const changed = program.includes(" Tf") ? change(program) : program;
    if (changed === program) continue;
    const packed = deflateSync(Buffer.from(changed, "latin1"));
    const head = found[0].replace(`/Length ${length}`, `/Length ${packed.length}`);
    return Buffer.concat([
      Buffer.from(text.slice(0, found.index) + head, "latin1"),
      packed,
      Buffer.from(text.slice(streams.lastIndex + length), "latin1"),
    ]);
  }
  throw new Error("no stream was changed");
}

/** The same picture with a white box on it, saved by another program; its texts stand in it again. */
export function coverPng(png: Uint8Array, [x, y, width, height]: readonly [number, number, number, number]): Buffer {
  const file = Buffer.from(png);
  const [wide, high] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const picture = `<image width="${wide}" height="${high}" href="data:image/png;base64,${file.toString("base64")}"/>`;
  const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}">${picture}${box}</svg>`;
  const drawn = new Resvg(svg).render().asPng();
  const texts = file.subarray(file.indexOf("iTXt") - 4);
  return Buffer.concat([drawn.subarray(0, -12), texts]);
}
