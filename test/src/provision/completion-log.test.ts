import { expect, it } from "vitest";
import type { Database } from "../../../src/platform/database.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import type { Connector, WriteResult } from "../../../src/provision/connector.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { applyWith } from "../../support/apply-with.ts";
import { makeCreatePlan } from "../../support/create-plan.ts";

const nowIso = (): string => new Date().toISOString();

it("what cannot be written down stops the sending, and the person is told that the rest is looked up", async () => {
  const plan = await makeCreatePlan("full", 300, "documents", nowIso());
  const database = await openSqlite(":memory:", allMigrations, nowIso);
  let sent = 0;
  const full = new Failure("unavailable", { vi: "ổ đĩa đầy", en: "the disk is full" }, { hint: { vi: "dọn", en: "free space" } });
  /** From the first create on nothing can be written any more. */
  const filling: Database = {
    ...database,
    run: (sql, ...values) => (sent > 0 ? Promise.reject(full) : database.run(sql, ...values)),
    transaction: (work, options) => (sent > 0 ? Promise.reject(full) : database.transaction(work, options)),
  };
  const create = async (): Promise<WriteResult> => {
    sent += 1;
    // Longer, for all of them together, than completions are gathered.
    await new Promise((done) => setTimeout(done, 10));
    return { outcome: "done", id: `id-${sent}` };
  };
  const connector = { system: "documents", sweep: async () => [], find: async () => [], create } as unknown as Connector;
  const failure = await applyWith({ plan, connector, database: filling }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    kind: "unavailable",
    words: { en: "the disk is full" },
    hint: {
      en: "free space; what was sent and not written down is looked up when the same command is run again; nobody is made twice",
    },
  });
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(300);
  await database.close();
});
