import { toToneKey } from "../platform/text.ts";
import { both, verbatim, type Words } from "../platform/words.ts";
import type { RecordWarning, SourceState } from "../records/figures.ts";
import { needsAttention } from "../records/receipt.ts";
import { countWarning, warningMeanings } from "../records/warning-words.ts";
import type { Level } from "./blocks.ts";
import type { ReportFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { findingWords as words } from "./finding-words.ts";
import { type FindUnit, toPlaceName, toUnitWords } from "./place-name.ts";
import { type Reconciliation, reconcile } from "./reconcile.ts";

/** Every finding of a report: who is silent, what is old, what does not tie, what the imports met. */
export function reconcileFacts(facts: ReportFacts): Reconciliation {
  const namesOf = (code: string): readonly Words[] => {
    const place = facts.findUnit(code);
    return place ? [toUnitWords(place), verbatim(place.name)] : [];
  };
  const { findings, ties } = reconcile({
    units: facts.units.map(({ unit, figures }) => ({ code: unit, figures })),
    declared: facts.declared.state === "known" ? facts.declared.value : [],
    namesOf,
    isSameName: (a, b) => toToneKey(a) === toToneKey(b),
  });
  const imported =
    facts.warnings.state === "known" ? facts.warnings.value.map((warning) => toFinding(warning, facts.findUnit)) : [];
  const seen = new Set(findings.map(({ code, unit }) => `${code} ${unit}`));
  return {
    findings: [
      ...listNoSource(facts),
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

function listNoSource({ sources }: ReportFacts): Finding[] {
  return sources.length > 0 ? [] : [{ code: "W-NO-SOURCE", level: "attention", unit: undefined, message: words.noSource }];
}

function listSilent(facts: ReportFacts): Finding[] {
  const level: Level = facts.expectsDossiers ? "attention" : "note";
  return facts.units
    .filter(({ state }) => state === "silent" || state === "stale")
    .map(({ unit, state, place, lastDeliveryAt }) => {
      const name = toUnitWords(place);
      return state === "silent"
        ? { code: "W-SILENT", level, unit, message: words.silent(name, lastDeliveryAt, facts.zone) }
        : { code: "W-STALE-UNIT", level, unit, message: words.staleUnit(name, lastDeliveryAt, facts.zone) };
    });
}

function toStaleSource({ name, quality, lastDeliveryAt }: SourceState, { zone }: ReportFacts): Finding {
  const level: Level = quality === "exact" ? "attention" : "note";
  return { code: "W-STALE-SOURCE", level, unit: undefined, message: words.staleSource(name, lastDeliveryAt, zone) };
}

/** This opening against the last meeting's closing, where our window starts at that meeting. */
function listOpening({ previous, window, zone }: ReportFacts): Finding[] {
  if (!previous?.now || previous.asOf !== window.start || previous.shownOpen === undefined) return [];
  const [expected, found] = [previous.shownOpen, previous.now.carriedOver];
  if (expected === found) return [];
  const message = words.opening(previous.asOf, zone, expected, found);
  return [{ code: "W-OPENING", level: "note", unit: undefined, expected, found, delta: found - expected, message }];
}

function toFinding({ code, unit, detail }: RecordWarning, findUnit: FindUnit): Finding {
  const name = unit === undefined ? undefined : toPlaceName(unit, findUnit);
  const { count, ...rest } = detail;
  const counted = countWarning(code, count);
  const source = [rest["file"] ?? rest["source"], rest["note"]].filter((part) => part !== undefined).join("; ");
  const message = both((lang) => {
    return `${name ? `${name[lang]}: ` : ""}${counted[lang]}${source === "" ? "" : ` (${source})`}`;
  });
  return {
    code,
    level: needsAttention(code) ? "attention" : "note",
    unit,
    found: count,
    message,
    title: warningMeanings[code],
  };
}
