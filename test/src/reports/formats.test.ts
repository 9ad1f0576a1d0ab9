import { describe, expect, it } from "vitest";
import { noPaint } from "../../../src/platform/paint.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { formatCell, toBarShares } from "../../../src/reports/formats/cell-text.ts";
import type { RenderOptions } from "../../../src/reports/formats/format.ts";
import { toTicks } from "../../../src/reports/formats/html/axis.ts";
import { type FormatName, formatNames, formats } from "../../../src/reports/formats/index.ts";
import { escapeMarkdown } from "../../../src/reports/formats/markdown.ts";
import { toBar, toSparkline } from "../../../src/reports/formats/sparkline.ts";
import type { Report } from "../../../src/reports/model.ts";
import { createInMemoryCounts } from "../../support/in-memory-counts.ts";
import { at, openTestDesk, receive } from "../../support/report-desk.ts";
import { toDeclared } from "../../support/stated.ts";

const options: RenderOptions = {
  lang: "vi",
  zone: vietnamZone,
  paint: noPaint,
  all: true,
  modelSha256: "f".repeat(64),
  meeting: undefined,
  clockPinned: false,
};

const render = async (name: FormatName, report: Report, own: Partial<RenderOptions> = {}) =>
  (await (await formats[name]()).render(report, { ...options, ...own })) as string;

/** Everything a hand could put into a name, a source or a cause. */
const hostile = '<script>alert(1)</script> | =cmd|calc [x](javascript:y) `z` </script><!-- \u001B[2J\u0007\u202E "q" \'';

async function makeReport(): Promise<Report> {
  const counts = createInMemoryCounts({
    covered: ["19753", "19867"],
    finishedAt: [at("2025-07-03T07:20")],
    dossiers: [
      ...receive(12, "2025-07-03T07:00", { unit: "19753", resolvedAt: "2025-07-03T11:00" }),
      ...[500, 500, 283].flatMap((many) => receive(many, "2025-07-03T07:00", { unit: "19867", channel: "direct" })),
    ],
    declared: [
      {
        ...toDeclared({ unit: "19753", metric: "received.total", stated: "12", name: hostile }),
        stated: hostile,
        source: hostile,
      },
    ],
    warnings: [{ seq: 1, code: "W-ORDER", unit: "19753", detail: { count: 2, note: hostile } }],
    sources: [{ name: hostile, kind: "csv", quality: "exact", lastSeq: 1, lastDeliveryAt: at("2025-07-03T07:20"), stale: false }],
  });
  const { desk, evening } = await openTestDesk(counts);
  const made = await desk.makeMeeting({
    ...evening,
    city: `Huế ${hostile}`,
    questions: {
      counts,
      health: async () => ({
        at: at("2025-07-03T16:00"),
        endpoints: { pass: 3, fail: 1, unknown: 0, untested: 0 },
        causes: [{ inWords: verbatim(hostile), affected: 1 }],
        grid: { systems: [verbatim("TTHC"), verbatim(hostile)], units: [{ unit: "19753", states: ["pass", "fail"] }] },
      }),
    },
  });
  return made.report;
}

describe("every format", () => {
  it("shows data as text, whatever it holds", async () => {
    const report = await makeReport();
    const html = await render("html", report);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<!--/);
    const markdown = await render("md", report);
    expect(markdown).not.toMatch(/(?<!\\)<script/);
    expect(markdown).not.toMatch(/(?<!\\)\]\(/);
    const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
    for (const line of rows.filter((own) => own.includes("alert"))) expect(line.replaceAll("\\|", "")).toMatch(/^(\| [^|]*)+\|$/);
    for (const name of ["html", "md", "terminal"] as const) {
      expect(await render(name, report)).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/);
    }
  });

  it("gives the same bytes twice and under another time zone of the machine", async () => {
    const report = await makeReport();
    const zone = process.env["TZ"];
    for (const name of formatNames) {
      const first = await render(name, report);
      process.env["TZ"] = "America/New_York";
      expect(Buffer.from(await render(name, report)).equals(Buffer.from(first)), name).toBe(true);
      process.env["TZ"] = zone;
    }
  });

  it("writes numbers and dates in the reader's language", async () => {
    const report = await makeReport();
    const vi = await render("terminal", report);
    const en = await render("terminal", report, { lang: "en" });
    expect(vi).toContain("1.295  Tiếp nhận");
    expect(vi).toContain("đến 16:30 03/7/2025");
    expect(en).toContain("1,295  Received");
    expect(en).toContain("as of 16:30, 3 July 2025");
    expect(await render("html", report, { lang: "en" })).toContain('<html lang="en">');
  });

  it("says that the clock was set by hand", async () => {
    const report = await makeReport();
    for (const name of ["html", "md", "terminal"] as const) {
      expect(await render(name, report)).not.toMatch(/WARDCTL/);
      expect(await render(name, report, { clockPinned: true })).toMatch(/WARDCTL/);
    }
  });

  it("prints a section whose source failed as failed", async () => {
    const report = await makeReport();
    const failed: Report = {
      ...report,
      sections: [{ id: "health", title: verbatim("Health"), state: "unavailable", reason: verbatim("timeout"), blocks: [] }],
    };
    for (const name of ["html", "md", "terminal"] as const) expect(await render(name, failed)).toMatch(/Chưa có: timeout/);
  });
});

