import { readFileSync } from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Agent, request } from "undici";
import { toScimUser } from "../../src/provision/connectors/scim-user.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { CrashRun } from "./crash-run.ts";

/**
 * What scripts do, and GAM (provision.md §1): note a name after the answer, try the next number when it is taken, go on after the last note. `die` is
 * called at the instant "create-answered".
 */
export async function createNaively(
  { folder, address: { url, secret }, instant }: CrashRun,
  { operations }: Plan,
  die: () => never,
): Promise<number> {
  const journal = join(folder, "done.txt");
  await writeFile(journal, "", { flag: "a" });
  const done = new Set(readFileSync(journal, "utf8").split("\n"));
  const dispatcher = new Agent({ connections: 8 });
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const queue = operations.filter(isAccountOperation).filter(({ id }) => !done.has(id));
  let answers = 0;
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
      answers += 1;
      if (instant?.at === "create-answered" && instant.nth === answers) die();
      await appendFile(journal, `${operation.id}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return 0;
}
