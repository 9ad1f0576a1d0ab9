import { both } from "../../platform/words.ts";
import { type Block, heading, list, note } from "../blocks.ts";
import type { Finding } from "../finding.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const reconciliationSection: Section = {
  id: "reconciliation",
  title: words.reconciliation,
  kinds: everyKind,
  build: buildReconciliation,
};

/** Told by the first section already. */
const toldAbove = new Set(["W-SILENT", "W-STALE-UNIT"]);

function buildReconciliation({ reconciliation, declared, warnings }: SectionFacts): ReturnType<Section["build"]> {
  if (warnings.state === "failed") return warnings;
  if (declared.state === "failed") return declared;
  const { findings, ties } = reconciliation;
  const told = findings.filter(({ code }) => !toldAbove.has(code));
  const of = (level: Finding["level"]) => gather(told.filter((finding) => finding.level === level));
  const [attention, known] = [of("attention"), of("note")];
  const blocks: Block[] = attention.map((words) => note(words, "attention"));
  if (known.length > 0) blocks.push(heading(words.toKnow), list(known));
  if (ties.length > 0) blocks.push(heading(words.ties), list(ties));
  return blocks.length > 0 ? blocks : [note(words.noFindings)];
}

const linesEach = 3;

/** A line each; what more than a few units have in common is one line over all of them (the JSON has every one). */
function gather(findings: readonly Finding[]) {
  return [...Map.groupBy(findings, ({ code }) => code).values()].flatMap((same) => {
    const title = same[0]?.title;
    if (!title || same.length <= linesEach) return same.map(toLine);
    const units = new Set(same.map(({ unit }) => unit)).size;
    const sum = same.reduce((total, { found = 1 }) => total + found, 0);
    return [both((lang) => `${same[0]?.code} · ${words.manyUnits(sum, title, units)[lang]}`)];
  });
}

function toLine({ code, message }: Finding) {
  return both((lang) => `${code} · ${message[lang]}`);
}
