import type { ProbeResult } from "../../src/health/probe-result.ts";
import { reasons } from "../../src/health/reason.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { type Frame, fitCells, type Line, toCells } from "../../src/platform/frame.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Lang, Words } from "../../src/platform/words.ts";
import { type HeatMap, layOutMap, type MapLayout, toMapLines } from "./heat-map.ts";
import { type CellKind, cellSigns, toCellKind } from "./look-signs.ts";
import { kindWords, watchWords as words } from "./watch-words.ts";

/** Everything that the screen shows. */
export interface WatchView {
  readonly lang: Lang;
  readonly ascii: boolean;
  readonly colour: boolean;
  readonly units: readonly { readonly code: string; readonly name: Words; readonly shortName: string }[];
  readonly systems: readonly string[];
  readonly results: ReadonlyMap<string, ProbeResult>;
  /** When the last whole sweep was. */
  readonly at: number | undefined;
  readonly causes: readonly { readonly text: Words; readonly affected: ReadonlySet<string> }[];
  /** What this machine itself has. */
  readonly local: readonly Words[];
  readonly phase:
    | { readonly kind: "probing"; readonly done: number; readonly of: number }
    | { readonly kind: "waiting"; readonly seconds: number };
  /** Code of the unit that the keys are at. */
  readonly cursor: string | undefined;
  readonly onlyFailing: boolean;
  readonly explaining: boolean;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** The frame, and how its map lies, for the keys. */
export interface Picture {
  readonly frame: Frame;
  readonly layout: MapLayout;
  /** Codes of the units that are in the map, in order. */
  readonly shown: readonly string[];
}

const causesShare = 5;
const explainShare = 3;

/** Pure. */
export function toPicture(view: WatchView, size: ScreenSize): Picture {
  const { lang, systems, results } = view;
  const shown = view.units.filter(
    ({ code }) => !view.onlyFailing || systems.some((system) => isBad(results.get(`${code}/${system}`))),
  );
  const at = shown.findIndex(({ code }) => code === view.cursor);
  const head = [toHead(view), toCounts(view), ...toCauses(view, size)];
  const panel = view.explaining ? toPanel(view, size) : [];
  const mapHeight = Math.max(2, size.rows - head.length - panel.length - 2);
  const layout = layOutMap(shown.length, systems.length, size.columns, mapHeight);
  const map: HeatMap = {
    units: shown.map(({ code, name, shortName }) => ({ code, name: name[lang], shortName })),
    systems,
    resultOf: (unit, system) => results.get(`${unit}/${system}`),
    ascii: view.ascii,
    cursor: at < 0 ? undefined : at,
  };
  const page = Math.floor(Math.max(0, at) / (layout.rows * layout.columns));
  const body = shown.length > 0 ? toMapLines(map, layout, page) : [toCells(words.nothingFails[lang])];
  const filled = [...head, toSystems(view), ...body.slice(0, mapHeight)];
  const empty = Math.max(0, size.rows - filled.length - panel.length - 1);
  const lines = [...filled, ...Array.from({ length: empty }, (): Line => []), ...panel].slice(0, size.rows - 1);
  const frame = [...lines, toStatus(view, page, layout.pages)].map((line) =>
    fitCells(view.colour ? line : line.map(({ text }) => ({ text, sgr: "" })), size.columns),
  );
  return { frame, layout, shown: shown.map(({ code }) => code) };
}

function isBad(result: ProbeResult | undefined): boolean {
  return result !== undefined && result.state !== "untested" && toCellKind(result) !== "pass";
}

function toHead({ lang, at, units, systems }: WatchView): Line {
  const when = at === undefined ? words.first[lang] : formatDateTime(at, vietnamZone, lang);
  return toCells(words.head(units.length, systems.length, when)[lang], "1");
}

const countedKinds: readonly CellKind[] = [
  "pass",
  "slow",
  "soft",
  "fail",
  "flapping",
  "recovering",
  "unknown",
  "untested",
  "maintenance",
];

/** Counts that are the legend at once. */
function toCounts({ results, units, systems, lang, ascii }: WatchView): Line {
  const counts = new Map<CellKind, number>();
  for (const { code } of units) {
    for (const system of systems) {
      const result = results.get(`${code}/${system}`);
      if (!result) continue;
      const kind = toCellKind(result);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return countedKinds.flatMap((kind): Line => {
    const count = counts.get(kind) ?? 0;
    if (count === 0 && kind !== "pass" && kind !== "fail") return [];
    const { sign, ascii: plain, sgr } = cellSigns[kind];
    return [...toCells(ascii ? plain : sign, sgr), ...toCells(` ${kindWords[kind][lang]} ${count}   `)];
  });
}

function toCauses({ causes, local, lang, at }: WatchView, { rows }: ScreenSize): Line[] {
  const room = Math.max(1, Math.floor(rows / causesShare));
  const all = [
    ...local.map((text) => toCells(`! ${text[lang]}`, "1;33")),
    ...causes.map(({ text }, index) => toCells(`${index + 1}. ${text[lang]}`)),
  ];
  if (all.length === 0) return at === undefined ? [] : [toCells(words.noCauses[lang], "2")];
  const more = all.length - room;
  return more > 0 ? [...all.slice(0, room - 1), toCells(words.moreCauses(more + 1)[lang], "2")] : all;
}

/** What the numbers over the columns mean. */
function toSystems({ systems }: WatchView): Line {
  return toCells(systems.map((system, at) => `${(at + 1) % 10} ${system}`).join("  "), "2");
}

/** What is known of the unit at the cursor. */
function toPanel(view: WatchView, { columns, rows }: ScreenSize): Line[] {
  const { lang, cursor, systems, results, causes, units } = view;
  const unit = units.find(({ code }) => code === cursor);
  const room = Math.max(3, Math.floor(rows / explainShare));
  const title = toCells(`── ${unit ? `${unit.code} ${unit.name[lang]}` : words.chooseUnit[lang]} `, "1");
  if (!unit) return [title];
  const own = systems.map((system) => `${unit.code}/${system}`);
  const failing = own.flatMap((id) => {
    const result = results.get(id);
    if (!result || !isBad(result)) return [];
    const kind = kindWords[toCellKind(result)][lang];
    return [`${id.split("/")[1]}: ${kind}${result.reason ? `, ${reasons[result.reason].words[lang]}` : ""}`];
  });
  const why = causes.filter(({ affected }) => own.some((id) => affected.has(id))).map(({ text }) => `→ ${text[lang]}`);
  const texts = failing.length > 0 ? [...failing, ...(why.length > 0 ? why : [words.onItsOwn[lang]])] : [words.unitWell[lang]];
  const lines = texts.flatMap((text) => wrapWords(text, columns, "  ").split("\n"));
  return [title, ...lines.slice(0, room - 1).map((line) => toCells(line))];
}

function toStatus({ lang, phase }: WatchView, page: number, pages: number): Line {
  const state =
    phase.kind === "probing" ? words.probing(phase.done, phase.of)[lang] : words.waiting(formatCountdown(phase.seconds))[lang];
  const where = pages > 1 ? ` · ${words.page(page + 1, pages)[lang]}` : "";
  return toCells(`${state}${where} · ${words.keys[lang]}`, "7");
}

function formatCountdown(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
