import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createAuditLog } from "../../../src/audit/audit-store.ts";
import { closeSession } from "../../../src/meeting/session-store.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

let folder: string;
let now: string;

const at = (day: string, time: string): void => {
  now = `2025-07-${day}T${time}:00+07:00`;
};
const run = (line: string): Promise<RunResult> =>
  runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: now, WARDCTL_LANG: "vi" } });
const readJson = async (line: string) => {
  const { code, stdout, stderr } = await run(`${line} --json`);
  expect([0, 7, 8], `${line}\n${stderr}`).toContain(code);
  return JSON.parse(stdout);
};
const read = async (line: string): Promise<string> => {
  const { stdout, stderr } = await run(line);
  expect(stdout, stderr).not.toBe("");
  return stdout;
};

beforeEach(async () => {
  folder = await makeTestFolder();
  await writeExportWorkspace(folder);
});

const topicsOf = (agenda: { readonly items: readonly { topic: string; ref: string | null }[] }): string[] =>
  agenda.items.map(({ topic, ref }) => `${topic} ${ref ?? ""}`.trim());

describe("a meeting", () => {
  it("begins with what changed, records what is decided and given, and its minutes stand in the report that is kept", async () => {
    at("03", "07:25");
    await run("incident open 'Chưa thu được lệ phí' --code PAY-CALLBACK --unit 19753 --owner VNPT --due 2025-07-03");
    at("03", "07:30");
    const opened = await readJson("meeting open morning --chair 'Phó Chủ tịch' --present VNPT --present HueCIT");
    expect(opened).toMatchObject({
      id: "morning-2025-07-03",
      state: "running",
      chair: "Phó Chủ tịch",
      present: ["VNPT", "HueCIT"],
    });
    expect(topicsOf(opened.agenda)).toContain("incident VM-1");
    at("03", "07:40");
    await run("meeting decide 'Thu bằng biên lai giấy' --incident VM-1");
    await run("meeting action 'Sửa cổng thanh toán' --owner VNPT --support IOC --due '2025-07-03 16:00' --incident 1");
    at("03", "08:00");
    const closed = await readJson("meeting close");
    expect(closed).toMatchObject({
      state: "closed",
      report: "morning-2025-07-03-0730",
      decisions: [{ text: "Thu bằng biên lai giấy", incident: "VM-1" }],
      actions: [{ id: "VC-1", owner: "VNPT", support: "IOC", incident: "VM-1", meeting: "morning-2025-07-03" }],
    });
    const shown = await read("report show morning-2025-07-03-0730");
    const places = ["Khó khăn, vướng mắc", "Việc phải làm", "VC-1", "Biên bản cuộc họp", "Thu bằng biên lai giấy (VM-1)"].map(
      (text) => shown.indexOf(text),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));

    // What happens afterwards does not reach what was kept.
    at("03", "12:00");
    await run("incident close VM-1 --how xong");
    expect(await read("report show morning-2025-07-03-0730")).toBe(shown);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("in the evening asks for what is late and tells what was learned; the next morning begins with what is still open", async () => {
    at("03", "07:30");
    await run("meeting open morning");
    await run("meeting action 'Sửa cổng thanh toán' --owner VNPT --due '2025-07-03 16:00'");
    await run("meeting action 'Gửi hướng dẫn biên lai' --owner 'Sở chuyên ngành' --due 2025-07-05");
    await run("meeting close");
    at("03", "09:00");
    await run("incident open 'Máy quét hỏng' --category infrastructure --unit 19777");
    await run("incident close VM-1 --how 'Đổi máy' --lesson 'Mỗi phường một máy dự phòng'");
    at("03", "16:30");
    const evening = await readJson("meeting open evening");
    // Given this morning: asked for because it is late; the other has time.
    expect(topicsOf(evening.agenda).filter((item) => !item.startsWith("silent"))).toEqual(["action VC-1", "closed VM-1"]);
    await run("meeting learn 'Thử thu phí trước khi mở cửa'");
    await run("meeting done VC-2 --result 'đã gửi'");
    at("03", "17:00");
    await run("meeting close");
    const report = await read("report show");
    for (const text of ["Thử thu phí trước khi mở cửa", "Mỗi phường một máy dự phòng (VM-1)", "(quá hạn)", "đã gửi"]) {
      expect(report).toContain(text);
    }
    at("04", "07:30");
    const morning = await readJson("meeting open morning");
    expect(topicsOf(morning.agenda).filter((item) => !item.startsWith("silent"))).toEqual(["action VC-1", "closed VM-1"]);
    const printed = await read("report morning --no-store");
    expect(printed).toContain("Việc các cuộc họp trước giao, chưa xong");
    expect(printed).toContain("VC-1");
    expect(printed).not.toContain("VC-2");
    // Lessons are the evening's.
    expect(printed).not.toContain("Mỗi phường một máy dự phòng");
  });

  it("tells which units are newly silent, and what figures were restated since", async () => {
    const write = async (name: string, status: string, finished: string, updated: string): Promise<void> => {
      const rows = ["19753", "19777"].map((unit, index) =>
        toExportLine({ code: `H57.101-250702-000${index}`, unit, status, finished, updated, received: "02/07/2025 08:00:00" }),
      );
      await writeFile(join(folder, name), `${[exportHead, ...rows].join("\r\n")}\r\n`);
    };
    await write("first.csv", "4", "", "02/07/2025 08:05:00");
    await write("second.csv", "9", "02/07/2025 10:00:00", "02/07/2025 10:00:00");
    const look = async () => {
      const { items } = await readJson("meeting open evening --look");
      const of = (topic: string) => items.filter((item: { topic: string }) => item.topic === topic);
      return { silent: of("silent").length, restated: of("restated").map(({ text }: { text: string }) => text) };
    };
    at("02", "16:30");
    expect(await look()).toEqual({ silent: 40, restated: [] });
    expect((await run("import first.csv --source igate-hue")).code).toBe(0);
    expect((await look()).silent).toBe(38);
    await run("meeting open evening");
    await run("meeting close");
    at("03", "16:30");
    // Who was silent the evening before is no news.
    expect(await look()).toEqual({ silent: 0, restated: [] });
    expect((await run("import second.csv --source igate-hue")).code).toBe(0);
    const { restated } = await look();
    expect(restated).toHaveLength(1);
    expect(restated[0]).toContain("ở 2 đơn vị");
    expect((await run("meeting list --json")).stdout).not.toContain("evening-2025-07-03");
  });

  it("is one at a time; ended twice, or opened twice, it is the same; without one nothing is decided", async () => {
    at("03", "07:30");
    for (const line of ["meeting decide x", "meeting learn x", "meeting action x --owner y", "meeting close"]) {
      const { code, stderr } = await run(line);
      expect(code, line).toBe(6);
      expect(stderr).toContain("không có cuộc họp nào đang diễn ra");
    }
    await run("meeting open morning");
    expect((await readJson("meeting open morning")).id).toBe("morning-2025-07-03");
    expect((await run("meeting open evening")).code).toBe(6);
    await run("meeting decide 'Một việc'");
    await run("meeting decide 'Một việc'");
    await run("meeting action 'Gọi VNPT' --owner IOC");
    await run("meeting action 'gọi VNPT' --owner ioc");
    const shown = await readJson("meeting show");
    expect([shown.decisions.length, shown.actions.length]).toEqual([1, 1]);
    await run("meeting close");
    await run("meeting open morning");
    expect((await readJson("meeting list")).meetings.map(({ id }: { id: string }) => id)).toEqual([
      "morning-2025-07-03-2",
      "morning-2025-07-03",
    ]);
  });

  it("stopped between its end and its report goes on with the same command", async () => {
    at("03", "16:30");
    await run("meeting open evening");
    const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => now);
    const clock = { now: () => Date.parse(now), pinned: true };
    await closeSession({ database, audit: createAuditLog(database, () => now), clock, actor: "Lan" });
    await database.close();
    expect((await readJson("meeting show")).report).toBeNull();
    expect(await readJson("meeting close")).toMatchObject({ state: "closed", report: "evening-2025-07-03-1630" });
    expect((await run("meeting close")).code).toBe(6);
  });

  it("takes nothing of an applicant, and no action that ended is changed", async () => {
    at("03", "07:30");
    await run("meeting open morning");
    for (const line of ["decide", "learn", "action --owner VNPT"]) {
      const { code, stdout, stderr } = await run(`meeting ${line} 'gọi 0912 345 678'`);
      expect(code, line).toBe(3);
      expect(stdout + stderr).not.toContain("0912");
    }
    await run("meeting action 'Gọi VNPT' --owner IOC");
    await run("meeting update VC-1 --due 2025-07-05 --note 'chờ trả lời'");
    await run("meeting done VC-1 --result xong");
    expect((await readJson("meeting done VC-1 --result xong")).state).toBe("done");
    for (const line of ["done VC-1 --result khác", "update VC-1 --owner VNPT", "update VC-1 --drop thôi"]) {
      expect((await run(`meeting ${line}`)).code, line).toBe(6);
    }
    expect((await run("meeting done VC-9")).code).toBe(3);
    expect((await readJson("meeting actions")).actions).toEqual([]);
    expect((await readJson("meeting actions --all")).actions).toMatchObject([{ state: "done", owner: "IOC" }]);
    expect((await readJson("meeting actions --as-of 2025-07-03T07:29")).actions).toEqual([]);
  });

  it("gives its minutes as a document, and the whole report that can be verified", async () => {
    at("03", "16:30");
    await run("meeting open evening");
    await run("meeting decide 'Thu bằng biên lai giấy'");
    const running = await read("meeting show --format md");
    expect(running).toContain("- Thu bằng biên lai giấy");
    expect(running).not.toContain("## Cách tính");
    await run("meeting close");
    expect((await run("meeting show --out minutes.docx")).code).toBe(0);
    expect((await readFile(join(folder, "minutes.docx"))).subarray(0, 2).toString()).toBe("PK");
    await run("meeting show --whole --out whole.html");
    const verified = await run("report verify whole.html");
    expect(verified.code, verified.stderr).toBe(0);
    expect(await readFile(join(folder, "whole.html"), "utf8")).toContain("Thu bằng biên lai giấy");
  });

  it("leaves its minutes, owners and units out of what is published", async () => {
    at("03", "16:30");
    await run("incident open 'Máy chủ quá tải' --code HTTP-SLOW --unit 19753 --owner VNPT");
    await run("meeting open evening");
    await run("meeting decide 'Nội bộ'");
    const published = await read("report evening --public --all");
    expect(published).toContain("Khó khăn, vướng mắc");
    for (const text of ["Máy chủ quá tải", "Nội bộ", "Biên bản"]) expect(published).not.toContain(text);
  });
});

