import { formatCount } from "../platform/format.ts";
import { both, type Words } from "../platform/words.ts";
import type { Directory } from "./directory.ts";
import type { Doubt, Resolution } from "./resolve-unit.ts";
import { formatProvinceName, formatUnitName, type Unit } from "./unit.ts";

const candidatesShown = 8;

const doubts: Readonly<Record<Doubt, Words>> = {
  marks: { vi: "dấu không khớp", en: "the diacritics do not fit" },
  kind: { vi: "loại đơn vị không khớp", en: "the kind of unit does not fit" },
  address: { vi: "phần địa chỉ phía sau không rõ", en: "the rest of the address is not understood" },
};

/** `27094 Phường An Khánh, Thành phố Hồ Chí Minh`. */
export function formatUnitPlace(unit: Unit, directory: Directory): string {
  const province = directory.findProvince(unit.province);
  return `${unit.code} ${formatUnitName(unit)}${province ? `, ${formatProvinceName(province)}` : ""}`;
}

/** Why a text is not taken for a unit and what to write instead, for a fault of a file or a command line. Undefined for `one`. */
export function explainResolution(text: string, resolution: Resolution, directory: Directory): Words | undefined {
  const name = (unit: Unit): string => formatUnitPlace(unit, directory);
  const list = (units: readonly Unit[]): string => units.slice(0, candidatesShown).map(name).join("; ");
  switch (resolution.kind) {
    case "one":
      return undefined;
    case "proposed": {
      const why = doubts[resolution.doubt];
      return {
        vi: `'${text}': ${why.vi}; nếu là ${name(resolution.unit)} thì ghi mã ${resolution.unit.code}`,
        en: `'${text}': ${why.en}; if ${name(resolution.unit)} is meant, write the code ${resolution.unit.code}`,
      };
    }
    case "many": {
      const { candidates } = resolution;
      const more = candidates.length > candidatesShown ? "; …" : "";
      return both((lang) =>
        lang === "vi"
          ? `'${text}' có thể là ${formatCount(candidates.length, lang)} đơn vị, hãy ghi mã: ${list(candidates)}${more}`
          : `'${text}' may be ${formatCount(candidates.length, lang)} units, write the code: ${list(candidates)}${more}`,
      );
    }
    case "none":
      return explainNone(
        text,
        resolution.near.map((unit) => `${unit.code} ${formatUnitName(unit)}`),
        directory,
      );
  }
}

function explainNone(text: string, near: readonly string[], directory: Directory): Words {
  const hint = (words: Words): Words =>
    near.length === 0
      ? words
      : { vi: `${words.vi} (có phải ${near.join(", ")}?)`, en: `${words.en} (did you mean ${near.join(", ")}?)` };
  const digits = text.trim();
  if (!/^\d+$/.test(digits)) {
    return hint({ vi: `'${text}' không phải là đơn vị nào`, en: `'${text}' is not a unit` });
  }
  if (digits.length === 5) {
    return hint({
      vi: `mã đơn vị '${digits}' không có vào ngày ${directory.date}`,
      en: `unit code '${digits}' is not a unit on ${directory.date}`,
    });
  }
  return hint({
    vi: `mã đơn vị '${digits}' có ${digits.length} chữ số, cần 5`,
    en: `unit code '${digits}' has ${digits.length} digit${digits.length === 1 ? "" : "s"}, need 5`,
  });
}
