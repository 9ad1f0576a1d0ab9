import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAssets } from "../../src/board/assets.ts";
import type { Board } from "../../src/board/board.ts";
import { createFeed, type Feed } from "../../src/board/feed.ts";
import { renderBoard } from "../../src/board/render/parts.ts";
import { renderStillPage } from "../../src/board/render/still-page.ts";
import { serveBoard } from "../../src/board/serve-board.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { WebServer } from "../../src/platform/web-server.ts";
import { hasChromium, launchChromium, listenTo, listViolations } from "../support/chromium.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";
import { sampleBoard, sampleUnits } from "../support/sample-board.ts";
import { openCityWorkspace } from "../support/whole-city.ts";

const zone = vietnamZone;
const scrolls = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

describe.skipIf(!hasChromium)("the board in Chromium", () => {
  let browser: Browser;
  let server: WebServer;
  let feed: Feed;
  let url: string;
  const faults: unknown[] = [];

  const open = async (path: string, width: number, colorScheme: "light" | "dark"): Promise<{ page: Page; heard: string[] }> => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
    const heard = listenTo(page, url);
    await page.goto(`${url}${path}`);
    return { page, heard };
  };
  const serve = (board: Board): Promise<WebServer> => {
    feed = createFeed(board, { epoch: "e", zone });
    const onFault = (error: unknown): number => faults.push(error);
    const place = { host: "127.0.0.1", port: 0, hosts: ["127.0.0.1"], keys: undefined };
    return serveBoard({ ...place, feed, lang: "vi", zone, clockPinned: false, onFault });
  };

  beforeAll(async () => {
    browser = await launchChromium();
    server = await serve(sampleBoard());
    url = `http://127.0.0.1:${server.port}/`;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    expect(faults).toEqual([]);
  });

  it.each([
    [1920, "light", "vi"],
    [1920, "dark", "en"],
    [1280, "light", "en"],
    [1280, "dark", "vi"],
    [390, "light", "vi"],
    [390, "dark", "en"],
  ] as const)(
    "at %i px, %s, %s: no complaint, no request elsewhere, no axe violation, no sideways scroll",
    async (width, scheme, lang) => {
      const { page, heard } = await open(`?lang=${lang}`, width, scheme);
      expect(await page.evaluate(scrolls)).toBe(0);
      expect(await listViolations(page)).toEqual([]);
      await page.locator('.unit[data-unit="19753"] .name').click();
      await page.locator("[data-detail][open]").waitFor();
      expect(await listViolations(page)).toEqual([]);
      expect(await page.evaluate(scrolls)).toBe(0);
      expect(heard).toEqual([]);
      await page.close();
    },
  );

  it("is walked with the keyboard: arrows, Enter, Escape, search without diacritics, help, theme and language", async () => {
    const { page, heard } = await open("?lang=vi", 1280, "light");
    const where = (): Promise<unknown> =>
      page.evaluate(
        "[document.activeElement.closest('.unit')?.dataset.unit, document.activeElement.dataset.dimension ?? 'name']",
      );
    await page.keyboard.press("ArrowDown");
    expect(await where()).toEqual(["19753", "name"]);
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    expect(await where()).toEqual(["19774", "signing"]);
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    expect(await panel.locator("h2").textContent()).toContain("Phường Kim Long");
    expect(await panel.locator("code").allTextContents()).toContain("wardctl delegate push --unit 19774");
    await page.keyboard.press("Escape");
    expect(await where()).toEqual(["19774", "signing"]);
    // One stop of the Tab key in the whole grid.
    expect(await page.locator(".matrix [tabindex='0']").count()).toBe(1);

    await page.keyboard.press("/");
    await page.keyboard.type("huong an");
    expect(await page.locator(".unit:visible").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-unit")))).toEqual([
      "19804",
    ]);
    await page.keyboard.press("Enter");
    expect(await where()).toEqual(["19804", "name"]);
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    expect(await page.locator(".unit:visible").count()).toBe(40);

    await page.keyboard.press("?");
    expect(await page.getByRole("dialog", { name: "Phím tắt" }).isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    for (const theme of ["light", "dark", undefined]) {
      await page.keyboard.press("t");
      expect(await page.evaluate("document.documentElement.dataset.theme")).toBe(theme);
    }
    await page.keyboard.press("l");
    await page.getByRole("heading", { name: "36 of 40 units ready" }).waitFor();
    expect(heard).toEqual([]);
    await page.close();
  });

  it("turns a cell by an event, without being loaded again, and leaves the person where they were", async () => {
    const { page, heard } = await open("?lang=vi", 1280, "light");
    await page.evaluate("window.sameDocument = true");
    const cell = page.locator('.unit[data-unit="19774"] [data-dimension="signing"]');
    await cell.click();
    await page.keyboard.press("Escape");
    expect(await cell.getAttribute("data-verdict")).toBe("no-go");
    feed.update(
      sampleBoard({ units: sampleUnits("46", 1, 2).map((unit, at) => (at === 1 ? sampleUnits("46", 0, 0)[at]! : unit)) }),
    );
    await page.getByText("Phường Kim Long: sẵn sàng", { exact: true }).waitFor();
    expect(await cell.getAttribute("data-verdict")).toBe("go");
    expect(await cell.evaluate((element) => element.matches(":focus") && element.closest(".turned") !== null)).toBe(true);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("38/40");
    expect(await page.evaluate("window.sameDocument")).toBe(true);
    expect(heard).toEqual([]);
    await page.close();
  });

  it("says that it lost wardctl, and is whole again when wardctl is back", async () => {
    const { page } = await open("?lang=en", 1280, "light");
    const lost = page.getByRole("alert");
    const { port } = server;
    await server.stop();
    await lost.waitFor();
    feed = createFeed(sampleBoard({ units: sampleUnits("46", 0, 0) }), { epoch: "another", zone });
    const place = { host: "127.0.0.1", port, hosts: ["127.0.0.1"], keys: undefined };
    server = await serveBoard({ ...place, feed, lang: "vi", zone, clockPinned: false, onFault: (error) => faults.push(error) });
    await page.getByRole("heading", { name: "40 of 40 units ready" }).waitFor();
    expect(await lost.isVisible()).toBe(false);
    await page.close();
  });

  it("is the same as one still file from the disk: panels and both languages, no request, and two sheets of A4 at most", async () => {
    const board = sampleBoard();
    const rendered = { vi: renderBoard(board, { lang: "vi", zone }), en: renderBoard(board, { lang: "en", zone }) };
    const file = join(await makeTestFolder(), "board.html");
    await writeFile(
      file,
      renderStillPage(rendered, { lang: "vi", zone, city: board.city, clockPinned: false }, await readAssets()),
    );
    const { href } = pathToFileURL(file);
    const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const heard = listenTo(page, href);
    await page.goto(href);
    await page.locator('.unit[data-unit="19753"] .name').click();
    expect(await page.getByRole("dialog").textContent()).toContain("wardctl delegate push --unit 19753");
    await page.keyboard.press("Escape");
    await page.keyboard.press("l");
    await page.getByRole("heading", { name: "36 of 40 units ready" }).waitFor();
    expect(await page.evaluate("[document.documentElement.lang, document.title]")).toEqual(["en", "Board · Thành phố Huế"]);
    await page.locator('.unit[data-unit="19753"] .name').click();
    expect(await page.getByRole("dialog").textContent()).toContain("not ready");
    await page.keyboard.press("Escape");
    expect(await listViolations(page)).toEqual([]);
    expect(heard).toEqual([]);
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
    expect(sheets.length).toBeGreaterThan(0);
    expect(sheets.length).toBeLessThanOrEqual(2);
    await context.close();
  });
});

