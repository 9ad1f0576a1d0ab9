import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import { readSettings } from "../../../src/workspace/open-workspace.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

async function makeWorkspace(text: string): Promise<string> {
  const folder = await makeTestFolder();
  await writeFile(join(folder, "wardctl.yaml"), text);
  return folder;
}

async function faultsOf(text: string): Promise<string[]> {
  const error = await readSettings(await makeWorkspace(text)).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error("no Failure");
  return error.faults.map((fault) => `${fault.line}: ${fault.message.en}`);
}

const tenFaults = `# ten different faults
name: 12
province: 46
units:
  - 00004
  - "27004"
  - "19778"
lang: vn
check:
  colour: red
operator:
timezone: Asia/Ho_Chi_Minh
timezone: Asia/Ho_Chi_Minh
alsoUnits: all
`;

describe("wardctl.yaml", () => {
  it("with ten different faults prints ten with line numbers, ends with 3 and changes nothing", async () => {
    const folder = await makeWorkspace(tenFaults);
    for (const lang of ["vi", "en"]) {
      const { code, stdout, stderr } = await runWardctl(`audit show --lang ${lang}`, { cwd: folder });
      expect(code).toBe(3);
      expect(stdout).toBe("");
      const lines = stderr.trimEnd().split("\n");
      const places = lines.map((line) => /^wardctl\.yaml:(\d+):\d+: /.exec(line)?.[1]).filter((line) => line !== undefined);
      expect(places).toEqual(["2", "3", "5", "6", "7", "8", "10", "11", "13", "14"]);
    }
    expect(await readdir(folder)).toEqual(["wardctl.yaml"]);
  });

  it("prints the same faults as one JSON line on stderr under --json", async () => {
    const { code, stdout, stderr } = await runWardctl("audit show --json", { cwd: await makeWorkspace(tenFaults) });
    expect([code, stdout]).toEqual([3, ""]);
    const error = JSON.parse(stderr) as { schema: string; kind: string; faults: { line: number; message: string }[] };
    expect(error).toMatchObject({ schema: "wardctl.error/1", kind: "invalid", exitCode: 3 });
    expect(error.faults).toHaveLength(10);
    expect(error.faults[1]).toMatchObject({
      file: "wardctl.yaml",
      line: 3,
      value: "46",
      message: "'province': 46 is a number; write \"46\" (Thành phố Huế)",
    });
  });

  it.each([
    ['province: "47"', "no province has the code '47'; see the codes with: wardctl wards list"],
    ["province: 1", "'province': 1 is a number; write \"01\" (Thành phố Hà Nội)"],
    [
      'province: "1"',
      "'province': '1' has the wrong form; needs a two-digit province code in quotes, such as \"46\"; did you mean \"01\" (Thành phố Hà Nội)?",
    ],
    ['province: "46"\nunits: ["27004"]', "27004 Phường Tân Bình belongs to Thành phố Hồ Chí Minh; move the code to alsoUnits"],
    ['province: "01"\nunits: [00004]', "'units': 00004 is a number; write \"00004\" (Phường Ba Đình)"],
    [
      'province: "01"\nunits: ["4"]',
      "'units': '4' has the wrong form; needs a five-digit unit code in quotes, such as \"19777\"; did you mean \"00004\" (Phường Ba Đình)?",
    ],
    ['province: "46"\nunits: ["99999"]', "no unit has the code '99999'; see the codes with: wardctl wards list"],
    ['province: "46"\nalsoUnits: ["19777", "19777"]', "code '19777' stands twice; remove one"],
    [
      'province: "46"\nunits: nearly all',
      "'units' needs all (every unit of the province) or a list of unit codes; found 'nearly all'",
    ],
  ])("says what is wrong with %j", async (text, message) => {
    const faults = await faultsOf(`name: Huế\n${text}\n`);
    expect(faults.map((fault) => fault.replace(/^\d+: /, ""))).toEqual([message]);
  });

  it("takes units of another province under alsoUnits", async () => {
    const settings = await readSettings(
      await makeWorkspace('name: Huế\nprovince: "46"\nunits: ["19777"]\nalsoUnits: ["27004"]\n'),
    );
    expect(settings).toMatchObject({ units: ["19777"], alsoUnits: ["27004"], timezone: "Asia/Ho_Chi_Minh" });
  });
});
