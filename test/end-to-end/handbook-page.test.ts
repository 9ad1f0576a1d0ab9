import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexArticles, searchArticles } from "../../src/handbook/find-articles.ts";
import { readHandbook } from "../../src/handbook/read-handbook.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
].find((path) => path !== undefined && existsSync(path));

if (!executablePath) console.warn("SKIPPED: the handbook's page is not looked at, no Chromium found (set CHROMIUM to its path)");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(!executablePath)("the handbook's page in Chromium", () => {
  let browser: Browser;
  let address: Record<"vi" | "en", string>;

  beforeAll(async () => {
    const cwd = await makeTestFolder();
    for (const lang of ["vi", "en"]) await runWardctl(`handbook export --out ${lang}.html`, { cwd, env: { WARDCTL_LANG: lang } });
    address = { vi: pathToFileURL(join(cwd, "vi.html")).href, en: pathToFileURL(join(cwd, "en.html")).href };
    browser = await chromium.launch({
      executablePath,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
  });
  afterAll(() => browser?.close());

  async function open(
    lang: "vi" | "en",
    width = 1280,
    colorScheme: "light" | "dark" = "light",
    hash = "",
  ): Promise<{ page: Page; heard: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const heard: string[] = [];
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(address[lang]) && !request.url().startsWith("data:")) heard.push(`request: ${request.url()}`);
    });
    await page.goto(address[lang] + hash);
    return { page, heard };
  }

  it.each([
    ["vi", 390, "dark", "", "chuwa ky dduoc"],
    ["en", 1280, "light", "#tl-tuq-kt", ""],
  ] as const)(
    "in %s at %i px, %s %s '%s': no complaint, no request, no axe violation, no sideways scroll",
    async (lang, width, scheme, hash, words) => {
      const { page, heard } = await open(lang, width, scheme, hash);
      if (words) await page.fill("#words", words);
      expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
      expect(heard).toEqual([]);
      const violations = await page.evaluate(async (source) => {
        new Function(source)();
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ; ")}`,
        );
      }, axe);
      expect(violations).toEqual([]);
      await page.close();
    },
  );

  it("finds what the command finds, in its order, slips and all", async () => {
    const articles = (await readHandbook()).articles.filter(({ lang }) => lang === "vi");
    const index = indexArticles(articles);
    const { page } = await open("vi");
    for (const words of ["chuwa ky dduoc", "taikhoan phong", "token khoa pn", "SIG-PIN-LOCK", "sap nhap", "ký thay"]) {
      await page.fill("#words", words);
      const shown = await page
        .locator("#found a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.slice(1)));
      const expected = searchArticles(index, { words, lang: "vi" }).map(({ article }) => article.id);
      expect(shown, words).toEqual(expected.slice(0, 20));
    }
    expect(await page.locator("#found mark").count()).toBeGreaterThan(0);
    await page.fill("#words", "qqqqqqqqqq");
    expect(await page.locator("#told").textContent()).toBe("Không có bài nào. Thử ít từ hơn.");
    await page.close();
  });

  it("opens an article by its link, goes back, and prints them all", async () => {
    const { page } = await open("vi");
    expect(await page.locator("article:visible").count()).toBe(0);
    await page.keyboard.press("/");
    await page.keyboard.type("khoa pin");
    await page.locator("#found a").first().click();
    expect(await page.locator("article:visible h2").allTextContents()).toEqual(["Token bị khóa vì nhập sai mã PIN"]);
    await page.locator("article:visible .back a").click();
    expect(await page.locator("article:visible").count()).toBe(0);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("article:visible").count()).toBeGreaterThanOrEqual(40);
    expect(await page.locator("#contents").isVisible()).toBe(true);
    await page.close();
  });
});
