import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
    for (let step = 0; unit?.first && step < 12; step++) {
      seen.push(`${unit.first.dimension} ${unit.first.code}`);
      for (const command of unit.first.commands) {
        const asks = command.includes(" apply ") || command.includes(" push ");
        const done = await city.run(`${command.replace("wardctl ", "")}${asks ? " --yes" : ""}`);
        expect([command, [0, 8].includes(done.code), done.code, done.stderr.slice(0, 300)]).toEqual([
          command,
          true,
          done.code,
          done.stderr.slice(0, 300),
        ]);
      }
      [unit] = (await ready(vyDa)).units;
    }
    expect(unit?.verdict).toBe("go");
  });
});
