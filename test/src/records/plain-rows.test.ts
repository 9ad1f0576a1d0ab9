import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { streamSlabs } from "../../../src/platform/csv-stream.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { createDateReader } from "../../../src/records/date-pattern.ts";
import { createRowReader, type DossierRow } from "../../../src/records/dossier-row.ts";
import { createPlainReader } from "../../../src/records/plain-rows.ts";
import { createRowBatch, toObservation } from "../../../src/records/row-batch.ts";
import { recordsSettings } from "../../../src/records/settings.ts";
import type { DossierProfile, Field, FieldTexts } from "../../../src/records/source.ts";
import { createCodesInMemory } from "../../support/codes-in-memory.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const fields: readonly Field[] = [
  "code",
  "unit",
  "procedure",
  "channel",
  "status",
  "received",
  "due",
  "finished",
  "updated",
  "submitted",
  "handedOver",
  "competentUnit",
  "pausedFrom",
  "pausedTo",
  "exportedAt",
];
const directory = createDirectory("2025-07-03")!;

function toProfile(patterns: readonly string[]): DossierProfile {
  const source = {
    kind: "csv",
    content: "dossiers",
    delimiter: ";",
    dates: patterns,
    columns: Object.fromEntries(fields.map((field) => [field, field])),
    channels: { "1": "direct", "2": "online", "3": "post" },
    status: { "1": "pending", "3": "refused", "4": "in_progress", "5": "supplement", "9": "resolved", "10": "handed_over" },
  };
  return recordsSettings.parse({ sources: { s: source } }).sources["s"] as DossierProfile;
}

const dates = [
  "03/07/2025 08:00:00",
  "29/02/2024 23:59:59",
  "29/02/2025 00:00:00",
  "01/01/1969 00:00:00",
  "03/07/2025 24:00:00",
  "03/07/2025 08:60:00",
  "31/12/2025 16:59",
  "04/07/2025",
  "31/02/2025",
  "7/4/2025",
  "07/04/2025",
  "13/04/2025",
  "2025-07-04",
  "2025-07-03 08:00:00",
  "2025-07-03T08:00:00+07:00",
  "2025-07-03T08:00Z",
  "2025-07-03 23:59:59.9-0330",
  "2025-02-29T08:00:00Z",
  "2025-07-03T08:00:00.123+14:00",
  "2025-07-03T08:00:00+15:00",
  "2025-07-03T08:00:00.1234Z",
  "2025-07-03T24:00:00Z",
  "2025-07-03T08",
];
const good: Readonly<Partial<Record<Field, readonly string[]>>> = {
  code: [
    "H57.101-250703-0001",
    "H57.101-250704-1234",
    "H57-250703-99999",
    "H57-250703-012345",
    "H57-250703-1048575",
    "H57-250703-1048576",
    "000.00.12.H57-250703-0007",
    "H57.101-250703-0012",
  ],
  unit: ["19753", "19777"],
  procedure: ["2.000815", "1.001193.000.00.00.H57"],
  channel: ["1", "2", "3"],
  status: ["1", "3", "4", "5", "9", "10"],
  competentUnit: ["", "19753", "19780"],
};
const bad = [
  "",
  " ",
  "x",
  "H57-250230-0001",
  "H57.1-250703-000",
  "H57.101-250703-000",
  "H57.101-250703-00001",
  "00000",
  "815",
  "15",
  ...dates,
];
const signs = [" ", "x", "ế", "9", "0", "-", "/", "\t"];

const splice = (text: string, more: string, at: number, cut: number): string => {
  const place = text === "" ? 0 : at % (text.length + 1);
  return text.slice(0, place) + more + text.slice(place + cut);
};

/** A row in order, but for one or two cells of some. */
const rowFor = (patterns: readonly string[]): fc.Arbitrary<Required<FieldTexts>> => {
  const read = createDateReader(patterns, vietnamZone);
  const fitting = dates.filter((text) => read(text) !== undefined);
  const cell = (field: Field): fc.Arbitrary<string> => {
    const known = good[field];
    if (known) return fc.constantFrom(...known);
    const date = fc.constantFrom(...fitting);
    const rare = field === "received" ? 1 : 4;
    return fc.oneof({ weight: rare, arbitrary: fc.constant("") }, { weight: 4, arbitrary: date });
  };
  const whole = fc.record(Object.fromEntries(fields.map((field) => [field, cell(field)])));
  const twist = fc.record({
    field: fc.constantFrom(...fields),
    text: fc.oneof(
      fc.constantFrom(...bad).map((given) => () => given),
      fc.tuple(fc.constantFrom(...signs), fc.nat(), fc.constantFrom(0, 1)).map(
        ([sign, at, cut]) =>
          (before: string) =>
            splice(before, sign, at, cut),
      ),
    ),
  });
  return fc
    .tuple(
      whole,
      fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(twist, { maxLength: 2 }) }),
    )
    .map(([row, twists]) => {
      const texts = { ...row } as Record<Field, string>;
      for (const { field, text } of twists) texts[field] = text(texts[field]);
      return texts;
    });
};
const datePatterns = fc.constantFrom(
  ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"],
  ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy"],
  ["MM/dd/yyyy", "dd/MM/yyyy", "dd/MM/yyyy HH:mm:ss"],
  ["d/M/yyyy", "dd/MM/yyyy HH:mm:ss"],
  ["dd/MM/yyyy HH:mm:ss", "iso", "dd/MM/yyyy"],
  ["d/M/yyyy", "MM/dd/yyyy"],
  ["iso"],
  ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"],
);

