import { describe, expect, it } from "vitest";
import { createOutput, type ListFormat, type OutputOptions, type Streams } from "../../../src/platform/output.ts";
import { createPrompts } from "../../../src/platform/prompts.ts";
import { toVisible, wrapWords } from "../../../src/platform/table.ts";

async function makeOutput(options: Partial<OutputOptions> = {}, streams: Partial<Streams> = {}) {
  const said = { stdout: "", stderr: "" };
  let now = 0;
  const out = await createOutput(
    {
      stdout: (text) => {
        said.stdout += text;
      },
      stderr: (text) => {
        said.stderr += text;
      },
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      stdinIsTerminal: false,
      columns: undefined,
      ...streams,
    },
    { lang: "vi", json: false, quiet: false, color: true, ...options },
    () => now,
  );
  return {
    out,
    said,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const units = [
  { code: "19777", name: "Phường Vỹ Dạ", staff: 18, ready: true, systems: ["documents", "1022"] },
  { code: "00004", name: "=Ba Đình", staff: undefined, ready: false, systems: [] },
];

const showUnits = (
  out: Awaited<ReturnType<typeof makeOutput>>["out"],
  items: readonly (typeof units)[number][],
  format?: ListFormat,
) =>
  out.list({
    schema: "wardctl.test/1",
    name: "units",
    items,
    format,
    empty: { vi: "Không có.", en: "None." },
    extra: { asOf: "2025-07-03T10:00:00+07:00" },
    columns: [
      { key: "code", title: { vi: "Mã", en: "Code" }, value: (unit) => unit.code },
      { key: "name", title: { vi: "Tên", en: "Name" }, value: (unit) => unit.name },
      { key: "staff", title: { vi: "Người", en: "Staff" }, align: "right", value: (unit) => unit.staff },
      {
        key: "ready",
        title: { vi: "Sẵn sàng", en: "Ready" },
        value: (unit) => unit.ready,
        text: (unit) => (unit.ready ? "có" : "chưa"),
      },
      { key: "systems", title: { vi: "Hệ thống", en: "Systems" }, value: (unit) => unit.systems },
    ],
  });

describe("output", () => {
  it("puts one JSON document on stdout and nothing else there, whatever is said beside it", async () => {
    const { out, said, pass } = await makeOutput({ json: true });
    out.note({ vi: "đang đọc", en: "reading" });
    out.warn({ vi: "cẩn thận", en: "careful" });
    const progress = out.progress({ vi: "đọc", en: "reading" }, 2);
    pass(5_000);
    progress.step(1);
    progress.end();
    await out.emit({ document: { schema: "wardctl.test/1", value: null }, render: () => "for people" });
    expect(JSON.parse(said.stdout)).toEqual({ schema: "wardctl.test/1", value: null });
    expect(Object.keys(JSON.parse(said.stdout) as object)[0]).toBe("schema");
    expect(said.stderr).toContain("cẩn thận");
  });

  it("renders for people without --json, ending with one line break", async () => {
    const { out, said } = await makeOutput();
    await out.emit({ document: { schema: "x" }, render: () => "một dòng" });
    await out.emit({ document: { schema: "x" }, render: async () => "hai dòng\n" });
    expect(said).toEqual({ stdout: "một dòng\nhai dòng\n", stderr: "" });
  });

  it("shows a list as a table whose columns stand under each other, Vietnamese letters or not", async () => {
    const { out, said } = await makeOutput();
    await showUnits(out, [{ ...units[0]!, name: "Phường Vỹ Dạ".normalize("NFD") }, units[1]!]);
    expect(said.stdout.normalize("NFC")).toBe(`Mã     Tên           Người  Sẵn sàng  Hệ thống
────────────────────────────────────────────────────
19777  Phường Vỹ Dạ     18  có        documents,1022
00004  =Ba Đình          –  chưa
`);
  });

  it("says that a list is empty in words, and as an empty list to programs", async () => {
    const text = await makeOutput();
    await showUnits(text.out, []);
    expect(text.said.stdout).toBe("Không có.\n");
    const json = await makeOutput({ json: true });
    await showUnits(json.out, []);
    expect(JSON.parse(json.said.stdout)).toEqual({ schema: "wardctl.test/1", asOf: "2025-07-03T10:00:00+07:00", units: [] });
  });

  it("says how many rows a long table has, on a terminal beside the table and never to programs", async () => {
    const many = Array.from({ length: 1_283 }, () => units[0]!);
    const terminal = { stdoutIsTerminal: true, columns: 200 };
    const table = await makeOutput({}, terminal);
    await showUnits(table.out, many);
    expect(table.said.stderr).toBe("1.283 dòng\n");
    expect(table.said.stdout.split("\n")).toHaveLength(1_286);
    const quiet = await makeOutput({ quiet: true }, terminal);
    await showUnits(quiet.out, many);
    const csv = await makeOutput({}, terminal);
    await showUnits(csv.out, many, "csv");
    const piped = await makeOutput();
    await showUnits(piped.out, many);
    expect(quiet.said.stderr + csv.said.stderr + piped.said.stderr).toBe("");
  });

  it("gives programs values instead of words: null for unknown, lists as lists", async () => {
    const { out, said } = await makeOutput();
    await showUnits(out, units, "json");
    expect((JSON.parse(said.stdout) as { units: unknown[] }).units[1]).toEqual({
      code: "00004",
      name: "=Ba Đình",
      staff: null,
      ready: false,
      systems: [],
    });
    const csv = await makeOutput();
    await showUnits(csv.out, units, "csv");
    expect(csv.said.stdout).toBe(
      "code,name,staff,ready,systems\r\n19777,Phường Vỹ Dạ,18,true,documents;1022\r\n00004,'=Ba Đình,,false,\r\n",
    );
    const tsv = await makeOutput();
    await showUnits(tsv.out, units, "tsv");
    expect(tsv.said.stdout.split("\r\n")[1]).toBe("19777\tPhường Vỹ Dạ\t18\ttrue\tdocuments;1022");
  });

  it("keeps notes and progress to itself under --quiet, warnings never", async () => {
    const { out, said } = await makeOutput({ quiet: true });
    out.note({ vi: "a", en: "a" });
    out.progress({ vi: "b", en: "b" }, 1).end();
    out.warn({ vi: "c", en: "c" });
    expect(said).toEqual({ stdout: "", stderr: "c\n" });
  });

  it("prints progress as a plain line every two seconds without a terminal, with a rate and what is left", async () => {
    const { out, said, pass } = await makeOutput();
    const progress = out.progress({ vi: "cấp tài khoản", en: "creating" }, 40);
    for (let done = 1; done <= 30; done++) {
      pass(100);
      progress.step(done, `tk-${done}`);
    }
    progress.end();
    expect(said.stderr.split("\n")).toEqual([
      "cấp tài khoản 20/40 · 10/s · còn ~2 s · tk-20",
      "cấp tài khoản 30/40 · 10/s · còn ~1 s · tk-30",
      "",
    ]);
  });

  it("redraws one line on a terminal, at most ten times a second", async () => {
    const { out, said, pass } = await makeOutput({ lang: "en" }, { stderrIsTerminal: true });
    const progress = out.progress({ vi: "đọc", en: "reading" }, 100);
    for (let done = 1; done <= 100; done++) {
      pass(10);
      progress.step(done);
    }
    progress.end();
    const draws = said.stderr.split("\r\u001B[2K").slice(1);
    expect(draws).toHaveLength(11);
    expect(draws.at(-1)).toBe("reading 100/100 · 100/s\n");
  });

  it("colours only a terminal", async () => {
    expect((await makeOutput()).out.paint.red("x")).toBe("x");
    expect((await makeOutput({}, { stdoutIsTerminal: true })).out.paint.red("x")).toBe("\u001B[31mx\u001B[39m");
    expect((await makeOutput({ color: false }, { stdoutIsTerminal: true })).out.paint.red("x")).toBe("x");
    expect((await makeOutput({ json: true }, { stdoutIsTerminal: true })).out.paint.red("x")).toBe("x");
  });

  it("never sends a control character of the data to the terminal", () => {
    expect(toVisible("a\u0007b\u001B[2Jc\u001B]0;title\u0007d\u009B1me\r\nf\u202Eg")).toBe("a�b�[2Jc�]0;title�d�1me f�g");
    expect(toVisible("\u001B[31mđỏ\u001B[39m")).toBe("\u001B[31mđỏ\u001B[39m");
  });
});

describe("prompts without a terminal", () => {
  it("ask nothing and name the flag that answers", async () => {
    const { out, said } = await makeOutput();
    const prompts = createPrompts(out, new AbortController().signal);
    await expect(prompts.confirm({ vi: "Được không?", en: "All right?" }, "--yes")).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("--yes"),
    });
    await expect(prompts.search({ vi: "?", en: "?" }, () => [], "--province")).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("--province"),
    });
    expect(said).toEqual({ stdout: "", stderr: "" });
  });
});

