import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { createSeenStore } from "../../../src/provision/seen-store.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const account = (externalId: string, active = true) => ({ id: externalId, externalId, active }) as never;

describe("missing accounts in a report", () => {
  let cwd: string;
  const run = (line: string) => runWardctl(line, { cwd, env: { WARDCTL_NOW: "2025-07-03T16:30" } });

  beforeAll(async () => {
    cwd = await makeTestFolder();
    await writeFile(
      join(cwd, "wardctl.yaml"),
      `name: TP.HCM
province: "79"
units: ["27004"]
provision: { systems: { documents: { kind: scim, url: "http://127.0.0.1:9/v2", token: "env:NONE" } } }
`,
    );
  });

  it("are not known before anybody has looked", async () => {
    const { stdout } = await run("report evening --no-store");
    expect(stdout).toMatch(/Missing accounts\n.*Never checked/);
  });

  it("are told with code and owner, as the last look found them, and not known of an instant before it", async () => {
    const database = await openSqlite(join(cwd, ".wardctl", "cache.db"), allMigrations, () => "2025-07-03T15:00:00+07:00");
    const office = "27004/van-phong/document-inbox";
    const accounts = [account(office)];
    await createSeenStore(database).saveSweeps(
      [{ system: "documents", state: "read", accounts }],
      [],
      "2025-07-03T15:00:00+07:00",
    );
    await database.close();
    const { stdout } = await run("report evening --no-store");
    const section = stdout.slice(stdout.indexOf("■ Missing accounts"), stdout.indexOf("■ Reconciliation"));
    expect(section).toContain("Checked at 15:00, 3 July 2025");
    expect(section).toMatch(
      /Tân Bình Ward +ACC-UNIT-MISSING +no account on documents for: .*Phòng Văn hóa – Xã hội.* +support\n/,
    );
    expect((await run("report evening --no-store --as-of 2025-07-03T14:00")).stdout).toMatch(/Missing accounts\n.*Never checked/);
  });
});
