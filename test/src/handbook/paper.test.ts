import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toBook } from "../../../src/handbook/formats/book.ts";
import { formatBookPdf } from "../../../src/handbook/formats/pdf.ts";
import { readHandbook } from "../../../src/handbook/read-handbook.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const hasPoppler = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"].some(existsSync);
if (!hasPoppler) console.warn("SKIPPED: the handbook's PDF is not read back, no pdftotext found");

describe.skipIf(!hasPoppler)("the handbook on paper", () => {
  it("names in its contents the sheet that each article begins on", async () => {
    const { articles } = await readHandbook();
    const book = toBook(articles, { lang: "vi", place: "Huế", date: "2025-07-03" });
    const file = join(await makeTestFolder(), "so-tay.pdf");
    await writeFile(file, await formatBookPdf(book, 1_751_535_000_000));
    const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
    const contents = pages.slice(0, 2).join("\n");
    const collapse = (text: string): string => text.replace(/\s+/g, " ");
    for (const { title } of book.articles) {
      const line = contents.split("\n").find((one) => one.trimStart().startsWith(title) && /\s\d+$/.test(one));
      const page = Number(/(\d+)$/.exec(line?.trimEnd() ?? "")?.[1]);
      expect(page, title).toBeGreaterThan(2);
      expect(collapse(pages[page - 1] ?? ""), title).toContain(collapse(title));
    }
    expect(pages[0]).toContain("Trang 1/");
  });
});
