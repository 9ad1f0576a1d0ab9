import { crc32 } from "node:zlib";
import { findFontFile } from "./be-vietnam-pro.ts";
import { type Drawing, toSvg } from "./drawing.ts";

/** The drawing on white, `zoom` pixels a unit; no font of the machine is read. `says` goes into the file as text by keyword (Latin-1 keywords). */
export async function formatPng(
  drawing: Drawing,
  zoom: number,
  says: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const picture = new Resvg(toSvg(drawing, "Be Vietnam Pro"), {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: zoom },
    font: {
      loadSystemFonts: false,
      fontFiles: [findFontFile("regular"), findFontFile("bold")],
      defaultFontFamily: "Be Vietnam Pro",
    },
  });
  return addTexts(picture.render().asPng(), says);
}

const endChunk = 12;

/** iTXt chunks (PNG 11.3.3.4) before the end chunk, which is always the last and empty. */
function addTexts(png: Uint8Array, says: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(says).map(([keyword, text]) => {
    const body = Buffer.concat([Buffer.from("iTXt"), Buffer.from(`${keyword}\0\0\0\0\0`, "latin1"), Buffer.from(text)]);
    const chunk = Buffer.alloc(body.length + 8);
    chunk.writeUInt32BE(body.length - 4, 0);
    body.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(body), body.length + 4);
    return chunk;
  });
  return Buffer.concat([png.subarray(0, -endChunk), ...chunks, png.subarray(-endChunk)]);
}
