import type { Sql, Transaction } from "../../src/platform/database.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import { pruneRecords } from "../../src/records/retention.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";

/** Prunes a store as of an instant and kills itself before its n-th statement that writes. */
const [file = "", now = "", step = ""] = process.argv.slice(2);
let left = Number(step);
function countDown(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

const database = await openSqlite(file, allMigrations, () => "");
const writing = new Set(["run", "runMany", "load"]);
const watch = <Handle extends Sql>(handle: Handle): Handle =>
  new Proxy(handle, {
    get(target, name) {
      const own = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      if (writing.has(String(name))) {
        return (...given: unknown[]) => {
          countDown();
          return Reflect.apply(own, target, given);
        };
      }
      if (name === "transaction") {
        return (work: (tx: Transaction) => Promise<unknown>, options: object) =>
          Reflect.apply(own, target, [(tx: Transaction) => work(watch(tx)), options]);
      }
      return own;
    },
  });
await pruneRecords(watch(database), {
  keep: { codeDays: 7, pointDays: 45, rowDays: 45 },
  readKey: async () => "khoa-cua-phuong",
  now: readInstant(now, vietnamZone) as number,
  zone: vietnamZone,
  again: false,
});
await database.close();
