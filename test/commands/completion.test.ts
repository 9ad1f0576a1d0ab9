import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { nouns } from "../../commands/nouns.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;
for (const shell of ["bash", "zsh", "fish", "pwsh"])
  if (!has(shell)) console.warn(`SKIPPED: completion was not tried in ${shell}, which is not on this machine`);

const scripts: Record<string, string> = {};

beforeAll(async () => {
  const folder = await makeTestFolder();
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    scripts[shell] = join(folder, `wardctl.${shell}`);
    await writeFile(scripts[shell], (await runWardctl(["completion", shell])).stdout);
  }
});

/** What bash offers for the last word, as its own completion calls the function. */
function offeredByBash(...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const text = execFileSync("bash", [
    "-c",
    `source "${scripts["bash"]}"; cd "${process.cwd()}"; COMP_WORDS=(wardctl ${line}); COMP_CWORD=${words.length}; _wardctl; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]);
  return text.toString().split("\n").filter(Boolean);
}

function offeredByFish(line: string): string[] {
  const text = execFileSync("fish", ["-c", `source "${scripts["fish"]}"; complete -C '${line}'`]).toString();
  return text.split("\n").filter(Boolean);
}

/** Verbs of a noun as its help lists them. */
async function readVerbs(noun: string): Promise<string[]> {
  const { stdout } = await runWardctl([noun, "--help"]);
  const listed = /\nCommands:\n([\s\S]*?)(\n\n|$)/.exec(stdout)?.[1] ?? "";
  return [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => match[1] as string);
}

describe.skipIf(!has("bash"))("completion in bash", () => {
  it("offers every noun, and after each its verbs as help lists them", async () => {
    expect(offeredByBash("")).toEqual(Object.keys(nouns));
    for (const noun of ["provision", "delegate", "check", "report"]) {
      const verbs = await readVerbs(noun);
      expect(verbs.length).toBeGreaterThan(3);
      expect(offeredByBash(noun, "")).toEqual(expect.arrayContaining(verbs));
    }
  });
  it("offers the values of a flag, its flags after a dash, and files where a file is meant", () => {
    expect(offeredByBash("wards", "list", "--format", "")).toEqual(["table", "json", "csv", "tsv"]);
    expect(offeredByBash("--lang", "v")).toEqual(["vi"]);
    expect(offeredByBash("provision", "plan", "--skip")).toEqual(["--skip-invalid"]);
    expect(offeredByBash("import", "READ")).toEqual(["README.md"]);
    expect(offeredByBash("--workspace", "fixt")).toEqual(["fixtures"]);
  });
  it("knows the place behind flags and their values, and the verb that a noun stands for", () => {
    expect(offeredByBash("--lang", "vi", "report", "morn")).toEqual(["morning"]);
    expect(offeredByBash("check", "--sweep", "")).toEqual(["full", "adaptive"]);
  });
});

describe.skipIf(!has("fish"))("completion in fish", () => {
  it("offers verbs with what they do, values and files", () => {
    expect(offeredByFish("wardctl wards li")).toEqual([expect.stringMatching(/^list\t\S+/)]);
    expect(offeredByFish("wardctl completion ")).toEqual(["bash", "fish", "powershell", "zsh"]);
    expect(offeredByFish(`wardctl import ${process.cwd()}/READ`)).toEqual([expect.stringContaining("README.md")]);
  });
});

describe.skipIf(!has("zsh"))("completion in zsh", () => {
  it("offers verbs with what they do", () => {
    // A shell in a terminal of its own, into which a Tab is typed.
    const text = execFileSync("zsh", [
      "-f",
      "-c",
      `zmodload zsh/zpty; zpty shell zsh -f -i; zpty -w shell 'autoload -Uz compinit; compinit -u -D; source "${scripts["zsh"]}"; LISTMAX=999; echo rea''dy'
       zpty -r shell seen '*ready*'; zpty -w -n shell $'wardctl wards \\t\\t'; zpty -r shell seen '*find*show*--*'; print -r -- $seen; zpty -d shell`,
    ]).toString();
    for (const verb of ["list", "show", "find"]) expect(text).toMatch(new RegExp(`${verb} +--`));
  });
});

describe("the manual page", () => {
  it.each(["wardctl.1", "wardctl-vi.1"])("%s equals what the command line declares; renew with: npm run help", async (name) => {
    const { listPlaces } = await import("../../commands/completion/command-tree.ts");
    const { toManual } = await import("../../commands/completion/manual.ts");
    const lang = name === "wardctl.1" ? "en" : "vi";
    const committed = readFileSync(new URL(`../../docs/man/${name}`, import.meta.url), "utf8");
    expect(toManual(await listPlaces(lang), lang)).toBe(committed);
  });
});

describe("wardctl completion", () => {
  it("says which shells there are when asked for another", async () => {
    const { code, stderr } = await runWardctl("completion tcsh");
    expect(code).toBe(2);
    expect(stderr).toContain("bash, zsh, fish, powershell");
  });
});