describe("the report on difficulties", () => {
  it("adds up: what is open now is what was open before, and what is new, without what was closed", async () => {
    at("02", "09:00");
    await run("incident open 'A' --code NET-LOSS --unit 19753");
    await run("incident open 'B' --category people --unit 19777 --since 2025-06-28");
    await run("incident open 'D' --category guidance");
    await run("incident close VM-3 --how xong");
    at("02", "16:30");
    await run("report evening");
    at("03", "09:00");
    await run("incident open 'C' --code PROC-INTERNAL");
    await run("incident close VM-1 --how xong");
    at("03", "16:30");
    const section = async (line: string) => {
      const { sections } = await readJson(line);
      const blocks = sections.find(({ id }: { id: string }) => id === "difficulties").blocks;
      const rows = (block: { rows: { text?: { en: string }; value?: number }[][] }) =>
        Object.fromEntries(block.rows.map(([name, ...cells]) => [name?.text?.en, cells.map(({ value }) => value)]));
      return { categories: rows(blocks[2]), groups: rows(blocks[3]), open: blocks[4] };
    };
    const evening = await section("report evening --no-store");
    // New, open, closed, overdue, under a day, one to three days, over three days.
    expect(evening.categories).toMatchObject({
      Infrastructure: [0, 0, 1, 0, 0, 0, 0],
      People: [0, 1, 0, 0, 0, 0, 1],
      Procedures: [1, 1, 0, 0, 1, 0, 0],
      Sum: [1, 2, 1, 0, 1, 0, 1],
    });
    expect(evening.groups).toEqual({
      "(1) Technical infrastructure": [0, 0, 1, 0],
      "(2) Systems and data": [0, 0, 0, 0],
      "(3) Institutions, procedures, people": [1, 2, 0, 0],
      "(4) Guidance and communication": [0, 0, 0, 0],
    });
    const unit = await section("report unit 19777");
    expect(unit.categories["Sum"]).toEqual([0, 1, 0, 0, 0, 0, 1]);
    // As it was known at that evening, whatever happened since.
    const before = await section("report evening --no-store --as-of 2025-07-02T16:30");
    expect(before.categories["Sum"]).toEqual([3, 2, 1, 0, 1, 0, 1]);
  });
});

