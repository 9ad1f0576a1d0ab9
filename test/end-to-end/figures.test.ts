import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";
import { type CityWorkspace, openCityWorkspace } from "../support/whole-city.ts";

const asOf = "2025-07-03T10:00:00+07:00";
const formatNames = ["terminal", "md", "html", "json"] as const;
const languages = ["vi", "en"] as const;

/** What a person reads in any format: one line, no markup, no escapes; of JSON only the words of one language and the numbers. */
function toReadText(printed: string, format: (typeof formatNames)[number], lang: (typeof languages)[number]): string {
  if (format === "json") {
    const texts: string[] = [];
    const other = lang === "vi" ? "en" : "vi";
    JSON.parse(printed, (key, value: unknown) => {
      if (key !== other && (typeof value === "string" || typeof value === "number")) texts.push(String(value));
      return value;
    });
    return texts.join(" ");
  }
  const body = format === "html" ? printed.replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ") : printed;
  const plain = body
    .replace(/\\([^\w\s])/g, "$1")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  return plain.replace(/[\s|*]+/g, " ");
}

const cases = languages.flatMap((lang) => formatNames.map((format) => [lang, format] as const));

describe("Huế at 10:00 on 3 July 2025, from the city's own record pages", () => {
  let city: CityWorkspace;

  beforeAll(async () => {
    city = await openCityWorkspace(asOf);
    expect((await city.run("sync")).code).toBe(0);
    expect((await city.run("import press.csv --source press")).code).toBe(0);
  });
  afterAll(() => city.stop());

  const report = async (flags: string) => city.run(`report evening --no-store ${flags}`);

  it.each(cases)("says the published figures and every warning in %s as %s", async (lang, format) => {
    const { code, stdout } = await report(`--format ${format} --lang ${lang}`);
    expect(code).toBe(0);
    const told = toReadText(stdout, format, lang);
    const said =
      lang === "vi"
        ? ["Phường Hương An", "không có số gốc", "đúng theo danh bạ là Phường Hương An (19804)", "không kiểm được tổng 1.283"]
        : ["Hương An Ward", "base not given", "Hương An Ward (19804)", "1,283"];
    for (const words of said) expect(told).toContain(words);
    for (const code of ["W-BASE", "W-TOTAL", "W-NAME"]) expect(told).toContain(code);
    if (format === "json") return;
    const [thousand, comma] = lang === "vi" ? ["1.283", ","] : ["1,283", "."];
    for (const number of [thousand, `29${comma}77%`, `40${comma}40%`, "382", "61/151"]) expect(told).toContain(number);
    const tied = { terminal: /1 \((đồng hạng|tied)\) /g, md: /1 \((đồng hạng|tied)\) /g, html: /(đồng hạng|tied) 1 /g }[format];
    // Two firsts among the counted, two among the published.
    expect(told.match(tied)).toHaveLength(4);
  });

  it("counts what it prints: the three named units exactly, the total as their sum", async () => {
    const { units, total } = JSON.parse((await report("--json")).stdout) as Report;
    const find = (code: string) => units.find((unit) => unit.code === code)!.figures;
    expect([find("19753").received.total, find("19867").received.total]).toEqual([151, 151]);
    expect([find("19867").resolved.total, find("19804").resolved.total]).toEqual([61, 36]);
    expect([total.figures.received.total, total.figures.resolved.total, total.reporting]).toEqual([1283, 382, 40]);
    expect(units.reduce((sum, { figures }) => sum + figures.received.total, 0)).toBe(1283);
  });

  it("counts one dossier more when one more comes, and says that it is no longer the published total", async () => {
    const { folder, run } = city;
    const settings = await readFile(join(folder, "wardctl.yaml"), "utf8");
    const columns = ["code", "unit", "procedure", "channel", "received", "due", "finished", "status", "updated"];
    await appendFile(
      join(folder, "wardctl.yaml"),
      `    sua-tay:
      kind: csv
      content: dossiers
      columns: { ${columns.map((name) => `${name}: ${name}`).join(", ")} }
      channels: { online: online }
      status: { done: resolved }
`,
    );
    const at = ["2025-07-03T08:00", "2025-07-03T17:00", "2025-07-03T09:30", "done", "2025-07-03T09:30"];
    const row = ["H57.101-250703-9999", "19753", "1.001612", "online", ...at];
    await writeFile(join(folder, "one-more.csv"), `${columns.join(",")}\n${row.join(",")}\n`);
    expect((await run("import one-more.csv --source sua-tay")).code).toBe(0);
    const told = (await report("--lang vi")).stdout;
    expect(told).toMatch(/1\.284 {2}Tiếp nhận\n +383 {2}Đã giải quyết\n/);
    expect(told).toMatch(/29,83% {2}Tỷ lệ giải quyết {2}383 \/ 1\.284/);
    expect(told).toMatch(/1 {2}Phường Phú Xuân +152/);
    expect(told).toMatch(/Toàn địa bàn +Tiếp nhận +1283 +1\.284 +\+1 /);
    await writeFile(join(folder, "wardctl.yaml"), settings);
  });
});

