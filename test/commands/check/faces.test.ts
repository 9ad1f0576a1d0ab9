import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LinedCity, startLinedCity } from "../../support/city-lines.ts";
import { readExposition } from "../../support/read-exposition.ts";
import { readXml } from "../../support/read-xml.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

let city: LinedCity;
let cwd: string;

// One broken carrier, one check of it; the tests read what that left behind.
beforeAll(async () => {
  city = await startLinedCity();
  cwd = await makeTestFolder();
  writeFileSync(join(cwd, "endpoints.csv"), city.inventory);
  writeFileSync(join(cwd, "ca.pem"), city.ca);
  writeFileSync(
    join(cwd, "wardctl.yaml"),
    `name: Huế\nprovince: "46"\ncheck:\n  inventory: endpoints.csv\n  ca: ca.pem\n  resolvers: ["${city.resolver}"]\n  retryAfterMs: [0]\n`,
  );
  await city.turn("on", "carrier-down", "VNPT/half");
  expect((await run("check --json")).code).toBe(8);
  expect((await run("check --json")).code).toBe(8);
});
afterAll(() => city.stop());

const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd });
const parse = ({ stdout }: RunResult) => JSON.parse(stdout);

describe("wardctl check export", () => {
  it("hands the last run over as lines that replay to the same explanation", async () => {
    expect(await run("check export --out run.jsonl")).toMatchObject({ code: 0, stdout: "" });
    const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(201);
    expect(lines.every((line) => /^wardctl\.[a-z-]+\/1$/.test(JSON.parse(line).schema))).toBe(true);
    const { code, stdout } = await run("check explain --replay run.jsonl --json");
    expect(code).toBe(8);
    expect(JSON.parse(stdout)).toEqual(parse(await run("check explain --json")));
    expect(JSON.parse(stdout).causes[0].affected.length).toBeGreaterThan(20);
    const tries = lines.flatMap((line) => JSON.parse(line).earlier ?? []);
    expect(tries.length).toBeGreaterThan(20);
    expect(tries.every(({ at }) => /^\d{4}-\d\d-\d\dT[\d:.]+\+07:00$/.test(at))).toBe(true);
    expect(parse(await run("check explain VNPT/46 --json")).causes).toHaveLength(1);
  });

  it("writes a textfile whole, for a strict reader, and the same as OpenMetrics", async () => {
    const told = parse(await run("check export --format prometheus --out wardctl.prom --json"));
    expect(told).toMatchObject({ schema: "wardctl.check-export/1", format: "prometheus", file: "wardctl.prom", endpoints: 200 });
    const { samples } = readExposition(readFileSync(join(cwd, "wardctl.prom"), "utf8"), "prometheus");
    const down = samples.filter(({ name, value }) => name === "probe_success" && value === 0);
    expect(down.length).toBeGreaterThan(20);
    expect(down.every(({ labels }) => labels["carrier"] === "VNPT" && labels["province"] === "46")).toBe(true);
    expect(samples.filter(({ name }) => name === "probe_ssl_earliest_cert_expiry").length).toBe(200 - down.length);
    expect(readdirSync(cwd).filter((name) => name.includes(".tmp"))).toEqual([]);
    const open = readExposition((await run("check export --format openmetrics")).stdout, "openmetrics");
    expect(open.samples).toEqual(samples);
  });

  it("writes JUnit for the language asked, and a Nagios line that ends with a plugin's code", async () => {
    const root = readXml((await run("check export --format junit --lang vi")).stdout);
    expect(root.children[0]?.children[0]?.attributes["name"]).toMatch(/VNPT/);
    const nagios = await run("check export --format nagios");
    expect(nagios).toMatchObject({ code: 2, stderr: "" });
    expect(nagios.stdout).toMatch(/^WARDCTL CRITICAL - well \d+, failing \d+; .*VNPT.*\|'well'=\d+;;;0;200 .*\n$/);
  });

  it("lets Nagios hear UNKNOWN of whatever cannot be read, and of a run that is too old", async () => {
    const nowhere = await makeTestFolder();
    expect(await runWardctl("check export --format nagios", { cwd: nowhere })).toMatchObject({ code: 3, stderr: "" });
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const old = await runWardctl("check export --format nagios", { cwd, env: { WARDCTL_NOW: later } });
    expect(old.code).toBe(3);
    expect(old.stdout).toMatch(/^WARDCTL UNKNOWN - the last check was at .*, too old/);
    expect((await runWardctl("check export", { cwd: nowhere })).code).toBe(2);
  });

  it("holds what it would have printed in one document under --json", async () => {
    for (const format of ["jsonl", "junit", "openmetrics", "nagios"]) {
      const document = parse(await run(`check export --format ${format} --json`));
      expect(document).toMatchObject({ schema: "wardctl.check-export/1", format, file: null, endpoints: 200 });
      expect(document.content.trimEnd()).toBe((await run(`check export --format ${format}`)).stdout.trimEnd());
    }
  });
});

describe("a recorded run", () => {
  it("however long is read without being held, damaged lines told by number and counted", async () => {
    await run("check export --out small.jsonl");
    const small = readFileSync(join(cwd, "small.jsonl"), "utf8").trimEnd().split("\n").slice(1);
    const file = join(cwd, "long.jsonl");
    // Other people's endpoints, a line of two megabytes, thirty torn lines; ours last.
    const foreign = `${(small[0] as string).replaceAll(/\d{5}\//g, "99999/").slice(0, 300)}\n`;
    const handle = openSync(file, "w");
    const torn = foreign.slice(0, 100);
    for (let n = 0; n < 30; n++) writeSync(handle, `${torn}\n`);
    writeSync(handle, `${"x".repeat(2_100_000)}\n`);
    const whole = `${JSON.stringify({ ...JSON.parse(small[0] as string), endpoint: "99999/documents", seen: undefined })}\n`;
    const block = whole.repeat(1_000);
    for (let n = 0; n < 20; n++) writeSync(handle, block);
    appendFileSync(file, `${small.join("\n")}\n`);
    const result = await run("check explain --replay long.jsonl --json");
    expect(result.code).toBe(8);
    expect(result.stderr).toContain("long.jsonl:1: not JSON");
    expect(result.stderr.match(/long\.jsonl:\d+/g)).toHaveLength(20);
    expect(result.stderr).toContain("31");
    expect(parse(result).causes).toEqual(parse(await run("check explain --json")).causes);
  });
});

