import type { Drawing, Shape } from "../../platform/drawing.ts";
import { findPixelBox, type PixelBox, readPixels } from "../../platform/png-pixels.ts";
import type { Difference } from "../difference.ts";
import { placeWords } from "./place.ts";

/** Rows of pixels that lie between two lines of text. */
const apart = 6;

export interface PictureDifference {
  readonly difference: Difference;
  /** Samples that are the same: which of several printings a changed one was. */
  readonly alike: number;
}

/** Where two pictures of one drawing differ, and the text that should stand there. Undefined where no pixel differs or one cannot be read. */
export function comparePictures(
  found: Uint8Array,
  expected: Uint8Array,
  { drawing, zoom }: { readonly drawing: Drawing; readonly zoom: number },
): PictureDifference | undefined {
  const [own, wanted] = [readPixels(found), readPixels(expected)];
  if (!own || !wanted) return undefined;
  if (own.width !== wanted.width || own.height !== wanted.height) {
    const [is, was] = [own, wanted].map(({ width, height }) => `${width} × ${height}`) as [string, string];
    const said = placeWords.picture(0, 0);
    return { difference: { where: said.en, said, found: is, expected: was }, alike: 0 };
  }
  const box = findPixelBox(own, wanted, apart);
  if (!box) return undefined;
  const said = placeWords.picture(box.left, box.top);
  const other = placeWords.pixels(box.right - box.left + 1, box.bottom - box.top + 1);
  const expectedText = findText(drawing, box, zoom) ?? "–";
  return {
    difference: { where: said.en, said, found: other.en, saidFound: other, expected: expectedText },
    alike: countSame(own.rgb, wanted.rgb),
  };
}

type TextShape = Extract<Shape, { shape: "text" }>;

/** Letters are a bit more than half as wide as they are high, near enough to tell neighbours apart. */
function toBox({ x, y, text, size, anchor }: TextShape, zoom: number): PixelBox {
  const width = text.length * size * 0.55;
  const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
  return { left: left * zoom, top: (y - size) * zoom, right: (left + width) * zoom, bottom: (y + size * 0.3) * zoom };
}

/** The text that covers the most of the box, if any does. */
function findText({ shapes }: Drawing, box: PixelBox, zoom: number): string | undefined {
  const area = (own: PixelBox): number =>
    Math.max(0, Math.min(own.right, box.right) - Math.max(own.left, box.left) + 1) *
    Math.max(0, Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top) + 1);
  const texts = shapes.filter((shape): shape is TextShape => shape.shape === "text");
  const [best] = texts
    .map((shape) => ({ text: shape.text, covered: area(toBox(shape, zoom)) }))
    .filter(({ covered }) => covered > 0)
    .sort((a, b) => b.covered - a.covered);
  return best?.text;
}

function countSame(one: Uint8Array, other: Uint8Array): number {
  let same = 0;
  for (let at = 0; at < one.length; at++) if (one[at] === other[at]) same += 1;
  return same;
}
