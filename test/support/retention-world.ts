import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openPostgres } from "../../src/platform/postgres.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { type Place, readPlaces } from "./canaries.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "./dossier-export.ts";
import { makeTestFolder, runWardctl } from "./run-wardctl.ts";

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

/** The code of the n-th dossier: of 1–9 July 2025; every tenth is of the odd kind. */
export function makeCode(n: number): string {
  return n % 10 === 1 ? `H57.101-2507${pad(1 + (n % 9))}-${pad(n, 7)}` : `H57.101-2507${pad(1 + (n % 9))}-${pad(n, 4)}`;
}

/** Every third was finished on 20 July. */
export function makeLine(n: number, changes: Parameters<typeof toExportLine>[0] = {}): string {
  const closed = n % 3 === 0;
  return toExportLine({
    code: makeCode(n),
    unit: n % 2 === 0 ? "19753" : "19777",
    procedure: n % 5 === 0 ? "1.004746" : "2.000815",
    channel: String(1 + (n % 3)),
    received: `${pad(1 + (n % 9))}/07/2025 ${pad(8 + (n % 8))}:15:00`,
    due: `${pad(10 + (n % 13))}/07/2025`,
    status: closed ? "9" : "4",
    finished: closed ? "20/07/2025 09:00:00" : "",
    updated: "20/07/2025 10:00:00",
    ...changes,
  });
}

export interface RetentionWorld {
  readonly folder: string;
  /** At 10 o'clock of a day. */
  run(line: string, day: string): ReturnType<typeof runWardctl>;
  /** Imports these lines and gives the receipt. */
  take(name: string, lines: readonly string[], day: string, flags?: string): Promise<Receipt>;
  open(): ReturnType<typeof openSqlite>;
  /** Every byte that the store has written, as far as it is ours to wipe. */
  readBytes(): Promise<Place[]>;
}

export interface Receipt {
  readonly seq: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly warnings: readonly { readonly code: string; readonly count: number; readonly dossiers: readonly string[] }[];
  readonly stderr: string;
}

/** A workspace with one source; with a `url` its store is PostgreSQL. `extra`: lines of records, two spaces deep. */
export async function openRetentionWorld(url?: string, extra = "  codeKey: env:CODE_KEY\n"): Promise<RetentionWorld> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder, extra);
  const yaml = join(folder, "wardctl.yaml");
  if (url) await writeFile(yaml, `store: { kind: postgres, url: env:WARDCTL_PG }\n${await readFile(yaml, "utf8")}`);
  const run: RetentionWorld["run"] = (line, day) =>
    runWardctl(line, {
      cwd: folder,
      env: { WARDCTL_NOW: `${day}T10:00:00+07:00`, CODE_KEY: "khoa-cua-phuong", WARDCTL_PG: url },
    });
  const open = () =>
    url ? openPostgres(url, allMigrations, () => "") : openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
  return {
    folder,
    run,
    open,
    async take(name, lines, day, flags = "") {
      await writeFile(join(folder, name), `${[exportHead, ...lines].join("\n")}\n`);
      const { code, stdout, stderr } = await run(`import ${name} --json ${flags}`, day);
      if (code !== 0 && code !== 8) throw new Error(`import ended with ${code}: ${stderr}`);
      return { ...JSON.parse(stdout), stderr };
    },
    async readBytes() {
      if (!url) return readPlaces([join(folder, ".wardctl")]);
      const database = await open();
      try {
        // Files of tables written anew are taken away then.
        await database.run("CHECKPOINT");
        const place = await database.get<{ path: string; own: string }>(
          "SELECT current_setting('data_directory') AS path, oid AS own FROM pg_database WHERE datname = current_database()",
        );
        return await readPlaces([join(place?.path ?? "", "base", String(place?.own))]);
      } finally {
        await database.close();
      }
    },
  };
}
