import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNearest, toFold, toNormalText, toShellWord, toToneKey } from "../../../src/platform/text.ts";

const same = (a: string, b: string): boolean => toToneKey(a) === toToneKey(b);
const syllable = fc.constantFrom("Hòa", "Thủy", "Nguyễn", "Đắk", "Lăk", "Ơ", "ưỡn", "ĐỨC", "bình", "quý", "Ia", "M'Drắk", "Chư");
const phrase = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

describe("Vietnamese text", () => {
  it.each([
    ["Hòa", "Hoà"],
    ["Bình Hưng HÒA", "bình hưng hoà"],
    ["Thủy", "Thuỷ"],
    ["Định Hóa", "Định Hoá"],
    ["Nguyễn Úy", "Nguyễn Uý"],
  ])("takes %s and %s for one name", (a, b) => expect(same(a, b)).toBe(true));

  it.each([
    ["Hào", "Hoà"],
    ["Thanh An", "Thạnh An"],
    ["Đông", "Đồng"],
    ["Tân", "Tấn"],
    ["An Khánh", "An Khanh"],
    ["Đông", "Dông"],
    ["Long", "Lông"],
  ])("keeps %s and %s apart", (a, b) => expect(same(a, b)).toBe(false));

  it("mends the Icelandic letter that some keyboards leave for Đ", () => {
    expect(toNormalText("\u00D0ắk Lắk")).toBe("Đắk Lắk");
    expect(same("\u00D0\u00E0 N\u1EB5ng", "Đà Nẵng")).toBe(true);
    expect(toFold("\u00D0à Nẵng")).toBe("da nang");
  });

  it("has one spelling for composed and decomposed letters and for odd spaces", () => {
    expect(toNormalText("  Thảo\u00A0\u200B  Điền\uFEFF ".normalize("NFD"))).toBe("Thảo Điền");
    fc.assert(
      fc.property(phrase, (text) => {
        for (const form of ["NFC", "NFD", "NFKC", "NFKD"]) {
          expect(toNormalText(text.normalize(form))).toBe(toNormalText(text));
          expect(same(text.normalize(form), text)).toBe(true);
          expect(toFold(text.normalize(form))).toBe(toFold(text));
        }
      }),
    );
  });

  it("folds to what a person types without a Vietnamese keyboard", () => {
    expect(toFold("Phường Vỹ Dạ, Đặc khu PHÚ QUỐC")).toBe("phuong vy da, dac khu phu quoc");
    fc.assert(fc.property(phrase, (text) => void expect(toFold(text)).toMatch(/^[a-z' ]+$/)));
    fc.assert(fc.property(phrase, (text) => void expect(toFold(toFold(text))).toBe(toFold(text))));
  });

  it("names the nearest word only when it is near enough to be a slip", () => {
    const known = ["province", "units", "check", "records"];
    expect(findNearest("provnice", known)).toBe("province");
    expect(findNearest("unit", known)).toBe("units");
    expect(findNearest("colour", known)).toBeUndefined();
    expect(findNearest("", known)).toBeUndefined();
  });

  it("is one word of a command line, in quotes only where the shell would part it", () => {
    expect(["huế", "./a-b_c/d.csv", "C:\\wardctl", "Phường Vỹ Dạ", "a&b"].map(toShellWord)).toEqual([
      "huế",
      "./a-b_c/d.csv",
      "C:\\wardctl",
      '"Phường Vỹ Dạ"',
      '"a&b"',
    ]);
  });
});
