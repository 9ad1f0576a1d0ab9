import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readPixels } from "../../../src/platform/png-pixels.ts";
import { changePdf, changeZip, coverPng } from "../../support/changed-files.ts";
import { createHueCsv, hueSettings } from "../../support/hue-day.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";
import { readParts } from "../../support/word-file.ts";

let cwd: string;
const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd, env: { WARDCTL_NOW: "2025-07-03T10:30:00+07:00" } });
const read = (file: string) => readFile(join(cwd, file));

/** Prints the meeting, changes the file, and says what `report verify` answers. */
async function verifyChanged(ending: string, lang: string, change: (file: Buffer) => Uint8Array) {
  await run(`report show --out own.${ending} --lang ${lang}`);
  await writeFile(join(cwd, `changed.${ending}`), change(await read(`own.${ending}`)));
  const { code, stdout } = await run(`report verify changed.${ending} --json`);
  return { code, document: JSON.parse(stdout).document };
}

beforeAll(async () => {
  cwd = await makeTestFolder();
  await writeFile(join(cwd, "wardctl.yaml"), hueSettings);
  await writeFile(join(cwd, "day.csv"), createHueCsv());
  await run("import day.csv --source mot-cua");
  await run("report evening --as-of 2025-07-03T10:00");
});

describe("report verify of a file that is no text", () => {
  it("names sheet, cell, unit and figure of a workbook in which one number was changed", async () => {
    const { code, document } = await verifyChanged("xlsx", "en", (file) => {
      const sheet = [...readParts(file)].find(([, xml]) => /<v>151<\/v>/.test(xml) && /<autoFilter/.test(xml))![0];
      return changeZip(file, sheet, (xml) => xml.replace("<v>151</v>", "<v>152</v>"));
    });
    expect(code).toBe(8);
    expect(document.difference).toMatchObject({ found: "152", expected: "151" });
    expect(document.difference.where).toMatch(/^sheet 'Most received', cell C\d \((Phú Xuân|Quảng Điền).* · Received\)$/);
  });

  it("names table, row and column of a Word file, and tells it in Vietnamese", async () => {
    const { code, document } = await verifyChanged("docx", "vi", (file) =>
      changeZip(file, "word/document.xml", (xml) => xml.replace(/(<w:t[^>]*>)151(<\/w:t>)/, "$1115$2")),
    );
    expect(code).toBe(8);
    expect(document.difference).toMatchObject({ found: "115", expected: "151" });
    expect(document.difference.where).toMatch(/^table \d+, row 2, column 3 \(.* · Tiếp nhận\)$/);
    expect((await run("report verify changed.docx --lang vi")).stdout).toMatch(
      /✕ Tệp khác báo cáo đã lưu\. bảng \d+, dòng 2, cột 3 \(.* · Tiếp nhận\): trong tệp ‘115’, báo cáo đã lưu ‘151’/,
    );
  });

  it("names page, line and words of a PDF", async () => {
    // 1.283 is five signs of two bytes each; the first is set in the place of the third.
    const { code, document } = await verifyChanged("pdf", "vi", (file) =>
      changePdf(file, (program) =>
        program.replace(/<((\w{4})\w{4}(?!\2)(\w{4})\w{4}(\w{4}))>(?= |\])/, (all, hex: string) =>
          all.replace(hex, `${hex.slice(0, 8)}${hex.slice(0, 4)}${hex.slice(12)}`),
        ),
      ),
    );
    expect(code).toBe(8);
    expect(document.difference.where).toMatch(/^page \d+, line \d+/);
    expect(document.difference.found).not.toBe(document.difference.expected);
    expect(document.difference.found.length).toBe(document.difference.expected.length);
  });

  it("finds the figure that is covered in a picture that another program saved", async () => {
    const { code, document } = await verifyChanged("png", "vi", (file) => coverPng(file, [60, 320, 180, 60]));
    expect(code).toBe(8);
    expect(document.difference.where).toMatch(/^pixel \d+, \d+ of the picture$/);
    expect(document.difference.expected).toBe("1.283");
  });

  it("says of one that was only saved anew that no word of it differs", async () => {
    const { code, document } = await verifyChanged("docx", "en", (file) => changeZip(file, "", String));
    expect(code).toBe(8);
    expect(document.difference.where).toBe("bytes");
    expect((await run("report verify changed.docx --lang en")).stdout).toMatch(/Every word and number in the file is the same/);
  });

  it("still knows each of its own", async () => {
    for (const ending of ["xlsx", "docx", "pdf", "png"]) expect((await run(`report verify own.${ending}`)).code, ending).toBe(0);
  });

  it("reads no picture that it cannot", () => {
    expect(readPixels(Buffer.from("\u0089PNG nothing more", "latin1"))).toBeUndefined();
  });
});
