import { readFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { Agent, request } from "undici";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { toScimUser } from "../../src/provision/connectors/scim-user.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { openPlan } from "../../src/provision/seal-plan.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { applyCreatePlan, type KnownProfile } from "../support/apply-create-plan.ts";

/** One run of one arm, to be killed: `crash-process.ts ours|naive FOLDER URL TOKEN`. Exit 0: it believes that everybody has an account. */
const [arm, folder = "", url = "", token = ""] = process.argv.slice(2);
const plan = await openPlan(readFileSync(join(folder, "plan.json"), "utf8"), "plan.json");
if (arm === "ours") {
  const database = await openSqlite(join(folder, "cache.db"), allMigrations, () => new Date().toISOString());
  const known = JSON.parse(readFileSync(join(folder, "profile.json"), "utf8")) as KnownProfile;
  const { finished } = await applyCreatePlan(plan, url, token, database, known);
  await database.close();
  process.exit(finished ? 0 : 7);
}
await createNaively(plan);
process.exit(0);

/** What scripts do: note a name after the answer, try the next number when it is taken, go on after the last note. */
async function createNaively({ operations }: Plan): Promise<void> {
  const journal = join(folder, "done.txt");
  const done = new Set(readFileSync(journal, "utf8").split("\n"));
  const dispatcher = new Agent({ connections: 8 });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const queue = operations.filter(isAccountOperation).filter(({ id }) => !done.has(id));
  const work = async (): Promise<void> => {
    for (let operation = queue.shift(); operation; operation = queue.shift()) {
      const wanted = toAccountState(operation.after);
      for (let suffix = 1; ; suffix++) {
        const userName = suffix === 1 ? wanted.userName : `${wanted.userName}.${suffix}`;
        const body = JSON.stringify(toScimUser({ ...wanted, userName }));
        const answer = await request(`${url}/Users`, { method: "POST", headers, body, dispatcher });
        await answer.body.text();
        if (answer.statusCode === 201) break;
      }
      await appendFile(journal, `${operation.id}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
