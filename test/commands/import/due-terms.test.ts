import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

type Given = Parameters<typeof toExportLine>[0];

interface Warning {
  readonly code: string;
  readonly unit: string;
  readonly count: number;
  readonly dossiers: readonly string[];
}

/** A workspace whose `2.000635` has the built-in term and `1.001193` one of three working days. */
async function prepare(url = "") {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder);
  const yaml = join(folder, "wardctl.yaml");
  const change = async (from: string, to: string): Promise<void> =>
    writeFile(yaml, (await readFile(yaml, "utf8")).replace(from, to));
  await change("records:", 'records:\n  procedures:\n    "1.001193": { workingDays: 3 }');
  if (url !== "") await change("records:", "store: { kind: postgres, url: env:WARDCTL_PG }\nrecords:");
  const run = (line: string, now = "2025-07-03T18:00:00+07:00") =>
    runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: now, WARDCTL_PG: url } });
  let files = 0;
  const take = async (lines: readonly Given[], now?: string) => {
    files += 1;
    await writeFile(join(folder, `${files}.csv`), `${[exportHead, ...lines.map(toExportLine)].join("\n")}\n`);
    const { code, stdout, stderr } = await run(`import ${files}.csv --json`, now);
    expect(code, stderr).toBe(0);
    const { warnings } = JSON.parse(stdout) as { readonly warnings: readonly Warning[] };
    return warnings.map((one) => `${one.code} ${one.unit} ${one.count}: ${one.dossiers.join(", ")}`);
  };
  return { folder, run, take, change };
}

const code = (n: number): string => `H57.101-250703-${String(n).padStart(4, "0")}`;
const dossier = (n: number, given: Given): Given => ({
  code: code(n),
  procedure: "1.001193.000.00.00.H57",
  received: "03/07/2025 09:00:00",
  status: "2",
  updated: "03/07/2025 17:00:00",
  ...given,
});

const promised: readonly Given[] = [
  dossier(1, { due: "08/07/2025" }),
  dossier(2, { due: "09/07/2025" }),
  dossier(3, { procedure: "2.000635", due: "03/07/2025", received: "03/07/2025 14:59:59" }),
  dossier(4, { procedure: "2.000635", due: "04/07/2025", received: "03/07/2025 14:59:59", unit: "19777" }),
  dossier(5, { procedure: "2.000635", due: "04/07/2025", received: "03/07/2025 15:00:00" }),
  // Whoever was asked for more papers is promised another day.
  dossier(6, { due: "30/07/2025", status: "5" }),
  // A Sunday.
  dossier(7, { procedure: "1.009999", due: "13/07/2025" }),
  dossier(8, { procedure: "1.009999", due: "29/06/2025", received: "20/06/2025" }),
  dossier(9, { procedure: "1.009999", due: "06/07/2025", status: "9", finished: "03/07/2025 16:00:00" }),
];
/** What comes the next time, with nothing to be told of its promise. */
const next = dossier(10, { procedure: "1.009999", due: "09/07/2025" });
const told = [`W-DAY-OFF 19753 1: ${code(7)}`, `W-TERM 19753 1: ${code(2)}`, `W-TERM 19777 1: ${code(4)}`];

