import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { probeAccount } from "../../../src/city/duties.ts";
import type { FaultName } from "../../../src/city/faults.ts";
import { toIso, vietnamZone } from "../../../src/platform/time.ts";
import type { RunResult } from "../../support/run-wardctl.ts";
import { type CityWorkspace, openCityWorkspace } from "../../support/whole-city.ts";

const hour = (h: number): string => `2025-07-03T${String(h).padStart(2, "0")}:00:00+07:00`;
let city: CityWorkspace;
/** Each test two hours after the last: guards and shares of one are none of the other's. */
let clock = 8;
let now = hour(clock);
const outputs: string[] = [];
beforeAll(async () => {
  city = await openCityWorkspace(hour(8));
});
afterAll(() => city.stop());
beforeEach(() => {
  clock += 2;
  now = `2025-07-0${3 + Math.floor(clock / 24)}T${String(clock % 24).padStart(2, "0")}:00:00+07:00`;
});

async function run(line: string): Promise<RunResult> {
  const result = await city.run(line, { env: { WARDCTL_NOW: now } });
  outputs.push(result.stdout, result.stderr);
  return result;
}

async function withFault<T>(name: FaultName, scope: string, work: () => Promise<T>): Promise<T> {
  city.open.city.faults.on(name, scope);
  try {
    return await work();
  } finally {
    city.open.city.faults.off(name, scope);
  }
}

const parse = ({ stdout }: RunResult) => JSON.parse(stdout);
const countRequests = (end: string): number => city.open.city.requests.filter(({ path }) => path.endsWith(end)).length;
// The city's last sync is as old as its clock is behind: not what these tests are about.
const underSync = "--layers name,network,tls,http,sign-in,function";

describe("sign-in", () => {
  it("is asked once for all wards and once in many runs, by JSON, form and client credentials", async () => {
    const before = [countRequests("/login"), countRequests("/login-form"), countRequests("/oauth/token")];
    const some = ["19753", "19774", "19777", "19789", "27004"].map((unit) => `--unit ${unit}`).join(" ");
    expect((await run(`check ${some} ${underSync}`)).code).toBe(0);
    expect((await run(`check ${some} ${underSync} --json`)).code).toBe(0);
    const after = [countRequests("/login"), countRequests("/login-form"), countRequests("/oauth/token")];
    expect(after.map((count, at) => count - (before[at] as number))).toEqual([1, 1, 1]);
  });

  it("names the system when it is down or refuses, and after two refusals sends nothing and says until when", async () => {
    const down = await withFault("sign-in-down", "dossiers", () => run("check --system dossiers --json"));
    expect(down.code).toBe(8);
    expect(parse(down).causes[0]).toMatchObject({ kind: "system", id: "dossiers", reason: "auth.5xx", layer: "sign-in" });
    await withFault("sign-in-rejects", "documents", async () => {
      const sent = countRequests("/login");
      for (const _ of [1, 2]) {
        const refused = await run("check --system documents --json");
        expect(refused.code).toBe(8);
        expect(parse(refused).results[0]).toMatchObject({ state: "fail", reason: "auth.reject" });
      }
      expect(countRequests("/login") - sent).toBe(2);
      const guarded = await run("check --system documents --json");
      expect(countRequests("/login") - sent).toBe(2);
      expect(guarded.code).toBe(6);
      const { hindrances, results, causes } = parse(guarded);
      expect(hindrances).toEqual([
        {
          kind: "guarded",
          system: "documents",
          resumeAt: now.replace(/T(\d\d)/, (_, h) => `T${String(Number(h) + 1).padStart(2, "0")}`),
          inWords: expect.any(String),
        },
      ]);
      expect(results.every(({ state, reason }: Record<string, string>) => state === "unknown" && reason === "auth.guarded")).toBe(
        true,
      );
      expect(causes).toEqual([]);
      const said = await run("check --system documents --lang vi");
      expect(said.stderr).toMatch(/tài khoản kiểm tra bị từ chối hai lần trong một giờ.*tiếp tục được từ \d\d:00/);
      const watched = await run("check watch --system documents --every 1s --sweeps 2 --lang vi");
      expect(watched.stderr.match(/tiếp tục được từ \d\d:00/g)).toHaveLength(1);
      expect(parse(await run("check watch --system documents --sweeps 1 --json")).hindrances).toEqual(hindrances);
    });
  });

  it("ends with denied, names the reference and checks the rest when the account's secret cannot be read", async () => {
    const { chmodSync } = await import("node:fs");
    const file = join(city.folder, ".wardctl", "city-probe");
    chmodSync(file, 0o644);
    const result = await run("check --unit 19777 --json");
    chmodSync(file, 0o600);
    expect(result.code).toBe(4);
    const { hindrances, results } = parse(result);
    expect(hindrances.map(({ kind }: { kind: string }) => kind)).toEqual(["no-secret", "no-secret", "no-secret"]);
    expect(results.find(({ system }: { system: string }) => system === "video").state).toBe("pass");
  });
});

