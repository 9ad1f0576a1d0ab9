import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { isProvablyGone, readProcessIdentity } from "../../../src/platform/process-identity.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { withWriterLock } from "../../../src/provision/lock-store.ts";
import { provisionMigrations } from "../../../src/provision/migrations.ts";

const self = readProcessIdentity();
const at = "2025-07-03T10:00:00+07:00";
const open = () => openSqlite(":memory:", provisionMigrations, () => at);

/** The pid of a process that has ended. */
const ended = spawnSync(process.execPath, ["-e", "0"]).pid;

describe("the writer's lock", () => {
  it("is held by one, named to the next, and free again afterwards, after a failure too", async () => {
    const database = await open();
    await withWriterLock(database, self, at, async () => {
      await expect(withWriterLock(database, self, at, async () => 1)).rejects.toMatchObject({ kind: "unavailable" });
    });
    await expect(withWriterLock(database, self, at, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await withWriterLock(database, self, at, async () => 2)).toBe(2);
  });

  it.each([
    ["of a process that ended here is taken over", { ...self, pid: ended }, true],
    ["of an earlier boot is taken over", { ...self, boot: "another boot" }, self.boot !== ""],
    ["of a later process with the same pid is not mistaken for it", { ...self, start: "1" }, self.start !== ""],
    ["of this living process is not", self, false],
    ["of another machine never is", { ...self, pid: ended, host: `not-${hostname()}` }, false],
  ])("%s", async (_, holder, gone) => {
    expect(isProvablyGone(holder)).toBe(gone);
    const database = await open();
    await database.run(
      "INSERT INTO provision_lock (name, host, pid, start, boot, at) VALUES ('apply', ?, ?, ?, ?, ?)",
      holder.host,
      holder.pid,
      holder.start,
      holder.boot,
      at,
    );
    const taken = withWriterLock(database, self, at, async () => "mine");
    if (gone) expect(await taken).toBe("mine");
    else await expect(taken).rejects.toMatchObject({ kind: "unavailable" });
  });
});
