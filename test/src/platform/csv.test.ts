import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCsv, parseCsv, readCsv, streamCsv } from "../../../src/platform/csv.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const cell = fc.oneof(fc.string(), fc.constantFrom('a "b"', "một\nhai", "ba\r\nbốn", ",", "", "Thảo Điền", " x "));

const guard = (text: string): string => (/(^|["\n\r,;\t])[=+\-@\t\r\0＝＋－＠]/u.test(text) ? `'${text}` : text);

describe("reading CSV", () => {
  it("gives each record the line it starts on, across quoted line breaks and blank lines", async () => {
    const text = 'a,b\r\n1,"x\ny\r\nz"\r\n\r\n\n2,c\r\n,\r\n"3\n",d\n4,e';
    const records = await parseCsv(text, "f.csv");
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, "a", "b"],
      [2, "1", "x\ny\nz"],
      [7, "2", "c"],
      [9, "3\n", "d"],
      [11, "4", "e"],
    ]);
  });

  it("streams the same records with the same lines", async () => {
    const file = join(await makeTestFolder(), "f.csv");
    const streamed = async () => {
      const records = [];
      for await (const batch of streamCsv(file, "f.csv")) records.push(...batch);
      return records;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (rows) => {
        const text = formatCsv([["h1", "h2"], ...rows]).normalize("NFC");
        await writeFile(file, text);
        expect(await streamed()).toEqual(await parseCsv(text, "f.csv"));
      }),
      { numRuns: 60 },
    );
    await writeFile(file, 'a,b\n1,"x\r\ny"\r\n3,4\n\r\n5,6');
    expect((await streamed()).map(({ line }) => line)).toEqual([1, 2, 4, 6]);
  });

  it.each([
    ["a;b;c\n1,5;2;3", ["1,5", "2", "3"]],
    ["a\tb\n1;2\t3", ["1;2", "3"]],
    ["a,b\n1;2,3", ["1;2", "3"]],
    ["\uFEFFa,b\nx,y", ["x", "y"]],
  ])("finds the separator in the first line of %j", async (text, cells) => {
    const records = await parseCsv(text, "f.csv");
    expect(records[0]?.cells[0]).toBe("a");
    expect(records[1]?.cells).toEqual(cells);
  });

  it("finds the separator below blank lines at the top", async () => {
    expect(await parseCsv("\r\n\na;b\r1;2", "f.csv")).toEqual([
      { line: 3, cells: ["a", "b"] },
      { line: 4, cells: ["1", "2"] },
    ]);
  });

  it("leaves ragged records to the reader of them, who knows what is missing", async () => {
    expect((await parseCsv("a,b,c\n1\n1,2,3,4\n", "f.csv")).map((record) => record.cells.length)).toEqual([3, 1, 4]);
  });

  it("refuses broken quoting with its line and shows nothing of the record", async () => {
    const failure = (await parseCsv('a,b\n1,2\n"x"y,Nguyễn Thị Mật\n', "f.csv").catch((error: unknown) => error)) as Failure;
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ kind: "invalid", faults: [{ file: "f.csv", line: 3 }] });
    expect(failure.message + JSON.stringify(failure.faults)).not.toContain("Mật");
  });

  it("reads a file with the name it was given, and says when there is none", async () => {
    const file = join(await makeTestFolder(), "f.csv");
    await writeFile(file, "a,b\n");
    expect(await readCsv(file)).toEqual([{ line: 1, cells: ["a", "b"] }]);
    await expect(readCsv(`${file}x`)).rejects.toMatchObject({ kind: "invalid", message: `${file}x: no such file` });
  });
});

describe("writing CSV", () => {
  it.each(["=1+1", "+84 234", "-A1", "@SUM(A1)", "\t=1", "＝1", "x\n=cmd|' /C calc'!A0", "a,=1", "'x\r=2"])(
    "makes no formula of %j",
    (text) => {
      const written = formatCsv([[text]], ";");
      expect(written.replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it("leaves numbers, negative ones too, and plain text alone", () => {
    expect(formatCsv([[-5, 1.5, "Vỹ Dạ", "00004", "a-b", undefined, 'c "d"']])).toBe('-5,1.5,Vỹ Dạ,00004,a-b,,"c ""d"""\r\n');
  });

  it("reads back what it wrote, apart from the guard of formulas", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (rows) => {
        const head = ["h1", "h2"];
        const back = await parseCsv(formatCsv([head, ...rows]), "f.csv", { delimiter: "," });
        const kept = rows.filter((row) => row.some((text) => text.trim() !== ""));
        const written = kept.map((row) => row.map((text) => guard(text).replace(/\r\n?/g, "\n")));
        expect(back.slice(1).map((record) => record.cells)).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });
});
