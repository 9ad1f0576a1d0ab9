import fc from "fast-check";
import { expect, it } from "vitest";
import { createPaint, noPaint } from "../../../src/platform/paint.ts";
import { formatTable } from "../../../src/platform/table.ts";

it("takes as many rows as a country has", () => {
  const row = [Array.from({ length: 60 }, (_, at) => `từ${at}`).join(" ")];
  const text = formatTable([{ title: "Chữ" }], new Array(3_000).fill(row), noPaint);
  expect(text.split("\n")).toHaveLength(3_002);
});

it("lines up letters of one sign and of several alike", () => {
  const columns = [{ title: "Phường" }, { title: "Số" }];
  const text = formatTable(
    columns,
    [
      ["Huế", "1"],
      ["Huế".normalize("NFD"), "2"],
      ["Thuận Hóa", "3"],
    ],
    noPaint,
  );
  const places = text
    .split("\n")
    .slice(2)
    .map((line) => [...new Intl.Segmenter("vi").segment(line)].length);
  expect(new Set(places).size).toBe(1);
});

const word = fc.constantFrom(
  "Phường",
  "Vỹ",
  "Dạ",
  "19777",
  "→",
  "·",
  "Huế".normalize("NFD"),
  "0mcn6prk0000000000000000",
  "\u001B[31mđỏ\u001B[39m",
);
const cell = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));
const colours = /\u001B\[[0-9;]*m/g;
const toLetters = (text: string): string[] =>
  [...new Intl.Segmenter("vi").segment(text.replace(colours, ""))].map(({ segment }) => segment);

it("loses no letter of any cell, however narrow it is, and keeps every column in its place", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 36, max: 120 }),
      (rows, width) => {
        const columns = ["Đầu", "Giữa", "Cuối"].map((title, at) => ({
          title,
          align: at === 1 ? ("right" as const) : ("left" as const),
        }));
        const [head, rule, ...body] = formatTable(columns, rows, noPaint, width).split("\n") as [string, string, ...string[]];
        const starts = [0, head.indexOf("Cuối")];
        expect(rule.length).toBeLessThanOrEqual(Math.max(width, 36));
        const written = body.map((line) => toLetters(line));
        // Two empty places before the last column on every line: nothing of the middle one runs into it.
        for (const line of written)
          expect(
            line
              .slice((starts[1] as number) - 2, starts[1])
              .join("")
              .trim(),
          ).toBe("");
        const sorted = (letters: readonly string[]): string =>
          letters
            .filter((letter) => letter !== " ")
            .sort()
            .join("");
        expect(sorted(written.flat())).toBe(sorted(toLetters(rows.flat().join(" "))));
      },
    ),
    { numRuns: 300 },
  );
});

it("ends a colour where its line ends and begins it anew in the next", async () => {
  const paint = await createPaint(true);
  const text = formatTable([{ title: "A" }, { title: "B" }], [[paint.red("một hai ba bốn năm sáu bảy"), "x"]], noPaint, 16);
  for (const line of text.split("\n").slice(2)) {
    const sequences = line.match(colours) ?? [];
    expect(sequences.filter((each) => each === "\u001B[31m").length).toBe(sequences.length / 2);
  }
  expect(text.split("\n").length).toBeGreaterThan(4);
});

it("breaks a code at its dash where it does not fit, and a word without one wherever it must", () => {
  const columns = [
    { title: "Mã", align: "left" as const },
    { title: "Vướng mắc", align: "left" as const },
  ];
  const rows = [["NET-CONGESTED", "x".repeat(60)]];
  const lines = formatTable(columns, rows, noPaint, 22).split("\n").slice(2);
  expect(lines.map((line) => line.split(/\s+/)[0]).slice(0, 2)).toEqual(["NET-", "CONGESTED"]);
  expect(lines.join("").match(/x/g)).toHaveLength(60);
});
