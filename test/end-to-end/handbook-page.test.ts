import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexArticles, searchArticles } from "../../src/handbook/find-articles.ts";
import { readHandbook } from "../../src/handbook/read-handbook.ts";
import { hasChromium, launchChromium, listViolations } from "../support/chromium.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

describe.skipIf(!hasChromium)("the handbook's page in Chromium", () => {
  let browser: Browser;
  let address: Record<"vi" | "en", string>;

  beforeAll(async () => {
    const cwd = await makeTestFolder();
    for (const lang of ["vi", "en"]) await runWardctl(`handbook export --out ${lang}.html`, { cwd, env: { WARDCTL_LANG: lang } });
    address = { vi: pathToFileURL(join(cwd, "vi.html")).href, en: pathToFileURL(join(cwd, "en.html")).href };
    browser = await launchChromium();
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
      const violations = await listViolations(page);
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
