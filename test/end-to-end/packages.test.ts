import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const direct = Object.keys((JSON.parse(readFileSync(path("package.json"), "utf8")) as { dependencies: object }).dependencies);

/** The packages of package.json that a command line loads, in a workspace of Huế. */
function listLoaded(words: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "wardctl-packages-"));
  writeFileSync(join(folder, "wardctl.yaml"), 'name: Huế\nprovince: "46"\n');
  const record = join(folder, "packages");
  spawnSync(process.execPath, ["--import", path("test/support/record-packages.js"), path("bin/wardctl.js"), ...words], {
    cwd: folder,
    env: { ...process.env, WARDCTL_PACKAGES: record, NODE_DISABLE_COMPILE_CACHE: "1" },
  });
  return readFileSync(record, "utf8")
    .split("\n")
    .filter((name) => direct.includes(name));
}

const settings = ["commander", "yaml", "zod"];
const cache = [...settings, "better-sqlite3"];
const audited = [...cache, "canonicalize"];

describe("a command loads no library it does not use", () => {
  it.each([
    { words: ["--help"], may: [] },
    { words: ["--version"], may: [] },
    { words: ["wards", "--help"], may: ["commander"] },
    { words: ["wards", "list", "--province", "46"], may: settings },
    { words: ["wards", "show", "19777", "--json"], may: cache },
    { words: ["wards", "find", "Vỹ Dạ", "--json"], may: cache },
    { words: ["handbook", "search", "token", "--json"], may: settings },
    { words: ["audit", "verify"], may: audited },
    { words: ["audit", "show", "--json"], may: audited },
    { words: ["doctor", "--json"], may: audited },
    { words: ["provision", "doctor", path("fixtures/rosters/tan-binh.csv"), "--json"], may: [...cache, "csv-parse"] },
    { words: ["delegate", "list", "--json"], may: audited },
    { words: ["delegate", "gaps", "--json"], may: audited },
    { words: ["delegate", "can-sign", "CB1977703", "cong-van", "19777", "--json"], may: audited },
    { words: ["check", "explain", "--json"], may: [...cache, "csv-parse"] },
    { words: ["import", path("fixtures/press/hue-2025-07-03.csv"), "--json"], may: [...audited, "csv-parse"] },
    { words: ["sync", "--json"], may: audited },
    { words: ["report", "evening", "--no-store", "--json"], may: audited },
    { words: ["report", "show", "--json"], may: audited },
    { words: ["init", "--province", "46", "--name", "Huế", "--dir", "new", "--json"], may: settings },
  ])("$words", ({ words, may }) => {
    expect(listLoaded(words).filter((name) => !may.includes(name))).toEqual([]);
  });
});