it("rows read from their bytes are those that the careful reader reads, and what it refuses they never take", async () => {
  const path = join(await makeTestFolder(), "rows.csv");
  let plainly = 0;
  const property = fc.asyncProperty(
    datePatterns.chain((patterns) =>
      fc.tuple(fc.constant(patterns), fc.array(rowFor(patterns), { minLength: 10, maxLength: 25 })),
    ),
    fc.constantFrom(undefined, 1_751_500_000),
    async ([patterns, rows], exported) => {
      // Every row twice: the second time its units, procedures and days are known.
      const lines = [...rows, ...rows].map((texts) => fields.map((field) => texts[field]).join(";"));
      await writeFile(path, `${lines.join("\n")}\n`);
      const profile = toProfile(patterns);
      const source = { name: "s", profile };
      const read = createRowReader({ source, directory, scope: { province: "46", alsoUnits: [] }, zone: vietnamZone, exported });
      const codes = createCodesInMemory();
      const batch = createRowBatch(100);
      const places = fields.map((field, at) => [field, at] as const);
      const plain = createPlainReader({ batch, codes, profile, zone: vietnamZone, exported, places, width: fields.length });
      for await (const slab of streamSlabs(path, "rows.csv", { delimiter: ";" })) {
        for (let n = 0; n < slab.size; n++) {
          const line = slab.lines[n]!;
          const careful = read([...rows, ...rows][line - 1]!);
          const before = batch.size;
          if (plain.take(slab, n)) plainly += 1;
          else if (!Array.isArray(careful)) plain.learn(slab, n, careful as DossierRow);
          if (Array.isArray(careful)) expect(batch.size).toBe(before);
          else {
            const { observation, code, updatedIsExport } = careful as DossierRow;
            expect(toObservation(batch, before, codes)).toEqual(observation);
            expect([batch.id[before], batch.ord[before]]).toEqual([codes.dossierId(code), line]);
            expect(batch.updatedIsExport[before]).toBe(updatedIsExport ? 1 : 0);
          }
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 250 });
  expect(plainly).toBeGreaterThan(300);
});

it("a record with a cell more or less, or a serial too short, is left to the careful reader though all else of it is known", async () => {
  const path = join(await makeTestFolder(), "slipped.csv");
  const cells = ["H57.101-250703-0001", "19753", "2.000815", "1", "4", "03/07/2025 08:00:00", "", "", "03/07/2025 08:00:00"];
  const line = [...cells, "", "", "", "", "", ""];
  await writeFile(
    path,
    [line, line, [...line, ""], line.slice(1), line.slice(0, -1), line, ["H57.101-250703-001", ...line.slice(1)]]
      .map((row) => row.join(";"))
      .join("\n"),
  );
  const profile = toProfile(["dd/MM/yyyy HH:mm:ss"]);
  const read = createRowReader({
    source: { name: "s", profile },
    directory,
    scope: { province: "46", alsoUnits: [] },
    zone: vietnamZone,
    exported: undefined,
  });
  const places = fields.map((field, at) => [field, at] as const);
  const batch = createRowBatch(10);
  const [codes, width] = [createCodesInMemory(), fields.length];
  const plain = createPlainReader({ batch, codes, profile, zone: vietnamZone, exported: undefined, places, width });
  const taken: boolean[] = [];
  for await (const slab of streamSlabs(path, "slipped.csv", { delimiter: ";" })) {
    plain.learn(slab, 0, read(Object.fromEntries(fields.map((field, at) => [field, line[at]]))) as DossierRow);
    for (let n = 1; n < slab.size; n++) taken.push(plain.take(slab, n));
  }
  expect(taken).toEqual([true, false, false, false, true, false]);
});