describe("function and freshness", () => {
  it("names queue and fee gateway where they do not serve, at one ward or all", async () => {
    const queue = await withFault("queue-down", "19777", () => run(`check --system dossiers ${underSync} --json`));
    expect(queue.code).toBe(8);
    expect(parse(queue).unexplained).toEqual(["19777/dossiers"]);
    const fee = await withFault("fees-fail", "*", () => run(`check --system dossiers ${underSync} --json`));
    expect(parse(fee).causes[0]).toMatchObject({ kind: "system", id: "dossiers", reason: "rt.fee", layer: "function" });
  });

  it("calls data stale by the system's own gaps, and well when they came as usual", async () => {
    now = hour(8);
    expect((await run("check --system dossiers --unit 19777")).code).toBe(0);
    const old = await withFault("sync-old", "dossiers", () => run("check --system dossiers --unit 19777 --json"));
    expect(parse(old).results[0]).toMatchObject({ state: "fail", layer: "freshness", reason: "rt.stale" });
    expect(parse(old).results[0].seen.sync).toEqual({ lastAt: expect.any(String), staleAfterMs: expect.any(Number) });
  });
});

describe("the test document", () => {
  const fly = "check --unit 19777 --system documents --canary --json";

  it("goes to the ward and back, stage by stage, and leaves nothing but its record", async () => {
    const result = await run(fly);
    expect(result.code).toBe(0);
    const { seen } = parse(result).results[0];
    expect(seen.canary).toMatchObject({ id: expect.stringMatching(/^wardctl-canary-[0-9A-HJKMNP-TV-Z]{26}$/), recalled: true });
    expect(Object.keys(seen.canary.stagesMs)).toEqual(["send", "arrive", "receipt", "recall"]);
    expect((await run("check canary list")).code).toBe(0);
    const log = parse(await run("audit show --action check --json"));
    expect(log.records.at(-1)).toMatchObject({
      action: "check.canary",
      subject: "19777/documents",
      detail: { canary: seen.canary.id },
    });
  });

  it("names the stage where it was lost, and is taken back all the same", async () => {
    const lost = await withFault("canary-lost", "19777", () => run(fly));
    expect(lost.code).toBe(8);
    expect(parse(lost).results[0]).toMatchObject({ reason: "rt.fail", seen: { canary: { failedAt: "arrive", recalled: true } } });
    expect(parse(await run("check canary list --json")).canaries).toEqual([]);
    const said = await withFault("canary-lost", "19777", () => run("check --unit 19777 --system documents --canary --lang vi"));
    expect(said.stdout).toContain("văn bản thử không đi hết đường, tới đơn vị");
  });

  it("stays listed by id until it could be recalled, which the next run tries by itself", async () => {
    const stuck = await withFault("recall-fails", "19777", async () => {
      const result = parse(await run(fly));
      expect(result.results[0]).toMatchObject({ reason: "rt.fail", seen: { canary: { failedAt: "recall", recalled: false } } });
      const { id } = result.results[0].seen.canary;
      const listed = await run("check canary list --json");
      expect(listed.code).toBe(8);
      expect(parse(listed).canaries).toEqual([{ canary: id, unit: "19777", system: "documents", sentAt: now, stage: "recall" }]);
      expect((await run("check canary clean")).code).toBe(2);
      const failed = await run("check canary clean --yes --json");
      expect([failed.code, parse(failed)]).toEqual([8, { schema: "wardctl.check-canary-clean/1", cleaned: 0, left: [id] }]);
      // A run that cannot take it back says so, whatever else it finds.
      expect((await run("check --unit 19777 --system documents")).stderr).toContain("still out there");
      return id;
    });
    const next = await run("check --unit 19777 --system documents --json");
    expect([next.code, parse(next).canariesLeft]).toEqual([0, []]);
    expect(
      city.open.city.requests.filter(({ method, path }) => method === "DELETE" && path.endsWith(stuck)).length,
    ).toBeGreaterThan(1);
    expect((await run("check canary clean --yes")).stdout).toContain("No test document");
  });

  it("is refused without units and where no system allows it", async () => {
    expect((await run("check --canary")).code).toBe(2);
    const notAllowed = await run("check --unit 19777 --system video --canary");
    expect([notAllowed.code, notAllowed.stderr]).toEqual([6, expect.stringContaining("check.systems.<name>.canary")]);
  });
});

