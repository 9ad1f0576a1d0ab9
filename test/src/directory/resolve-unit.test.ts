import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory, type Directory } from "../../../src/directory/directory.ts";
import { explainResolution } from "../../../src/directory/explain-unit.ts";
import { resolveUnit } from "../../../src/directory/resolve-unit.ts";
import { formatEnglishUnitName, formatProvinceName, formatUnitName, type Unit } from "../../../src/directory/unit.ts";
import { toFold } from "../../../src/platform/text.ts";

const directory = createDirectory("2025-07-01") as Directory;
const units = directory.listUnits();
const unitOf = (code: string): Unit => directory.findUnit(code) as Unit;
const provinceOf = (unit: Unit): string => formatProvinceName(directory.findProvince(unit.province)!);

/** domain.md §3: the units of the field reports. */
const fieldUnits = [
  ...["27004", "27439", "27484", "27259", "27094", "19753", "19867", "19804", "19930"],
  ...["19777", "19774", "19831", "19819", "20017", "20182", "23143", "23134"],
].map(unitOf);

/** Puts the tone of oa, oe, uy on the other vowel, as the other school writes it. */
function moveTones(name: string): string {
  const pairs = [
    "òa oà",
    "óa oá",
    "ỏa oả",
    "õa oã",
    "ọa oạ",
    "òe oè",
    "óe oé",
    "ỏe oẻ",
    "õe oẽ",
    "ọe oẹ",
    "ùy uỳ",
    "úy uý",
    "ủy uỷ",
    "ũy uỹ",
    "ụy uỵ",
    "Úy Uý",
    "Ủy Uỷ",
  ];
  return pairs.reduce((text, pair) => {
    const [a = "", b = ""] = pair.split(" ");
    return text.includes(a) ? text.replaceAll(a, b) : text.replaceAll(b, a);
  }, name);
}