describe("the terminal", () => {
  it("leaves the long tables for the files, and says so", async () => {
    const report = await makeReport();
    expect(await render("terminal", report, { all: false })).toMatch(/--all/);
    expect(await render("terminal", report)).not.toMatch(/--all/);
  });

  it("draws eight levels and bars to an eighth", () => {
    expect(toSparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
    expect(toSparkline([0, 0])).toBe("▁▁");
    expect(toBar(1, 4)).toBe("████");
    expect(toBar(0.5, 3)).toBe("█▌");
    expect(toBar(0, 4)).toBe("");
  });
});

describe("the page", () => {
  it("asks nothing of anyone: no script to run, no address to fetch, a policy that refuses both", async () => {
    const html = await render("html", await makeReport());
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(html).not.toMatch(/unsafe-inline/);
    // Namespaces and data are not fetched; nothing else may look like an address.
    expect(html.replace(/data:,/g, "")).not.toMatch(/\b(src|href|action|srcset)="(?!#)[^"]+"|url\((?!#)|@import|https?:/);
    expect(html).not.toMatch(/ style="/);
    expect(html).not.toMatch(/ on[a-z]+="/);
  });

  it("carries the model as data", async () => {
    const report = await makeReport();
    const html = await render("html", report);
    const data = /<script type="application\/json" id="report-model">(.*?)<\/script>/s.exec(html)?.[1];
    expect(JSON.parse(data ?? "")).toEqual(report);
  });

  it("has whole and round steps on its axis that reach the largest value", () => {
    expect(toTicks(440)).toEqual([0, 200, 400, 600]);
    expect(toTicks(0)).toEqual([0, 1]);
    expect(toTicks(3)).toEqual([0, 1, 2, 3]);
    expect(toTicks(1000)).toEqual([0, 500, 1000]);
  });

  it("draws rates against the whole and counts against the largest", () => {
    const rate = (numerator: number) => ({
      cell: "rate" as const,
      numerator,
      denominator: 100,
      definition: "online",
      atMost: false,
    });
    expect(toBarShares([rate(50), rate(25)])).toEqual([0.5, 0.25]);
    expect(toBarShares([{ cell: "count", value: 8 }, { cell: "count", value: 2 }, undefined])).toEqual([1, 0.25, undefined]);
    expect(toBarShares([rate(150), rate(75)])).toEqual([1, 0.5]);
  });
});

describe("a cell", () => {
  const print = (cell: Parameters<typeof formatCell>[0]) => formatCell(cell, "vi", vietnamZone);

  it("prints a rate with its base, a bound as a bound, a difference with its sign, and the unknown as a dash", () => {
    const rate = { cell: "rate", numerator: 751, denominator: 11_600, definition: "online" } as const;
    expect(print({ ...rate, atMost: false })).toBe("6,47% (751/11.600)");
    expect(print({ ...rate, atMost: true })).toBe("nhiều nhất 6,47% (751/≥11.600)");
    expect(print({ cell: "delta", value: -1200 })).toBe("−1.200");
    expect(print({ cell: "delta", value: 0 })).toBe("0");
    expect(print({ cell: "absent", reason: null })).toBe("–");
  });
});

describe("Markdown", () => {
  it("escapes what would be markup", () => {
    expect(escapeMarkdown("a|b [c](d) <e> *f* _g_ `h` & # ~i~")).toBe(
      "a\\|b \\[c\\](d) \\<e\\> \\*f\\* \\_g\\_ \\`h\\` \\& \\# \\~i\\~",
    );
    expect(escapeMarkdown("- list")).toBe("\\- list");
    expect(escapeMarkdown("1. list")).toBe("1\\. list");
  });
});
