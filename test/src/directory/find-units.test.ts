import { describe, expect, it } from "vitest";
import { createDirectory, type Directory } from "../../../src/directory/directory.ts";
import { type Finding, findUnits } from "../../../src/directory/find-units.ts";
import type { Unit } from "../../../src/directory/unit.ts";
import { toFold } from "../../../src/platform/text.ts";
import { mergesSample, openTestCache, type TestCache } from "../../support/import-table.ts";
import { needSharedData } from "../../support/shared-data.ts";

const directory = createDirectory("2025-07-03") as Directory;

function find(cache: TestCache, text: string, options: { before?: string; province?: string } = {}): Promise<Finding> {
  return findUnits({ text, directory, formerUnits: cache.formerUnits, ...options });
}

const codes = (units: readonly Unit[]): string[] => units.map((unit) => unit.code);

async function openSample(): Promise<TestCache> {
  const cache = await openTestCache();
  await cache.load({ path: mergesSample });
  return cache;
}

describe("finding a unit by what it was called before July 2025", () => {
  it("answers Thảo Điền with An Khánh, and an unaccented Thao Dien only as a proposal", async () => {
    const cache = await openSample();
    for (const text of ["Thảo Điền", "P. Thảo Điền", "phường thảo điền, TP Thủ Đức, TP.HCM", "Thảo Điền, Thủ Đức"]) {
      expect(await find(cache, text)).toMatchObject({ match: "exact", units: [{ code: "27094" }], near: [] });
    }
    expect(await find(cache, "thao dien")).toMatchObject({ match: "proposed", doubt: "marks", units: [{ code: "27094" }] });
    expect(await find(cache, "xã Thảo Điền")).toMatchObject({ match: "proposed", doubt: "kind", units: [{ code: "27094" }] });
    expect((await find(cache, "Thảo Điền, Quận 1")).match).toBe("none");
  });

  it("knows a place by the province of then and of now, but by no other", async () => {
    const cache = await openSample();
    for (const text of ["Thuận Quý, Bình Thuận", "Thuận Quý, Lâm Đồng", "Xã Thuận Quý, H. Hàm Thuận Nam, tỉnh Bình Thuận"]) {
      expect([text, await find(cache, text)]).toMatchObject([text, { match: "exact", units: [{ code: "23143" }] }]);
    }
    expect(await find(cache, "Thuận Quý", { province: "68" })).toMatchObject({ match: "exact" });
    expect((await find(cache, "Thuận Quý, Huế")).match).toBe("none");
    expect((await find(cache, "Thuận Quý", { province: "46" })).match).toBe("none");
  });

  it("shows all successors of a divided unit and picks none", async () => {
    const cache = await openSample();
    const anPhu = await find(cache, "An Phú, Thủ Đức");
    expect(anPhu.match).toBe("ambiguous");
    expect(anPhu.former[0]?.successors.map(({ code, partial }) => [code, partial])).toEqual([
      ["27094", true],
      ["27097", true],
    ]);
    expect(codes((await find(cache, "An Phú")).units)).toEqual(expect.arrayContaining(["27094", "27097", "25975"]));
  });

  it("does not take the one part that a table tells of for the whole", async () => {
    const cache = await openTestCache();
    const head = "new_code,old_code,old_name,old_type,old_district,old_province,partial";
    await cache.load({ text: `${head}\n27097,27091,An Phú Cũ,phường,Thành phố Thủ Đức,Thành phố Hồ Chí Minh,yes\n` });
    expect(await find(cache, "An Phú Cũ")).toMatchObject({ match: "ambiguous", units: [{ code: "27097" }] });
  });

  it("does not take a bare name for today's unit when a former unit of that name went elsewhere", async () => {
    const cache = await openSample();
    expect(await find(cache, "An Phú", { province: "79" })).toMatchObject({ match: "ambiguous" });
    expect(await find(cache, "Phường An Phú", { province: "79" })).toMatchObject({ match: "exact", units: [{ code: "25975" }] });
    expect(await find(cache, "Vỹ Dạ")).toMatchObject({ match: "exact", units: [{ code: "19777" }] });
  });

  it("keeps codes of before and after July 2025 apart", async () => {
    const cache = await openSample();
    expect(await find(cache, "27439")).toMatchObject({ match: "exact", units: [{ name: "Bình Hưng Hòa" }] });
    expect(await find(cache, "27439", { before: "2025-06-30" })).toMatchObject({
      match: "exact",
      former: [{ former: { name: "Bình Hưng Hòa A" } }],
      units: [{ code: "27439" }, { code: "27448" }],
    });
    expect(await find(cache, "20023")).toMatchObject({ match: "proposed", doubt: "code", units: [{ code: "19804" }] });
    expect(await find(cache, "27088", { before: "2025-06-30" })).toMatchObject({ match: "exact", units: [{ code: "27094" }] });
    expect(await find(cache, "27088", { before: "2025-06-30" })).toMatchObject({ former: [{ former: { name: "Thảo Điền" } }] });
  });

  it("finds every unit of the field reports by every former unit that went whole into it", async () => {
    const cache = await openSample();
    let found = 0;
    for (const code of ["27094", "19831", "19753", "19867", "19777", "19804", "23143", "23134", "27439", "27004"]) {
      for (const { former, partial } of await cache.formerUnits.listSources(code)) {
        const finding = await find(cache, `${former.name}, ${former.district}, ${former.province}`);
        const known = finding.former.filter((one) => one.former.code === former.code);
        expect(known[0]?.successors.map((successor) => successor.code)).toContain(code);
        if (!partial && finding.match === "exact") {
          found += 1;
          expect(codes(finding.units)).toEqual([code]);
        }
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it("finds all 17 units of the field reports by a former unit of theirs", async (test) => {
    const cache = await openTestCache();
    await cache.load({ path: needSharedData("merges.csv", test) });
    const reported = [
      ...["27004", "27439", "27484", "27259", "27094", "19753", "19867", "19804", "19930"],
      ...["19777", "19774", "19831", "19819", "20017", "20182", "23143", "23134"],
    ];
    for (const code of reported) {
      const sources = await cache.formerUnits.listSources(code);
      const answers = await Promise.all(
        sources.map(({ former }) => find(cache, `${former.name}, ${former.district}, ${former.province}`)),
      );
      expect([code, answers.some((answer) => answer.former.some((one) => one.successors.some((s) => s.code === code)))]).toEqual([
        code,
        true,
      ]);
    }
  });

  it("never answers exactly with one unit where a former name leads to several", async (test) => {
    const cache = await openTestCache();
    await cache.load({ path: needSharedData("merges.csv", test) });
    const divided = await cache.database.all<{ old_name: string; district: string; province: string }>(
      "SELECT old_name, district, province FROM merger WHERE old_code IN (SELECT old_code FROM merger GROUP BY old_code HAVING COUNT(*) > 1) GROUP BY old_code",
    );
    expect(divided).toHaveLength(440);
    // A third of them, for time's sake; names that are digits are asked for with their kind elsewhere.
    for (const { old_name, district, province } of divided.filter((one, i) => i % 3 === 0 && !/^\d+$/.test(one.old_name))) {
      for (const name of [old_name, toFold(old_name)]) {
        const { match, former, units } = await find(cache, `${name}, ${district}, ${province}`);
        expect(former.length).toBeGreaterThan(0);
        expect([name, district, match, codes(units)]).toEqual([name, district, "ambiguous", expect.anything()]);
      }
    }
  });

  it("follows a name given up in 2023–2025 to the unit of today, as a proposal", async () => {
    const cache = await openSample();
    const names =
      "former_name,former_code,decree,merged_into_old_code,merged_into_old_name\nVĩ Dạ Cũ,19780,,19777,Phường Vỹ Dạ\n";
    expect((await cache.load({ text: names })).kind).toBe("former-names");
    expect(await find(cache, "Vĩ Dạ Cũ")).toMatchObject({
      match: "proposed",
      doubt: "retired",
      units: [{ code: "19777" }],
      former: [{ retiredName: "Vĩ Dạ Cũ", former: { name: "Vỹ Dạ" } }],
    });
  });

  it("says none, with near names, without a table and with one", async () => {
    const cache = await openTestCache();
    expect(await cache.formerUnits.isEmpty()).toBe(true);
    expect((await find(cache, "Thảo Điền")).match).toBe("none");
    expect(await find(cache, "Phường Vỹ Gia")).toMatchObject({ match: "none" });
    expect((await findUnits({ text: "27439", directory, before: "2025-06-30" })).match).toBe("none");
  });
});