interface Report {
  readonly units: readonly { readonly code: string; readonly figures: Figures }[];
  readonly total: { readonly figures: Figures; readonly reporting: number };
}
interface Figures {
  readonly received: { readonly total: number };
  readonly resolved: { readonly total: number };
}

describe("the field reports of the press alone", () => {
  const now = "2025-09-01T08:00";
  let cwd: string;

  beforeAll(async () => {
    cwd = join(await makeTestFolder(), "press");
    await cp(new URL("../../fixtures/press", import.meta.url), cwd, { recursive: true });
    const files = ["hue-2025-07-03", "tan-thanh-2025-07-06", "tan-lap-2025-07-07", "xom-chieu-2025-08", "phu-thuan-2025-08"];
    for (const file of files) {
      const source = `press-${file.replace(/-2025.*/, "")}`;
      expect((await runWardctl(`import ${file}.csv --source ${source}`, { cwd, env: { WARDCTL_NOW: now } })).code).toBe(0);
    }
  });

  // A day without a time is stated at its end: midnight closes it.
  const warnings = {
    vi: {
      "2025-07-03T16:30": ["không có số gốc", "Chỉ công bố của 3/40", "không kiểm được tổng 1.283", "Phường Hương An (19804)"],
      "2025-07-07T00:00": ["52 = 45 + 5 + 2", "86,54%", "90,38%"],
      "2025-07-08T00:00": ["96,3% không thể tính ra từ ~30", "27 hoặc 54", "ước chừng"],
      "2025-09-01T00:00": ["nhiều nhất 6,47%", "99%", "96,17%", "định nghĩa khác nhau hoặc không rõ"],
    },
    en: {
      "2025-07-03T16:30": ["base not given", "3 of 40", "1,283", "Hương An Ward (19804)"],
      "2025-07-07T00:00": ["52 = 45 + 5 + 2", "86.54%", "90.38%"],
      "2025-07-08T00:00": ["~30", "27 or 54", "approximate"],
      "2025-09-01T00:00": ["at most 6.47%", "99%", "96,17%", "definitions differ or are unstated"],
    },
  } as const;

  it.each(cases)("keep what was printed, and the warnings with it, in %s as %s", async (lang, format) => {
    for (const [at, said] of Object.entries(warnings[lang])) {
      const flags = ["--as-of", at, "--format", format, "--lang", lang, "--no-store"];
      const { code, stdout } = await runWardctl(["report", "evening", ...flags], { cwd, env: { WARDCTL_NOW: now } });
      expect(code).toBe(0);
      const told = toReadText(stdout, format, lang);
      // A rate is numerator and denominator in JSON: the percentage is for people.
      for (const words of said)
        if (format !== "json" || !/^(at most |nhiều nhất )?\d+[.,]\d\d%$/.test(words)) expect(told).toContain(words);
      expect(told).not.toMatch(/28[.,]9|11[.,]?15[56]/);
    }
  });
});
