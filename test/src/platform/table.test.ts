import { expect, it } from "vitest";
import { noPaint } from "../../../src/platform/paint.ts";
import { formatTable } from "../../../src/platform/table.ts";

it("takes as many rows as a country has", async () => {
  const row = [Array.from({ length: 60 }, (_, at) => `từ${at}`).join(" ")];
  const text = await formatTable([{ title: "Chữ" }], new Array(3_000).fill(row), noPaint);
  expect(text.split("\n")).toHaveLength(3_002);
});

it("lines up letters of one sign and of several alike", async () => {
  const columns = [{ title: "Phường" }, { title: "Số" }];
  const text = await formatTable(
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
