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
  /** An import that breaks the rule: who imports what. */
  readonly planted: readonly [from: string, to: string];
}

const slowPackages =
  "undici|better-sqlite3|csv-parse|yaml|canonicalize|chalk|inquirer|commander|dns-packet|express|scimmy|ldapts|hucre|openid-client|age-encryption|pdfkit|docx|@resvg/resvg-js|@napi-rs/keyring";
const nodeIo = "fs|fs/promises|net|tls|http|https|dns|dns/promises|dgram|os|child_process";

const rules: readonly Rule[] = [
  {
    from: /^bin\//,
    not: /./,
    except: /^(node:|commands\/process\.ts$|dist\/)/,
    instead: "bin starts on any Node: put it into commands/process.ts",
    planted: ["bin/wardctl.js", "src/platform/clock.ts"],
  },
  {
    from: /^commands\//,
    not: new RegExp(`^(undici|better-sqlite3|node:(${nodeIo.replace("|os", "")}))$`),
    instead: "verbs do no I/O of their own: use a room or src/platform",
    planted: ["commands/check/run.ts", "node:fs"],
  },
  {
    from: /^src\//,
    not: /^commands\//,
    instead: "rooms do not know words and flags: return data and let the verb print it",
    planted: ["src/health/sweep.ts", "commands/context.ts"],
  },
  {
    from: /^src\/platform\//,
    not: /^src\/(?!platform\/)/,
    instead: "platform fits any CLI: pass what you need as an argument",
    planted: ["src/platform/table.ts", "src/directory/unit.ts"],
  },
  {
    from: /^src\/(?!workspace\/)/,
    not: /^src\/workspace\//,
    instead: "rooms do not know wardctl.yaml: take settings as an argument",
    planted: ["src/provision/apply.ts", "src/workspace/open-workspace.ts"],
  },
  {
    from: /^src\/audit\//,
    not: /^src\/(?!audit\/|platform\/)/,
    instead: "audit knows no room: the room calls audit",
    planted: ["src/audit/audit-log.ts", "src/directory/unit.ts"],
  },
  {
    from: /^src\/directory\//,
    not: /^src\/(?!directory\/|platform\/)/,
    instead: "directory is below every room",
    planted: ["src/directory/people-store.ts", "src/audit/audit-store.ts"],
  },
  {
    from: /^src\/provision\//,
    not: /^src\/(delegation|health|records|meeting)\//,
    instead: "rooms stand apart: join them in a command or in reports",
    planted: ["src/provision/plan.ts", "src/delegation/grant.ts"],
  },
  {
    from: /^src\/delegation\//,
    not: /^src\/(provision|health|records|meeting)\//,
    instead: "rooms stand apart: take the other room's facts as arguments",
    planted: ["src/delegation/decide.ts", "src/provision/plan.ts"],
  },
  {
    from: /^src\/health\//,
    not: /^src\/(provision|delegation|records|meeting|audit)\//,
    instead: "health changes nothing and knows no other room",
    planted: ["src/health/sweep.ts", "src/audit/audit-store.ts"],
  },
  {
    from: /^src\/records\//,
    not: /^src\/(provision|delegation|health|meeting)\//,
    instead: "rooms stand apart: join them in reports",
    planted: ["src/records/counts.ts", "src/health/sweep.ts"],
  },
  {
    from: /^src\/meeting\//,
    not: /^src\/(?!meeting\/|audit\/|directory\/|platform\/)/,
    instead: "a meeting knows no other room: the command hands it what they found",
    planted: ["src/meeting/agenda.ts", "src/health/episodes.ts"],
  },
  {
    from: /^src\/handbook\//,
    not: /^src\/(?!handbook\/|platform\/)/,
    instead: "the handbook knows no other room: a command joins an article to a code",
    planted: ["src/handbook/find-articles.ts", "src/health/reason.ts"],
  },
  {
    from: /^src\/(?!handbook\/|workspace\/|board\/)/,
    not: /^src\/handbook\//,
    instead: "rooms know no articles: return the code and let the command find its article",
    planted: ["src/health/on-site.ts", "src/handbook/find-article-for.ts"],
  },
  {
    from: /^src\/(?!reports\/|readiness\/|board\/|workspace\/)/,
    not: /^src\/(reports|readiness|board)\//,
    instead: "these read the rooms, never the reverse",
    planted: ["src/records/counts.ts", "src/reports/facts.ts"],
  },
  {
    from: /^src\/(?!board\/)/,
    not: /^src\/board\//,
    instead: "the board looks at everybody and nobody looks at it: a command joins them",
    planted: ["src/reports/facts.ts", "src/board/board.ts"],
  },
  {
    from: /^src\/readiness\//,
    not: /^src\/(reports|board|handbook|meeting)\//,
    instead: "readiness reads the four capabilities: reports, board and commands read it",
    planted: ["src/readiness/read-readiness.ts", "src/reports/facts.ts"],
  },
  {
    from: /^src\/(?!city\/)/,
    not: /^src\/city\//,
    instead: "the city is for demo, rehearse and tests only",
    planted: ["src/health/sweep.ts", "src/city/dns.ts"],
  },
  {
    from: /^(src|commands|bin)\//,
    not: /^(test|fixtures)\//,
    instead: "the product does not depend on its tests",
    planted: ["src/reports/facts.ts", "test/support/run-wardctl.ts"],
  },
  {
    from: /^src\/(?!platform\/|city\/)/,
    not: new RegExp(`^(${slowPackages})(/|$)`),
    instead: "npm packages live behind a small function of src/platform",
    planted: ["src/provision/roster.ts", "csv-parse/sync"],
  },
  {
    from: /^src\/(?!platform\/|city\/|health\/)/,
    not: new RegExp(`^node:(${nodeIo})$`),
    instead: "Node I/O lives behind src/platform; only probes touch sockets themselves",
    planted: ["src/records/import.ts", "node:fs/promises"],
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

  it.each(rules.map((rule) => [rule.instead, rule] as const))("sees a planted violation: %s", (_name, rule) => {
    const [from, to] = rule.planted;
    expect(findViolations([{ from, to }]).some((line) => line.endsWith(rule.instead))).toBe(true);
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
      /^import (?!type)[^;]*from ["'](hucre[^"']*|dns-packet|undici|better-sqlite3|csv-parse[^"']*|yaml|chalk|inquirer|@inquirer\/prompts|canonicalize|zod|ldapts|openid-client|age-encryption|pdfkit|docx|@resvg\/resvg-js|@napi-rs\/keyring|express|scimmy|scimmy-routers|@peculiar\/x509)["']/m;
    const found = ["src", "commands"].flatMap(listSources).filter((file) => slow.test(readFileSync(join(root, file), "utf8")));
    // settings.ts files are themselves loaded by a dynamic import of src/workspace; the city by one of its commands.
    expect(found.filter((file) => !/[/-]settings\.ts$/.test(file) && !file.startsWith("src/city/"))).toEqual([]);
  });
});
