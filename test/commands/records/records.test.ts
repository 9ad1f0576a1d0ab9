import { readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listCodesIn } from "../../support/code-bytes.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeCode, makeLine, openRetentionWorld } from "../../support/retention-world.ts";

const closed = { status: "9", finished: "22/07/2025 08:00:00", updated: "22/07/2025 08:00:00" };

describe("records", () => {
  const { makeUrl } = usePostgres();

  it("shows all that is stored of one dossier, and that it was looked at is recorded without its code", async () => {
    const { take, run } = await openRetentionWorld();
    await take("a.csv", [makeLine(4)], "2025-07-20");
    await take("b.csv", [makeLine(4, closed)], "2025-07-22");
    const shown = await run(`records show ${makeCode(4)} --json`, "2025-07-22");
    expect(JSON.parse(shown.stdout)).toMatchObject({
      schema: "wardctl.records-show/1",
      keeping: "kept",
      forgotten: false,
      observations: [
        { seq: 1, source: "igate-hue", unit: "19753", state: "in_progress", finishedAt: null },
        { seq: 2, state: "resolved", finishedAt: "2025-07-22T08:00:00+07:00" },
      ],
    });
    expect((await run(`records show ${makeCode(4)} --lang vi`, "2025-07-22")).stdout).toContain("Phường Phú Xuân");
    expect((await run(`records show ${makeCode(5)}`, "2025-07-22")).stdout).toContain("nothing is stored");
    const bad = await run("records show 'Nguyễn Bí Mật'", "2025-07-22");
    expect([bad.code, bad.stderr.includes("Bí Mật")]).toEqual([2, false]);
    await run("report explain 19753 received.total --from 2025-07-01 --as-of 2025-07-22T09:00", "2025-07-22");
    const { stdout } = await run("audit show --json", "2025-07-22");
    const looks = JSON.parse(stdout).records.filter(({ action }: { action: string }) => action === "records.look");
    expect(looks).toMatchObject([
      { subject: "dossier", actor: "Lan", detail: { keeping: "kept", units: ["19753"] } },
      {},
      { detail: { keeping: "unknown" } },
      { subject: "figure", detail: { unit: "19753", figure: "received.total", dossiers: 1 } },
    ]);
    expect(stdout).not.toContain(makeCode(4));
  });

  const forget = async (url?: string): Promise<void> => {
    const { take, run, readBytes } = await openRetentionWorld(url);
    // The second is of the odd kind.
    const lines = [makeLine(4), makeLine(11), makeLine(12)];
    await take("a.csv", lines, "2025-07-20");
    expect((await run(`records forget ${makeCode(4)}`, "2025-07-21")).code).not.toBe(0);
    const done = await run(`records forget ${makeCode(4)} ${makeCode(11)} ${makeCode(5)} --yes --json`, "2025-07-21");
    expect([done.code, JSON.parse(done.stdout)]).toMatchObject([
      0,
      { wiped: true, dossiers: [{ before: "kept" }, { before: "kept" }, { before: "unknown" }] },
    ]);
    expect(listCodesIn([makeCode(4), makeCode(11), makeCode(12)], await readBytes())).toEqual([makeCode(12)]);
    // The source goes on sending it: it is followed, and gets no code.
    const next = await take("b.csv", [makeLine(4, closed), makeLine(11), makeLine(12)], "2025-07-22");
    expect(next.rows).toMatchObject({ new: 0, changed: 1, same: 2 });
    const shown = JSON.parse((await run(`records show ${makeCode(4)} --json`, "2025-07-22")).stdout);
    expect(shown).toMatchObject({ keeping: "sealed", forgotten: true, observations: [{}, { state: "resolved" }] });
    const explained = await run(
      "report explain 19753 resolved.total --from 2025-07-01 --as-of 2025-07-22T09:00 --json",
      "2025-07-22",
    );
    const { value, matches, dossiers } = JSON.parse(explained.stdout);
    expect([value, matches, dossiers.filter(({ code }: { code: string | null }) => code === null).length]).toEqual([2, true, 1]);
    expect((await run("records prune", "2025-07-22")).code).toBe(0);
    expect(listCodesIn([makeCode(4), makeCode(11)], await readBytes())).toEqual([]);
    expect((await run("doctor --rebuild --compare", "2025-07-22")).code).toBe(0);
    const { stdout } = await run("audit show --json", "2025-07-22");
    const record = JSON.parse(stdout).records.find(({ action }: { action: string }) => action === "records.forget");
    expect(record.detail.marks).toEqual(JSON.parse(done.stdout).dossiers.map(({ mark }: { mark: string }) => mark));
  };

  it("forgets a dossier's code on demand, wherever it stands, and follows the dossier without it", () => forget());

  it.skipIf(!hasPostgres)("does so on PostgreSQL too", () => forget(makeUrl()));

  it("names what an import found while codes are kept", async () => {
    const { take, run } = await openRetentionWorld();
    await take("a.csv", [makeLine(4), makeLine(5)], "2025-07-20");
    await take("b.csv", [makeLine(4, { status: "5" })], "2025-07-20");
    const found = JSON.parse((await run("records findings --json", "2025-07-20")).stdout);
    expect(found).toMatchObject({ seq: 2, findings: [{ code: "W-CONFLICT", count: 1, dossiers: [makeCode(4)] }] });
    expect((await run("records findings 1 --lang vi", "2025-07-20")).stdout).toContain("không có gì bất thường");
    for (const never of [0, 9]) {
      const { code, stdout, stderr } = await run(`records findings ${never} --lang vi`, "2025-07-20");
      expect([code, stdout, stderr]).toEqual([2, "", `wardctl: không có lần nhập ${never} (mới nhất: 2)\n`]);
    }
    await take("c.csv", [makeLine(6)], "2025-07-28");
    const later = JSON.parse((await run("records findings 2 --json", "2025-07-28")).stdout);
    expect(later).toMatchObject({ findings: [{ code: "W-CONFLICT", count: 1, dossiers: [] }] });
  });

  it("alone on a machine drops codes under a key of its own; without it, or with another, an import says so and changes nothing", async () => {
    const { folder, take, run, readBytes } = await openRetentionWorld(undefined, "");
    const key = join(folder, ".wardctl", "code.key");
    await take("a.csv", [makeLine(4), makeLine(5)], "2025-07-20");
    await take("b.csv", [makeLine(6)], "2025-07-28");
    expect(listCodesIn([makeCode(4), makeCode(5)], await readBytes())).toEqual([]);
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect((await readFile(key, "utf8")).length).toBeGreaterThan(40);
    expect((await take("c.csv", [makeLine(4), makeLine(6)], "2025-07-28")).rows).toMatchObject({ new: 0, same: 2 });

    await rename(key, join(folder, "lost"));
    const refused = await run("import a.csv --force", "2025-07-29");
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringContaining("codes of old dossiers were dropped and are known again only by records.codeKey"),
    ]);
    const given = await run("records prune --lost-key --yes --json", "2025-07-29");
    expect(JSON.parse(given.stdout)).toMatchObject({ schema: "wardctl.records-prune/1", givenUp: 1 });
    // The fifth is kept without a code and can be found no more: it is kept out, and not counted twice.
    const next = await take("d.csv", [makeLine(4), makeLine(5), makeLine(7, { received: "25/07/2025 08:00:00" })], "2025-07-29");
    expect(next.rows).toMatchObject({ new: 1, same: 1, sealed: 1 });
  });

  it.skipIf(!hasPostgres)("in a shared store drops none without a shared key, and says how many are due", async () => {
    const { take, run } = await openRetentionWorld(makeUrl(), "");
    await take("a.csv", [makeLine(4), makeLine(5)], "2025-07-20");
    const { stderr } = await take("b.csv", [makeLine(6)], "2025-07-28");
    expect(stderr).toContain("2 dossiers are past the keeping of their codes, which could not be dropped: set records.codeKey");
    const doctor = JSON.parse((await run("doctor --json", "2025-07-29")).stdout);
    const found = doctor.findings.find(({ id }: { id: string }) => id === "retention");
    expect(found).toMatchObject({ state: "note", remedy: "run: wardctl records prune" });
    expect((await run("records prune", "2025-07-28")).code).toBe(8);
  });
});
