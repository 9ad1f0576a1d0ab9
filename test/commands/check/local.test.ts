import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localCheckIds } from "../../../src/health/local/finding.ts";
import { questions } from "../../../src/health/questions.ts";
import { type LinedCity, startLinedCity } from "../../support/city-lines.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

let city: LinedCity;
beforeAll(async () => {
  city = await startLinedCity();
});
afterAll(() => city.stop());

async function makeWorkspace(settings = ""): Promise<string> {
  const cwd = await makeTestFolder();
  writeFileSync(join(cwd, "endpoints.csv"), city.inventory);
  writeFileSync(join(cwd, "ca.pem"), city.ca);
  writeFileSync(
    join(cwd, "wardctl.yaml"),
    `name: Huế\nprovince: "46"\ncheck:\n  inventory: endpoints.csv\n  ca: ca.pem\n  resolvers: ["${city.resolver}"]\n  retryAfterMs: [100, 500]\n${settings}`,
  );
  return cwd;
}
const parse = ({ stdout }: RunResult) => JSON.parse(stdout);

/** What the technician finds at Vỹ Dạ with its line cut, in a file. */
async function cutOff(cwd: string, flags = ""): Promise<RunResult> {
  await city.turn("on", "carrier-down", "19777");
  const result = await runWardctl(`check local --unit 19777 --out f.jsonl --json ${flags}`, { cwd });
  await city.turn("off", "carrier-down", "19777");
  return result;
}

describe("wardctl check local", () => {
  it("looks at this machine alone where there is no workspace, and writes nothing", async () => {
    const cwd = await makeTestFolder();
    const result = await runWardctl("check local --json", { cwd });
    const document = parse(result);
    expect(Object.keys(document)[0]).toBe("schema");
    expect(document.schema).toBe("wardctl.check-local/1");
    expect(document.checks.map(({ id }: { id: string }) => id)).toEqual(localCheckIds);
    expect(document.checks.find(({ id }: { id: string }) => id === "witnesses").inWords).toContain("check.witnesses is not set");
    expect(readdirSync(cwd)).toEqual([]);
    const text = await runWardctl("check local --lang vi", { cwd });
    expect(text.stdout).toMatch(/^Máy này và đường mạng\n✓ Máy này tự kết nối +kết nối được với chính nó\n/);
    expect(text.stderr).toContain("Không có danh mục các điểm");
  });

  it("finds nothing in a ward where all is well, and writes what it saw for the desk", async () => {
    const cwd = await makeWorkspace();
    const result = await runWardctl("check local --unit 19777 --lang vi", { cwd });
    expect(result.code).toBe(0);
    expect(result.stdout).toContain("Lỗi ở: lúc này không thấy hỏng");
    expect(result.stderr).toContain("✓ 19777 Phường Vỹ Dạ · documents");
    const [file = ""] = readdirSync(cwd).filter((name) => name.startsWith("onsite-19777-"));
    const lines = readFileSync(join(cwd, file), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      schema: "wardctl.vantage/1",
      unit: "19777",
      toolVersion: "0.0.0-test",
      lines: lines.length - 1,
    });
    expect(Math.abs(lines[0].skewMs)).toBeLessThan(2_000);
    expect(lines.filter(({ schema }) => schema === "wardctl.probe/1")).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ schema: "wardctl.vantage-cause/1", cause: "well" });
  });

  it("walks from a dead line to the carrier's number, asking only what is left open", async () => {
    const cwd = await makeWorkspace();
    const open = await cutOff(cwd);
    expect(open.code).toBe(8);
    const first = parse(open);
    expect(questions.map(({ id }) => id)).toContain(first.nextQuestion.id);
    expect(open.stderr).toContain(`--answer ${first.nextQuestion.id}=yes|no|unknown`);
    const answered = await cutOff(
      cwd,
      "--answer pon-red=yes --answer hotspot=yes --answer neighbour-same=no --answer other-device=no",
    );
    const document = parse(answered);
    expect(document.cause).toMatchObject({
      cause: "line",
      code: "NET-LINE",
      article: { id: "mat-duong-truyen", title: "The unit has lost its line" },
    });
    expect(document.cause.say).toContain("Vỹ Dạ Ward has lost its line");
    expect(document.nextQuestion).toBeNull();
    expect(document.results.map(({ reason }: { reason: string }) => reason)).toEqual(Array(5).fill("net.refused"));
  });

  it("refuses an answer to no question, a unit that is not listed, and answers without a unit", async () => {
    const cwd = await makeWorkspace();
    const bad = await runWardctl("check local --unit 19777 --answer pon=yes", { cwd });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("pon-red")]);
    expect((await runWardctl("check local --unit 19777 --answer pon-red=maybe", { cwd })).code).toBe(2);
    expect((await runWardctl("check local --unit 00004", { cwd })).code).toBe(2);
    expect((await runWardctl("check local --answer pon-red=yes", { cwd })).code).toBe(2);
    expect(readdirSync(cwd).some((name) => name.endsWith(".jsonl"))).toBe(false);
  });

  it("judges nobody when no witness can be reached and nothing comes through", async () => {
    const cwd = await makeTestFolder();
    writeFileSync(
      join(cwd, "endpoints.csv"),
      "unit,system,url\n19777,documents,https://255.255.255.255/\n19777,video,https://255.255.255.255:8443/\n",
    );
    writeFileSync(
      join(cwd, "wardctl.yaml"),
      'name: Huế\nprovince: "46"\ncheck:\n  inventory: endpoints.csv\n  deadlineMs: 300\n  retryAfterMs: [10, 20]\n  witnesses: [{ host: 255.255.255.255 }]\n',
    );
    const sweep = await runWardctl("check --json", { cwd });
    expect(sweep.code).toBe(5);
    expect(parse(sweep)).toMatchObject({
      totals: { unknown: 2, fail: 0 },
      causes: [],
      local: { faults: [{ kind: "witnesses" }] },
    });
    const text = await runWardctl("check --lang vi", { cwd });
    expect(text.stdout).toContain("! không tới được máy chủ làm chứng nào (1)");
    expect(text.stdout).toContain("   → thử máy khác cùng mạng");
    const onSite = await runWardctl("check local --unit 19777 --json", { cwd });
    expect(onSite.code).toBe(5);
    expect(["line", "lan", "machine"]).toContain(parse(onSite).cause.cause);
  });
});

