import { join } from "node:path";
import Engine from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import { findAndOpenWorkspace } from "../../../src/workspace/open-workspace.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

describe("wardctl audit", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await makeTestFolder();
    await runWardctl("init --province 46", { cwd: folder });
    const clock = createPinnedClock(Date.UTC(2025, 6, 3, 3));
    const workspace = await findAndOpenWorkspace({ folder, cwd: folder, environment: {}, user: "lan", clock });
    const log = await workspace!.audit();
    for (const action of ["wards.import", "delegate.grant", "delegate.revoke"]) {
      await log.append({ actor: "lan", action, subject: "19777", detail: { note: "Vỹ Dạ" } });
    }
    await workspace!.close();
  });

  it("shows what was done, newest last, in every format", async () => {
    const shown = await runWardctl("audit show", { cwd: folder });
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
    expect(shown.stdout.split("\n")[0]).toMatch(/^No\. +At +Who +What +To +Detail$/);
    expect(shown.stdout).toMatch(/1 +10:00, 3 July 2025 +lan +wards\.import +19777 +note=Vỹ Dạ/);
    const csv = await runWardctl("audit show --format csv --limit 1", { cwd: folder });
    expect(csv.stdout).toBe(
      'seq,at,actor,action,subject,detail\r\n3,2025-07-03T10:00:00+07:00,lan,delegate.revoke,19777,"{""note"":""Vỹ Dạ""}"\r\n',
    );
    const json = await runWardctl("audit show --json --action delegate", { cwd: folder });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: "wardctl.audit/1",
      records: [{ seq: 2, action: "delegate.grant" }, { seq: 3 }],
    });
  });

  it("verifies the chain and prints its head", async () => {
    const text = await runWardctl("audit verify --lang vi", { cwd: folder });
    expect([text.code, text.stderr]).toEqual([0, ""]);
    expect(text.stdout).toMatch(/^Nguyên vẹn: 3 dòng, mã cuối [0-9a-f]{64}\nChưa ký: /);
    const { code, stdout } = await runWardctl("audit verify --json", { cwd: folder });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { schema: "wardctl.audit-verify/1", records: 3, intact: true, broken: null },
    ]);
  });

  it("ends with 8 on a broken chain and names the first record that does not hold", async () => {
    const raw = new Engine(join(folder, ".wardctl", "cache.db"));
    raw.exec("DROP TRIGGER audit_no_update; UPDATE audit SET subject = '27004' WHERE seq = 2");
    raw.close();
    const text = await runWardctl("audit verify", { cwd: folder });
    expect([text.code, text.stdout]).toEqual([8, "The log is broken from record 2: its content was altered\n"]);
    const { code, stdout } = await runWardctl("audit verify --json", { cwd: folder });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      8,
      { records: 1, head: null, intact: false, broken: { seq: 2, kind: "hash" } },
    ]);
  });

  it("needs a workspace and says how to make one", async () => {
    const { code, stdout, stderr } = await runWardctl("audit verify", { cwd: await makeTestFolder() });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("make one with 'wardctl init'");
  });
});
