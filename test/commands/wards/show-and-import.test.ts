import { describe, expect, it } from "vitest";
import { contactsSample, mergesSample } from "../../support/import-table.ts";
import { runWardctl } from "../../support/run-wardctl.ts";
import { makeWardWorkspace } from "../../support/ward-workspace.ts";

describe("wardctl wards show", () => {
  it("shows all that is known of a unit, and who is on duty now", async () => {
    const { run } = await makeWardWorkspace();
    for (const file of [mergesSample, contactsSample]) expect((await run(`wards import ${file}`)).code).toBe(0);
    const vi = await run("wards show 19777 --lang vi");
    expect(vi).toMatchObject({ code: 0, stderr: "" });
    const lines = vi.stdout.split("\n");
    expect(lines[0]).toBe("19777 Phường Vỹ Dạ, Thành phố Huế");
    for (const line of [
      /^Loại và tên {5}Phường Vỹ Dạ từ 01\/7\/2025$/,
      /^Hình thành từ {3}19777 Phường Vỹ Dạ, Quận Thuận Hóa, Thành phố Huế: toàn bộ$/,
      /^Phòng ban {7}Văn phòng HĐND và UBND \(van-phong\)$/,
      /^Nhà mạng {8}VNPT$/,
      /^Đường dây nóng {2}0234 000 0001$/,
      /^Đang trực {7}Nguyễn Thị Thử · 0900 000 005 · 00:00 01\/7\/2025 – 00:00 01\/8\/2025$/,
      /^Trực tiếp theo {2}Phan Văn Ví Dụ · 0900 000 006 · từ 00:00 01\/8\/2025$/,
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(line));
    }
    const later = await run("wards show 'Phường Vỹ Dạ' --json", { WARDCTL_NOW: "2025-08-01T00:00:00+07:00" });
    expect(JSON.parse(later.stdout)).toMatchObject({
      schema: "wardctl.ward/1",
      at: "2025-08-01",
      code: "19777",
      englishName: "Vỹ Dạ Ward",
      versions: [{ from: "2025-07-01", kind: "phuong", basis: null }],
      formedFrom: [{ code: "19777" }, { code: "19792" }, { code: "19963", partial: false }],
      departments: [
        { key: "van-phong" },
        { key: "kinh-te-ha-tang-do-thi" },
        { key: "van-hoa-xa-hoi" },
        { key: "trung-tam-pvhcc" },
      ],
      carrier: "VNPT",
      onDuty: [{ technician: "Phan Văn Ví Dụ", from: "2025-08-01T00:00:00+07:00", to: null }],
      nextOnDuty: null,
      contactReason: null,
    });
  });

  it("lists five sources of An Khánh, one of them in part, and three of Phong Dinh", async () => {
    const { run } = await makeWardWorkspace();
    await run(`wards import ${mergesSample}`);
    const sources = async (code: string): Promise<boolean[]> => {
      const { formedFrom } = JSON.parse((await run(`wards show ${code} --json`)).stdout) as {
        formedFrom: { partial: boolean }[];
      };
      return formedFrom.map(({ partial }) => partial);
    };
    expect(await sources("27094")).toEqual([false, true, false, false, false]);
    expect(await sources("19831")).toEqual([false, false, false]);
    expect((await run("wards show 27439")).stdout).toContain("The code before  Phường Bình Hưng Hòa A, Quận Bình Tân");
  });

  it("says that a fact is not imported rather than that there is none", async () => {
    const result = await runWardctl("wards show 26368 --at 2026-04-30 --json");
    expect(JSON.parse(result.stdout)).toMatchObject({
      kind: "phuong",
      versions: [{ kind: "xa" }, { from: "2026-04-30", kind: "phuong", basis: "237/NQ-UBTVQH16" }],
      formedFrom: null,
      formedFromReason: "not-imported",
      carrier: null,
      onDuty: [],
      contactReason: "not-imported",
    });
    expect((await runWardctl("wards show 26368")).stdout).toContain("no contacts imported");
  });

  it("takes the departments from wardctl.yaml when it names them, and refuses one twice", async () => {
    const one = `directory:\n  departments:\n    - { key: van-phong, name: Văn phòng }\n`;
    const { run } = await makeWardWorkspace(one);
    const { departments } = JSON.parse((await run("wards show 19777 --json")).stdout) as { departments: unknown };
    expect(departments).toEqual([{ key: "van-phong", name: "Văn phòng" }]);
    const twice = await (await makeWardWorkspace(`${one}    - { key: van-phong, name: Khác, kind: xa }\n`)).run(
      "wards show 19777",
    );
    expect(twice.code).toBe(3);
    expect(twice.stderr).toMatch(/wardctl\.yaml:7:\d+: .*'kind'/);
    const same = await (await makeWardWorkspace(`${one}    - { key: van-phong, name: Khác }\n`)).run(
      "wards show 19777 --lang vi",
    );
    expect(same.stderr).toMatch(/wardctl\.yaml:7:\d+: phòng ban 'van-phong' có hai lần/);
  });

  it.each([
    ["An Khánh", "may be 4 units, write the code: 05809"],
    ["4", "unit code '4' has 1 digit, need 5 (did you mean 00004 Phường Ba Đình?)"],
    ["Xã Hương An", "if 19804 Phường Hương An, Thành phố Huế is meant, write the code 19804"],
    ["vy da", "the diacritics do not fit"],
    ["27094 --at 2025-06-30", "on 30 June 2025 these units did not exist"],
  ])("shows no unit for '%s' but says what to write", async (text, message) => {
    const result = await runWardctl(`wards show ${text}`);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain("wardctl wards find");
  });
});