describe("wardctl check explain --with", () => {
  it("tells the ward's own side from the system by the technician's file, and passes over a damaged line", async () => {
    const cwd = await makeWorkspace();
    await runWardctl("check", { cwd });
    await cutOff(cwd);
    const result = await runWardctl("check explain --with f.jsonl --json", { cwd });
    expect(result.code).toBe(8);
    const document = parse(result);
    expect(document.causes.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`)).toEqual(["onsite 19777"]);
    expect(document.causes[0].affected).toContain("19777/documents@19777");
    expect(document.vantages).toMatchObject([{ unit: "19777", stale: false }]);
    expect(document.vantages[0].endpoints[0]).toEqual({
      endpoint: "19777/documents",
      verdict: "unit-only",
      centre: "pass",
      unit: "fail",
    });

    // A subject narrows what either place saw.
    const about = async (subject: string) => parse(await runWardctl(`check explain ${subject} --with f.jsonl --json`, { cwd }));
    const [unit, system, another] = [await about("19777"), await about("documents"), await about("19753")];
    expect(unit.causes).toEqual(document.causes);
    expect(unit.vantages).toEqual(document.vantages);
    expect(system.causes.map(({ kind }: { kind: string }) => kind)).toEqual(["onsite"]);
    expect(system.vantages[0].endpoints.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(["19777/documents"]);
    expect(another).toMatchObject({ causes: [], unexplained: [] });
    expect(another).not.toHaveProperty("vantages");

    const lines = readFileSync(join(cwd, "f.jsonl"), "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes("19777/video"));
    lines[at] = (lines[at] as string).slice(0, 40);
    writeFileSync(join(cwd, "broken.jsonl"), lines.join("\n"));
    const text = await runWardctl("check explain --with broken.jsonl --lang vi", { cwd });
    expect(text.stderr).toContain(`broken.jsonl:${at + 1}: không phải JSON`);
    expect(text.stdout).not.toContain("Mọi điểm đã thử đều chạy tốt");
    expect(text.stdout).toContain("Hai nơi cùng thử: trung tâm và Phường Vỹ Dạ");
    expect(text.stdout).toContain("- documents: chỉ hỏng từ đơn vị: đường mạng ở đó hay mạng trong nhà (kết nối bị từ chối)");
    expect(text.stdout).toContain("- video: chỉ một nơi thử được");
  });

  it("refuses a file of another day, of a unit that is not listed, and one without a good line", async () => {
    const cwd = await makeWorkspace();
    await runWardctl("check --unit 19777", { cwd });
    await runWardctl("check local --unit 19777 --out f.jsonl", { cwd });
    const text = readFileSync(join(cwd, "f.jsonl"), "utf8");
    writeFileSync(join(cwd, "old.jsonl"), text.replaceAll(/"at":"20\d\d-/g, '"at":"2024-'));
    writeFileSync(join(cwd, "other.jsonl"), text.replaceAll("19777", "19774"));
    writeFileSync(join(cwd, "empty.jsonl"), "what?\n");
    expect((await runWardctl("check explain --with old.jsonl", { cwd })).code).toBe(6);
    expect((await runWardctl("check explain --with other.jsonl", { cwd })).code).toBe(3);
    const empty = await runWardctl("check explain --with empty.jsonl", { cwd });
    expect([empty.code, empty.stderr]).toEqual([3, expect.stringContaining("empty.jsonl:1")]);
  });
});
