import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { type CsvRecord, parseCsv } from "../../src/platform/csv.ts";

/**
 * Tables that stand beside the project on some machines (`../shared/data`, one level further up from a second worktree, or the folder in
 * WARDCTL_SHARED_DATA). The product needs none of them; tests that compare with them are skipped by name where they are missing.
 */
export function findSharedData(name: string): string | undefined {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const folders = [process.env["WARDCTL_SHARED_DATA"], join(root, "../shared/data"), join(root, "../../shared/data")];
  return folders.flatMap((folder) => (folder ? [join(folder, name)] : [])).find((path) => existsSync(path));
}

/** The path, or the test skipped with a sentence that says what was not compared. */
export function needSharedData(name: string, test: TestContext): string {
  const path = findSharedData(name);
  if (!path) {
    const why = `NOT COMPARED: ../shared/data/${name} is not on this machine (or set WARDCTL_SHARED_DATA)`;
    console.warn(`${test.task.name}: ${why}`);
    test.skip(why);
  }
  return path as string;
}

/** The rows of a table by column name. */
export async function readTable(path: string): Promise<Readonly<Record<string, string>>[]> {
  const [head, ...rows] = (await parseCsv(readFileSync(path, "utf8"), path)) as [CsvRecord, ...CsvRecord[]];
  return rows.map((row) => Object.fromEntries(head.cells.map((name, i) => [name, row.cells[i] ?? ""])));
}