describe("a table", () => {
  const wide = [{ ...units[0]!, name: "Phường Vỹ Dạ của thành phố Huế, bên bờ nam sông Hương, đối diện phường Phú Xuân" }];

  it("wraps its widest cells so as to fit the terminal, and is left whole elsewhere", async () => {
    const narrow = await makeOutput({ color: false }, { stdoutIsTerminal: true, columns: 60 });
    await showUnits(narrow.out, wide);
    expect(narrow.said.stdout.split("\n").filter((line) => line.length > 60)).toEqual([]);
    expect(narrow.said.stdout.replace(/\s+/g, " ")).toContain("19777 Phường Vỹ Dạ");
    for (const word of wide[0]!.name.split(" ")) expect(narrow.said.stdout).toContain(word);
    const piped = await makeOutput({ color: false }, { columns: 60 });
    await showUnits(piped.out, wide);
    expect(piped.said.stdout).toContain(wide[0]!.name);
  });

  it("has neighbours in prose that part between words", () => {
    expect(wrapWords("   một hai ba bốn", 10, "   ")).toBe("   một hai\n   ba bốn");
    expect(wrapWords("dài-hơn-cả-dòng ngắn", 6, "  ")).toBe("dài-hơn-cả-dòng\n  ngắn");
    expect(wrapWords("một hai ba bốn", Number.POSITIVE_INFINITY)).toBe("một hai ba bốn");
  });
});

