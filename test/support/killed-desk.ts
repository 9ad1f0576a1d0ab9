import { createAuditLog } from "../../src/audit/audit-store.ts";
import { openIncidents } from "../../src/meeting/incident-store.ts";
import type { Transaction } from "../../src/platform/database.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";

/** Opens three difficulties and is killed by itself when it has written so many statements: `killed-desk.ts FILE N`. Exit 0: all is written. */
const [file = "", nth = ""] = process.argv.slice(2);
const at = Date.parse("2025-07-03T11:30:00+07:00");
const nowIso = (): string => "2025-07-03T11:30:00+07:00";
const opened = await openSqlite(file, allMigrations, nowIso);
let written = 0;
const count = async <Value>(work: Promise<Value>): Promise<Value> => {
  const value = await work;
  if (++written === Number(nth)) process.kill(process.pid, "SIGKILL");
  return value;
};
const database: typeof opened = {
  ...opened,
  transaction: async (work, options) => {
    const done = await opened.transaction(
      (tx) =>
        work({
          ...tx,
          run: (sql, ...params) => count(tx.run(sql, ...params)),
          runMany: (sql, rows) => count(tx.runMany(sql, rows)),
        } as Transaction),
      options,
    );
    // Committed, and nobody was told.
    return count(Promise.resolve(done));
  },
};
const desk = { database, audit: createAuditLog(database, nowIso), clock: { now: () => at, pinned: true }, actor: "Lan" };
const titles = ["Máy quét hỏng", "Trang quay mãi", "Chưa thu được lệ phí"];
await openIncidents(
  desk,
  titles.map((title) => ({ title, category: "software" as const, units: ["19777"], sources: [] })),
  "",
);
await opened.close();