describe("wardctl wards import", () => {
  it("says what it took in, once, and leaves one audit record", async () => {
    const { run } = await makeWardWorkspace();
    const first = await run(`wards import ${mergesSample} --json`);
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: "wardctl.ward-import/1",
      kind: "merges",
      effective: "2025-07-01",
      alreadyImportedAt: null,
      counts: { rows: 81, partial: expect.any(Number), units: 25 },
    });
    const again = await run(`wards import ${mergesSample} --lang vi`);
    expect(again.stdout).toMatch(/đã được nhập lúc 10:00 03\/7\/2025; không có gì thay đổi\.\n$/);
    const { records } = JSON.parse((await run("audit show --json")).stdout) as { records: Record<string, string>[] };
    expect(records).toMatchObject([{ actor: "Lan", action: "wards.import", subject: mergesSample }]);
    expect(records[0]).toMatchObject({ detail: { counts: { units: 25 } } });
    expect((await run("audit verify")).code).toBe(0);
  });

  it("says it in Vietnamese figures", async () => {
    const { run } = await makeWardWorkspace();
    expect((await run(`wards import ${contactsSample} --lang vi`)).stdout).toContain(
      "liên hệ của 40 đơn vị, 3 nhà mạng, 80 lượt trực.",
    );
    expect((await run(`wards import ${mergesSample} --lang vi`)).stdout).toMatch(
      /: 81 dòng, \d+ dòng một phần; .* → 25 đơn vị, từ 01\/7\/2025\.\n/,
    );
  });

  it("applies imported changes wherever the workspace's directory is asked", async () => {
    const { run, write } = await makeWardWorkspace();
    await write("changes.csv", "code,name,change,effective,basis\n19867,Quảng Điền,xã -> phường,2025-07-02,9/NQ\n");
    expect((await run("wards import changes.csv")).code).toBe(0);
    expect((await run("wards list --province 46 --kind phuong --format csv")).stdout).toContain("19867,Quảng Điền,phuong");
    expect((await run("wards list --province 46 --kind xa --at 2025-07-01 --format csv")).stdout).toContain(
      "19867,Quảng Điền,xa",
    );
    expect((await run("wards show 19867 --lang vi")).stdout).toContain("Phường Quảng Điền từ 02/7/2025 (9/NQ)");
  });

  it("names all faults with file and line, exit 3, and imports nothing", async () => {
    const { run, write } = await makeWardWorkspace();
    await write("contacts.csv", "unit,carrier,hotline\n4,VNPT,1022\nXã Hương An,VNPT,abc\n19777,VNPT,1022\n");
    const result = await run("wards import contacts.csv");
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr.split("\n")).toEqual([
      "contacts.csv:2: unit code '4' has 1 digit, need 5 (did you mean 00004 Phường Ba Đình?)",
      expect.stringMatching(/^contacts\.csv:3: 'Xã Hương An': the kind of unit does not fit/),
      "contacts.csv:3: column hotline: 'abc' is not a phone number",
      "wardctl: contacts.csv: 3 faults, nothing was imported",
      "",
    ]);
    expect((await run("wards show 19777")).stdout).toContain("no contacts imported");
    expect(JSON.parse((await run("audit show --json")).stdout)).toMatchObject({ records: [] });
    const json = JSON.parse((await run("wards import contacts.csv --json")).stderr) as { faults: unknown[] };
    expect(json.faults).toHaveLength(3);
  });

  it("needs a workspace, a file and a day it can read", async () => {
    const { run } = await makeWardWorkspace();
    expect(await runWardctl(`wards import ${mergesSample}`)).toMatchObject({ code: 2, stdout: "" });
    expect((await run("wards import absent.csv")).stderr).toContain("absent.csv");
    expect((await run(`wards import ${mergesSample} --effective gần đây`)).code).toBe(2);
  });
});