describe.skipIf(!hasPostgres)("two desks on one store", () => {
  const { makeUrl } = usePostgres();

  it("close the same difficulty at the same instant: one does, the other is told who did, and the log is whole", async () => {
    const url = makeUrl();
    const desks = await Promise.all(
      ["Lan", "Minh"].map(async (operator) => {
        const own = await makeTestFolder();
        await writeFile(
          join(own, "wardctl.yaml"),
          `name: Huế\nprovince: "46"\noperator: ${operator}\nstore: { kind: postgres, url: env:WARDCTL_PG }\n`,
        );
        return own;
      }),
    );
    const env = { WARDCTL_NOW: "2025-07-03T16:30:00+07:00", WARDCTL_PG: url };
    const runAt = (desk: number, line: string) => runWardctl(line, { cwd: desks[desk] as string, env });
    const both = (line: (name: string) => string) => Promise.all(["Lan", "Minh"].map((name, desk) => runAt(desk, line(name))));
    const open = "incident open 'Đường truyền nghẽn' --code NET-LOSS --unit 19777 --json";
    const opened = (await both(() => open)).map(({ stdout, stderr }) => JSON.parse(stdout || stderr));
    expect(opened.map(({ id }) => id)).toEqual(["VM-1", "VM-1"]);
    expect(opened.map(({ what }) => what).sort()).toEqual(["opened", "same"]);
    const closed = await both((name) => `incident close VM-1 --how 'cách của ${name}'`);
    expect(closed.map(({ code }) => code).sort()).toEqual([0, 6]);
    const winner = closed[0]?.code === 0 ? "Lan" : "Minh";
    const refused = closed.find(({ code }) => code === 6);
    expect(refused?.stderr).toContain(`VM-1 was closed by ${winner} at 16:30, 3 July 2025: cách của ${winner}`);
    // A meeting opened by both is one; what both decide stands in it once.
    const ids = (await both(() => "meeting open evening --json")).map(({ stdout }) => JSON.parse(stdout).id);
    expect(ids).toEqual(["evening-2025-07-03", "evening-2025-07-03"]);
    await both(() => "meeting decide 'Một kết luận'");
    await both((name) => `meeting action 'Việc của ${name}' --owner VNPT`);
    const session = JSON.parse((await runAt(0, "meeting show --json")).stdout);
    expect(session.decisions).toHaveLength(1);
    expect(session.actions.map(({ id }: { id: string }) => id)).toEqual(["VC-1", "VC-2"]);
    expect((await runAt(1, "audit verify")).code).toBe(0);
    const shown = JSON.parse((await runAt(1, "incident show VM-1 --json")).stdout);
    expect(shown.history.map(({ what }: { what: string }) => what)).toEqual(["opened", "closed"]);
  });
});
