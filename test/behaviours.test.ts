import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { directoryLies } from "./support/fake-directory.ts";
import { scimLies } from "./support/lying-scim.ts";
import { vendorLies } from "./support/vendor-fake.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/provision.md"), "utf8");
const tests = new Map(
  readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => /provision\/[^/]+\.test\.ts$/.test(file))
    .map((file) => [basename(file, ".test.ts"), readFileSync(join(root, "test", file), "utf8")]),
);

interface Row {
  readonly cells: readonly string[];
  readonly switches: readonly string[];
  readonly tests: readonly string[];
}

function readRows(heading: string): Row[] {
  const section = page.split(`### ${heading}\n`)[1]?.split(/\n##/)[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| server |"))
    .map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return {
        cells,
        switches: [...(cells[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name as string),
        tests: (cells[3] ?? "").split(",").map((name) => name.trim()),
      };
    });
}

describe("the table of how servers behave", () => {
  const fixtures = [
    ["SCIM", scimLies],
    ["Directories", directoryLies],
    ["REST", vendorLies],
  ] as const;

  it.each(fixtures)("%s: has each switch of the fixture once, and no other", (heading, lies) => {
    const switches = readRows(heading).flatMap((row) => row.switches);
    expect(switches.toSorted()).toEqual([...lies].toSorted());
  });

  it.each(fixtures)("%s: has no empty cell, and names tests that turn the switch on", (heading) => {
    for (const row of readRows(heading)) {
      expect(row.cells).toHaveLength(4);
      for (const cell of row.cells) expect(cell).not.toBe("");
      for (const name of row.tests) expect(tests.has(name), name).toBe(true);
      for (const lie of row.switches) {
        const used = row.tests.filter((name) => tests.get(name)?.includes(`"${lie}"`));
        expect(used, `${lie} in ${row.tests.join(", ")}`).not.toEqual([]);
      }
    }
  });
});
