import { expect, it } from "vitest";
import { createCellTable } from "../../../src/records/cell-table.ts";

it("finds every cell that was added, and none that only begins or ends alike", () => {
  const table = createCellTable();
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => String(n)).join(";"));
  const cells = [...bytes.toString("latin1").matchAll(/\d+/g)].map(({ 0: text, index }) => ({ text, index }));
  const even = cells.filter(({ text }) => Number(text) % 2 === 0);
  for (const { text, index } of even) table.add(bytes, index, index + text.length, Number(text));
  // The first value of a cell stays.
  table.add(bytes, 0, 1, 77);
  for (const { text, index } of cells) {
    expect(table.find(bytes, index, index + text.length)).toBe(Number(text) % 2 === 0 ? Number(text) : -1);
  }
  expect(table.find(Buffer.from("0002"), 0, 4)).toBe(-1);
  expect(table.find(Buffer.from("x10y"), 1, 3)).toBe(10);
  expect(table.find(bytes, 0, 0)).toBe(-1);
});