describe("what sources promise, held against the working calendar", () => {
  it("tells who is promised a result later than the term, or on a day off; only as notes, and only once", async () => {
    const { take, run } = await prepare();
    expect(await take(promised)).toEqual(told);
    expect(await take(promised.map((line) => ({ ...line, updated: "03/07/2025 17:30:00" })))).toEqual([]);
    // A day moved within the term says nothing; one moved out of it does, unless the dossier waited for somebody meanwhile.
    expect(await take([dossier(2, { due: "07/07/2025", updated: "03/07/2025 17:40:00" })])).toEqual([
      `W-CORRECTED 19753 1: ${code(2)}`,
    ]);
    expect(
      await take([
        dossier(2, { due: "15/07/2025", updated: "03/07/2025 17:45:00" }),
        dossier(6, { due: "31/07/2025", updated: "03/07/2025 17:45:00" }),
      ]),
    ).toEqual([`W-CORRECTED 19753 1: ${code(2)}`, `W-TERM 19753 1: ${code(2)}`]);
    const vi = await run("records findings --lang vi");
    expect(vi.stdout).toContain("hồ sơ hẹn trả muộn hơn thời hạn của thủ tục");
    const { stdout } = await run("report evening --no-store --json");
    const { warnings } = JSON.parse(stdout) as {
      readonly warnings: readonly { readonly code: string; readonly level: string }[];
    };
    expect(warnings.filter((one) => one.code === "W-TERM").map(({ level }) => level)).toEqual(["note", "note", "note"]);
    expect(stdout).toContain("Phú Xuân Ward: 1 dossier promised later than the procedure's term (1.csv)");
  });

  it("looks again at what is open when the calendar changes, and keeps the version that a report was made with", async () => {
    const { folder, take, run, change } = await prepare();
    await take(promised);
    const readReport = async (flags: string): Promise<string> =>
      (await run(`report evening --as-of 2025-07-03T17:00 ${flags} --json`)).stdout;
    const before = await readReport("");
    expect(JSON.parse(before)).toMatchObject({ calendarVersion: 1, calendarReason: null });
    const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
    expect(await database.all("SELECT known_seq, calendar_version FROM meeting")).toEqual([
      { known_seq: 1, calendar_version: 1 },
    ]);
    const half = "SELECT version, kind, closes, note FROM calendar WHERE day = ?";
    // Saturday 5 July 2025.
    expect(await database.all(half, 20_274)).toEqual([{ version: 1, kind: "half", closes: 41_400, note: "" }]);
    await database.close();

    await change("records:", "directory:\n  calendar: { holidays: [2025-07-08] }\nrecords:");
    // The day given off is an appointment of one; another's term is longer by it.
    const fresh = dossier(11, { procedure: "1.009999", due: "08/07/2025" });
    expect(await take([next, fresh])).toEqual([
      `W-DAY-OFF 19753 3: ${code(11)}, ${code(1)}, ${code(7)}`,
      `W-TERM 19777 1: ${code(4)}`,
    ]);
    expect(JSON.parse(await readReport("--no-store"))).toMatchObject({ calendarVersion: 2 });
    expect(await readReport("--no-store --known-as-of 1")).toBe(before);
    // The same calendar written otherwise is no other one.
    await change("[2025-07-08]", '["2025-07-08"]');
    await take([{ ...next, updated: "03/07/2025 17:50:00" }]);
    expect(JSON.parse(await readReport("--no-store"))).toMatchObject({ calendarVersion: 2 });
  });

  it("names a procedure by its national code, whatever suffix the source writes", async () => {
    const { take, run, change } = await prepare();
    await change("records:", 'report:\n  procedures: { "1.001193": Khai sinh, "1.001193.000.00.00.H99": Nơi khác }\nrecords:');
    await take([dossier(1, { due: "08/07/2025" })]);
    const { stdout } = await run("report evening --no-store --json");
    expect(JSON.parse(stdout)).toMatchObject({ procedures: [{ procedure: "1.001193.000.00.00.H57", name: "Khai sinh" }] });
  });

  it("looks in the evening to the next working day, past a weekend or a holiday", async () => {
    const { take, run, change } = await prepare();
    const lines = ["04", "05", "07", "08"].map((day, n) =>
      dossier(n + 1, { procedure: "1.009999", due: `${day}/07/2025`, updated: "03/07/2025 17:00:00" }),
    );
    await take(lines);
    const lookAhead = async (kind: string, asOf: string): Promise<string> => {
      const { stdout } = await run(`report ${kind} --no-store --as-of ${asOf}`, "2025-07-09T08:00:00+07:00");
      return (
        /(\d+) dossiers? in progress (?:are|is) due by the end of (\S+ \S+ \d+)/.exec(stdout)?.slice(1).join(" by ") ?? stdout
      );
    };
    expect(await lookAhead("evening", "2025-07-03T17:00")).toBe("1 by 4 July 2025");
    expect(await lookAhead("evening", "2025-07-04T17:00")).toBe("3 by 7 July 2025");
    expect(await lookAhead("morning", "2025-07-04T08:00")).toBe("1 by 4 July 2025");
    await change("records:", "directory:\n  calendar: { holidays: [2025-07-07] }\nrecords:");
    await take([...lines, dossier(9, { procedure: "1.009999", due: "30/07/2025" })]);
    expect(await lookAhead("evening", "2025-07-04T17:00")).toBe("4 by 8 July 2025");
  });
});

describe.skipIf(!hasPostgres)("the same in a shared store", () => {
  const postgres = usePostgres();

  it("tells the same, before and after a change of the calendar", async () => {
    const { take, change, run } = await prepare(postgres.makeUrl());
    expect(await take(promised)).toEqual(told);
    await change("records:", "directory:\n  calendar: { holidays: [2025-07-08] }\nrecords:");
    expect(await take([next])).toContain(`W-DAY-OFF 19753 2: ${code(1)}, ${code(7)}`);
    const { stdout } = await run("report evening --no-store --json");
    expect(JSON.parse(stdout)).toMatchObject({ calendarVersion: 2 });
  });
});
