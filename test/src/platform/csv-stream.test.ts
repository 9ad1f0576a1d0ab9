import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CsvRecord, readCsv, streamCsv } from "../../../src/platform/csv.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

// What stands in the file, and what it says.
const cell = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "Hòa", "ớ", "", " ", "1.283").map((text) => ({ raw: text, text })) },
  { weight: 1, arbitrary: fc.constantFrom("x;y", 'say "hi"', "two\nlines", "three\r\nmore\rlines\r").map(quote) },
  { weight: 2, arbitrary: fc.constantFrom("a", "ớ", "", " ", ";", "\t").map(quote) },
);

function quote(text: string): { raw: string; text: string } {
  return { raw: `"${text.replaceAll('"', '""')}"`, text: text.replace(/\r\n?/g, "\n") };
}

it("a file read whole or as a stream gives every record with the line it starts on", async () => {
  const folder = await makeTestFolder();
  const path = join(folder, "a.csv");
  const property = fc.asyncProperty(
    fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
    fc.array(fc.constantFrom("\n", "\r\n", "\r"), { minLength: 1, maxLength: 5 }),
    fc.boolean(),
    fc.boolean(),
    async (rows, breaks, mark, lastBreak) => {
      const lines = rows.map((cells) => cells.map(({ raw }) => raw).join(";"));
      // A lone CR before an LF would be one line end.
      const toBreak = (at: number): string =>
        breaks[at % breaks.length] === "\r" && lines[at + 1] === "" ? "\r\n" : (breaks[at % breaks.length] as string);
      const body = lines.map((line, at) => (at === 0 ? line : `${toBreak(at - 1)}${line}`)).join("");
      await writeFile(path, `${mark ? "\uFEFF" : ""}${body}${lastBreak && lines.length > 0 ? toBreak(lines.length - 1) : ""}`);
      const expected = rows
        .map((cells, index) => ({
          line: lines.slice(0, index).reduce((line, before) => line + before.split(/\r\n|\n|\r/).length, 1),
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

it("whatever stands in a file, reading it whole and as a stream agree: records, lines, separator or fault", async () => {
  const path = join(await makeTestFolder(), "any.csv");
  const sign = fc.constantFrom("a", ";", ",", "\t", '"', "\r", "\n", "\r\n", "ế", " ", '"a"', '"a;b"', '""');
  // Longer than one read of the disk, so that a cut falls where the random part stands.
  const lead = fc.constantFrom(0, 0, 0, 0, 262_141, 262_142, 262_143, 262_144);
  const property = fc.asyncProperty(fc.array(sign, { maxLength: 30 }), lead, async (signs, length) => {
    const body = signs.join("");
    await writeFile(path, length === 0 ? body : `h;${"x".repeat(length - 3)}\n${body}`);
    const streamed: CsvRecord[] = [];
    const stream = async (): Promise<CsvRecord[]> => {
      for await (const batch of streamCsv(path, path)) streamed.push(...batch);
      return streamed;
    };
    const tell = (error: unknown): unknown => ({ message: (error as Error).message, faults: (error as Failure).faults });
    expect(await stream().catch(tell)).toEqual(await readCsv(path).catch(tell));
  });
  await fc.assert(property, { numRuns: 300 });
});

it("records of all kinds in runs of any length, over many reads of the disk, are those of the parser alone", async () => {
  const path = join(await makeTestFolder(), "runs.csv");
  const kinds = [
    "a;b;c",
    '"a";"b;x";"c"',
    'a;"b";"ế"',
    'a;"say ""hi""";c',
    'a;"two\nlines";c',
    '"";"";""',
    ' ;;"b"',
    "",
    '"";b;c',
  ];
  const runs = fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.constantFrom(1, 2, 3, 63, 64, 65, 2_000)), {
    minLength: 5,
    maxLength: 30,
  });
  const lead = fc.integer({ min: 262_000, max: 262_200 });
  const property = fc.asyncProperty(runs, lead, fc.constantFrom("\n", "\r\n"), async (of, length, end) => {
    const lines = of.flatMap(([kind, times]) => Array.from({ length: times }, () => kinds[kind] as string));
    await writeFile(path, [`h;${"x".repeat(length)}`, ...lines].join(end));
    const streamed: CsvRecord[] = [];
    for await (const batch of streamCsv(path, path, { delimiter: ";" })) streamed.push(...batch);
    expect(streamed).toEqual(await readCsv(path, { delimiter: ";" }));
  });
  await fc.assert(property, { numRuns: 20 });
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

it("a quotation mark that is never closed is told with its line, and the file is not held for it", async () => {
  const path = join(await makeTestFolder(), "open.csv");
  const lines = Array.from({ length: 400_000 }, (_, n) => `${n};${"x".repeat(40)}`);
  lines[2] = '2;"open';
  await writeFile(path, lines.join("\n"));
  const read = async (): Promise<void> => {
    for await (const batch of streamCsv(path, "open.csv")) expect(batch[0]?.line).toBe(1);
  };
  await expect(read()).rejects.toMatchObject({ faults: [{ line: 3, message: { en: expect.stringContaining("never closed") } }] });
  lines[2] = '2;a "nickname" here; too"';
  await writeFile(path, lines.join("\n"));
  await expect(read()).rejects.toMatchObject({
    faults: [{ line: 3, message: { en: expect.stringContaining("faulty quoting") } }],
  });
});