describe("what the workspace says otherwise", () => {
  async function withSettings<T>(change: (yaml: string) => string, work: () => Promise<T>): Promise<T> {
    const file = join(city.folder, "wardctl.yaml");
    const yaml = readFileSync(file, "utf8");
    writeFileSync(file, change(yaml));
    try {
      return await work();
    } finally {
      writeFileSync(file, yaml);
    }
  }

  it("sends no test document to another machine while the clock was set by hand", async () => {
    const sent = countRequests("/flow/sent");
    const change = (yaml: string): string => yaml.replace(/post: \S+\/flow\/sent/, "post: https://vb.example.vn/flow/sent");
    const result = await withSettings(change, () => run("check --unit 19777 --system documents --canary --json"));
    expect([result.code, parse(result).hindrances]).toEqual([
      6,
      [expect.objectContaining({ kind: "pinned", system: "documents" })],
    ]);
    expect(countRequests("/flow/sent")).toBe(sent);
  });

  it("takes the age of data from the deliveries that were imported", async () => {
    const change = (yaml: string): string =>
      yaml
        .replace(/get: \S+\/sync\n\s+lastSync: \/lastSync/, "source: mot-cua")
        .replace("floorMinutes: 120", "floorMinutes: 600");
    const only = "check --system dossiers --unit 19777 --layers freshness --json";
    await withSettings(change, async () => {
      now = hour(8);
      expect(parse(await run(only)).results[0]).toMatchObject({ state: "fail", reason: "rt.sync" });
      expect((await run("sync mot-cua")).code).toBe(0);
      expect(parse(await run(only)).results[0]).toMatchObject({ state: "pass", seen: { sync: { staleAfterMs: 36_000_000 } } });
      now = "2025-07-03T18:30:00+07:00";
      expect(parse(await run(only)).results[0]).toMatchObject({ state: "fail", reason: "rt.stale" });
    });
  });

  it("names every fault of a description with its line", async () => {
    const change = (yaml: string): string =>
      yaml
        .replace("kind: json\n        url: https:", "kind: json\n        url: http:")
        .replace("password: file:.wardctl/city-probe", "password: hunter2")
        .replace(/(send:\n\s+post: \S+)/, "$1\n          get: /also");
    const result = await withSettings(change, () => run("check"));
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/wardctl\.yaml:\d+.*\n.*wardctl\.yaml:\d+/);
    expect(result.stderr).toContain("exactly one of get, post, put, delete");
    expect(result.stderr).not.toContain("hunter2");
  });
});

describe("scheduled runs", () => {
  it("send test documents to those units whose turn has come, and to nobody twice", async () => {
    const sent = countRequests("/flow/sent");
    const only = "check --system documents --layers sign-in,function";
    const start = Date.parse("2025-07-05T08:00:00+07:00");
    const times = [0, 25, 25, 50, 75].map((minutes) => toIso(start + minutes * 60_000, vietnamZone));
    for (const time of times) {
      now = time;
      expect((await run(only)).code).toBe(0);
    }
    // 42 units in 8 hours, the half hour before the first run and 75 minutes after it.
    const flown = countRequests("/flow/sent") - sent;
    expect(flown).toBeGreaterThanOrEqual(8);
    expect(flown).toBeLessThanOrEqual(11);
    const log = parse(await run("audit show --action check.canary --limit 100 --json"));
    const units = log.records
      .filter(({ at }: { at: string }) => at >= "2025-07-05")
      .map(({ subject }: { subject: string }) => subject);
    expect([units.length, new Set(units).size]).toEqual([flown, flown]);
  }, 30_000);
});

describe("secrets", () => {
  it("stand in no output, no journal and no history, only in the file that was made for them", () => {
    const needles = [probeAccount.password, "-session-"];
    for (const text of outputs) for (const needle of needles) expect(text).not.toContain(needle);
    const files = readdirSync(city.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), "latin1");
      return needles.some((needle) => text.includes(needle));
    });
    expect(holding.map(({ name }) => name)).toEqual(["city-probe"]);
  });
});
