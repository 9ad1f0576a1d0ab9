import { formatEnglishUnitName, formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat, Output } from "../../src/platform/output.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { nameOwner } from "../../src/readiness/owners.ts";
import { dimensions, type UnitReadiness } from "../../src/readiness/readiness.ts";
import type { ReadinessSettings } from "../../src/readiness/settings.ts";
import { dimensionWords, verdictWords } from "../../src/readiness/words.ts";
import { toDimensionDocument, toReasonDocument } from "./document.ts";
import { readyWords as words } from "./words.ts";

export const marks = { go: "✓", "no-go": "✗", unknown: "?", note: "·" } as const;

/** On a narrower terminal one line a unit has no room for since when; the unit's own page has it. */
const widthOfAll = 120;

export interface ListRequest {
  readonly units: readonly Unit[];
  readonly at: Instant;
  readonly format: ListFormat;
  readonly settings: ReadinessSettings;
  readonly zone: Zone;
}

/** One line a unit. */
export async function listReadiness(
  readiness: readonly UnitReadiness[],
  { units, at, format, settings, zone }: ListRequest,
  out: Output,
): Promise<void> {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const count = (verdict: UnitReadiness["verdict"]): number => readiness.filter((own) => own.verdict === verdict).length;
  const totals = { go: count("go"), noGo: count("no-go"), unknown: count("unknown") };
  const worst = readiness.find(({ verdict }) => verdict !== "go");
  await out.list<UnitReadiness>({
    schema: "wardctl.ready/1",
    name: "units",
    items: readiness,
    extra: { at: toIso(at, zone), opening: settings.opening ?? null, counted: settings.dimensions, totals },
    below: [
      "",
      out.say(words.six(dimensions.map((dimension) => dimensionWords[dimension][out.lang]))),
      out.say(words.totals(totals.go, totals.noGo, totals.unknown)),
      ...tellCommon(readiness, out),
      ...(worst ? [out.say(words.more(worst.code))] : []),
    ],
    columns: [
      {
        key: "code",
        title: words.unitTitle,
        value: ({ code }) => code,
        text: ({ code }, lang) => `${code} ${nameUnit(byCode.get(code), lang)}`,
      },
      { key: "name", title: words.nameTitle, machineOnly: true, value: ({ code }) => nameUnit(byCode.get(code), "vi") },
      {
        key: "verdict",
        title: words.verdictTitle,
        value: ({ verdict }) => verdict,
        text: ({ verdict }, lang) => `${marks[verdict]} ${verdictWords[verdict][lang]}`,
      },
      {
        key: "since",
        title: words.sinceTitle,
        machineOnly: out.width < widthOfAll,
        value: ({ since }) => (since === undefined ? undefined : toIso(since, zone)),
        text: ({ since }, lang) => (since === undefined ? "–" : formatDateTime(since, zone, lang)),
      },
      ...(format === "table"
        ? []
        : dimensions.map((dimension) => ({
            key: dimension,
            title: dimensionWords[dimension],
            machineOnly: true,
            value: (own: UnitReadiness) => own.dimensions[dimension].verdict,
          }))),
      {
        key: "dimensions",
        title: words.sixTitle,
        value: (own) => listOpen(own),
        json: (own) =>
          Object.fromEntries(
            dimensions.map((dimension) => [dimension, toDimensionDocument(own.dimensions[dimension], zone, out.lang)]),
          ),
        text: (own) => dimensions.map((dimension) => marks[own.dimensions[dimension].verdict]).join(""),
      },
      {
        key: "first",
        title: words.firstTitle,
        value: ({ first }) => first && `${first.code} ${first.detail[out.lang]}`,
        json: ({ first }) => first && { dimension: first.dimension, ...toReasonDocument(first, zone, out.lang) },
        text: ({ first }, lang) => first?.detail[lang] ?? "",
      },
      {
        key: "owner",
        title: words.ownerTitle,
        value: ({ first }) => first?.owner,
        text: ({ first }, lang) => (first ? nameOwner(first)[lang] : ""),
      },
    ],
    format,
    empty: words.none,
  });
}

const commonAtMost = 3;

/** What most units are to mend first: of a city one plan mends many. */
function tellCommon(readiness: readonly UnitReadiness[], { say }: Pick<Output, "say">): string[] {
  const byCode = Map.groupBy(
    readiness.flatMap(({ first }) => first?.code ?? []),
    (code) => code,
  );
  const common = [...byCode].filter(([, own]) => own.length > 1).sort(([, a], [, b]) => b.length - a.length);
  const [most] = common;
  if (!most) return [];
  return [
    say(
      words.common(
        common.slice(0, commonAtMost).map(([code, own]) => ({ code, units: own.length })),
        most[0],
      ),
    ),
  ];
}

function listOpen(own: UnitReadiness) {
  return dimensions.filter((dimension) => own.dimensions[dimension].verdict !== "go");
}

export function nameUnit(unit: Unit | undefined, lang: Lang): string {
  if (!unit) return "";
  return lang === "vi" ? formatUnitName(unit) : formatEnglishUnitName(unit);
}
