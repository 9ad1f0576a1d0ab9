import { findNearest, toFold } from "../platform/text.ts";
import type { Directory } from "./directory.ts";
import type { Province } from "./unit.ts";

/** How people write provinces beside their names; folded. */
const otherNames: Readonly<Record<string, string>> = {
  hcm: "79",
  hcmc: "79",
  saigon: "79",
  "sai gon": "79",
  dn: "48",
  hn: "01",
  tth: "46",
  "tt hue": "46",
  "thua thien hue": "46",
};

/**
 * A province by code or name, with or without its kind: `79`, `TP.HCM`, `Tỉnh Lâm Đồng`, `Hue City`. Unaccented text is enough:
 * the 34 names stay apart when folded.
 */
export function findProvinceByText(directory: Directory, text: string): Province | undefined {
  const name = toProvinceFold(text);
  return (
    directory.findProvince(text.trim()) ??
    directory.findProvince(otherNames[name] ?? "") ??
    directory.listProvinces().find((province) => toFold(province.name) === name)
  );
}

/** For choosing while typing: the one that is named, else those whose name holds the text, best fits first; all for no text. */
export function searchProvinces(directory: Directory, text: string): readonly Province[] {
  const named = findProvinceByText(directory, text);
  if (named) return [named];
  const part = toProvinceFold(text);
  const place = (province: Province): number => toFold(province.name).indexOf(part);
  return directory
    .listProvinces()
    .filter((province) => place(province) >= 0)
    .sort((a, b) => place(a) - place(b));
}

export function findNearestProvince(directory: Directory, text: string): Province | undefined {
  const names = new Map(directory.listProvinces().map((province) => [toFold(province.name), province]));
  return names.get(findNearest(toProvinceFold(text), names.keys()) ?? "");
}

function toProvinceFold(text: string): string {
  return toFold(text)
    .replace(/[\s._-]+/g, " ")
    .replace(/^(thanh pho |tinh |tp ?|t )/, "")
    .replace(/\s+(city|province|municipality)$/, "");
}
