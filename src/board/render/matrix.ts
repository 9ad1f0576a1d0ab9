import { type Dimension, dimensions, type Verdict } from "../../readiness/readiness.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import { type BoardUnit, countVerdicts, sortUnits } from "../board.ts";
import { cellWords, dimensionHeads, dimensionWords, verdictWords, boardWords as words } from "../words.ts";
import type { RenderOptions } from "./options.ts";
import { renderSign } from "./signs.ts";

/** So many rows still have room for what to mend first beside them; more stand side by side. */
const wideAtMost = 14;
const twoAtMost = 60;

/**
 * One grid (WAI-ARIA APG, grid pattern) in groups: what is not ready, what is not known, what is ready. Long groups are cut into tables that stand side
 * by side on a wide screen, each under its own headings.
 */
export function renderMatrix(units: readonly BoardUnit[], options: RenderOptions): string {
  const { lang } = options;
  const sorted = sortUnits(units);
  const places = new Map(sorted.map(({ code }, index) => [code, index]));
  const groups = (["no-go", "unknown", "go"] as const).map((verdict) => {
    const own = sorted.filter((unit) => unit.verdict === verdict);
    return own.length === 0 ? "" : renderGroup(verdict, own, places, options);
  });
  const counts = countVerdicts(units);
  const legend = (Object.keys(cellWords) as Verdict[])
    .map((verdict) => `<li>${renderSign(verdict)} ${escapeHtml(cellWords[verdict][lang])}</li>`)
    .join("");
  return `<div class="matrix-head"><h2 id="matrix-title">${escapeHtml(words.matrix[lang])}</h2><ul class="legend">${legend}</ul></div>
<div role="grid" class="matrix" aria-labelledby="matrix-title" aria-colcount="8" aria-rowcount="${units.length}" data-go="${counts.go}">${groups.join("\n")}</div>
<p class="note nomatch" hidden>${escapeHtml(words.noMatch[lang])}</p>`;
}

/** Where each unit stands among all, counted from 0. */
type Places = ReadonlyMap<string, number>;

function renderGroup(verdict: Verdict, units: readonly BoardUnit[], places: Places, options: RenderOptions): string {
  const { lang } = options;
  const columns = verdict === "go" ? 3 : units.length <= wideAtMost ? 1 : units.length <= twoAtMost ? 2 : 3;
  const size = Math.ceil(units.length / columns);
  const tables = Array.from({ length: columns }, (_, at) => units.slice(at * size, (at + 1) * size))
    .filter((own) => own.length > 0)
    .map((own) => renderTable(own, verdict, columns === 1, places, options));
  const title = `${verdictWords[verdict][lang]}`;
  return `<div role="presentation" class="group ${verdict} c${columns}"><p class="group-title" aria-hidden="true">${renderSign(verdict)} <b>${units.length}</b> ${escapeHtml(title)}</p><div role="presentation" class="tables">${tables.join("")}</div></div>`;
}

function renderTable(
  units: readonly BoardUnit[],
  verdict: Verdict,
  wide: boolean,
  places: Places,
  options: RenderOptions,
): string {
  const { lang } = options;
  const head = [
    words.unit[lang],
    ...dimensions.map((dimension) => dimensionHeads[dimension][lang]),
    ...(wide ? [words.first[lang]] : []),
  ].map((title) => `<span role="columnheader"><span>${escapeHtml(title)}</span></span>`);
  return `<div role="rowgroup" class="table${wide ? " wide" : ""}" aria-label="${escapeHtml(verdictWords[verdict][lang])}"><div role="row" class="head">${head.join("")}</div>${units
    .map((unit) => renderRow(unit, wide, places, options))
    .join("")}</div>`;
}

function renderRow(unit: BoardUnit, wide: boolean, places: Places, { lang }: RenderOptions): string {
  const { code, name, verdict, first, cells } = unit;
  const said = `${name[lang]}: ${verdictWords[verdict][lang]}`;
  const shown = renderName(name[lang], wide || verdict === "go");
  return `<div role="row" class="unit ${verdict}" data-unit="${code}" aria-rowindex="${(places.get(code) ?? 0) + 1}"><span role="rowheader" class="name" tabindex="-1" aria-label="${escapeHtml(said)}" title="${escapeHtml(`${name[lang]} (${code})`)}">${shown}</span>${dimensions
    .map((dimension) => renderCell(dimension, cells[dimension].verdict, lang))
    .join("")}${wide ? `<span role="gridcell" class="first">${renderFirst(first, lang)}</span>` : ""}</div>`;
}

const kinds = /^(Phường|Xã|Đặc khu) | (Ward|Commune|Special Zone)$/u;
const short: Readonly<Record<string, string>> = {
  Phường: "P.",
  Xã: "X.",
  "Đặc khu": "ĐK.",
  Ward: "W.",
  Commune: "C.",
  "Special Zone": "S.Z.",
};

/** The kind of unit in small letters, and shortened where rows stand close. */
function renderName(name: string, whole: boolean): string {
  const kind = kinds.exec(name);
  if (!kind) return escapeHtml(name);
  const word = kind[1] ?? kind[2] ?? "";
  return escapeHtml(name).replace(word, `<small>${whole ? word : (short[word] ?? word)}</small>`);
}

function renderCell(dimension: Dimension, verdict: Verdict, lang: RenderOptions["lang"]): string {
  const said = `${dimensionWords[dimension][lang]}: ${cellWords[verdict][lang]}`;
  return `<span role="gridcell" class="cell ${verdict}" tabindex="-1" data-dimension="${dimension}" data-verdict="${verdict}" aria-label="${escapeHtml(said)}" title="${escapeHtml(said)}">${renderSign(verdict)}</span>`;
}

function renderFirst(first: BoardUnit["first"], lang: RenderOptions["lang"]): string {
  if (!first) return "";
  const owner = first.owner ? ` <span class="owner">→ ${escapeHtml(first.owner[lang])}</span>` : "";
  return `<span class="clamp"><span class="what">${escapeHtml(first.inWords[lang])}</span>${owner}</span>`;
}
