import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nouns } from "../commands/nouns.ts";
import { listCommands } from "../src/handbook/markdown.ts";
import { readHandbook } from "../src/handbook/read-handbook.ts";
import { createAuthority } from "../src/platform/certificates.ts";
import { listPages, listShellLines, readPage, toArguments, toPath } from "./support/docs-pages.ts";
import { makeTestFolder, runWardctl } from "./support/run-wardctl.ts";
import { type CityWorkspace, openCityWorkspace } from "./support/whole-city.ts";

/** Exit codes of an example that did its work: ok, denied, partial, attention. */
const fine = [0, 4, 7, 8];
/** Run in folders of their own, or they go on until they are stopped; end-to-end tests run them. */
const apart = ["init", "demo", "rehearse", "rehearse run", "rehearse score"];
/** Lines of pages that go on until they are stopped; the board writes a file with --export. */
const servers = ["demo", "rehearse", "board"];
/** Their examples name an id, a key or a store that only the person has. */
const withOwnId = [
  "delegate approve",
  "delegate revoke",
  "delegate suspend",
  "delegate decision",
  "audit trust",
  "provision compensate",
  "store move",
];
/** Refused, and rightly: the person it names is still at work; of the carrier it names nothing fails. */
const refused = ["provision forget", "check evidence"];
/** Takes what is typed or piped in, and there is nobody here to type. */
const asking = ["auth set"];

let city: CityWorkspace;

beforeAll(async () => {
  city = await openCityWorkspace();
  cpSync(toPath("fixtures"), join(city.folder, "fixtures"), { recursive: true });
  // Files that examples name and people have.
  cpSync(toPath("fixtures/directory/merges-sample.csv"), join(city.folder, "merges.csv"));
  writeFileSync(join(city.folder, "quy-che.pdf"), "%PDF-1.7 as it was signed");
  mkdirSync(join(city.folder, "certificates"));
  const someone = await createAuthority("Trần Thị Lan", Date.parse("2025-01-01"), Date.parse("2027-01-01"));
  writeFileSync(join(city.folder, "certificates/chanh-van-phong.pem"), someone.certificate);
});
afterAll(() => city.stop());

/** Lines that a person types and that are no command of ours; what they do is not tried here. */
const others = ["npm run demo", "npm test", "npm pack && npm install", "source <(wardctl completion", "ssh-keygen"];

/** What has run stays as it is: pages that show the same line run it once. */
const ran = new Set<string>();

/** Runs the lines of a page's sh blocks in their order, as printed. */
async function tryPage(page: string): Promise<void> {
  for (const line of listShellLines(readPage(page))) {
    if (others.some((other) => line.startsWith(other)) || ran.has(line)) continue;
    ran.add(line);
    expect(line, page).toMatch(/^wardctl /);
    const example = toArguments(line);
    const noun = example.split(" ")[0] as string;
    if (servers.includes(noun) && !example.includes("--export")) continue;
    const { code, stderr } =
      noun === "init" ? await runWardctl(example, { cwd: await makeTestFolder() }) : await city.run(example);
    expect(fine, `${page}: ${line}\n${stderr}`).toContain(code);
  }
}

/** Words of every verb, by asking for help as a person would: `provision plan`. */
async function listVerbs(): Promise<string[]> {
  const verbs = await Promise.all(
    Object.keys(nouns).map(async (noun) => {
      const { stdout } = await runWardctl([noun, "--help"]);
      const listed = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(stdout)?.[1] ?? "";
      const names = [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => `${noun} ${match[1]}`);
      return names.length > 0 ? names : [noun];
    }),
  );
  return verbs.flat();
}

async function readExample(verb: string): Promise<string> {
  const { stdout } = await runWardctl([...verb.split(" "), "--help"]);
  return /\nExample:\n {2}wardctl (.*)/.exec(stdout)?.[1] ?? "";
}

describe("the documents", () => {
  // README first: later pages go on where it ended. The other language's pages show the same lines (docs-text.test.ts).
  for (const page of listPages().filter((name) => !name.startsWith("docs/vi/"))) {
    if (listShellLines(readPage(page)).length === 0) continue;
    it(`have examples that run as printed: ${page}`, () => tryPage(page));
  }

  it("give every verb a purpose and an example that runs as printed", async () => {
    const order = ["grant", "plan", "sync", "evening", "check run"];
    const rank = (verb: string): number => {
      const at = order.findIndex((word) => verb.endsWith(word));
      return at < 0 ? order.length : at;
    };
    for (const verb of (await listVerbs()).sort((a, b) => rank(a) - rank(b))) {
      const example = await readExample(verb);
      expect(example, `wardctl ${verb} --help has no example`).not.toBe("");
      if ([...apart, ...withOwnId, ...asking, ...refused].includes(verb)) continue;
      const { code, stderr } = await city.run(example);
      expect(fine, `wardctl ${example}\n${stderr}`).toContain(code);
    }
  }, 90_000);

  it("and the handbook's articles show commands that exist and run as printed", async () => {
    const examples = new Set(await Promise.all((await listVerbs()).map(readExample)));
    const { articles } = await readHandbook();
    const shown = new Set(articles.flatMap(({ body }) => listCommands(body)).map((line) => line.slice("wardctl ".length)));
    expect(shown.size).toBeGreaterThan(30);
    // An article is read when something was checked.
    await city.run("check run --system documents");
    for (const line of [...shown].filter((one) => !examples.has(one))) {
      const { code, stderr } = await city.run(line);
      expect(fine, `wardctl ${line}\n${stderr}`).toContain(code);
    }
  }, 60_000);

  it("promise one JSON document on stdout for every verb, and keep it", async () => {
    for (const verb of (await listVerbs()).filter((name) => !apart.includes(name))) {
      const { stdout } = await city.run(`${await readExample(verb)} --json`);
      // An example that was run before may now be refused, with nothing but a line on stderr.
      if (stdout === "") continue;
      expect((JSON.parse(stdout) as { schema: string }).schema, `wardctl ${verb}`).toMatch(/^wardctl\.[a-z-]+\/1$/);
    }
  });
});
