import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changesKnownUntil } from "../../../src/directory/built-in/changes.ts";
import { createDirectory, type Directory, listUnitVersions } from "../../../src/directory/directory.ts";
import { findNearestProvince, findProvinceByText, searchProvinces } from "../../../src/directory/province-name.ts";
import { formatEnglishUnitName, formatProvinceName, formatUnitName, type UnitKind } from "../../../src/directory/unit.ts";
import { toFold, toToneKey } from "../../../src/platform/text.ts";
import { needSharedData, readTable } from "../../support/shared-data.ts";
import { generate } from "./generate-built-in.ts";

const open = (date: string): Directory => createDirectory(date) as Directory;
const first = open("2025-07-01");
const count = (directory: Directory): number[] =>
  (["phuong", "xa", "dac-khu"] as const).map((kind) => directory.listUnits({ kind }).length);

describe("the built-in directory", () => {
  it("has 3,321 units of the right kinds on 1 July 2025 and on 30 April 2026", () => {
    expect(count(first)).toEqual([687, 2621, 13]);
    expect(count(open("2026-04-29"))).toEqual([687, 2621, 13]);
    expect(count(open("2026-04-30"))).toEqual([697, 2611, 13]);
    expect(count(open(changesKnownUntil))).toEqual([697, 2611, 13]);
  });

  it("has unique codes of five digits, each in one of 34 provinces", () => {
    const units = first.listUnits();
    expect(new Set(units.map((unit) => unit.code)).size).toBe(3321);
    expect(units.every((unit) => /^\d{5}$/.test(unit.code) && first.findProvince(unit.province))).toBe(true);
    expect(first.listProvinces()).toHaveLength(34);
    expect(units.map((unit) => unit.code)).toEqual(units.map((unit) => unit.code).sort());
  });

  it("has 168 units in TP.HCM, 40 in Huế and 124 in Lâm Đồng, by kind", () => {
    const kinds = (province: string): number[] =>
      (["phuong", "xa", "dac-khu"] as const).map((kind: UnitKind) => first.listUnits({ province, kind }).length);
    expect(kinds("79")).toEqual([113, 54, 1]);
    expect(kinds("46")).toEqual([21, 19, 0]);
    expect(kinds("68")).toEqual([20, 103, 1]);
  });

  it("makes Đồng Nai a city on 30 April 2026, its ten communes wards", () => {
    const name = (date: string): string => formatProvinceName(open(date).findProvince("75")!);
    expect([name("2026-04-29"), name("2026-04-30")]).toEqual(["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]);
    expect(formatUnitName(open("2026-04-29").findUnit("26368")!)).toBe("Xã Long Thành");
    expect(formatUnitName(open("2026-04-30").findUnit("26368")!)).toBe("Phường Long Thành");
    expect(listUnitVersions("26368").map(({ from, unit, basis }) => [from, unit.kind, basis])).toEqual([
      ["2025-07-01", "xa", undefined],
      ["2026-04-30", "phuong", "237/NQ-UBTVQH16"],
    ]);
    expect(listUnitVersions("99999")).toEqual([]);
  });

  it("knows no unit before 1 July 2025", () => {
    expect(createDirectory("2025-06-30")).toBeUndefined();
  });

  it("has Ia Mơ under 23938 and Ba Chẽ under 06970, where public lists go wrong", () => {
    expect(first.findUnit("23938")?.name).toBe("Ia Mơ");
    expect(first.findUnit("06970")?.name).toBe("Ba Chẽ");
  });

  it("equals what the generator makes of its source", () => {
    const committed = readFileSync(new URL("../../../src/directory/built-in/units.ts", import.meta.url), "utf8");
    expect(generate()).toBe(committed);
  });

  it("has the code, name, kind and province of every unit in the table beside the project", async (test) => {
    const rows = await readTable(needSharedData("units.csv", test));
    const later = open("2026-04-30");
    const ours = first.listUnits().map((unit) => {
      const kindLater = later.findUnit(unit.code)?.kind;
      return [unit.code, formatUnitName(unit), unit.province, formatProvinceName(first.findProvince(unit.province)!), kindLater];
    });
    const kinds: Readonly<Record<string, UnitKind>> = { phường: "phuong", xã: "xa", "đặc khu": "dac-khu" };
    const theirs = rows.map((row) => [
      row["code"],
      row["full_name"],
      row["province_code"],
      row["province_name"],
      kinds[row["type_since_2026_04_30"] || (row["type"] as string)],
    ]);
    expect(ours).toEqual(theirs);
    const variants = rows.filter((row) => row["name_variant"]);
    expect(variants).toHaveLength(186);
    for (const row of variants) expect(toToneKey(row["name_variant"] as string)).toBe(toToneKey(row["name"] as string));
    const english = rows.map((row) => toFold(row["full_name_en"] as string));
    expect(first.listUnits().map((unit) => toFold(formatEnglishUnitName(unit)))).toEqual(english);
  });
});

describe("imported changes", () => {
  const changes = {
    units: [
      { code: "19867", effective: "2027-01-01", kind: "phuong" as const, basis: "1/NQ" },
      { code: "19867", effective: "2026-12-01", name: "Quảng Điền Mới", basis: "2/NQ" },
    ],
    provinces: [{ code: "68", effective: "2027-01-01", kind: "thanh-pho" as const, basis: "3/NQ" }],
  };

  it("apply from their day on, on top of the built-in ones", () => {
    const name = (date: string): string => formatUnitName(createDirectory(date, changes)!.findUnit("19867")!);
    expect(["2026-11-30", "2026-12-01", "2027-01-01"].map(name)).toEqual([
      "Xã Quảng Điền",
      "Xã Quảng Điền Mới",
      "Phường Quảng Điền Mới",
    ]);
    expect(formatProvinceName(createDirectory("2027-01-01", changes)!.findProvince("68")!)).toBe("Thành phố Lâm Đồng");
    expect(first.findUnit("19867")?.name).toBe("Quảng Điền");
  });
});

describe("a province by its name", () => {
  it("is found as people write it", () => {
    for (const text of [
      "79",
      "TP.HCM",
      "TPHCM",
      "tp hcm",
      "HCMC",
      "Hồ Chí Minh",
      "TP. Hồ Chí Minh",
      "Ho Chi Minh City",
      "Sài Gòn",
    ]) {
      expect([text, findProvinceByText(first, text)?.code]).toEqual([text, "79"]);
    }
    for (const province of first.listProvinces()) {
      for (const text of [
        province.name,
        formatProvinceName(province),
        toFold(province.name),
        `${toFold(province.name)} province`,
      ]) {
        expect([text, findProvinceByText(first, text)]).toEqual([text, province]);
      }
    }
    for (const text of ["Thừa Thiên Huế", "TT. Huế", "TTH", "TP-Huế"]) expect(findProvinceByText(first, text)?.code).toBe("46");
    expect(findProvinceByText(first, "7")).toBeUndefined();
    expect(findProvinceByText(first, "Bình Thuận")).toBeUndefined();
  });

  it("is searched by a part of it, the name that begins so first, and told when one letter slipped", () => {
    const search = (text: string): string[] => searchProvinces(first, text).map((province) => province.name);
    expect(search("")).toHaveLength(34);
    expect(search("quảng")).toEqual(["Quảng Ninh", "Quảng Trị", "Quảng Ngãi", "Tuyên Quang"]);
    expect(search("ha").slice(0, 3)).toEqual(["Hà Nội", "Hải Phòng", "Hà Tĩnh"]);
    expect(search("Huế")).toEqual(["Huế"]);
    expect(search("xx")).toEqual([]);
    expect(findNearestProvince(first, "Lâm Dongg")?.code).toBe("68");
    expect(findNearestProvince(first, "xx")).toBeUndefined();
  });
});