describe("resolving a unit by name", () => {
  it("finds all 17 units of the field reports, however they are written", () => {
    expect(fieldUnits).toHaveLength(17);
    for (const unit of fieldUnits) {
      const full = formatUnitName(unit);
      const short = { phuong: "P.", xa: "X. ", "dac-khu": "ĐK." }[unit.kind];
      for (const text of [
        `${full}, ${provinceOf(unit)}`,
        `UBND ${full.toLowerCase()}, ${provinceOf(unit)}`,
        `Trung tâm Phục vụ hành chính công ${full} (${provinceOf(unit)})`,
        `${short}${unit.name}, ${directory.findProvince(unit.province)?.name}`,
        `${full.normalize("NFD")} , ${provinceOf(unit)}, Việt Nam`,
        `\u00A0${full.replaceAll(" ", "\u00A0")}\u200B, ${provinceOf(unit)}`,
        `${moveTones(full)}, ${provinceOf(unit)}`,
        `${full.replaceAll("Đ", "\u00D0")}, ${provinceOf(unit)}`,
        `${formatEnglishUnitName(unit)}, ${provinceOf(unit)}`,
        unit.code,
      ]) {
        expect([text, resolveUnit(text, directory)]).toEqual([text, { kind: "one", unit }]);
      }
      expect(resolveUnit(full, directory, { province: unit.province })).toEqual({ kind: "one", unit });
    }
  });

  it("gives every unit of the country for its full name and province, in either tone placement", () => {
    for (const unit of units) {
      for (const name of [formatUnitName(unit), moveTones(formatUnitName(unit))]) {
        expect([name, resolveUnit(name, directory, { province: unit.province })]).toEqual([name, { kind: "one", unit }]);
      }
    }
  });

  it("moves tones in the test above, really", () => {
    expect(moveTones("Bình Hưng Hòa")).toBe("Bình Hưng Hoà");
    expect(moveTones("Nguyễn Uý")).toBe("Nguyễn Úy");
    expect(units.filter((unit) => moveTones(unit.name) !== unit.name).length).toBeGreaterThan(200);
  });

  it("never picks silently among names that fold alike inside a province", () => {
    const groups = [...Map.groupBy(units, (unit) => `${unit.province} ${toFold(unit.name)}`).values()];
    const collisions = groups.filter((group) => new Set(group.map((unit) => unit.name)).size > 1);
    expect(collisions).toHaveLength(10);
    for (const pair of collisions) {
      for (const unit of pair) {
        const bare = resolveUnit(toFold(unit.name), directory, { province: unit.province });
        expect(bare).toEqual({ kind: "many", candidates: expect.arrayContaining(pair) });
        // Of the two pairs whose kinds differ, kind and letters leave one: still only a proposal, unless its name is unmarked.
        const withKind = resolveUnit(toFold(formatUnitName(unit)), directory, { province: unit.province });
        if (pair.every((other) => other.kind === unit.kind)) expect(withKind.kind).toBe("many");
        else expect(withKind).toEqual({ kind: "proposed", unit, doubt: "marks" });
        expect(resolveUnit(formatUnitName(unit), directory, { province: unit.province })).toEqual({ kind: "one", unit });
      }
    }
  });

  it("lists the candidates of every full name that more than one province has", () => {
    const groups = [...Map.groupBy(units, formatUnitName)].filter(([, group]) => group.length > 1);
    expect(groups).toHaveLength(246);
    for (const [name, group] of groups)
      expect([name, resolveUnit(name, directory)]).toEqual([name, { kind: "many", candidates: group }]);
    expect(resolveUnit("Xã Tân Thành", directory)).toMatchObject({ candidates: { length: 7 } });
  });

  it("never takes unaccented text for a name that has marks", () => {
    fc.assert(
      fc.property(fc.constantFrom(...units.filter((unit) => toFold(unit.name) !== unit.name.toLowerCase())), (unit) => {
        for (const text of [toFold(unit.name), toFold(formatUnitName(unit)), toFold(formatEnglishUnitName(unit))]) {
          expect(resolveUnit(text, directory, { province: unit.province }).kind).not.toBe("one");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("proposes what was typed without marks, and takes a name that has none", () => {
    expect(resolveUnit("vy da", directory)).toEqual({ kind: "proposed", unit: unitOf("19777"), doubt: "marks" });
    expect(resolveUnit("Phu Xuan ward, Hue City", directory)).toEqual({
      kind: "proposed",
      unit: unitOf("19753"),
      doubt: "marks",
    });
    expect(resolveUnit("xa Long Quang, TT Hue", directory)).toMatchObject({ kind: "proposed", unit: { code: "20182" } });
    expect(resolveUnit("Xa Dung", directory)).toEqual({ kind: "one", unit: unitOf("03208") });
    expect(resolveUnit("Xã Xa Dung", directory)).toEqual({ kind: "one", unit: unitOf("03208") });
    expect(resolveUnit("Phương Liệt", directory)).toEqual({ kind: "one", unit: unitOf("00352") });
    expect(resolveUnit("Phương Tân Bình", directory, { province: "79" }).kind).toBe("none");
  });

  it("proposes a right name of the wrong kind, and keeps a xã and a phường of one name apart", () => {
    const huongAn = unitOf("19804");
    expect(resolveUnit("Xã Hương An, Huế", directory)).toEqual({ kind: "proposed", unit: huongAn, doubt: "kind" });
    expect(resolveUnit("Hương An Commune, Huế", directory)).toEqual({ kind: "proposed", unit: huongAn, doubt: "kind" });
    expect(resolveUnit("Huong An Commune", directory, { province: "46" })).toEqual({
      kind: "proposed",
      unit: huongAn,
      doubt: "kind",
    });
    expect(resolveUnit("Phường Tân Thành, TP.HCM", directory)).toEqual({ kind: "one", unit: unitOf("26725") });
    expect(resolveUnit("Xã Tân Thành, Lâm Đồng", directory)).toEqual({ kind: "one", unit: unitOf("23143") });
    expect(resolveUnit("An Khánh, TPHCM", directory)).toEqual({ kind: "one", unit: unitOf("27094") });
  });

  it("proposes when part of the address says nothing, and looks where the text says rather than where it was told", () => {
    expect(resolveUnit("An Khánh, Thủ Đức, TP.HCM", directory)).toEqual({
      kind: "proposed",
      unit: unitOf("27094"),
      doubt: "address",
    });
    expect(resolveUnit("An Khánh, TP.HCM", directory, { province: "46" })).toEqual({ kind: "one", unit: unitOf("27094") });
    expect(resolveUnit("Vỹ Dạ", directory, { province: "79" })).toEqual({ kind: "none", near: [unitOf("19777")] });
  });

  it("takes typographic apostrophes and dashes for the plain ones", () => {
    expect(resolveUnit("Xã M’Drắk", directory)).toMatchObject({ kind: "one", unit: { name: "M'Drắk" } });
    expect(resolveUnit("Phường Lâm Viên – Đà Lạt", directory)).toMatchObject({
      kind: "one",
      unit: { name: "Lâm Viên - Đà Lạt" },
    });
    expect(resolveUnit("P.Lâm Viên-Đà Lạt", directory)).toMatchObject({ kind: "one", unit: { name: "Lâm Viên - Đà Lạt" } });
    expect(resolveUnit("F.1 Bảo Lộc", directory)).toMatchObject({ kind: "one", unit: { name: "1 Bảo Lộc" } });
    expect(resolveUnit("P1 Bảo Lộc", directory)).toMatchObject({ kind: "one", unit: { name: "1 Bảo Lộc" } });
  });

  it("proposes codes for a code that lost its zeros or a digit, and repairs none", () => {
    const say = (text: string): string | undefined => explainResolution(text, resolveUnit(text, directory), directory)?.en;
    expect(say("4")).toBe("unit code '4' has 1 digit, need 5 (did you mean 00004 Phường Ba Đình?)");
    expect(say("2700")).toMatch(/^unit code '2700' has 4 digits, need 5 \(did you mean .*27004 Phường Tân Bình/);
    expect(say("27005")).toMatch(/^unit code '27005' is not a unit on 2025-07-01 \(did you mean .*27004/);
    expect(say("123456")).toBe("unit code '123456' has 6 digits, need 5");
    expect(say("00004")).toBeUndefined();
  });

  it("explains every other answer in both languages, with codes", () => {
    const say = (text: string) => explainResolution(text, resolveUnit(text, directory), directory);
    expect(say("Xã Hương An, Huế")?.vi).toBe(
      "'Xã Hương An, Huế': loại đơn vị không khớp; nếu là 19804 Phường Hương An, Thành phố Huế thì ghi mã 19804",
    );
    expect(say("An Khánh")?.en).toContain("may be 4 units, write the code: 05809 Xã An Khánh, Tỉnh Thái Nguyên; 09877");
    expect(say("Phường Vỹ Gạ")?.en).toBe("'Phường Vỹ Gạ' is not a unit (did you mean 19777 Phường Vỹ Dạ?)");
    expect(say("Zzzzz")?.vi).toBe("'Zzzzz' không phải là đơn vị nào");
  });

  it("answers any text without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void resolveUnit(text, directory)),
      { numRuns: 15 },
    );
    for (const text of ["", " ", ",", "Phường", "P.", "()", "UBND "]) expect(resolveUnit(text, directory).kind).toBe("none");
  });
});
