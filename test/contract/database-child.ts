/**
 * A second process on one store: `node database-child.ts MODULE EXPORT LOCATION MODE ROWS`. Every mode first commits what it
 * was asked for; then `write` ends, `stuck` leaves a transaction open, says so on stdout and waits to be killed.
 */
import type { Database, Migration } from "../../src/platform/database.ts";
import { itemMigrations } from "./database.contract-tables.ts";

type Open = (location: string, migrations: readonly Migration[], nowIso: () => string) => Promise<Database>;

const [module = "", name = "", location = "", mode = "", count = "0"] = process.argv.slice(2);
const open = ((await import(module)) as Record<string, Open>)[name] as Open;
const database = await open(location, itemMigrations, () => "2025-07-01T00:00:00+07:00");

for (let i = 0; i < Number(count); i++) {
  await database.transaction((tx) => tx.run("INSERT INTO item (id, label) VALUES (?, ?)", `${process.pid}-${i}`, mode));
}
if (mode === "write") await database.close();
else {
  await database.transaction(async (tx) => {
    for (let i = 0; i < 2_000; i++) await tx.run("INSERT INTO item (id, label) VALUES (?, ?)", `open-${i}`, "x".repeat(500));
    process.stdout.write("in the middle\n");
    await new Promise(() => setInterval(() => undefined, 60_000));
  });
}
