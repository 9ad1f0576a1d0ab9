import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { stat, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { exportHead, readCache, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const wardctl = fileURLToPath(new URL("../../../bin/wardctl.js", import.meta.url));
// Some 18 MB of the store: however late the kill comes, most of it is not written yet.
const rows = 280_000;

async function writeBigExport(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${exportHead}\n`);
  for (let i = 0; i < rows; i++) {
    const minute = `03/07/2025 ${String(7 + (i % 9)).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}:00`;
    const status = i % 3 === 0 ? "9" : "4";
    const finished = status === "9" ? minute : "";
    const code = `H57.${1 + (i % 40)}-250703-${String(1 + Math.floor(i / 40)).padStart(4, "0")}`;
    out.write(`${toExportLine({ code, received: minute, finished, status, updated: minute, channel: String(1 + (i % 3)) })}\n`);
  }
  out.end();
  await once(out, "finish");
}

/** Runs the real command and kills it when it has written so much that is not committed. */
async function killAtSize(folder: string, bytes: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [wardctl, "import", "big.csv"], { cwd: folder, stdio: "ignore" });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = new AbortController();
  void exited.then(() => ended.abort());
  const store = join(folder, ".wardctl");
  try {
    for await (const _change of watch(store, { signal: ended.signal })) {
      const wal = await stat(join(store, "cache.db-wal")).catch(() => undefined);
      if (wal && wal.size >= bytes) child.kill("SIGKILL");
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  }
  return (await exited)[1];
}

describe("an import that is killed", () => {
  it("leaves the cache as it was, and the same command again takes everything once", async () => {
    const folder = await makeTestFolder();
    await writeExportWorkspace(folder);
    await writeBigExport(join(folder, "big.csv"));
    await writeFile(join(folder, "small.csv"), `${exportHead}\n${toExportLine({ code: "H57.99-250703-0001" })}\n`);
    await runWardctl("import small.csv", { cwd: folder });
    const before = await readCache(folder);
    for (const bytes of [100_000, 1_500_000]) {
      expect(await killAtSize(folder, bytes)).toBe("SIGKILL");
      expect(await readCache(folder)).toEqual(before);
    }
    const result = await runWardctl("import big.csv --json", { cwd: folder });
    expect(JSON.parse(result.stdout)).toMatchObject({ seq: 2, rows: { read: rows, new: rows } });

    const untouched = await makeTestFolder();
    await writeExportWorkspace(untouched);
    await writeFile(join(untouched, "small.csv"), createReadStream(join(folder, "small.csv")));
    await writeFile(join(untouched, "big.csv"), createReadStream(join(folder, "big.csv")));
    await runWardctl("import small.csv", { cwd: untouched });
    await runWardctl("import big.csv", { cwd: untouched });
    expect(await readCache(folder)).toEqual(await readCache(untouched));
  });

  it("waits for the other process that imports the same file, and then has nothing to do", async () => {
    const folder = await makeTestFolder();
    await writeExportWorkspace(folder);
    await writeFile(join(folder, "warm-up.csv"), `${exportHead}\n${toExportLine({ code: "H57.99-250703-0001" })}\n`);
    await runWardctl("import warm-up.csv", { cwd: folder });
    const lines = Array.from({ length: 9000 }, (_, n) =>
      toExportLine({ code: `H57.${1 + (n % 40)}-250703-${String(1 + Math.floor(n / 40)).padStart(4, "0")}` }),
    );
    await writeFile(join(folder, "same.csv"), `${[exportHead, ...lines].join("\n")}\n`);
    const receipts = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(process.execPath, [wardctl, "import", "same.csv", "--json"], {
          cwd: folder,
          stdio: ["ignore", "pipe", "ignore"],
        });
        let told = "";
        for await (const text of child.stdout.setEncoding("utf8")) told += text;
        return JSON.parse(told) as { seq: number; rows: { new: number }; alreadyImportedAs?: number };
      }),
    );
    const done = receipts.map(({ seq, rows: { new: taken }, alreadyImportedAs }) => [seq, taken, alreadyImportedAs]);
    expect(done.sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0))).toEqual([
      [2, 9000, undefined],
      [2, 0, 2],
    ]);
    expect(await readCache(folder)).toMatchObject({ dossiers: 9001 });
  });

  it("is as if it had not begun after the first Ctrl-C too", async () => {
    const folder = await makeTestFolder();
    await writeExportWorkspace(folder);
    await writeFile(join(folder, "small.csv"), `${exportHead}\n${toExportLine({})}\n`);
    const result = await runWardctl("import small.csv", { cwd: folder, signal: AbortSignal.abort() });
    expect([result.code, result.stderr]).toEqual([130, expect.stringContaining("cancelled; nothing was imported")]);
    expect(await readCache(folder)).toMatchObject({ points: [], batches: [] });
  });
});
