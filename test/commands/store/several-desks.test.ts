import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findChainBreak } from "../../../src/audit/audit-log.ts";
import { createAuditLog } from "../../../src/audit/audit-store.ts";
import { auditMigrations } from "../../../src/audit/migrations.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const now = "2025-07-03T16:30:00+07:00";
const files = [0, 1, 2, 3, 4, 5];

/** Dossiers of a file; every second file corrects the one before it. */
function writeLines(file: number): string {
  const group = Math.floor(file / 2);
  const lines = Array.from({ length: 300 }, (_, at) =>
    toExportLine({
      code: `H57.101-250703-${group}${String(at).padStart(3, "0")}`,
      unit: ["19753", "19777", "19774"][at % 3],
      status: file % 2 === 1 && at % 4 === 0 ? "9" : "4",
      finished: file % 2 === 1 && at % 4 === 0 ? "03/07/2025 11:00:00" : "",
      updated: file % 2 === 1 ? "03/07/2025 11:00:00" : "03/07/2025 08:05:00",
    }),
  );
  return `${[exportHead, ...lines].join("\r\n")}\r\n`;
}

async function makeDesk(store: string): Promise<string> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder);
  const yaml = join(folder, "wardctl.yaml");
  await writeFile(yaml, `store: ${store}\n${await readFile(yaml, "utf8")}`);
  for (const file of files) await writeFile(join(folder, `${file}.csv`), writeLines(file));
  return folder;
}

describe.skipIf(!hasPostgres)("several desks on one store", () => {
  const { makeUrl } = usePostgres();

  it("import and report at once, and every figure is what one desk alone would have counted", async () => {
    const url = makeUrl();
    const env = { WARDCTL_NOW: now, WARDCTL_PG: url };
    const desks = await Promise.all(files.map(() => makeDesk("{ kind: postgres, url: env:WARDCTL_PG }")));
    const alone = await makeDesk("{ kind: sqlite }");
    const run = (cwd: string, line: string) => runWardctl(line, { cwd, env });
    const work = desks.flatMap((desk, at) => [run(desk, `import ${at}.csv --json`), run(desk, "report evening --json")]);
    for (const { code, stderr } of await Promise.all(work)) expect([0, 8], stderr).toContain(code);
    for (const file of files) expect((await run(alone, `import ${file}.csv`)).code).toBe(0);

    const figures = async (folder: string) => {
      const report = JSON.parse((await run(folder, "report evening --no-store --json")).stdout);
      return { total: report.total, units: report.units, seq: report.knownSeq };
    };
    const shared = await figures(desks[0] as string);
    expect(shared.units.length).toBeGreaterThan(2);
    expect(shared).toMatchObject({ seq: 6, total: { figures: { received: { total: 900 }, resolved: { total: 225 } } } });
    expect(shared).toEqual(await figures(alone));
    const { records } = JSON.parse((await run(desks[0] as string, "audit show --json")).stdout);
    expect(records.filter(({ action }: { action: string }) => action === "records.import")).toHaveLength(6);
    expect((await run(desks[0] as string, "audit verify")).stdout).toContain("Unaltered: ");
  });

  it("keep one chain of records, though a load and another change record at the same instant", async () => {
    const url = makeUrl();
    const open = () => openPostgres(url, auditMigrations, () => now);
    const [loading, changing] = [await open(), await open()];
    const log = (database: Database) => createAuditLog(database, () => now);
    const entry = (subject: string) => ({ actor: "Lan", action: "test.change", subject, detail: {} });
    let other: Promise<unknown> = Promise.resolve();
    await loading.transaction(
      async (tx) => {
        await log(loading).append(entry("load"), tx);
        other = log(changing).append(entry("other"));
        // Long enough for the other to have read the head that this transaction has not yet shown.
        await loadingPause();
      },
      { queue: "imports" },
    );
    await other;
    expect((await log(changing).list()).map(({ seq, subject }) => [seq, subject])).toEqual([
      [1, "load"],
      [2, "other"],
    ]);
    expect(await findChainBreak(log(changing).readAll())).toBeUndefined();
    await Promise.all([loading.close(), changing.close()]);
  });
});

function loadingPause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 100));
}
