import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { type ReadRequest, type RowsRead, readRows } from "../../../src/records/read-rows.ts";
import { readRowsApart } from "../../../src/records/read-rows-apart.ts";
import { completeBatch, type RowBatch } from "../../../src/records/row-batch.ts";
import { recordsSettings } from "../../../src/records/settings.ts";
import { createCodesInMemory } from "../../support/codes-in-memory.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const directory = createDirectory("2025-07-03")!;
const names = ["code", "unit", "procedure", "channel", "received", "due", "finished", "status", "updated"];
const profile = recordsSettings.parse({
  sources: {
    s: {
      kind: "csv",
      content: "dossiers",
      delimiter: ",",
      dates: ["dd/MM/yyyy HH:mm:ss"],
      columns: Object.fromEntries(names.map((name) => [name, name])),
      channels: { "1": "direct", "2": "online" },
      status: { "4": "in_progress", "9": "resolved" },
    },
  },
}).sources["s"] as ReadRequest["source"]["profile"];

const two = (n: number): string => String(n).padStart(2, "0");

/** Rows in no order, codes of many shapes, a quotation mark now and then, and what `spoil` makes of some. */
async function writeFile(rows: number, spoil: (row: string, n: number) => string = (row) => row): Promise<string> {
  const lines = [names.join(",")];
  for (let n = 0; n < rows; n++) {
    const k = (n * 7919) % rows;
    const code = `H57.${1 + (k % 12)}-2507${two(1 + (k % 28))}-${k % 50 === 3 ? `0${100_000 + k}` : String(k).padStart(4, "0")}`;
    const received = `${two(1 + (k % 28))}/07/2025 ${two(7 + (k % 10))}:${two(k % 60)}:00`;
    const procedure = k % 90 === 1 ? '"2.000815"' : k % 2 === 0 ? "2.000815" : "1.001193.H57";
    const open = k % 4 === 0;
    const row = `${code},${k % 3 === 0 ? 19753 : 19777},${procedure},${1 + (k % 2)},${received},,${open ? "" : received},${open ? 4 : 9},${received}`;
    lines.push(spoil(row, n));
  }
  const path = join(await makeTestFolder(), "export.csv");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

interface Told {
  readonly batches: readonly object[];
  readonly codes: object;
  readonly read: RowsRead;
}

const scope = { province: "46", alsoUnits: [] };

async function tell(reader: typeof readRows, path: string, skip = false, by = profile): Promise<Told> {
  const codes = createCodesInMemory();
  const batches: object[] = [];
  const read = await reader(
    { source: { name: "s", profile: by }, path, file: "export.csv", zone: vietnamZone, scope, exported: undefined, skip },
    {
      directory,
      codes,
      batchSize: 1000,
      firstSize: 250,
      assertGoing: () => undefined,
      async take(batch, count) {
        // Long enough now and then for the other side to be ahead.
        if (count % 3000 === 0) await new Promise((resolve) => setImmediate(resolve));
        if (!batch.complete) completeBatch(batch, codes);
        batches.push({ count, ...cut(batch) });
      },
    },
  );
  // Of an import that fails nothing is kept, codes neither.
  return { batches, codes: read.faultCount > 0 && !skip ? {} : codes.list(), read };
}

const cut = ({ size, complete, ...columns }: RowBatch): object => ({
  size,
  complete,
  ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column.subarray(0, size)]])),
});

it("a file read in another thread gives the same rows, codes and digest as one read here", async () => {
  const path = await writeFile(5_500);
  const apart = await tell(readRowsApart, path);
  expect(apart).toEqual(await tell(readRows, path));
  // 250, 500, then 1000 each.
  expect(apart.batches).toHaveLength(7);
  expect(apart.read).toMatchObject({ count: 5_500, faultCount: 0 });
  expect(apart.read.sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
});

it("units by name are the same units in the other thread, and a name that is none the same fault", async () => {
  const named = { "19753": "Phường Phú Xuân", "19777": "P. Vỹ Dạ, TP Huế" } as Readonly<Record<string, string>>;
  const path = await writeFile(2_500, (row, n) =>
    row.replace(/,(19753|19777),/, (_, code: string) => (n === 1200 ? ",Vỹ Xuân," : `,"${named[code]}",`)),
  );
  const byName = { ...profile, unitNames: true };
  const apart = await tell(readRowsApart, path, true, byName);
  expect(apart).toEqual(await tell(readRows, path, true, byName));
  expect(apart.codes).toMatchObject({ units: [{ code: "19753" }, { code: "19777" }] });
  expect(apart.read.rejected.map(({ line }) => line)).toEqual([1202]);
});

it("faults and refused rows come back from the other thread as they are told here", async () => {
  const path = await writeFile(2_500, (row, n) =>
    n === 1200 ? row.replace(/,(19753|19777),/, ",1975,") : n === 2100 ? "x,y" : row,
  );
  for (const skip of [false, true]) {
    const apart = await tell(readRowsApart, path, skip);
    expect(apart).toEqual(await tell(readRows, path, skip));
    expect(apart.read.faultCount).toBe(2);
    expect(skip ? apart.read.rejected.map(({ line }) => line) : apart.read.faults.map(({ line }) => line)).toEqual([1202, 2102]);
  }
});

it("a file that cannot be read at all is the same failure from there as from here", async () => {
  const path = await writeFile(1_500, (row, n) => (n === 1400 ? `"${row}` : row));
  const fail = async (reader: typeof readRows): Promise<unknown> => {
    const error = await tell(reader, path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    const { kind, words, faults, hint } = error as Failure;
    return { kind, words, faults, hint };
  };
  expect(await fail(readRowsApart)).toEqual(await fail(readRows));
});

it("whoever stops is heard before the next batch, and the thread ends", async () => {
  const path = await writeFile(20_000);
  let taken = 0;
  const stop = new Failure("cancelled", { vi: "dừng", en: "stop" });
  const reading = readRowsApart(
    { source: { name: "s", profile }, path, file: "export.csv", zone: vietnamZone, scope, exported: undefined, skip: false },
    {
      directory,
      codes: createCodesInMemory(),
      batchSize: 1000,
      assertGoing: () => {
        if (taken === 2) throw stop;
      },
      take: async () => void taken++,
    },
  );
  await expect(reading).rejects.toBe(stop);
  expect(taken).toBe(2);
});
