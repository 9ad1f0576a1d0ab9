import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CityState } from "../../../src/city/city-state.ts";
import { train, writeScript } from "../../support/rehearsal.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const vyDa = "19777";
const kimLong = "19774";

interface Report {
  readonly total: { readonly figures: { readonly received: { readonly total: number } } };
  readonly cumulative: { readonly figures: { readonly received: { readonly total: number } } };
}

interface Ready {
  readonly units: readonly {
    readonly verdict: string;
    readonly first: { readonly code: string; readonly commands: readonly string[] } | null;
    readonly dimensions: Readonly<Record<string, { readonly verdict: string }>>;
  }[];
}

describe("a rehearsal with a script", { timeout: 90_000 }, () => {
  it("keeps the score of what the team found, told to whom, and mended", async () => {
    const script = await writeScript(`{ units: ["${kimLong}", "${vyDa}"] }`, [
      `{ at: "07:00", fault: departments-without-accounts=${vyDa} }`,
      `{ at: "07:00", fault: chief-cannot-sign=${kimLong} }`,
      `{ at: "08:00", fault: carrier-down=${kimLong}, expected: { mended: { by: VNPT, after: 20m } } }`,
      `{ at: "08:00", fault: canary-lost=${vyDa}, hint: { vi: gửi thử, en: send one } }`,
      `{ at: "09:00", fault: fees-fail=${vyDa}, until: "10:00" }`,
      `{ at: "11:00", fault: queue-down=${vyDa} }`,
    ]);
    const folder = join(await makeTestFolder(), "rehearsal");
    const result = await train(`--script ${script}`, folder, async function* ({ team, score }) {
      expect((await team("provision coverage")).code).toBe(8);
      yield "list";
      await team("provision plan roster.csv --save plan.json");
      expect((await team("provision apply plan.json --yes")).code).toBe(0);
      await team("delegate grant --file grants.csv");
      await team("delegate verify");
      yield "clock 07:30";
      expect((await team(`delegate push --unit ${kimLong} --yes`)).code).toBe(0);
      yield "clock 08:00";
      yield "hint";
      await team("check run --canary");
      await team(["incident", "open", "Mất mạng", "--unit", kimLong, "--code", "NET-REFUSED", "--owner", "VNPT"]);
      await team(["incident", "open", "Văn bản không tới", "--unit", vyDa, "--code", "HTTP-RT-FAIL", "--owner", "Phường Vỹ Dạ"]);
      await team(["incident", "open", "Máy in hỏng", "--unit", vyDa, "--code", "EQUIP-PRINTER", "--owner", "Phường"]);
      yield "score";
      yield "clock 08:19";
      yield "list";
      const before = (await score()).faults.find(({ fault }) => fault.startsWith("carrier-down"));
      expect(before).toMatchObject({ state: "found", incident: "VM-1", minutesToFind: 0, mendedBy: null });
      yield "clock 08:30";
      yield "mend canary-lost";
      yield "mend departments-without-accounts";
      yield "clock 08:15";
      yield "clock 09:00";
      yield "clock 10:15";
      yield "nonsense";
      yield "clock 12:00";
    });
    expect(result.code, result.stderr).toBe(8);
    expect(result.stdout).toContain("Try: over");
    expect(result.stdout).toMatch(/fees cannot be collected \(19777\)\s+missed/);
    expect(result.stderr).toContain("08:00: send one");
    expect(result.stderr).toContain("nothing to mend by hand at 'departments-without-accounts'");
    expect(result.stderr).toContain("'08:15' is not a time after 08:30");
    expect(result.stderr).toContain("not understood: 'nonsense'");

    const clock = { WARDCTL_NOW: `file:${join(folder, ".wardctl", "city-clock")}` };
    const shown = await runWardctl("rehearse score --json --out kept.json", { cwd: folder, env: clock });
    const score = JSON.parse(shown.stdout) as { faults: Record<string, unknown>[] };
    expect(JSON.parse(readFileSync(join(folder, "kept.json"), "utf8"))).toEqual(score);
    expect(shown.code).toBe(8);
    expect(score).toMatchObject({
      schema: "wardctl.rehearsal-score/1",
      script: "own",
      ended: true,
      totals: { planted: 6, toCome: 0, found: 4, mended: 3, missed: 2, falseAlarms: 1, medianMinutesToFind: 0 },
      falseAlarms: [{ incident: "VM-3", title: "Máy in hỏng" }],
    });
    expect(
      score.faults.map(({ fault, state, minutesToMend, mendedBy, owner }) => [fault, state, minutesToMend, mendedBy, owner]),
    ).toEqual([
      [`departments-without-accounts=${vyDa}`, "mended", 0, "wardctl", null],
      [`chief-cannot-sign=${kimLong}`, "mended", 30, "wardctl", null],
      [`carrier-down=${kimLong}`, "mended", 20, "owner", "VNPT"],
      [`canary-lost=${vyDa}`, "mended", 30, "trainer", null],
      [`fees-fail=${vyDa}`, "missed", null, null, null],
      [`queue-down=${vyDa}`, "missed", null, null, null],
    ]);
    const vi = await runWardctl("rehearse score --lang vi", { cwd: folder, env: clock });
    expect(vi.stdout).toContain("Báo động nhầm: VM-3 lúc 08:00, Máy in hỏng");
    expect((await runWardctl("rehearse score --format csv", { cwd: folder, env: clock })).stdout.split("\n")).toHaveLength(8);
    // What is over is not played again, nor over another city.
    expect((await runWardctl(`rehearse --workspace ${folder}`)).code).toBe(6);
  });

  it("shows a unit of Ho Chi Minh City not ready, and turns it by what the screen says", async () => {
    const script = await writeScript('{ province: "79", units: ["27004"], dossiers: none }', [
      '{ at: "07:00", fault: departments-without-accounts=27004 }',
    ]);
    const folder = join(await makeTestFolder(), "rehearsal");
    const seen: string[] = [];
    const result = await train(`--script ${script}`, folder, async function* ({ team }) {
      const look = async (flags = "") => (JSON.parse((await team(`ready 27004 ${flags} --json`)).stdout) as Ready).units[0];
      let unit = await look("--refresh");
      for (let tries = 0; unit && unit.verdict !== "go" && tries < 6; tries++) {
        seen.push(`${unit.verdict} ${unit.first?.code}`);
        for (const command of unit.first?.commands ?? []) {
          await team(`${command.replace("wardctl ", "")}${command.includes(" apply ") ? " --yes" : ""}`);
        }
        unit = await look();
      }
      seen.push(unit?.verdict ?? "");
      yield "score";
      yield "stop";
    });
    expect(seen).toEqual(["no-go ACC-UNIT-MISSING", "unknown EVID-NONE", "unknown EVID-NONE", "go"]);
    expect(result.stdout).toMatch(/mended\s+07:00 (provision|wardctl)/);
    expect(result.code, result.stderr).toBe(0);
  });

  it("counts no dossier of a trial, on a day that would have had some, nor the documents that were sent on trial", async () => {
    const counts: number[][] = [];
    for (const dossiers of ["none", "as-reported"]) {
      const script = await writeScript(`{ units: ["${vyDa}"], dossiers: ${dossiers} }`, [
        `{ at: "11:00", fault: queue-down=${vyDa} }`,
      ]);
      const folder = join(await makeTestFolder(), "rehearsal");
      await train(`--script ${script}`, folder, async function* ({ team }) {
        yield "clock 10:00";
        await team("check run --canary");
        expect([0, 8]).toContain((await team("sync")).code);
        const report = JSON.parse((await team("report evening --no-store --json")).stdout) as Report;
        counts.push([report.total, report.cumulative].map(({ figures }) => figures.received.total));
        yield "stop";
      });
    }
    const [trial, real] = counts;
    expect(trial).toEqual([0, 0]);
    expect(real?.every((count) => count > 0)).toBe(true);
  });

  it("gives An Khánh the 18 staff of the third trial, with an account each on four systems", async () => {
    const city = '{ province: "79", units: ["27094"], systems: [video, documents, feedback, dossiers], dossiers: none }';
    const script = await writeScript(city, ['{ at: "11:00", fault: canary-lost=27094 }']);
    const folder = join(await makeTestFolder(), "rehearsal");
    await train(`--script ${script}`, folder, async function* ({ team }) {
      const rows = readFileSync(join(folder, "roster.csv"), "utf8").trim().split("\n").slice(1);
      expect(rows).toHaveLength(18);
      expect(rows.filter((row) => row.includes("không chuyên trách") && row.includes("30/05/2026"))).toHaveLength(4);
      // Nothing is to be done: the 72 accounts of its people and those of its departments are as the roster wants them.
      const plan = await team("provision plan roster.csv --json");
      expect(JSON.parse(plan.stdout)).toMatchObject({ operations: [] });
      expect(JSON.parse((await team("provision coverage --json")).stdout)).toMatchObject({ findings: [], unreadable: [] });
      yield "stop";
    });
    const accounts = Object.entries(
      (JSON.parse(readFileSync(join(folder, ".wardctl", "city.json"), "utf8")) as CityState).accounts,
    );
    const personal = accounts
      .filter(([system]) => system !== "directory")
      .flatMap(([, own]) => own.filter(({ externalId }) => externalId?.startsWith("CB")));
    expect(personal).toHaveLength(72);
  });
});