describe.skipIf(!hasChromium)("a newcomer at the board", () => {
  it("finds a unit that is not ready, does what the screen says and sees it turn", { timeout: 120_000 }, async () => {
    const city = await openCityWorkspace("2025-07-03T16:30:00+07:00");
    const browser = await launchChromium();
    const stop = new AbortController();
    try {
      const yaml = join(city.folder, "wardctl.yaml");
      await writeFile(yaml, `${await readFile(yaml, "utf8")}\nready:\n  dimensions: [departments, contacts]\n`);
      for (const line of ["wards import contacts.csv", "provision coverage"])
        expect([0, 8]).toContain((await city.run(line)).code);
      const env = { WARDCTL_NOW: "2025-07-03T16:30:00+07:00" };
      const told = Promise.withResolvers<string>();
      const ended = runWardctl("board --port 0 --json", { cwd: city.folder, env, signal: stop.signal, onResult: told.resolve });
      const { url } = JSON.parse(await told.promise) as { url: string };
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const heard = listenTo(page, url);
      await page.goto(url);
      await page.evaluate("window.sameDocument = true");
      const row = page.locator('.group.no-go .unit[data-unit="27004"]');
      await row.locator(".name").click();
      const commands = await page.getByRole("dialog").locator(".first-box code").allTextContents();
      await page.keyboard.press("Escape");
      for (const command of commands) {
        const yes = command.includes(" apply ") ? " --yes" : "";
        const { code, stderr } = await city.run(`${command.replace(/^wardctl /, "")}${yes}`);
        expect([0, 8], `${command}\n${stderr}`).toContain(code);
      }
      await page.locator('.group.go .unit[data-unit="27004"]').waitFor();
      expect(await page.evaluate("window.sameDocument")).toBe(true);
      expect(heard).toEqual([]);
      stop.abort();
      expect((await ended).code).toBe(130);
    } finally {
      stop.abort();
      await browser.close();
      await city.stop();
    }
  });
});
