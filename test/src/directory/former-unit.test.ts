import { describe, expect, it } from "vitest";
import { type FormerFinding, rateFormerUnit } from "../../../src/directory/former-unit.ts";
import { readUnitText } from "../../../src/directory/unit-text.ts";
import { mergesSample } from "../../support/import-table.ts";
import { needSharedData, readTable } from "../../support/shared-data.ts";

const finding = (district: string, province: string): FormerFinding => ({
  former: { code: "00001", name: "Tân Phú", kind: "xa", district, province, until: "2025-07-01" },
  successors: [],
});
const rate = (text: string, district: string, province = "Tỉnh Bình Thuận") =>
  rateFormerUnit(readUnitText(text), finding(district, province), () => false);

/** `Hóc Môn` of `Huyện Hóc Môn`. */
const toBare = (place: string): string => place.replace(/^(Thành phố|Thị xã|Quận|Huyện|Tỉnh) /, "");

describe("a former unit by its address", () => {
  it.each([
    ["Quận 1", ["Quận 1", "Q.1", "Q1", "q. 1"]],
    ["Huyện Hóc Môn", ["Hóc Môn", "huyện Hóc Môn", "H. Hóc Môn", "Hoc Mon"]],
    ["Huyện Quan Hóa", ["Quan Hóa", "Quan Hoá", "H.Quan Hóa"]],
    ["Thị xã Tịnh Biên", ["Tịnh Biên", "TX Tịnh Biên", "TX. Tịnh Biên", "thị xã Tịnh Biên"]],
    ["Thành phố Thủ Đức", ["Thủ Đức", "TP Thủ Đức", "TP. Thủ Đức", "TP.Thủ Đức"]],
  ])("is known by its district however that is written: %s", (district, places) => {
    for (const place of places) {
      expect([place, rate(`Tân Phú, ${place}`, district)]).toEqual([place, "sure"]);
      expect([place, rate(`Xã Tân Phú, ${place}, tỉnh Bình Thuận`, district)]).toEqual([place, "sure"]);
    }
    expect(rate("Tân Phú, Phan Thiết", district)).toBeUndefined();
  });

  it("is not known by an address that fits only in part", () => {
    expect(rate("Tân Phú, Hóc Môn, Lâm Đồng", "Huyện Hóc Môn")).toBeUndefined();
    expect(rate("phường Tân Phú, Hóc Môn", "Huyện Hóc Môn")).toBe("kind");
    expect(rate("tan phu, hoc mon", "Huyện Hóc Môn")).toBe("marks");
  });

  it("is known by the bare name of every district and province there was", async (test) => {
    for (const path of [mergesSample, needSharedData("merges.csv", test)]) {
      const rows = await readTable(path);
      const places = new Set(rows.map((row) => `${row["old_district"]}|${row["old_province"]}`));
      for (const [district = "", province = ""] of [...places].map((place) => place.split("|"))) {
        const text = `Tân Phú, ${toBare(district)}, ${toBare(province)}`;
        expect([text, rate(text, district, province)]).toEqual([text, "sure"]);
      }
    }
  });
});
