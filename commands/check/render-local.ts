import type { LocalFinding } from "../../src/health/local/finding.ts";
import { findCheck } from "../../src/health/local/local-checks.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { localWords as words } from "./local-words.ts";

/** What a sweep tells of this machine: `! …` for a fault, `~ …` for a warning, what to do below. */
export function formatFinding({ state, words: seen, remedy }: LocalFinding, { say, paint }: Output): string[] {
  const sign = state === "fail" ? paint.red("!") : paint.yellow("~");
  return [`${sign} ${say(seen)}`, ...(remedy ? [`   → ${say(remedy)}`] : [])];
}

/** Faults and warnings as programs read them. */
export function toLocalMembers(findings: readonly LocalFinding[], { say }: Output): Readonly<Record<string, unknown>> {
  const list = (state: LocalFinding["state"]) =>
    findings
      .filter((finding) => finding.state === state)
      .map(({ id, words: seen, remedy }) => ({ kind: id, inWords: say(seen), remedy: remedy ? say(remedy) : null }));
  return { faults: list("fail"), warnings: list("warn") };
}

/** One line a check, what to do below it. */
export function renderChecks(findings: readonly LocalFinding[], { say, paint, width: columns }: Output): string {
  const signs = {
    pass: paint.green("✓"),
    warn: paint.yellow("~"),
    fail: paint.red("✗"),
    "not-applicable": paint.dim("·"),
  };
  const titles = findings.map(({ id }) => say(findCheck(id).title));
  const width = Math.max(...titles.map((title) => title.length));
  const lines = findings.flatMap(({ state, words: seen, remedy }, at) => {
    const text = state === "not-applicable" ? paint.dim(say(words.notLookedAt(seen))) : say(seen);
    const line = `${signs[state]} ${(titles[at] as string).padEnd(width)}  ${text}`;
    return remedy && state !== "pass" ? [line, `${" ".repeat(width + 4)}→ ${say(remedy)}`] : [line];
  });
  const hanging = " ".repeat(width + 4);
  return [paint.bold(say(words.machineTitle)), ...lines.map((line) => wrapWords(line, columns, hanging))].join("\n");
}

/** The checks as programs read them. */
export function toCheckMembers(findings: readonly LocalFinding[], { say }: Output) {
  return findings.map(({ id, state, words: seen, remedy }) => ({
    id,
    state,
    inWords: say(seen),
    remedy: remedy ? say(remedy) : null,
  }));
}
