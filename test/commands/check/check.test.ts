import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrierOf, listHalf } from "../../../src/city/carriers.ts";
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
    `name: Huế\nprovince: "46"\ncheck:\n  inventory: endpoints.csv\n  ca: ca.pem\n  resolvers: ["${city.resolver}"]\n  retryAfterMs: [50, 150]\n${settings}`,
  );
  return cwd;
}

const parse = ({ stdout }: RunResult) => JSON.parse(stdout);

describe("wardctl check", () => {
  it("finds everything well in a healthy city", async () => {
    const cwd = await makeWorkspace();
    const result = await runWardctl("check --json", { cwd });
    expect(result.code).toBe(0);
    const document = parse(result);
    expect(Object.keys(document)[0]).toBe("schema");
    expect(document).toMatchObject({
      schema: "wardctl.check/1",
      totals: { endpoints: 200, pass: 200, fail: 0, slow: 0, unknown: 0, untested: 0 },
      local: { faults: [] },
      causes: [],
      unexplained: [],
      nextProbe: null,
    });
    const text = await runWardctl("check --unit 19777 --lang vi", { cwd });
    expect(text.stdout).toContain("Mọi điểm đã thử đều chạy tốt.");
    expect(text.stdout).toMatch(/19777 Phường Vỹ Dạ( +✓){5}/);
  });

  it("leaves endpoints out on purpose without calling the check partial", async () => {
    const cwd = await makeWorkspace();
    const result = await runWardctl("check --sweep adaptive --json", { cwd });
    expect(result.code).toBe(0);
    const { totals, results } = parse(result);
    expect(totals).toMatchObject({ endpoints: 200, untested: 0 });
    expect(totals.leftOut).toBeGreaterThan(100);
    expect(results.filter(({ state }: { state: string }) => state === "untested")).toHaveLength(totals.leftOut);
    const text = await runWardctl("check --sweep adaptive --lang vi", { cwd });
    expect(text.stdout).toMatch(/chủ ý không thử \d+/);
  });

  it("names half a carrier, an expired certificate and a slow page, and the same again from the record", async () => {
    const cwd = await makeWorkspace();
    await city.turn("on", "carrier-down", "VNPT/half");
    await city.turn("on", "page-spins", "19777");
    await city.turn("on", "certificate-expired", "dossiers");
    const live = await runWardctl("check run --json --out run.jsonl", { cwd });
    await city.turn("off", "carrier-down", "VNPT/half");
    await city.turn("off", "page-spins", "19777");
    await city.turn("off", "certificate-expired", "dossiers");
    expect(live.code).toBe(8);
    const document = parse(live);
    const half = listHalf("VNPT", city.directory.listUnits({ province: "46" }));
    expect(half).toContain("19753");
    expect(carrierOf("19777")).not.toBe("VNPT");
    const answers = document.causes.map((cause: { kind: string; id: string; or: { kind: string; id: string }[] }) =>
      [cause, ...cause.or].map(({ kind, id }) => `${kind} ${id}`),
    );
    expect(answers.flat()).toEqual(expect.arrayContaining(["carprov VNPT/46", "system dossiers"]));
    expect(answers).toHaveLength(2);
    const carrier = document.causes.find(({ reason }: { reason: string }) => reason === "net.refused");
    expect(carrier.counterEvidence).toMatchObject({ counted: "units", failed: half.length });
    expect(document.unexplained).toEqual(["19777/documents"]);
    expect(document.totals).toMatchObject({ slow: 1, unknown: 0, untested: 0 });

    const before = city.requests.length;
    const replayed = parse(await runWardctl("check explain --replay run.jsonl --inventory endpoints.csv --json", { cwd }));
    const stored = parse(await runWardctl("check explain --json", { cwd }));
    const whatIf = parse(await runWardctl("check --replay run.jsonl --what-if endpoints.csv --json", { cwd }));
    for (const { schema, at: _, ...explanation } of [replayed, whatIf]) {
      expect(schema).toBe("wardctl.explain/1");
      expect(document).toMatchObject(explanation);
    }
    // History keeps no certificates: what only answers show is not known from it.
    const affectedBy = ({ causes }: typeof document) =>
      causes.map(({ kind, id, affected }: typeof carrier) => [kind, id, affected]);
    expect(affectedBy(stored)).toEqual(affectedBy(document));
    expect(city.requests.length).toBe(before);

    const about = async (subject: string): Promise<RunResult> =>
      runWardctl(`check explain ${subject} --replay run.jsonl --json`, { cwd });
    expect(parse(await about("system:dossiers")).causes.map(({ id }: { id: string }) => id)).toEqual(["dossiers"]);
    const unit = parse(await about("19777"));
    expect(unit.unexplained).toEqual(["19777/documents"]);
    expect(unit.causes.map(({ id }: { id: string }) => id)).toEqual(["dossiers"]);
    const strange = await runWardctl("check explain 99999 --replay run.jsonl --lang vi", { cwd });
    expect(strange.code).toBe(2);
    expect(strange.stderr).toContain("lần kiểm tra không có đơn vị, hệ thống hay nguyên nhân '99999'");
    expect(strange.stderr).toContain("system:dossiers");

    const text = await runWardctl("check explain --replay run.jsonl --lang vi", { cwd });
    expect(text.code).toBe(8);
    expect(text.stdout.indexOf("Nguyên nhân chung")).toBeLessThan(text.stdout.indexOf("Đơn vị "));
    expect(text.stdout).toMatch(
      /\d+ trong \d+ đơn vị VNPT(?: ở Huế)? hỏng ở tầng mạng \(kết nối bị từ chối\); 0 trong \d+ đơn vị Viettel/,
    );
    expect(text.stdout).toContain("- 19777 Phường Vỹ Dạ · documents: chậm, trả lời đầu tiên sau 1,5 s");
    expect(text.stdout).toMatch(/19753 Phường Phú Xuân( +✗ mạng){5}/);
  });

  it("keeps a history of what it saw, and tells of a cause when a second check confirms it", async () => {
    const cwd = await makeWorkspace(
      `  maintenance:\n    - { systems: [video], from: "2025-07-03 06:00", to: "2025-07-03 20:00", note: nâng cấp }\n`,
    );
    await city.turn("on", "carrier-down", "VNPT/half");
    await city.turn("on", "certificate-expired", "video");
    const at = (time: string) => ({ cwd, env: { WARDCTL_NOW: `2025-07-03T${time}:00+07:00` } });
    const first = parse(await runWardctl("check --json", at("16:00")));
    expect(first.incidents).toEqual([]);
    expect(first.results.filter(({ hard }: { hard: boolean }) => hard)).toEqual([]);
    const second = parse(await runWardctl("check --json", at("16:05")));
    expect(second.incidents).toMatchObject([{ reason: "net.refused", openedAt: "2025-07-03T16:00:00+07:00" }]);
    expect(second.incidents[0].affected).not.toContain("19753/video");
    expect(second.causes.map(({ reason }: { reason: string }) => reason)).toEqual(["net.refused"]);
    expect(second.totals.unknown).toBeGreaterThan(20);
    // Confirmed ones are not tried again and again.
    const down = second.results.filter(({ hard, maintenance }: { hard: boolean; maintenance?: boolean }) => hard && !maintenance);
    expect(down.length).toBeGreaterThan(20);
    expect(new Set(down.map(({ attempts }: { attempts: number }) => attempts))).toEqual(new Set([3]));
    await city.turn("off", "carrier-down", "VNPT/half");
    const lines = await runWardctl("check watch --every 1s --sweeps 2 --lang vi", at("16:10"));
    await city.turn("off", "certificate-expired", "video");
    expect(lines.stdout).toMatch(/^16:10 .* đơn vị VNPT|✓ đã hết: \d+ trong \d+ đơn vị VNPT/m);
    expect(lines.stdout).toContain("✓ đã hết");
    expect(lines.code).toBe(0);

    const history = parse(await runWardctl("check history 19753 --json --from 2025-07-03T16:00", at("16:20")));
    expect(history).toMatchObject({ schema: "wardctl.check-history/1", targetPercent: 99.5, runs: 4 });
    expect(history.incidents).toMatchObject([{ resolvedAt: "2025-07-03T16:10:00+07:00" }]);
    const endpoint = history.endpoints.find(({ endpoint: id }: { endpoint: string }) => id === "19753/documents");
    expect(endpoint).toMatchObject({ last: ["soft", "fail", "pass", "pass"], looks: 4, failedLooks: 2 });
    expect(endpoint.always).toMatchObject({ upMs: 600_000, downMs: 600_000, maintenanceMs: 0, upShare: 0.5 });
    expect(endpoint.changes.map(({ state }: { state: string }) => state)).toEqual(["down", "up"]);
    const video = history.endpoints.find(({ endpoint: id }: { endpoint: string }) => id === "19753/video");
    expect(video.always).toMatchObject({ downMs: 0, maintenanceMs: 1_200_000, upShare: null });
    const text = await runWardctl("check history 19753 video --lang vi --from 2025-07-03T16:00 --office-hours", at("16:20"));
    expect(text.stdout).toContain("▅█▁▁");
    expect(text.stdout).toContain("50,00%");
    // On a busy machine no timing can be compared, and that is said.
    expect(text.stdout).toMatch(/VNPT: p50 \d+ ms · p95 \d+ ms|máy kiểm tra quá bận/);
    const csv = await runWardctl("check history documents --format csv", at("16:20"));
    expect(csv.stdout).toMatch(/^endpoint,upShare,upSeconds,downSeconds,unknownSeconds,maintenanceSeconds,looks,/);
    for (const [line, said] of [
      ["check history nowhere", "the inventory has no 'nowhere'"],
      ["check history --from tomorrow", "--from: 'tomorrow' is no instant"],
      ["check history --from 2025-07-03 --to 2025-07-02", "--from must be before --to"],
      ["check watch --every soon", "a span such as 30s"],
    ] as const) {
      const refused = await runWardctl(line, at("16:20"));
      expect([refused.code, refused.stdout]).toEqual([2, ""]);
      expect(refused.stderr).toContain(said);
    }
  });

  it("refuses an inventory with faults before it sends anything", async () => {
    const cwd = await makeWorkspace();
    writeFileSync(join(cwd, "bad.csv"), "unit,system,url\n19777,documents,qlvb\n99999,video,https://a.test/\n");
    const before = city.requests.length;
    const vietnamese = await runWardctl("check --inventory bad.csv --lang vi", { cwd });
    expect(vietnamese.code).toBe(3);
    expect(vietnamese.stdout).toBe("");
    expect(vietnamese.stderr).toContain("bad.csv:2:3: 'qlvb' không phải địa chỉ http:// hay https://");
    expect(vietnamese.stderr).toContain("bad.csv:3:1: mã đơn vị '99999' không có");
    const json = await runWardctl("check --inventory bad.csv --json", { cwd });
    expect(JSON.parse(json.stderr).faults).toMatchObject([
      { file: "bad.csv", line: 2, column: 3, value: "qlvb" },
      { file: "bad.csv", line: 3, column: 1, value: "99999" },
    ]);
    expect(city.requests.length).toBe(before);
    expect(readdirSync(cwd)).not.toContain(".wardctl");
  });

  it("works without a workspace, and keeps nothing then", async () => {
    const cwd = await makeTestFolder();
    writeFileSync(join(cwd, "ca.pem"), city.ca);
    writeFileSync(
      join(cwd, "one.csv"),
      `unit,system,url,host\n19777,video,https://127.0.0.1:${city.portOf("19777")}/video,127.0.0.1\n`,
    );
    const result = await runWardctl("check run --inventory one.csv --ca ca.pem --format csv", { cwd });
    expect(result.stdout).toMatch(
      /^endpoint,unit,system,state,layer,reason,hard,attempts,totalMs,at\r\n19777\/video,19777,video,pass,/,
    );
    expect(result.code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(["ca.pem", "one.csv"]);
  });

  it("judges nobody when this machine's name server is dead", async () => {
    const cwd = await makeWorkspace();
    const yaml = readFileSync(join(cwd, "wardctl.yaml"), "utf8");
    writeFileSync(join(cwd, "wardctl.yaml"), yaml.replace(city.resolver, "127.0.0.1:9"));
    const result = await runWardctl("check --json", { cwd });
    expect(result.code).toBe(5);
    expect(parse(result)).toMatchObject({
      totals: { unknown: 200, fail: 0 },
      causes: [],
      local: { faults: [{ kind: "resolver" }] },
    });
  });

  it("keeps what it has when it is stopped, and goes on from there", async () => {
    const cwd = await makeWorkspace();
    const stop = new AbortController();
    const journal = join(cwd, ".wardctl", "check.journal.jsonl");
    const timer = setInterval(() => {
      if (countLines(journal) > 20) stop.abort();
    }, 2);
    const stopped = await runWardctl("check --json", { cwd, signal: stop.signal });
    clearInterval(timer);
    expect(stopped.code).toBe(130);
    const kept = parse(stopped).totals.pass;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(200);
    const again = await runWardctl("check --json", { cwd });
    expect(again.code).toBe(0);
    expect(again.stderr).toContain(`${kept} good results kept`);
    expect(parse(again).totals.pass).toBe(200);
    // Each of them once: what passed before was not asked again.
    const times = new Map(parse(again).results.map(({ endpoint, at }: { endpoint: string; at: string }) => [endpoint, at]));
    for (const { endpoint, at, state } of parse(stopped).results) if (state === "pass") expect(times.get(endpoint)).toBe(at);
    expect(readdirSync(join(cwd, ".wardctl"))).not.toContain("check.journal.jsonl");
  });

  it("asks only the layers wanted", async () => {
    const cwd = await makeWorkspace();
    const before = city.requests.length;
    const result = await runWardctl("check --layers name,network --system video --json", { cwd });
    expect(parse(result).totals).toMatchObject({ endpoints: 40, pass: 40 });
    expect(city.requests.length).toBe(before);
    const wrong = await runWardctl("check --layers dns", { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("name, network, tls, http");
  });

  it("refuses numbers that would make it stand still or run wild", async () => {
    const cwd = await makeWorkspace();
    for (const flags of ["--concurrency 0", "--concurrency 9999", "--deadline 1"]) {
      expect((await runWardctl(`check run ${flags}`, { cwd })).code).toBe(2);
    }
  });

  it("judges certificates by the clock of the rehearsal", async () => {
    const cwd = await makeWorkspace();
    const env = { WARDCTL_NOW: "2040-01-01T08:00:00+07:00" };
    expect(parse(await runWardctl("check --system video --json", { cwd, env })).totals).toMatchObject({ pass: 40 });
    env.WARDCTL_NOW = "2046-01-01T08:00:00+07:00";
    const late = parse(await runWardctl("check --system video --json", { cwd, env }));
    expect(late).toMatchObject({ pinned: true, totals: { fail: 40 }, local: { skewMs: null } });
    expect(late.causes[0]).toMatchObject({ layer: "tls", reason: "tls.expired" });
  });

  it("says what to do when there is nothing to check or to explain", async () => {
    const cwd = await makeTestFolder();
    const none = await runWardctl("check --lang vi", { cwd });
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("thêm --inventory TỆP.csv, hoặc check.inventory trong wardctl.yaml");
    const fresh = await makeWorkspace();
    const unexplained = await runWardctl("check explain", { cwd: fresh });
    expect(unexplained.code).toBe(2);
    expect(unexplained.stderr).toContain("run 'wardctl check' first");
  });
});

function countLines(file: string): number {
  try {
    return readFileSync(file, "utf8").split("\n").length;
  } catch {
    return 0;
  }
}
