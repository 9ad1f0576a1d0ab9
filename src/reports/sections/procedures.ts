import { absent, type Block, type Cell, count, left, note, right, table, text } from "../blocks.ts";
import { procedureDays, smallestPublished } from "../procedures.ts";
import type { Section, SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const proceduresSection: Section = {
  id: "procedures",
  title: words.procedures,
  kinds: ["evening", "unit", "range"],
  build: buildProcedures,
};

/** Undefined where nothing is counted. */
function buildProcedures({ procedures, isPublic }: SectionFacts): ReturnType<Section["build"]> {
  if (!procedures || procedures.state === "failed") return procedures;
  if (!procedures.value) return [note(words.proceduresTooLong(procedureDays))];
  if (procedures.value.length === 0) return [note(words.nothingYet)];
  const cell = (n: number | undefined): Cell => (n === undefined ? absent(words.tooSmall(smallestPublished)) : count(n));
  const rows = procedures.value.map(({ procedure, name, received, resolved }) => [
    text(toProcedureName(procedure, name)),
    cell(received),
    cell(resolved),
  ]);
  const columns = [left(words.procedure), right(words.received), right(words.resolved)];
  const blocks: Block[] = [table(words.procedureTable, columns, rows, { barColumn: 1, long: rows.length > 12 })];
  return isPublic ? [...blocks, note(words.masked(smallestPublished))] : blocks;
}

export function toProcedureName(procedure: string, name: string | undefined) {
  const shown = name === undefined ? procedure : `${procedure} ${name}`;
  return { vi: shown, en: shown };
}
