import type { Difference } from "../difference.ts";
import { type Place, placeWords } from "./place.ts";

/** The first place in the order of the expected one; a place that only one of them has is `–` in the other. Undefined: none differs. */
export function comparePlaces(found: readonly Place[], expected: readonly Place[]): Difference | undefined {
  const has = new Map(found.map((place) => [place.key, place]));
  const wants = new Set(expected.map(({ key }) => key));
  const changed = expected.find(({ key, text }) => has.get(key)?.text !== text);
  const place = changed ?? found.find(({ key }) => !wants.has(key));
  if (!place) return undefined;
  return {
    where: place.where.en,
    said: place.where,
    found: has.get(place.key)?.text ?? "–",
    expected: changed?.text ?? "–",
  };
}

/** How many places are the same: which of several printings a changed one was. */
export function countAlike(found: readonly Place[], expected: readonly Place[]): number {
  const has = new Map(found.map(({ key, text }) => [key, text]));
  return expected.filter(({ key, text }) => has.get(key) === text).length;
}

/** Where nothing that is read differs, or nothing can be read. */
export function compareBytes(found: Uint8Array, expected: Uint8Array, isReadable: boolean): Difference {
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  const said = isReadable ? placeWords.bytes(at < 0 ? found.length : at) : placeWords.foreign;
  return { where: "bytes", said, found: "–", expected: "–" };
}
