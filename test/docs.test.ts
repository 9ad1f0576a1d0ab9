import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nouns } from "../commands/nouns.ts";
import { listCommands } from "../src/handbook/markdown.ts";
import { readHandbook } from "../src/handbook/read-handbook.ts";
import { createAuthority } from "../src/platform/certificates.ts";
import { runWardctl } from "./support/run-wardctl.ts";
import { type CityWorkspace, openCityWorkspace } from "./support/whole-city.ts";

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string): string => readFileSync(path(name), "utf8");

/** Exit codes of an example that did its work: ok, denied, partial, attention. */
const fine = [0, 4, 7, 8];
/** Run in folders of their own, or they go on until they are stopped; end-to-end tests run them. */
const apart = ["init", "demo", "rehearse", "rehearse run", "rehearse score"];
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
  cpSync(path("fixtures"), join(city.folder, "fixtures"), { recursive: true });
  // Files that examples name and people have.
  cpSync(path("fixtures/directory/merges-sample.csv"), join(city.folder, "merges.csv"));
  mkdirSync(join(city.folder, "certificates"));
  const someone = await createAuthority("Trần Thị Lan", Date.parse("2025-01-01"), Date.parse("2027-01-01"));
  writeFileSync(join(city.folder, "certificates/chanh-van-phong.pem"), someone.certificate);
});
afterAll(() => city.stop());

/** `wardctl …` lines of the sh blocks of a page. */
function listExamples(page: string): string[] {
  return [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) =>
    (block[1] as string)
      .split("\n")
      .filter((line) => line.startsWith("wardctl "))
      .map((line) => line.slice("wardctl ".length)),
  );
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
  it("have README examples, and those of the page on records, that run as printed", async () => {
    for (const line of [...listExamples("README.md"), ...listExamples("docs/records.md")].filter(
      (example) => !apart.includes(example.split(" ")[0] as string),
    )) {
      const { code, stderr } = await city.run(line);
      expect(fine, `wardctl ${line}\n${stderr}`).toContain(code);
    }
  });

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

  it("name every command in the Vietnamese guide or the README", () => {
    const text = read("README.md") + read("docs/huong-dan.md");
    expect(Object.keys(nouns).filter((noun) => !text.includes(`wardctl ${noun}`))).toEqual([]);
  });

  it("link only to files that are there", () => {
    const pages = ["README.md", ...readdirSync(path("docs"), { recursive: true }).map((name) => `docs/${String(name)}`)].filter(
      (name) => name.endsWith(".md"),
    );
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#]+)\)/g)]
        .map((match) => match[1] as string)
        .filter((target) => !target.startsWith("http"))
        .filter((target) => {
          try {
            readdirSync(join(path(page), "..", target, ".."));
            return !readdirSync(join(path(page), "..", target, "..")).includes(target.split("/").at(-1) as string);
          } catch {
            return true;
          }
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
