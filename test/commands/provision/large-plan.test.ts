import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCityWorkspace } from "../../support/city-workspace.ts";

describe("a plan of many units", () => {
  it("is told by system and by unit, who loses an account first, and person by person only when asked", async () => {
    const units = ["19777", "19753", "19804", "19815", "19831", "19867", "19885", "19909"];
    const workspace = await startCityWorkspace({ units, empty: true });
    try {
      const { stdout } = await workspace.run("provision plan roster.csv");
      expect(stdout).toMatch(/By system\n {2}documents: Create \d+\n {2}dossiers: Create \d+\n/);
      expect(stdout).toContain("By unit, most changes first");
      for (const unit of units) expect(stdout).toContain(`\n  ${unit} `);
      expect(stdout.split("\n").length).toBeLessThan(30);
      const all = (await workspace.run("provision plan roster.csv --all")).stdout;
      expect(all.split("\n").length).toBeGreaterThan(100);
      expect(all).not.toContain("By system");
      const rows = (await workspace.run("provision plan roster.csv --format csv")).stdout.trimEnd().split("\r\n");
      expect(rows[0]).toBe("id,unit,subject,name,system,kind,username,reason,changes");
      expect(rows).toHaveLength(
        1 + JSON.parse((await workspace.run("provision plan roster.csv --json")).stdout).operations.length,
      );
      // And one that closes: who loses an account stands above the units.
      await workspace.run("provision plan roster.csv --save plan.json");
      await workspace.run("provision apply plan.json --yes");
      const path = join(workspace.folder, "roster.csv");
      await writeFile(path, (await readFile(path, "utf8")).replaceAll(/^(CB\d{5}05,.*01\/07\/2025),,/gm, "$1,02/07/2025,"));
      const closing = (await workspace.run("provision plan roster.csv --lang vi")).stdout;
      expect(closing.indexOf("Sẽ bị khóa (8)")).toBeLessThan(closing.indexOf("Theo đơn vị"));
      expect(closing).toContain("Sẽ bị khóa (8)");
    } finally {
      await workspace.city.stop();
    }
  });
});
