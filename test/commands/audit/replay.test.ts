import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Engine from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256, toCanonicalJson } from "../../../src/platform/canonical-json.ts";
import { type SigningCity, startSigningCity } from "../../support/signing-city.ts";

describe("wardctl audit replay", () => {
  let world: SigningCity;
  let first: string;
  let last: string;
  let attestation: string;

  beforeAll(async () => {
    world = await startSigningCity();
    await world.run("delegate grant --file grants.csv");
    const { grants } = JSON.parse((await world.run("delegate list --json")).stdout) as { grants: { id: string }[] };
    [first = "", last = ""] = [grants[0]?.id, grants.at(-1)?.id];
    await world.run(["delegate", "revoke", first, "--reason", "thử"], { now: "2025-07-03T10:05" });
    const seen = "delegate attest --unit 27004 --person chanh-van-phong --capacity TL --doc-types cong-van --yes --json";
    attestation = (JSON.parse((await world.run(seen)).stdout) as { id: string }).id;
    const file = join(world.cwd, "wardctl.yaml");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), operator: "hai" }));
    await world.run(`delegate attest --confirm ${attestation} --yes`, { now: "2025-07-03T10:07" });
  });
  afterAll(() => world.city.stop());

  /** As somebody would who has the file and no wardctl: triggers out of the way, then the change, then back. */
  const tamper = (sql: string, ...values: readonly (string | number)[]): void => {
    const file = new Engine(join(world.cwd, ".wardctl", "cache.db"));
    const triggers = file.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`);
    file.pragma("foreign_keys = OFF");
    file.prepare(sql).run(...values);
    for (const trigger of triggers) file.exec(trigger.sql);
    file.close();
  };
  const replay = async () => {
    const { code, stdout } = await world.run("audit replay --json");
    return { code, ...(JSON.parse(stdout) as { identical: boolean; differences: object[]; unreadable: number[] }) };
  };
  it("makes the same state out of the log, and says how much of it there is", async () => {
    expect(await replay()).toMatchObject({
      code: 0,
      identical: true,
      differences: [],
      unreadable: [],
      broken: null,
      rows: { events: 1, attestations: 1, confirmations: 1 },
    });
    const text = await world.run("audit replay --lang vi");
    expect(text.stdout).toMatch(/^Giống hệt: \d+ dòng nhật ký dựng lại đúng dữ liệu đang có: quyền ký \d+, việc đã xảy ra 1,/);
  });

  it("has what two people saw on the screens in the bundle too, as it was hashed", async () => {
    await world.run("audit export --out bundle");
    const text = readFileSync(join(world.cwd, "bundle", "attestations", `${attestation}.json`), "utf8");
    const { shown, sha256: hash, ...rest } = JSON.parse(text) as { shown: object; sha256: string };
    expect(sha256(await toCanonicalJson(shown))).toBe(hash);
    expect(rest).toMatchObject({
      id: attestation,
      system: "documents",
      confirmedBy: "hai",
      confirmedAt: "2025-07-03T10:07:00+07:00",
    });
    expect(readFileSync(join(world.cwd, "bundle", "MANIFEST.sha256"), "utf8")).toContain(`  attestations/${attestation}.json`);
  });

  it("names screens of which the table says something else, and a confirmation that nobody gave", async () => {
    const changed = `UPDATE delegation_attestation SET seen = replace(seen, 'cong-van', 'quyet-dinh')`;
    tamper(changed);
    expect((await replay()).differences).toEqual([
      expect.objectContaining({
        kind: "differs",
        table: "attestations",
        row: attestation,
        fields: [expect.objectContaining({ name: "shown" })],
      }),
    ]);
    tamper(`UPDATE delegation_attestation SET seen = replace(seen, 'quyet-dinh', 'cong-van')`);
    tamper("UPDATE delegation_attestation_confirmed SET recorded_by = 'mallory'");
    expect((await replay()).differences).toMatchObject([{ kind: "differs", table: "confirmations", row: attestation }]);
    tamper("UPDATE delegation_attestation_confirmed SET recorded_by = 'hai'");
    expect((await replay()).code).toBe(0);
  });

  it("names the row that was altered, and what of it, in both languages", async () => {
    tamper("UPDATE delegation_grant SET doc_types = 'cong-van,quyet-dinh,chi-thi', person = 'CB1977799' WHERE id = ?", last);
    const { code, differences } = await replay();
    expect([code, differences]).toMatchObject([
      8,
      [{ kind: "differs", table: "grants", row: last, fields: [{ name: "docTypes" }, { name: "person", stored: "CB1977799" }] }],
    ]);
    const text = await world.run("audit replay --lang vi");
    expect(text.code).toBe(8);
    expect(text.stdout).toContain(`quyền ký ${last}: không giống nhật ký`);
    expect((await world.run("audit replay --lang en")).stdout).toContain(`grant ${last}: is not as the log has it`);
  });

  it("names what was put in beside the log, and what was taken out", async () => {
    tamper("DELETE FROM delegation_event WHERE grant_id = ?", first);
    tamper(
      "INSERT INTO delegation_event (grant_id, kind, at, until, reason, recorded_at, recorded_by) VALUES (?, 'approved', 1, NULL, NULL, 1, 'mallory')",
      last,
    );
    const { code, differences } = await replay();
    expect(code).toBe(8);
    expect(differences).toContainEqual(expect.objectContaining({ kind: "missing", table: "events", row: first }));
    expect(differences).toContainEqual(expect.objectContaining({ kind: "extra", table: "events", row: last }));
  });

  it("holds a log whose chain is broken against nothing", async () => {
    tamper("UPDATE audit SET actor = 'mallory' WHERE seq = 1");
    expect(await replay()).toMatchObject({ code: 8, identical: null, broken: { seq: 1 }, differences: [] });
    expect((await world.run("audit replay --lang vi")).stdout).toContain("Nhật ký hỏng từ dòng 1");
  });
});
