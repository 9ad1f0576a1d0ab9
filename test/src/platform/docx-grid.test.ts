import { describe, expect, it } from "vitest";
import { formatDocx, type WordBlock } from "../../../src/platform/docx.ts";
import { readWordPlaces } from "../../../src/platform/docx-text.ts";
import { readLines, readParts } from "../../support/word-file.ts";

const write = (blocks: readonly WordBlock[]) =>
  formatDocx({
    title: "x",
    font: "Times New Roman",
    sizePt: 13,
    marginsTwips: { top: 1000, bottom: 1000, left: 1000, right: 1000 },
    pageNumberPt: 10,
    footer: [],
    blocks,
  });
const readDocument = async (blocks: readonly WordBlock[]) => readParts(await write(blocks)).get("word/document.xml")!;
const say = (text: string): WordBlock => ({ kind: "paragraph", texts: [{ text }] });
const grid = (rows: readonly (readonly string[])[]): WordBlock => ({ kind: "grid", widthsTwips: [1500, 2500], rows });

describe("the tables of a Word file", () => {
  it("stand where they are put, each with its heading on every page and its cells as text", async () => {
    const xml = await readDocument([
      say("before"),
      grid([
        ["Đơn vị", "Số"],
        ["A & <b>", "1\n2"],
      ]),
      say("after"),
    ]);
    expect(readLines(xml)).toEqual(["before", "Đơn vị", "Số", "A & <b>", "1", "2", "after"]);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(xml).toContain('<w:gridCol w:w="1500"/><w:gridCol w:w="2500"/>');
  });

  it("take no text for the place of a table, whatever it says", async () => {
    const hostile = ["grid 0", "grid 1", "</w:t></w:r></w:p>", "$&", "{ DDEAUTO calc }"];
    const xml = await readDocument([...hostile.map(say), grid([["a", "b"], hostile.slice(0, 2)])]);
    expect(readLines(xml)).toEqual([...hostile, "a", "b", "grid 0", "grid 1"]);
    expect(xml).not.toMatch(/w:fldSimple|w:instrText/);
  });

  it("keep how the pages lie where a table is the last before they turn", async () => {
    const rows = [
      ["a", "b"],
      ["c", "d"],
    ];
    const xml = await readDocument([grid(rows), { kind: "turn", landscape: true }, grid(rows)]);
    expect(xml.match(/<w:tbl>/g)).toHaveLength(2);
    expect([...xml.matchAll(/w:orient="(\w+)"/g)].map(([, way]) => way)).toEqual(["portrait", "landscape"]);
    // A table and what says how its pages lie are parted by a paragraph (ECMA-376 part 1, 17.6.18).
    expect(xml).toContain("</w:tbl><w:p><w:pPr><w:sectPr>");
  });

  it("are found again cell by cell", async () => {
    const bytes = await write([
      say("one"),
      grid([
        ["a", "b"],
        ["c & d", ""],
      ]),
      say("two"),
    ]);
    expect(readWordPlaces(bytes)).toEqual([
      { text: "one", paragraph: 1, cell: undefined },
      { text: "a", paragraph: 1, cell: { table: 1, row: 1, column: 1 } },
      { text: "b", paragraph: 1, cell: { table: 1, row: 1, column: 2 } },
      { text: "c & d", paragraph: 1, cell: { table: 1, row: 2, column: 1 } },
      { text: "two", paragraph: 2, cell: undefined },
    ]);
    expect(readWordPlaces(Buffer.from("PK no more"))).toEqual([]);
  });
});
