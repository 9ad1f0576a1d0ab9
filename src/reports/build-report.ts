import { formatUnitName } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { toIso } from "../platform/time.ts";
import type { Figures } from "../records/figures.ts";
import type { ReportFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { reconcileFacts } from "./findings.ts";
import type {
  BuiltSection,
  PrintedDeclared,
  PrintedFigures,
  PrintedProcedure,
  PrintedRate,
  Report,
  ReportWarning,
} from "./model.ts";
import { type RateName, rateNames, toRate } from "./rate.ts";
import type { DeclaredFact } from "./reconcile.ts";
import { listSections } from "./sections/index.ts";
import type { Section, SectionFacts } from "./sections/section.ts";
import { sectionWords } from "./sections/words.ts";
import { rateDefinitions } from "./words.ts";

/** Facts in, report out. Pure: the same facts give the same report, to the byte once it is canonical JSON. */
export function buildReport(facts: ReportFacts): Report {
  const { kind, city, window, zone, knownSeq, rulesSha256, previous } = facts;
  const reconciliation = reconcileFacts(facts);
  const iso = (at: Instant): string => toIso(at, zone);
  const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : iso(at));
  return {
    schema: "wardctl.report/1",
    kind,
    city,
    window: { start: iso(window.start), end: iso(window.end) },
    asOf: iso(window.end),
    knownSeq,
    rulesSha256,
    calendarVersion: facts.calendar?.version ?? null,
    calendarReason: facts.calendar ? null : sectionWords.noCalendar,
    units: facts.units.map(({ place, state, lastDeliveryAt, figures }) => ({
      code: place.code,
      name: formatUnitName(place),
      state,
      lastDeliveryAt: isoOrNull(lastDeliveryAt),
      figures: printFigures(figures),
    })),
    total: {
      figures: printFigures(facts.total),
      reason: facts.total ? null : sectionWords.noFigures,
      reporting: facts.reporting,
      expected: facts.units.length,
    },
    cumulative: facts.cumulative ? { start: iso(facts.cumulativeFrom), figures: printFigures(facts.cumulative) } : null,
    rates: facts.total ? rateNames.map((name) => printRate(name, facts.total as Figures)) : [],
    procedures: printProcedures(facts),
    layout: facts.layout ?? null,
    isPublic: facts.isPublic,
    previous: previous ? { meeting: previous.id, asOf: iso(previous.asOf), knownSeq: previous.knownSeq } : null,
    restated: previous?.restated ?? [],
    restatedBy: (previous?.restatedBy ?? []).map(({ file, finishedAt, ...own }) => ({
      ...own,
      file: file ?? null,
      finishedAt: iso(finishedAt),
    })),
    declared: facts.declared.state === "known" ? facts.declared.value.map((fact) => printDeclared(fact, iso)) : [],
    warnings: reconciliation.findings.map(printFinding),
    sources: facts.sources.map((source) => ({
      ...source,
      lastSeq: source.lastSeq ?? null,
      lastDeliveryAt: isoOrNull(source.lastDeliveryAt),
    })),
    sections: listSections(facts.layout).flatMap((section) => buildSection(section, { ...facts, reconciliation }) ?? []),
  };
}

function buildSection({ id, title, kinds, build }: Section, facts: SectionFacts): BuiltSection | undefined {
  if (!kinds.includes(facts.kind)) return undefined;
  const built = build(facts);
  if (built === undefined) return undefined;
  if ("state" in built) return { id, title, state: "unavailable", reason: built.reason, blocks: [] };
  return { id, title, state: "ok", reason: null, blocks: built };
}

function printFigures<F extends Figures | undefined>(figures: F): F extends Figures ? PrintedFigures : PrintedFigures | null;
function printFigures(figures: Figures | undefined): PrintedFigures | null {
  return figures ? { ...figures, visitors: null } : null;
}

function printRate(rate: RateName, figures: Figures): PrintedRate {
  const { numerator, denominator } = toRate(rate, figures);
  return { rate, numerator, denominator, definition: rateDefinitions[rate] };
}

function printProcedures({ kind, procedures }: ReportFacts): PrintedProcedure[] | null {
  if (kind === "morning" || procedures?.state !== "known" || procedures.value === undefined) return null;
  return procedures.value.map(({ procedure, name, received, resolved }) => ({
    procedure,
    name: name ?? null,
    received: received ?? null,
    resolved: resolved ?? null,
  }));
}

function printFinding({ code, level, unit, expected, found, delta, message }: Finding): ReportWarning {
  return { code, level, unit: unit ?? null, expected: expected ?? null, found: found ?? null, delta: delta ?? null, message };
}

function printDeclared({ stated, computed }: DeclaredFact, iso: (at: Instant) => string): PrintedDeclared {
  const { source, quality, unit, statedName, metric, window, low, high, percent } = stated;
  return {
    source,
    quality,
    unit: unit ?? null,
    statedName: statedName ?? null,
    metric,
    window: { start: window.start === undefined ? null : iso(window.start), end: iso(window.end) },
    stated: stated.stated,
    low: low ?? null,
    high: high ?? null,
    percentHundredths: percent?.hundredths ?? null,
    computed: computed ?? null,
  };
}
