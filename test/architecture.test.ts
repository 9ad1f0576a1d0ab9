import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/**
 * The one direction of imports (docs/architecture.md), read from the sources. One rule a line: who, what it may not import, and
 * what the author does instead.
 */
interface Rule {
  readonly from: RegExp;
  readonly not: RegExp;
  readonly except?: RegExp;
  readonly instead: string;
}

const room = (names: string): string => `^src/(${names})/`;
const standApart = "provision|delegation|health|records|meeting";

const rules: readonly Rule[] = [
  {
    from: /^bin\//,
    not: /./,
    except: /^(node:|commands\/process\.ts$|dist\/)/,
    instead: "bin starts on any Node: put it into commands/process.ts",
  },
  {
    from: /^commands\//,
    not: /^(undici|better-sqlite3|node:fs|node:fs\/promises|node:net|node:tls|node:http|node:https)$/,
    instead: "verbs do no I/O of their own: use a room or src/platform",
  },
  {
    from: /^commands\//,
    not: /\/[a-z-]*store\.ts$/,
    except: /^src\/audit\//,
    instead: "a verb asks a room's function, which owns its SQL",
  },
  { from: /^src\//, not: /^commands\//, instead: "rooms do not know words and flags: return data and let the verb print it" },
  { from: /^src\/platform\//, not: /^src\/(?!platform\/)/, instead: "platform fits any CLI: pass what you need as an argument" },
  {
    from: /^src\/(?!workspace\/)/,
    not: /^src\/workspace\//,
    instead: "rooms do not know wardctl.yaml: take settings as an argument",
  },
  { from: /^src\/audit\//, not: /^src\/(?!audit\/|platform\/)/, instead: "audit knows no room: the room calls audit" },
  { from: /^src\/directory\//, not: /^src\/(?!directory\/|platform\/)/, instead: "directory is below every room" },
  {
    from: new RegExp(room(standApart)),
    not: /^src\/(reports|readiness|board|city)\//,
    instead: "these read the rooms, never the reverse",
  },
  {
    from: new RegExp(room("provision")),
    not: new RegExp(room("delegation|health|records|meeting")),
    instead: "rooms stand apart: join them in a command or in reports",
  },
  {
    from: new RegExp(room("delegation")),
    not: new RegExp(room("provision|health|records|meeting")),
    instead: "rooms stand apart: take the other room's facts as arguments",
  },
  {
    from: new RegExp(room("health")),
    not: new RegExp(room("provision|delegation|records|meeting|audit")),
    instead: "health changes nothing and knows no other room",
  },
  {
    from: new RegExp(room("records")),
    not: new RegExp(room("provision|delegation|health|meeting|audit")),
    instead: "rooms stand apart: join them in reports",
  },
  { from: /^src\/(?!city\/)/, not: /^src\/city\//, instead: "the city is for demo, rehearse and tests only" },
  {
    from: /^src\/(?!reports\/|board\/|workspace\/)/,
    not: /^src\/reports\//,
    instead: "a report reads rooms; no room reads a report",
  },
  { from: /^(src|commands|bin)\//, not: /^(test|fixtures)\//, instead: "the product does not depend on its tests" },
  {
    from: /^src\/(?!platform\/|city\/)/,
    not: /^(undici|better-sqlite3|csv-parse|yaml|canonicalize|chalk|cli-table3|inquirer|@inquirer\/prompts|commander)/,
    instead: "npm packages live behind a small function of src/platform",
  },
  {
    from: /^src\/(?!platform\/|city\/|health\/)/,
    not: /^node:(fs|fs\/promises|net|tls|http|https|dns|os|child_process)$/,
    instead: "Node I/O lives behind src/platform",
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
}

function listSources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function listImports(): Import[] {
  return ["bin", "commands", "src"].flatMap(listSources).flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    const names = [...text.matchAll(/(?:from\s+|import\s*\(?\s*)["']([^"']+)["']/g)].map((match) => match[1] as string);
    return names.map((name) => ({ from, to: name.startsWith(".") ? normalize(join(dirname(from), name)) : name }));
  });
}

function findViolations(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) =>
    rules
      .filter((rule) => rule.from.test(from) && rule.not.test(to) && !rule.except?.test(to))
      .map((rule) => `${from} imports ${to}: ${rule.instead}`),
  );
}

describe("the house", () => {
  it("has imports in one direction only", () => {
    expect(findViolations(listImports())).toEqual([]);
  });

  it("reads clock, chance and environment only in src/platform", () => {
    const found = ["src", "commands"].flatMap(listSources).filter((file) => {
      if (file.startsWith("src/platform/")) return false;
      return /Date\.now\(|new Date\(\)|Math\.random\(|process\.env/.test(readFileSync(join(root, file), "utf8"));
    });
    expect(found).toEqual([]);
  });

  it("has no barrel files and no drawers", () => {
    const found = ["src", "commands"]
      .flatMap(listSources)
      .filter((file) => /(^|\/)(utils?|helpers?|common|services?|managers?|core|types|index)(\/|\.ts$)/.test(file));
    expect(found.filter((file) => !/\/(connectors|carriers|layers|sources|sections|formats)\/index\.ts$/.test(file))).toEqual([]);
  });

  it("keeps the npm packages that are slow to load behind dynamic imports", () => {
    const slow =
      /^import (?!type)[^;]*from ["'](undici|better-sqlite3|csv-parse[^"']*|yaml|chalk|cli-table3|inquirer|@inquirer\/prompts|canonicalize|zod|express|scimmy|scimmy-routers|@peculiar\/x509)["']/m;
    const found = ["src", "commands"].flatMap(listSources).filter((file) => slow.test(readFileSync(join(root, file), "utf8")));
    // settings.ts files are themselves loaded by a dynamic import of src/workspace; the city by one of its commands.
    expect(found.filter((file) => !/\/settings\.ts$/.test(file) && !file.startsWith("src/city/"))).toEqual([]);
  });
});
