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
  const of = (level: Finding["level"]) => told.filter((finding) => finding.level === level).map(toLine);
  const [attention, known] = [of("attention"), of("note")];
  const blocks: Block[] = attention.map((words) => note(words, "attention"));
  if (known.length > 0) blocks.push(heading(words.toKnow), list(known));
  if (ties.length > 0) blocks.push(heading(words.ties), list(ties));
  return blocks.length > 0 ? blocks : [note(words.noFindings)];
}

function toLine({ code, message }: Finding) {
  return both((lang) => `${code} · ${message[lang]}`);
}
