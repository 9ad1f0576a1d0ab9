import type { UnitState } from "../../records/figures.ts";
import { type Block, list, note, paragraph } from "../blocks.ts";
import type { UnitFact } from "../facts.ts";
import { toUnitWords } from "../place-name.ts";
import { findDataEnd } from "./data-end.ts";
import { everyKind, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const statusSection: Section = { id: "status", title: words.status, kinds: everyKind, build: buildStatus };

/** Meetings print their report some minutes after the export. */
const worthSayingMs = 30 * 60_000;

function buildStatus(facts: SectionFacts): Block[] {
  const { units, reporting, window, zone } = facts;
  const listed = (test: (unit: UnitFact) => boolean) => units.filter(test).map(({ place }) => toUnitWords(place));
  const inState = (state: UnitState) => listed((unit) => unit.state === state && !unit.declared);
  const declared = listed((unit) => unit.declared !== undefined);
  const told = declared.length > 0 ? [note(words.declaredUnits(declared))] : [];
  const old = inState("stale").length;
  const complete = reporting === units.length && old === 0;
  const blocks: Block[] = [paragraph(complete ? words.allReport(reporting) : words.someReport(reporting, units.length, old))];
  if (!facts.expectsDossiers) return [...blocks, note(words.noDossiers), ...told];
  const [silent, stale, zero] = [inState("silent"), inState("stale"), inState("zero")];
  if (silent.length === units.length) return [note(words.allSilent(units.length), "attention")];
  if (silent.length > 0) blocks.push(note(words.silentUnits(silent), "attention"));
  blocks.push(...told);
  if (stale.length > 0) blocks.push(note(words.staleUnits(stale), "attention"));
  const dataEnd = findDataEnd(facts);
  if (dataEnd !== undefined && window.end - dataEnd > worthSayingMs)
    blocks.push(note(words.nothingSince(dataEnd, window.end, zone)));
  if (zero.length > 0) blocks.push(list([words.zeroUnits(zero)]));
  return blocks;
}
