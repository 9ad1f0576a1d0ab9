import type { Province } from "../directory/unit.ts";
import { findNearest, toFold } from "../platform/text.ts";
import { readCodes } from "./suggest-code.ts";

/** Provinces for a code or a name as people write it: `46`, `Huế`, `TP.HCM`, `Lam Dong`. Best fits first; empty when none fits. */
export function findProvinces(text: string): readonly Province[] {
  const wanted = toSearchKey(text);
  const all = readCodes().listProvinces();
  if (wanted === "") return all;
  const exact = all.filter(
    (one) => one.code === text.trim() || toSearchKey(one.name) === wanted || shortNames[one.code]?.includes(wanted),
  );
  if (exact.length > 0) return exact;
  const named = all.filter((one) => toSearchKey(one.name).includes(wanted));
  return named.sort((a, b) => toSearchKey(a.name).indexOf(wanted) - toSearchKey(b.name).indexOf(wanted));
}

/** The slip-tolerant neighbour of an unknown province, for "did you mean". */
export function suggestProvinces(text: string): readonly Province[] {
  const all = readCodes().listProvinces();
  const near = findNearest(
    toSearchKey(text),
    all.map((one) => toSearchKey(one.name)),
    3,
  );
  return all.filter((one) => toSearchKey(one.name) === near);
}

const shortNames: Readonly<Record<string, readonly string[]>> = {
  "01": ["hn"],
  "46": ["thua thien hue", "tt hue", "tth"],
  "48": ["dn"],
  "79": ["hcm", "hcmc", "sai gon", "tphcm", "tp hcm"],
};

function toSearchKey(text: string): string {
  return toFold(text)
    .replace(/[.\-_]/g, " ")
    .replace(/^(thanh pho|tinh|tp|t)\s+/, "")
    .replace(/\s+(province|city)$/, "")
    .replace(/\s+/g, " ")
    .trim();
}
