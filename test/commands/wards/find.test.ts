import { beforeAll, describe, expect, it } from "vitest";
import { mergesSample } from "../../support/import-table.ts";
import { runWardctl } from "../../support/run-wardctl.ts";
import { makeWardWorkspace, type WardWorkspace } from "../../support/ward-workspace.ts";

let workspace: WardWorkspace;
let empty: WardWorkspace;

beforeAll(async () => {
  [workspace, empty] = await Promise.all([makeWardWorkspace(), makeWardWorkspace()]);
  expect((await workspace.run(`wards import ${mergesSample}`)).code).toBe(0);
});

describe("wardctl wards find", () => {
  it("answers Thảo Điền with An Khánh, in both languages and as JSON", async () => {
    const vi = await workspace.run("wards find 'Thảo Điền' --lang vi");
    expect(vi).toMatchObject({ code: 0, stderr: "" });
    expect(vi.stdout).toMatch(/^27094 Phường An Khánh, Thành phố Hồ Chí Minh\n\nĐơn vị cũ:\n/);
    expect(vi.stdout).toMatch(/27088\s+Phường Thảo Điền\s+Thành phố Thủ Đức, Thành phố Hồ Chí Minh\s+27094 .*toàn bộ/);
    expect((await workspace.run("wards find Thảo Điền")).stdout).toMatch(/Former units:\nOld code .*whole\n$/s);
    const document: unknown = JSON.parse((await workspace.run("wards find 'Thảo Điền' --json")).stdout);
    expect(document).toMatchObject({
      schema: "wardctl.ward-find/1",
      query: "Thảo Điền",
      at: "2025-07-03",
      match: "exact",
      doubt: null,
      units: [{ code: "27094", fullName: "Phường An Khánh", provinceCode: "79" }],
      former: [
        { code: "27088", district: "Thành phố Thủ Đức", until: "2025-07-01", successors: [{ code: "27094", partial: false }] },
      ],
      formerReason: null,
    });
  });

  it("leads from a province to its units", async () => {
    const { code, stderr } = await empty.run("wards find hue --lang vi");
    expect([code, stderr]).toEqual([8, "Thành phố Huế là cấp tỉnh; các đơn vị ở đó: wardctl wards list --province 46\n"]);
  });

  it("gives a spreadsheet one row for every unit that may be meant", async () => {
    const one = await workspace.run("wards find 'Thảo Điền' --format csv");
    expect(one.stdout).toBe(
      "match,code,name,kind,fullName,provinceCode,provinceName,oldCode,oldName,partial\r\n" +
        "exact,27094,An Khánh,phuong,Phường An Khánh,79,Thành phố Hồ Chí Minh,27088,Phường Thảo Điền,false\r\n",
    );
    const parts = (await workspace.run("wards find 'An Phú, Thủ Đức' --format tsv")).stdout.split("\r\n").slice(1, -1);
    expect(parts.map((row) => row.split("\t")).map((row) => [row[0], row.at(-1)])).toEqual([
      ["ambiguous", "true"],
      ["ambiguous", "true"],
    ]);
    const near = (await empty.run("wards find 'Vỹ Dạa' --format csv")).stdout;
    expect(near).toContain("near,19777,Vỹ Dạ,phuong,");
    expect(JSON.parse((await empty.run("wards find 19777 --format json")).stdout)).toMatchObject({ match: "exact" });
  });

  it("marks the parts of a divided unit and asks, exit 8", async () => {
    const result = await workspace.run("wards find 'An Phú, Thủ Đức' --lang vi");
    expect(result.code).toBe(8);
    expect(result.stdout).toContain("'An Phú, Thủ Đức' có thể là 2 đơn vị; hãy dùng mã:");
    expect(result.stdout.match(/một phần/g)).toHaveLength(2);
    expect(JSON.parse((await workspace.run("wards find 'An Phú' --json")).stdout)).toMatchObject({ match: "ambiguous" });
  });

  it("only proposes for text without marks or with the wrong kind", async () => {
    const marks = await workspace.run("wards find vy da --lang vi");
    expect(marks).toMatchObject({ code: 8 });
    expect(marks.stdout).toMatch(/^Có phải 19777 Phường Vỹ Dạ, Thành phố Huế\? Chỉ là gợi ý: dấu không khớp\./);
    const kind = await workspace.run("wards find 'Hương An Commune' --json");
    expect(kind.code).toBe(8);
    expect(JSON.parse(kind.stdout)).toMatchObject({ match: "proposed", doubt: "kind", units: [{ code: "19804" }] });
  });

  it("lists the workspace's own province first among several, and picks none", async () => {
    const { code, stdout } = await workspace.run("wards find 'Phú Xuân' --json");
    expect(code).toBe(8);
    const { units } = JSON.parse(stdout) as { units: { code: string }[] };
    expect(units[0]).toMatchObject({ code: "19753" });
    expect(units.length).toBeGreaterThan(1);
    expect((await workspace.run("wards find 'P. Phú Xuân' --province Huế")).stdout).toMatch(/^19753 /);
  });

  it("answers for a code by the day", async () => {
    const before = await workspace.run("wards find 27439 --at 2025-06-30 --lang vi");
    expect(before.code).toBe(0);
    expect(before.stdout).toMatch(/^Ngày 30\/6\/2025, '27439' là 27439 Phường Bình Hưng Hòa A, Quận Bình Tân/);
    const after = await workspace.run("wards find 27439 --at 2025-07-01 --lang vi");
    expect(after.stdout).toMatch(/^27439 Phường Bình Hưng Hòa, Thành phố Hồ Chí Minh\n\nMã này đến hết 30\/6\/2025:/);
    const later = await workspace.run("wards find 26368 --at 2026-04-30 --json");
    expect(JSON.parse(later.stdout)).toMatchObject({ units: [{ kind: "phuong" }] });
  });

  it("says what is near when nothing fits, and that former names were not imported", async () => {
    const near = await empty.run("wards find 'Vỹ Gạ'");
    expect(near.code).toBe(8);
    expect(near.stdout).toMatch(/No unit is 'Vỹ Gạ'\. Nearly the same:[\s\S]*19777/);
    expect(near.stderr).toContain("wardctl wards import merges.csv");
    expect((await empty.run("wards find 4")).stdout).toBe(
      "unit code '4' has 1 digit, need 5 (did you mean 00004 Phường Ba Đình?)\n",
    );
    expect((await empty.run("wards find 2700 --lang vi")).stdout).toMatch(
      /^mã đơn vị '2700' có 4 chữ số, cần 5 \(có phải .*27004/,
    );
    expect(JSON.parse((await empty.run("wards find 4 --json")).stdout)).toMatchObject({
      match: "none",
      near: [{ code: "00004" }],
    });
    const before = await empty.run("wards find 27439 --at 2025-06-30 --json");
    expect(JSON.parse(before.stdout)).toMatchObject({ match: "none", former: null, formerReason: "not-imported" });
    expect((await runWardctl("wards find 'Thảo Điền'")).stderr).toContain("wardctl init");
  });

  it("needs no workspace for the units of today", async () => {
    const result = await runWardctl("wards find 'P. An Khánh, TP.HCM'");
    expect(result).toEqual({ code: 0, stdout: "27094 Phường An Khánh, Thành phố Hồ Chí Minh\n", stderr: "" });
    expect((await runWardctl("wards find")).code).toBe(2);
  });
});
