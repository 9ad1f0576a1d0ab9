import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

let folder: string;
let now: string;

/** A day of July 2025 and a time: `at("03", "11:30")`. */
const at = (day: string, time: string): void => {
  now = `2025-07-${day}T${time}:00+07:00`;
};
const run = (line: string | readonly string[]): Promise<RunResult> =>
  runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: now } });
const readJson = async (line: string) => {
  const { code, stdout, stderr } = await run(`${line} --json`);
  expect([0, 8], `${line}\n${stderr}`).toContain(code);
  return JSON.parse(stdout);
};

beforeEach(async () => {
  folder = await makeTestFolder();
  at("03", "11:30");
  await writeFile(join(folder, "wardctl.yaml"), 'name: Huế\nprovince: "46"\noperator: Lan\n');
});

const fee = "incident open 'Chưa thu được lệ phí' --code PAY-CALLBACK --unit 'Phú Xuân' --owner VNPT --due 2025-07-04";

describe("a difficulty", () => {
  it("has a category and a group by its failure code, units by their names, and a deadline to the end of its day", async () => {
    expect(await readJson(fee)).toMatchObject({
      schema: "wardctl.incident/1",
      what: "opened",
      id: "VM-1",
      category: "software",
      group: 2,
      units: ["19753"],
      state: "assigned",
      due: "2025-07-05T00:00:00+07:00",
      openedBy: "Lan",
    });
    at("04", "23:59");
    expect((await run("incident list --overdue")).code).toBe(0);
    at("05", "00:00");
    const { code, stdout } = await run("incident list --overdue");
    expect(code).toBe(8);
    expect(stdout).toContain("overdue");
    // The deadline is said as it was given.
    expect(stdout).toContain("4 July 2025");
  });

  it("goes its way from hand to hand, and every step keeps who and when", async () => {
    await run(fee);
    at("03", "14:00");
    await run("incident update VM-1 --tried 'Khởi động lại cổng' --unit 19777");
    await run("incident assign 1 --owner HueCIT --support VNPT --due '2025-07-04 09:00'");
    at("03", "15:00");
    expect((await run("incident close VM-1 --how 'Đổi địa chỉ trả về' --lesson 'Thử trước'")).code).toBe(0);
    const shown = await readJson("incident show VM-1");
    expect(shown).toMatchObject({
      state: "closed",
      owner: "HueCIT",
      support: "VNPT",
      units: ["19753", "19777"],
      ageMinutes: 210,
    });
    expect(shown.history.map(({ what, by, at: when }: Record<string, string>) => [what, by, when?.slice(11, 16)])).toEqual([
      ["opened", "Lan", "11:30"],
      ["updated", "Lan", "14:00"],
      ["tried", "Lan", "14:00"],
      ["assigned", "Lan", "14:00"],
      ["closed", "Lan", "15:00"],
    ]);
    const { records } = await readJson("audit show");
    expect(records.map(({ action, subject }: Record<string, string>) => [action, subject])).toEqual([
      ["meeting.incident.opened", "VM-1"],
      ["meeting.incident.updated", "VM-1"],
      ["meeting.incident.tried", "VM-1"],
      ["meeting.incident.assigned", "VM-1"],
      ["meeting.incident.closed", "VM-1"],
    ]);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("is read as it stood at any instant", async () => {
    await run(fee);
    at("03", "15:00");
    await run("incident close VM-1 --how xong");
    expect((await readJson("incident list --as-of 2025-07-03T12:00")).incidents).toMatchObject([
      { id: "VM-1", state: "assigned" },
    ]);
    expect((await readJson("incident list")).incidents).toEqual([]);
    expect((await readJson("incident list --all")).incidents).toMatchObject([{ closedAt: "2025-07-03T15:00:00+07:00" }]);
    expect((await readJson("incident list --all --as-of 2025-07-03T11:00")).incidents).toEqual([]);
  });

  it("said again is the same one; closed, it takes no more until it is opened again", async () => {
    await run(fee);
    expect(await readJson(fee)).toMatchObject({ what: "same", id: "VM-1" });
    await run("incident close VM-1 --how xong");
    expect(await readJson("incident close VM-1 --how xong")).toMatchObject({ what: "same" });
    for (const line of ["close VM-1 --how khác", "update VM-1 --tried x", "assign VM-1 --owner IOC"]) {
      const { code, stderr } = await run(`incident ${line}`);
      expect(code, line).toBe(6);
      expect(stderr).toContain("VM-1 was closed by Lan at 11:30, 3 July 2025: xong");
    }
    expect(await readJson("incident update VM-1 --reopen 'lại hỏng' --tried 'gọi VNPT'")).toMatchObject({
      state: "assigned",
      reopened: 1,
      closed: null,
    });
  });

  it("is one of several that change together or not at all", async () => {
    await run(fee);
    expect((await run("incident assign VM-1 VM-9 --owner IOC")).code).toBe(3);
    expect((await readJson("incident show VM-1")).owner).toBe("VNPT");
  });

  it("takes nothing of an applicant into any of its texts", async () => {
    const texts = ["Bà A, 046185001234", "gọi 0912 345 678", "hồ sơ H57.101-250703-0123"];
    await run(fee);
    for (const text of texts) {
      for (const words of [
        ["incident", "open", text, "--code", "PAY-X"],
        ["incident", "open", "x", "--code", "PAY-X", "--owner", text],
        ["incident", "update", "VM-1", "--tried", text],
        ["incident", "assign", "VM-1", "--owner", text],
        ["incident", "close", "VM-1", "--how", text],
        ["incident", "close", "VM-1", "--how", "x", "--lesson", text],
      ]) {
        const { code, stdout, stderr } = await run(words);
        expect(code, words.join(" ")).toBe(3);
        expect(stdout + stderr).not.toContain(text);
      }
    }
    expect((await readJson("incident list --all")).incidents).toHaveLength(1);
    expect((await readJson("incident show VM-1")).history).toHaveLength(1);
  });

  it("is listed by what is asked for, and sorted", async () => {
    await run(fee);
    await run(
      "incident open 'Đường truyền nghẽn' --code NET-CONGESTED --unit 19777 --owner Viettel --due 2025-07-08 --since 2025-07-01",
    );
    await run("incident open 'Chưa có quy trình' --category procedures");
    const list = async (flags: string): Promise<string[]> =>
      (await readJson(`incident list ${flags}`)).incidents.map(({ id }: { id: string }) => id);
    expect(await list("")).toEqual(["VM-1", "VM-2", "VM-3"]);
    expect(await list("--sort age")).toEqual(["VM-2", "VM-1", "VM-3"]);
    expect(await list("--code NET")).toEqual(["VM-2"]);
    expect(await list("--unit 19777")).toEqual(["VM-2"]);
    expect(await list("--owner viettel")).toEqual(["VM-2"]);
    expect(await list("--category procedures")).toEqual(["VM-3"]);
    expect(await list("--state unassigned")).toEqual(["VM-3"]);
    const { stdout } = await run("incident list --format csv");
    expect(stdout.split("\r\n")[0]).toBe(
      "id,state,title,units,system,category,group,code,owner,support,due,overdue,ageMinutes,since,openedAt,closedAt",
    );
  });

  it("is refused with the reason where the command line says too little or something strange", async () => {
    for (const [line, code, said] of [
      ["incident open", 2, "it is not said what the matter is"],
      ["incident open x", 2, "--category or --code is needed"],
      ["incident open x --code NONSENSE-1", 3, "'NONSENSE-1' is no failure code"],
      ["incident open x --code PAY-1 --unit 99999", 3, "99999"],
      ["incident open x --code PAY-1 --due mai", 2, "--due: 'mai' is not an instant"],
      ["incident show 7", 3, "there is no difficulty VM-7"],
      ["incident show x", 2, "'x' is no difficulty's number"],
      ["incident open x --code PAY-1 --from-gap 19753 --from-cause y", 2, "only one of"],
      ["incident update VM-1", 2, "it is not said what to add"],
    ] as const) {
      const result = await run(line);
      expect(result.code, line).toBe(code);
      expect(result.stderr, line).toContain(said);
    }
  });
});

describe("a list of difficulties that wards sent in", () => {
  it("is taken in whole, in either language's headings, and taken in again changes nothing", async () => {
    const head = "Vướng mắc,Đơn vị,Loại,Mã lỗi,Chủ trì,Phối hợp,Hạn";
    await writeFile(
      join(folder, "list.csv"),
      `${head}\nMáy quét hỏng,Vỹ Dạ; 19753,Hạ tầng kỹ thuật,,HueCIT,,04/7/2025\nTrang quay mãi,Kim Long,,HTTP-SLOW,VNPT,IOC,\n`,
    );
    const first = await readJson("incident open --file list.csv");
    expect(first.incidents).toMatchObject([
      { id: "VM-1", units: ["19753", "19777"], category: "infrastructure", group: 1, due: "2025-07-05T00:00:00+07:00" },
      { id: "VM-2", category: "software", support: "IOC" },
    ]);
    const again = await readJson("incident open --file list.csv");
    expect(again.incidents.map(({ what }: { what: string }) => what)).toEqual(["same", "same"]);
  });

  it("with faults is refused whole, every fault with its line", async () => {
    await writeFile(
      join(folder, "list.csv"),
      "title,units,category,due,tried\nMáy quét hỏng,Vỹ Dạ,infrastructure,,\nX,99999,nope,mai,gọi 0912345678\n,,people,,\n",
    );
    const { code, stderr } = await run("incident open --file list.csv");
    expect(code).toBe(3);
    const lines = [3, 3, 3, 3, 4];
    expect([...stderr.matchAll(/list\.csv:(\d+):/g)].map(([, line]) => Number(line))).toEqual(lines);
    expect(stderr).not.toContain("0912345678");
    expect((await readJson("incident list --all")).incidents).toEqual([]);
  });
});

describe("kill -9", () => {
  const script = fileURLToPath(new URL("../../support/killed-desk.ts", import.meta.url));

  it("at any statement leaves all of an order or nothing, and the same order again makes each once", async () => {
    await run("incident list");
    const file = join(folder, ".wardctl", "cache.db");
    const ended: (number | null)[] = [];
    for (const nth of [1, 4, 6, 7]) {
      const child = spawn(process.execPath, [script, file, String(nth)], { stdio: "inherit" });
      const [code] = (await once(child, "exit")) as [number | null];
      ended.push(code);
      const { incidents } = await readJson("incident list --all");
      expect([0, 3]).toContain(incidents.length);
      expect(incidents.length).toBe(nth < 7 ? 0 : 3);
    }
    expect(ended).toEqual([null, null, null, null]);
    const child = spawn(process.execPath, [script, file, "0"], { stdio: "inherit" });
    expect(((await once(child, "exit")) as [number])[0]).toBe(0);
    expect((await readJson("incident list --all")).incidents).toHaveLength(3);
    expect((await run("audit verify")).code).toBe(0);
    expect((await readJson("audit show")).records).toHaveLength(3);
  });
});
