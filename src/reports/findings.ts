import { formatEnglishUnitName, formatUnitName } from "../directory/unit.ts";
import { toToneKey } from "../platform/text.ts";
import { both, verbatim, type Words } from "../platform/words.ts";
import type { RecordWarning, SourceState } from "../records/figures.ts";
import type { Level } from "./blocks.ts";
import type { ReportFacts, UnitFact } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { findingWords as words } from "./finding-words.ts";
import { type Reconciliation, reconcile } from "./reconcile.ts";

/** Every finding of a report: who is silent, what is old, what does not tie, what the imports met. */
export function reconcileFacts(facts: ReportFacts): Reconciliation {
  const places = new Map(facts.units.map(({ place }) => [place.code, place]));
  const namesOf = (code: string): readonly Words[] => {
    const place = places.get(code);
    return place ? [toUnitWords(place), verbatim(place.name)] : [];
  };
  const { findings, ties } = reconcile({
    units: facts.units.map(({ unit, figures }) => ({ code: unit, figures })),
    declared: facts.declared.state === "known" ? facts.declared.value : [],
    namesOf,
    isSameName: (a, b) => toToneKey(a) === toToneKey(b),
  });
  const imported = facts.warnings.state === "known" ? facts.warnings.value.map((warning) => toFinding(warning, places)) : [];
  const seen = new Set(findings.map(({ code, unit }) => `${code} ${unit}`));
  return {
    findings: [
      ...listSilent(facts),
      ...facts.sources.filter(({ stale }) => stale).map((source) => toStaleSource(source, facts)),
      ...listOpening(facts),
      ...findings,
      // Both rooms may notice the same thing; it is told once.
      ...imported.filter(({ code, unit }) => !seen.has(`${code} ${unit}`)),
    ],
    ties,
  };
}

export function toUnitWords(place: UnitFact["place"]): Words {
  return { vi: formatUnitName(place), en: formatEnglishUnitName(place) };
}

/** Whether any source delivers dossiers: where none does, nobody is silent, the figures are just not given. */
export function hasDossierSource(facts: Pick<ReportFacts, "sources" | "reporting">): boolean {
  return facts.reporting > 0 || facts.sources.some(({ quality }) => quality === "exact");
}

function listSilent(facts: ReportFacts): Finding[] {
  const level: Level = hasDossierSource(facts) ? "attention" : "note";
  return facts.units
    .filter(({ state }) => state === "silent" || state === "stale")
    .map(({ unit, state, place, lastDeliveryAt }) => {
      const name = toUnitWords(place);
      return state === "silent"
        ? { code: "W-SILENT", level, unit, message: words.silent(name, lastDeliveryAt, facts.zone) }
        : { code: "W-STALE-UNIT", level, unit, message: words.staleUnit(name, lastDeliveryAt, facts.zone) };
    });
}

function toStaleSource({ name, lastDeliveryAt }: SourceState, { zone }: ReportFacts): Finding {
  return { code: "W-STALE-SOURCE", level: "attention", unit: undefined, message: words.staleSource(name, lastDeliveryAt, zone) };
}

/** This opening against the last meeting's closing, where our window starts at that meeting. */
function listOpening({ previous, window, total, zone }: ReportFacts): Finding[] {
  if (!previous || previous.asOf !== window.start || previous.shownOpen === undefined || total === undefined) return [];
  const [expected, found] = [previous.shownOpen, total.carriedOver];
  if (expected === found) return [];
  const message = words.opening(previous.asOf, zone, expected, found);
  return [{ code: "W-OPENING", level: "note", unit: undefined, expected, found, delta: found - expected, message }];
}

const noted = new Set(["W-CORRECTED", "W-DUP", "W-RATE", "W-NAME"]);

function toFinding({ code, unit, detail }: RecordWarning, places: ReadonlyMap<string, UnitFact["place"]>): Finding {
  const place = unit === undefined ? undefined : places.get(unit);
  const name = place ? toUnitWords(place) : unit === undefined ? undefined : verbatim(unit);
  const parts = Object.entries(detail).map(([key, value]) => `${key} ${value}`);
  const title = words.imported(code);
  const message = both((lang) => [name?.[lang], title[lang], parts.join(", ")].filter((part) => part).join(": "));
  return { code, level: noted.has(code) ? "note" : "attention", unit, message };
}
