import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrierOf } from "../../../src/city/carriers.ts";
import { type CityWorkspace, openCityWorkspace } from "../../support/whole-city.ts";

const vyDa = "19777";

interface Shown {
  readonly totals: { readonly go: number; readonly noGo: number; readonly unknown: number };
  readonly units: readonly {
    readonly code: string;
    readonly verdict: string;
    readonly since: string | null;
    readonly dimensions: Readonly<Record<string, { readonly verdict: string; readonly reasons: readonly { code: string }[] }>>;
    readonly first: { readonly code: string; readonly dimension: string; readonly commands: readonly string[] } | null;
  }[];
}

describe("a newcomer and one unit of a city that has just been made", () => {
  let city: CityWorkspace;
  const ready = async (line: string): Promise<Shown> => JSON.parse((await city.run(`ready ${line} --json`)).stdout) as Shown;

  beforeAll(async () => {
    city = await openCityWorkspace("2025-07-03T16:30:00+07:00", [vyDa]);
    // One unit is enough here, and takes a fortieth of the time.
    const file = join(city.folder, "wardctl.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/alsoUnits:[\s\S]*?(?=lang:)/, `units: ["${vyDa}"]\n`));
    const seals = join(city.folder, "seals");
    for (const file of readdirSync(seals)) if (/^\d{5}\.pem$/.test(file) && !file.startsWith(vyDa)) rmSync(join(seals, file));
    const roster = join(city.folder, "roster.csv");
    const [head, ...rows] = readFileSync(roster, "utf8").split("\n");
    writeFileSync(roster, [head, ...rows.filter((row) => row.includes(`,${vyDa},`)), ""].join("\n"));
  });
  afterAll(() => city.stop());

  it("is told that nobody has looked, which is not go", async () => {
    const { code, stdout } = await city.run(`ready ${vyDa}`);
    expect(code).toBe(8);
    expect(stdout).toContain("unknown");
    expect(stdout).not.toContain("✓");
    expect(stdout).toContain(`wardctl ready ${vyDa} --refresh`);
  });

  it("looks, and finds the departments without accounts", async () => {
    const { units } = await ready(`${vyDa} --refresh`);
    expect(units[0]).toMatchObject({ code: vyDa, verdict: "no-go" });
    expect(units[0]?.dimensions["departments"]).toMatchObject({ verdict: "no-go" });
    expect(units[0]?.dimensions["departments"]?.reasons[0]?.code).toBe("ACC-UNIT-MISSING");
  });

  it("does what the screen says until it turns", { timeout: 60_000 }, async () => {
    const seen: string[] = [];
    let [unit] = (await ready(vyDa)).units;
    for (let step = 0; unit?.first && step < 8; step++) {
      seen.push(`${unit.first.dimension} ${unit.first.code}`);
      for (const command of unit.first.commands) {
        const yes = command.includes(" apply ") ? " --yes" : "";
        const { code, stderr } = await city.run(`${command.replace("wardctl ", "")}${yes}`);
        expect([command, [0, 8].includes(code) ? "done" : stderr]).toEqual([command, "done"]);
      }
      if (unit.first.dimension !== "contacts") [unit] = (await ready(vyDa)).units;
      else break;
    }
    expect(seen).toEqual(["departments ACC-UNIT-MISSING", "signing EVID-NONE", "contacts EVID-NONE"]);
    const { code, stdout } = await city.run(`ready ${vyDa}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/19777 Vỹ Dạ Ward: go, since 16:30, 3 July 2025 \(just turned\)/);
    expect(stdout).toContain("Nothing to mend.");
  });

  it("sees since when, what changed, and the day on the curve", async () => {
    const { units, totals } = await ready("");
    expect(totals).toEqual({ go: 1, noGo: 0, unknown: 0 });
    expect(units[0]).toMatchObject({ code: vyDa, since: "2025-07-03T16:30:00+07:00", first: null });
    const history = await city.run(`ready ${vyDa} --history --json`);
    const { records } = JSON.parse(history.stdout) as { records: { verdict: string; turned: boolean; codes: string[] }[] };
    expect(records.filter(({ turned }) => turned).map(({ verdict }) => verdict)).toEqual(["unknown", "no-go", "unknown", "go"]);
    expect(records.some(({ codes }) => codes.includes("ACC-UNIT-MISSING"))).toBe(true);
    const curve = await city.run("ready --curve --json");
    expect(JSON.parse(curve.stdout)).toMatchObject({
      opening: null,
      expected: 1,
      days: [{ date: "2025-07-03", go: 1, noGo: 0, unknown: 0 }],
    });
    expect((await city.run("ready --curve --lang vi")).stdout).toContain("########");
  });

  it("is asked for by verdict, dimension and code, and in the other language", async () => {
    const list = async (line: string): Promise<readonly string[]> => (await ready(line)).units.map(({ code }) => code);
    expect(await list("--verdict go")).toEqual([vyDa]);
    expect(await list("--verdict no-go --verdict unknown")).toEqual([]);
    expect(await list("--dimension signing")).toEqual([]);
    expect(await list("--dimension signing --verdict go --code del-single")).toEqual([vyDa]);
    expect(await list("--code HTTP-")).toEqual([]);
    const vi = await city.run("ready --verdict no-go --lang vi");
    expect([vi.code, vi.stdout.trim()]).toEqual([0, "không có đơn vị nào như vậy"]);
    const csv = await city.run("ready --format csv");
    expect(csv.stdout.split("\n")[0]).toContain("code,name,verdict,since,accounts,departments,signing");
    expect((await city.run("ready --verdict maybe")).code).toBe(2);
    expect((await city.run("ready 99999")).code).toBe(3);
  });

  it("sees it turn back when the line goes, with whose it is, and first of all", { timeout: 60_000 }, async () => {
    city.open.city.faults.on("carrier-down", carrierOf(vyDa));
    await city.open.lines.settled();
    // Of one unit alone its own line is the likelier; the whole city tells that it is the carrier.
    await city.run("check");
    const { code, stdout } = await city.run(`ready ${vyDa}`);
    expect(code).toBe(8);
    expect(stdout).toMatch(/no-go, since .*\(just turned\)/);
    expect(stdout).toContain(
      `Mend first: documents, dossiers, feedback, video, directory: connection refused → ${carrierOf(vyDa)}`,
    );
    expect(stdout).toContain(`NET-REFUSED → ${carrierOf(vyDa)}`);
  });
});
