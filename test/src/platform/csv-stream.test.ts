import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CsvRecord, readCsv, streamCsv } from "../../../src/platform/csv.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

// What stands in the file, and what it says.
const cell = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "Hòa", "ớ", "", " ", "1.283").map((text) => ({ raw: text, text })) },
  { weight: 1, arbitrary: fc.constantFrom("x;y", 'say "hi"', "two\nlines", "three\r\nmore\r\nlines").map(quote) },
);

function quote(text: string): { raw: string; text: string } {
  return { raw: `"${text.replaceAll('"', '""')}"`, text };
}

it("a file read whole or as a stream gives every record with the line it starts on", async () => {
  const folder = await makeTestFolder();
  const path = join(folder, "a.csv");
  const property = fc.asyncProperty(
    fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    fc.boolean(),
    async (rows, lineBreak, mark, lastBreak) => {
      const lines = rows.map((cells) => cells.map(({ raw }) => raw).join(";"));
      await writeFile(path, `${mark ? "\uFEFF" : ""}${lines.join(lineBreak)}${lastBreak ? lineBreak : ""}`);
      const expected = rows
        .map((cells, index) => ({
          line: lines.slice(0, index).reduce((line, before) => line + before.split("\n").length, 1),
          cells: cells.map(({ text }) => text.normalize("NFC")),
        }))
        .filter(({ cells }) => cells.some((text) => text.trim() !== ""));
      const streamed: CsvRecord[] = [];
      for await (const batch of streamCsv(path, "a.csv", { delimiter: ";" })) streamed.push(...batch);
      expect(streamed.map(({ line, cells }) => ({ line, cells: cells.map((text) => text.normalize("NFC")) }))).toEqual(expected);
      expect(await readCsv(path, { delimiter: ";" })).toEqual(expected);
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

it("a file larger than one read, and than one batch, comes whole and in order, and the digest sees every byte", async () => {
  const folder = await makeTestFolder();
  const path = join(folder, "big.csv");
  const lines = Array.from({ length: 5000 }, (_, n) => `${n},"Nguyễn Thị ${"ế".repeat(n % 40)}"`);
  await writeFile(path, lines.join("\n"));
  let bytes = 0;
  const count = (piece: Uint8Array): void => {
    bytes += piece.length;
  };
  let n = 0;
  for await (const batch of streamCsv(path, "big.csv", { onBytes: count })) {
    for (const { line, cells } of batch) {
      expect([line, cells[0], cells[1]]).toEqual([n + 1, String(n), `Nguyễn Thị ${"ế".repeat(n % 40)}`]);
      n += 1;
    }
  }
  expect([n, bytes]).toEqual([5000, Buffer.byteLength(lines.join("\n"))]);
});