describe("a table on a narrow terminal", () => {
  const columns = [
    { key: "id", title: { vi: "Mã phiếu rất dài dòng", en: "Id" }, value: ({ id }: { id: string }) => id },
    { key: "name", title: { vi: "Tên", en: "Name" }, value: ({ name }: { name: string }) => name },
  ];
  const items = [{ id: "bfdebd1f3dde99", name: "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân" }];

  it("wraps what has words, cuts no id that somebody has to type, and keeps its whole heading above the rule", async () => {
    const { out, said } = await makeOutput({}, { stdoutIsTerminal: true, columns: 36 });
    await out.list({ schema: "wardctl.x/1", name: "x", items, columns, empty: { vi: "", en: "" } });
    const plain = said.stdout.replaceAll(/\u001B\[[0-9;]*m/g, "");
    const lines = plain.trimEnd().split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(36);
    expect(plain).toContain("bfdebd1f3dde99");
    const ruleAt = lines.findIndex((line) => line.startsWith("───"));
    expect(lines.slice(0, ruleAt).join(" ").replaceAll(/\s+/g, " ")).toMatch(/dòng$/);
    expect(lines.slice(ruleAt + 1).join(" ")).not.toContain("dòng");
  });

  it("is followed by what else there is to say, which programs find in the document", async () => {
    const list = { schema: "wardctl.x/1", name: "x", items, columns, empty: { vi: "", en: "" }, below: ["", "→ tiếp"] };
    const shown = await makeOutput();
    await shown.out.list({ ...list, format: "table" });
    expect(shown.said.stdout.endsWith("\n\n→ tiếp\n")).toBe(true);
    const rows = await makeOutput();
    await rows.out.list({ ...list, format: "csv" });
    expect(rows.said.stdout).not.toContain("tiếp");
  });
});
