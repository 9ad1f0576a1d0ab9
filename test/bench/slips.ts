import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAuditLog } from "../../src/audit/audit-store.ts";
import { createSealer } from "../../src/platform/age.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { readSecureBytes } from "../../src/platform/secure-bytes.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createFirstCredentials } from "../../src/provision/first-credentials.ts";
import { isWholeSecret } from "../../src/provision/first-secret.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import { createPlanStore } from "../../src/provision/plan-store.ts";
import { createSlipStore } from "../../src/provision/slip-store.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { makeCustodian } from "../support/custodian.ts";
import type { Bench } from "./bench.ts";

const run = promisify(execFile);
const age = ["/usr/bin/age", "/usr/local/bin/age", "/opt/homebrew/bin/age"].find((path) => existsSync(path));
const atOnce = 8;

/**
 * First passwords for 2,000 accounts of a system that takes no time: made, sealed, on disk with a full sync before the "request", noted after it. Then
 * stock `age -d` opens every one of them, which is not timed.
 */
export const bench: Bench = {
  name: "slips",
  unit: "ms",
  goal: 10_000,
  better: "lower",
  async run(quick) {
    const count = quick ? 200 : 2_000;
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const nowIso = (): string => new Date().toISOString();
    const database = await openSqlite(join(folder, "cache.db"), allMigrations, nowIso);
    try {
      const plan = await makeCreatePlan("slips", count, "documents", nowIso());
      await createPlanStore(database).begin(plan, nowIso());
      const custodian = await makeCustodian(join(folder, "key.txt"));
      const sent = new Map<string, string>();
      const connector = {
        system: "documents",
        createWithPassword: async ({ userName }, password) => {
          sent.set(userName, password);
          return { outcome: "done", id: userName };
        },
      } satisfies Partial<Connector> as unknown as Connector;
      const store = createSlipStore(database);
      const { wrap } = createFirstCredentials({
        plan,
        settings: { systems: { documents: { policy: "temporary", expiryHours: 168 } } },
        custodians: new Map([["27004", custodian.recipient]]),
        connectors: [connector],
        store,
        database,
        audit: createAuditLog(database, nowIso),
        clock: systemClock,
        zone: vietnamZone,
        actor: "bench",
        nameUnit: (code) => code,
        seal: await createSealer(),
        readBytes: readSecureBytes,
      });
      const sealed = wrap(connector);
      const queue = plan.operations.filter(isAccountOperation);
      const started = performance.now();
      const cpu = process.cpuUsage();
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next; next = queue.shift()) await sealed.create(toAccountState(next.after));
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      const tookMs = performance.now() - started;
      const { user, system } = process.cpuUsage(cpu);
      const rows: [string, string][] = [
        [`${count} slips sealed and kept`, `${tookMs.toFixed(0)} ms, ${(tookMs / count).toFixed(2)} ms each`],
        ["CPU", `${((user + system) / 1000).toFixed(0)} ms`],
      ];
      // A quick run says what the whole number would take.
      const value = (tookMs / count) * 2_000;
      if (age === undefined) return { value, rows, skipped: "NOT OPENED: age is not installed (Debian package age)" };
      const slips = await store.list();
      let opened = 0;
      const open = async (): Promise<void> => {
        for (let slip = slips[opened++]; slip; slip = slips[opened++]) {
          const file = join(folder, `${slip.operation}.age`);
          await writeFile(file, (await store.readSealed(slip.id)) as Uint8Array);
          const { stdout } = await run(age, ["-d", "-i", custodian.identity, file]);
          const { username, secret } = JSON.parse(stdout) as { readonly username: string; readonly secret: string };
          if (!isWholeSecret(secret) || sent.get(username) !== secret)
            throw new Error(`${slip.id}: opened, but not what was sent`);
        }
      };
      await Promise.all([open(), open()]);
      rows.push(["opened by stock age -d, secret as sent", `${slips.length} of ${count}`]);
      if (slips.length !== count) throw new Error("a slip is missing");
      return { value, rows };
    } finally {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