describe("wardctl check evidence", () => {
  it("writes a pack whose sums hold, in Vietnamese, with controls and without a request of its own", async () => {
    const before = city.requests.length;
    const document = parse(await run("check evidence '#1' --out pack --lang vi --json"));
    expect(city.requests.length).toBe(before);
    expect(document).toMatchObject({
      schema: "wardctl.check-evidence/1",
      folder: "pack",
      incident: 1,
      layer: "network",
      owner: "VNPT",
    });
    expect(readdirSync(join(cwd, "pack")).sort()).toEqual(["SHA256SUMS", "evidence.html", "evidence.pdf", "probes.jsonl"]);
    const sums = readFileSync(join(cwd, "pack", "SHA256SUMS"), "utf8")
      .trimEnd()
      .split("\n");
    for (const [at, line] of sums.entries()) {
      const [sum = "", name = ""] = line.split("  ");
      const bytes = readFileSync(join(cwd, "pack", name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
      expect(document.files[at]).toEqual({ name, sha256: sum, bytes: bytes.length });
    }
    const html = readFileSync(join(cwd, "pack", "evidence.html"), "utf8");
    expect(html).toContain(sums.find((line) => line.endsWith("probes.jsonl"))?.slice(0, 64));
    expect(html).toMatch(/\d\d:\d\d:\d\d \d\d\/\d+\/\d{4} \(UTC\+7\) · \d\d:\d\d:\d\d \d\d\/\d+\/\d{4} \(UTC\)/);
    expect(html).toContain("Nhà mạng khác, cùng địa bàn");
    expect(html).not.toMatch(/<script|https?:\/\//);
    const lines = readFileSync(join(cwd, "pack", "probes.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1);
    const told = new Set(lines.map((line) => JSON.parse(line).endpoint));
    expect(document.affected.every((endpoint: string) => told.has(endpoint))).toBe(true);
    expect(document.controls.map(({ kind }: { kind: string }) => kind)).toEqual([
      "same-carrier",
      "other-carriers",
      "same-systems",
    ]);
  });

  const poppler = spawnSync("pdftotext", ["-v"]).error === undefined;
  it.skipIf(!poppler)("gives its Vietnamese back exactly from the PDF, tagged (SKIPPED without poppler)", async () => {
    await run("check evidence VNPT/46 --out paper --lang vi");
    const pdf = join(cwd, "paper", "evidence.pdf");
    const text = spawnSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).stdout.normalize("NFC");
    for (const line of [
      "Phiếu báo sự cố kèm chứng cứ kỹ thuật",
      "Mã sự cố của bên nhận",
      "19753 Phường Phú",
      "kết nối bị từ chối",
      "Điều còn chưa khớp",
    ]) {
      expect(text).toContain(line);
    }
    expect(spawnSync("pdfinfo", [pdf], { encoding: "utf8" }).stdout).toMatch(/Tagged: +yes/);
    const structure = spawnSync("pdfinfo", ["-struct", pdf], { encoding: "utf8" }).stdout;
    expect(structure.match(/^ *Table/gm)?.length).toBeGreaterThan(4);
    expect(structure).toMatch(/TH[\s\S]*TD/);
  });

  it("says what there is where the name is not known, and changes nothing that is there", async () => {
    const strange = await run("check evidence 19754");
    expect(strange).toMatchObject({ code: 2, stdout: "" });
    expect(strange.stderr).toContain("19753");
    const well = await run("check evidence 20161");
    expect(well.code).toBe(2);
    writeFileSync(join(cwd, "taken"), "mine");
    expect((await run("check evidence VNPT/46 --out taken")).code).toBe(3);
    expect(readFileSync(join(cwd, "taken"), "utf8")).toBe("mine");
  });

  it("still has an incident that is over, from the check that confirmed it", async () => {
    await city.turn("off", "carrier-down", "VNPT/half");
    await run("check --json");
    await run("check --json");
    expect((await run("check evidence VNPT/46 --out gone")).code).toBe(2);
    const document = parse(await run("check evidence 1 --out after --lang en --json"));
    expect(document).toMatchObject({ incident: 1, owner: "VNPT" });
    expect(readFileSync(join(cwd, "after", "evidence.html"), "utf8")).toContain("<td>over, ");
  });
});

describe("wardctl check explain, of what the last check no longer shows", () => {
  it("explains an incident that is over from the check that confirmed it, and refuses a number that never was", async () => {
    const { code, stdout } = await run("check explain '#1' --json");
    expect(code).toBe(8);
    const causes = JSON.parse(stdout).causes as { kind: string; id: string; affected: string[] }[];
    expect(causes).toHaveLength(1);
    expect(causes[0]?.id).toMatch(/^VNPT/);
    expect(await run("check explain '#77'")).toMatchObject({ code: 2, stdout: "" });
  });

  it("explains a unit from the last check of all where the last one was of others", async () => {
    await run("check --unit 19753 --json");
    const { code, stdout } = await run("check explain 20161 --lang en");
    expect(code).toBe(0);
    expect(stdout).toContain("1 unit");
    expect((await run("check explain 99999")).code).toBe(2);
  });
});
