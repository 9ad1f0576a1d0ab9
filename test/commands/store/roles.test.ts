import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

describe.skipIf(!hasPostgres)("the roles of docs/store.md", () => {
  const { server } = usePostgres();

  it("let a writer import, and a desk report but not import, as the page grants them", async () => {
    const page = await readFile(fileURLToPath(new URL("../../../docs/store.md", import.meta.url)), "utf8");
    const statements = (/```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? "").replaceAll("'…'", "'word'").split("\n");
    const admin = server().urlFor("hue").replace(/\?.*/, "");
    const execute = (sql: string): void => void execFileSync("psql", [admin, "-v", "ON_ERROR_STOP=1", "-qc", sql]);
    const afterFirstUse = statements.filter((line) => /^GRANT (SELECT|INSERT)/.test(line));
    execute(statements.filter((line) => !afterFirstUse.includes(line)).join("\n"));

    const folder = await makeTestFolder();
    await writeExportWorkspace(folder);
    const settings = join(folder, "wardctl.yaml");
    await writeFile(settings, `store: { kind: postgres, url: env:WARDCTL_PG }\n${await readFile(settings, "utf8")}`);
    await writeFile(join(folder, "dossiers.csv"), `${exportHead}\n${toExportLine({})}\n`);
    const runAs = (name: string, line: string) => {
      const url = server()
        .urlFor("hue")
        .replace(/\/\/.*@/, `//${name}:word@`);
      return runWardctl(line, { cwd: folder, env: { WARDCTL_PG: url, WARDCTL_NOW: "2025-07-03T16:30:00+07:00" } });
    };
    expect(await runAs("lan", "import dossiers.csv")).toMatchObject({ code: 0 });
    expect(await runAs("desk", "report evening")).toMatchObject({ code: 4, stderr: expect.stringContaining("docs/store.md") });
    execute(afterFirstUse.join("\n"));
    expect(await runAs("desk", "report evening")).toMatchObject({ stderr: expect.stringContaining("kept as meeting") });
    expect(await runAs("desk", "import dossiers.csv --force")).toMatchObject({ code: 4 });
  });
});
