import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/workspace/open-workspace.ts";
import { sectionExamples } from "../../src/workspace/section-examples.ts";
import { settingsSchema } from "../../src/workspace/settings.ts";
import { formatSettingsSchema } from "../../src/workspace/settings-schema.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const read = (folder: string, name: string): Promise<string> => readFile(join(folder, name), "utf8");

/** Takes one comment sign off every line, except the first, which is for editors. */
const uncomment = (text: string): string => text.replace(/(?<=\n)#/g, "");

describe("wardctl init", () => {
  it("makes a workspace from flags and says what was made and what comes next", async () => {
    const folder = await makeTestFolder();
    const { code, stdout, stderr } = await runWardctl("init --province Huế --units 19753,19777 --name 'Tổ 1: Huế' --lang vi", {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`Đã tạo thư mục làm việc 'Tổ 1: Huế' (Thành phố Huế, 2 đơn vị) ở ${folder}
  wardctl.yaml
  .gitignore
  .wardctl/wardctl.schema.json
Làm tiếp:
  wardctl doctor
  wardctl wards list --province 46
  wardctl rehearse
`);
    expect(await readSettings(folder)).toMatchObject({
      name: "Tổ 1: Huế",
      province: "46",
      units: ["19753", "19777"],
      lang: "vi",
    });
    expect(await read(folder, ".gitignore")).toBe(".wardctl/\n");
    expect(await read(folder, ".wardctl/wardctl.schema.json")).toBe(await formatSettingsSchema());
    expect((await read(folder, "wardctl.yaml")).split("\n")[0]).toBe(
      "# yaml-language-server: $schema=.wardctl/wardctl.schema.json",
    );
  });

  it.each(["vi", "en"])("writes examples that are right as soon as their comment signs go (%s)", async (lang) => {
    const folder = await makeTestFolder();
    await runWardctl(`init --province 46 --lang ${lang}`, { cwd: folder });
    const text = await read(folder, "wardctl.yaml");
    const withoutKeys = Object.keys(sectionExamples).filter((key) => !hasKeys(key));
    // A section whose room has no settings yet cannot take its example; nothing may be left out once it has.
    const tried = withoutKeys.reduce((left, key) => left.replace(new RegExp(`^#${key}:\\n(#  .*\\n)*`, "m"), ""), text);
    await writeFile(join(folder, "wardctl.yaml"), uncomment(tried));
    const settings = await readSettings(folder);
    expect(settings).toMatchObject({ province: "46", units: "all", alsoUnits: ["27004"], operator: "Nguyễn Văn A", lang });
    expect(uncomment(text)).toMatch(/^alsoUnits:/m);
  });

  it("has an example for every section that has keys", () => {
    const sections = Object.keys(settingsSchema.shape).filter((key) => hasKeys(key));
    expect(sections.filter((key) => !Object.hasOwn(sectionExamples, key))).toEqual([]);
  });

  it.each([
    ["46", "46"],
    ["huế", "46"],
    ["Thừa Thiên Huế", "46"],
    ["TP.HCM", "79"],
    ["tp hồ chí minh", "79"],
    ["Lam Dong", "68"],
    ["Tỉnh Lâm Đồng", "68"],
    ["tỉnh đồng tháp", "82"],
  ])("takes %j for province %s", async (given, code) => {
    const { stdout } = await runWardctl(["init", "--province", given, "--json"], { cwd: await makeTestFolder() });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "wardctl.init/1",
      province: { code },
      units: "all",
      files: ["wardctl.yaml", ".gitignore", ".wardctl/wardctl.schema.json"],
    });
  });

  it("takes units by name with its marks, as by code", async () => {
    const folder = await makeTestFolder();
    const { code, stdout } = await runWardctl("init --province 91 --units 'Đặc khu Phú Quốc, thổ châu;31078' --json", {
      cwd: folder,
    });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { units: ["31078", "31105"] }]);
  });

  it.each([
    ["init --province Hua", "no province or city is 'Hua'", "give --province one of the codes: 46 Thành phố Huế"],
    ["init --province Quang", "'Quang' fits several provinces", "22 Tỉnh Quảng Ninh · 44 Tỉnh Quảng Trị · 51 Tỉnh Quảng Ngãi"],
    ["init --province 47", "no province or city is '47'", ""],
    ["init --province 46 --units 19777,27004,1", "not a unit of Thành phố Huế: 27004, 1", "wardctl wards list --province 46"],
    ["init --province 46 --units ''", "--units names no unit", ""],
    ["init --province 91 --units 'Dac khu Phu Quoc,31078'", "not a unit of Tỉnh An Giang: Dac khu Phu Quoc", "--province 91"],
    ["init --province 46 --name ' '", "--name: a name is needed", ""],
    ["init --province ''", "no province or city is ''", "one of the 34 provinces"],
    ["init --province xx", "no province or city is 'xx'", "one of the 34 provinces"],
    ["init", "an answer is needed and there is no terminal; use --province", ""],
  ])("answers %j with a usage error that helps, and writes nothing", async (line, message, hint) => {
    const folder = await makeTestFolder();
    const { code, stdout, stderr } = await runWardctl(line, { cwd: folder });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses to touch a workspace that is there", async () => {
    const folder = await makeTestFolder();
    await writeFile(join(folder, "wardctl.yaml"), "mine\n");
    const { code, stdout, stderr } = await runWardctl("init --province 46", { cwd: folder });
    expect([code, stdout]).toEqual([6, ""]);
    expect(stderr).toContain("is there already and is not overwritten");
    expect(stderr).toContain("--dir");
    expect(await read(folder, "wardctl.yaml")).toBe("mine\n");
    expect(await readdir(folder)).toEqual(["wardctl.yaml"]);
  });

  it("makes the folder of --dir, keeps a .gitignore that is there and tells of a workspace around it", async () => {
    const outer = await makeTestFolder();
    await runWardctl("init --province 46", { cwd: outer });
    await mkdir(join(outer, "in side"));
    await writeFile(join(outer, "in side", ".gitignore"), "*.log");
    const { code, stdout, stderr } = await runWardctl("init --province 79 --dir 'in side'", { cwd: outer });
    expect(code).toBe(0);
    expect(stderr).toContain(`lies inside the workspace ${outer}`);
    expect(stdout).toContain('  cd "in side"\n');
    expect(await read(outer, "in side/.gitignore")).toBe("*.log\n.wardctl/\n");
    expect(await read(outer, "in side/wardctl.yaml")).toContain('#alsoUnits: ["19777"]');
  });

  it("writes only the schema again with --schema", async () => {
    const folder = await makeTestFolder();
    const { code } = await runWardctl("init --schema", { cwd: folder });
    expect([code, await readdir(folder)]).toEqual([0, [".wardctl"]]);
  });
});

function hasKeys(section: string): boolean {
  const schema = settingsSchema.shape[section as keyof typeof settingsSchema.shape] as { unwrap?: () => { shape?: object } };
  return Object.keys(schema.unwrap?.().shape ?? {}).length > 0;
}
