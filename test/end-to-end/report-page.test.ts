import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPaint } from "../../src/platform/paint.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { renderLines } from "../../src/reports/formats/html/charts.ts";
import { hasChromium, launchChromium, listViolations } from "../support/chromium.ts";
import { writeFullPage } from "../support/full-report.ts";
import { createHueCsv, huePressCsv, hueSettings } from "../support/hue-day.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

async function makePage(lang: string): Promise<string> {
  const cwd = await makeTestFolder();
  await Promise.all([
    writeFile(join(cwd, "wardctl.yaml"), hueSettings),
    writeFile(join(cwd, "dossiers.csv"), createHueCsv({ afternoon: true })),
    writeFile(join(cwd, "press.csv"), huePressCsv),
  ]);
  const env = { WARDCTL_NOW: "2025-07-03T16:33", WARDCTL_LANG: lang };
  await runWardctl("import dossiers.csv --source mot-cua --exported-at 2025-07-03T16:30", { cwd, env });
  await runWardctl("import press.csv --source bao-chi", { cwd, env });
  await runWardctl("report morning --as-of 2025-07-03T07:30", { cwd, env });
  const { code } = await runWardctl("report evening --as-of 2025-07-03T16:30 --out page.html", { cwd, env });
  expect(code).toBe(0);
  return join(cwd, "page.html");
}

describe.skipIf(!hasChromium)("the report page in Chromium", () => {
  let browser: Browser;
  let files: Record<string, string>;

  beforeAll(async () => {
    const full = join(await makeTestFolder(), "full.html");
    await writeFullPage(full, "vi");
    files = { vi: await makePage("vi"), en: await makePage("en"), full };
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(width: number, colorScheme: "light" | "dark", name: string): Promise<{ page: Page; heard: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const heard: string[] = [];
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(files[name]!).href && !request.url().startsWith("data:"))
        heard.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(files[name]!).href);
    return { page, heard };
  }

  it.each([
    [1280, "light", "vi"],
    [1280, "dark", "en"],
    [390, "light", "en"],
    [390, "dark", "vi"],
    [1280, "light", "full"],
    [390, "dark", "full"],
  ] as const)("at %i px, %s, %s: no complaint, no request, no axe violation, no sideways scroll", async (width, scheme, name) => {
    const { page, heard } = await open(width, scheme, name);
    for (const summary of await page.locator("summary").all()) await summary.click();
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    expect(heard).toEqual([]);
    const violations = await listViolations(page);
    expect(violations).toEqual([]);
    await page.close();
  });

  it("leaves no hole in the rankings: each row of cards is as wide as the section", async () => {
    const { page } = await open(1280, "light", "vi");
    const rows = await page.locator("#rankings .cards").evaluateAll((grids) =>
      grids.map((grid) => {
        const boxes = [...grid.children].map((card) => card.getBoundingClientRect());
        return [...new Set(boxes.map(({ top }) => top))].map((top) => {
          const row = boxes.filter((box) => box.top === top);
          const { right } = grid.getBoundingClientRect();
          return [row.length, right - Math.max(...row.map((box) => box.right)) < 1];
        });
      }),
    );
    expect(rows.flat().length).toBeGreaterThan(1);
    expect(rows.flat().every(([, filled]) => filled)).toBe(true);
    await page.close();
  });

  it.each([1280, 1000, 620, 390])(
    "at %i px cuts no figure off a ranking whose units have the longest name of all",
    async (width) => {
      const { page } = await open(width, "light", "vi");
      const hidden = await page.locator(".ranking").evaluateAll((boxes) =>
        boxes.map((box) => {
          for (const name of box.querySelectorAll("tbody th")) name.textContent = "Phường Văn Miếu - Quốc Tử Giám";
          return box.scrollWidth - box.clientWidth;
        }),
      );
      expect(hidden.length).toBeGreaterThan(1);
      expect(hidden.every((px) => px === 0)).toBe(true);
      await page.close();
    },
  );

  it.each([1280, 390])("at %i px shows the ticks of a large chart whole: 15.000, not 5.000", async (width) => {
    const { page } = await open(width, "light", "vi");
    const title = { vi: "Tiếp nhận", en: "Received" };
    const points = [{ at: "2025-07-03T07:00:00+07:00", values: [14_000] }];
    const chart = renderLines({ block: "chart", chart: "lines", caption: title, series: [title], points }, "big", {
      lang: "vi",
      zone: vietnamZone,
      paint: noPaint,
      all: true,
      modelSha256: "",
      meeting: undefined,
      clockPinned: false,
    });
    await page.locator("#day").evaluate((section, html) => {
      section.innerHTML = html;
    }, chart);
    const ticks = await page
      .locator(".lines .y")
      .evaluateAll((texts) =>
        texts.map((text) => [text.textContent, (text as unknown as { getBBox(): { x: number } }).getBBox().x >= 0]),
      );
    expect(ticks).toContainEqual(["15.000", true]);
    expect(ticks.every(([, whole]) => whole)).toBe(true);
    await page.close();
  });

  it("reads in order without its style: one h1, then sections named by their headings", async () => {
    const { page } = await open(1280, "light", "vi");
    const levels = await page
      .locator("h1, h2, h3")
      .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => index === 0 || level - levels[index - 1]! <= 1)).toBe(true);
    const totals = page.getByRole("region", { name: "Số liệu chung" });
    expect(await totals.locator("dd.number").first().textContent()).toMatch(/^\d\.\d{3}$/);
    await page.close();
  });

  it("puts the totals on the first screen of a meeting room, in letters read from the back", async () => {
    const { page } = await open(1280, "light", "vi");
    const number = page.locator("#totals .main .number").first();
    const box = await number.boundingBox();
    expect(box!.y + box!.height).toBeLessThan(900);
    expect(
      await page.evaluate("parseFloat(getComputedStyle(document.querySelector('#totals .main .number')).fontSize)"),
    ).toBeGreaterThanOrEqual(72);
    await page.close();
  });
});
