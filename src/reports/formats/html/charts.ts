import { formatCount, formatPercent } from "../../../platform/format.ts";
import type { GridChart, LineChart, ShareChart } from "../../blocks.ts";
import type { RenderOptions } from "../format.ts";
import { gridSigns, gridWords, formatWords as words } from "../words.ts";
import { toTicks } from "./axis.ts";
import { escapeHtml } from "./escape.ts";

const size = { width: 640, height: 270, right: 14, top: 14, bottom: 34 } as const;

/** Room for the largest tick in the letters of the phone's style, which are the largest ones: a label that is cut shows another number. */
const labelSign = 13;
const labelGap = 10;

/** Lines differ by dash and by marker as well as by colour; the same figures stand in a table below. */
export function renderLines(block: LineChart, id: string, { lang }: RenderOptions): string {
  const { points, series } = block;
  const ticks = toTicks(Math.max(0, ...points.flatMap(({ values }) => values)));
  const top = ticks.at(-1) ?? 1;
  const left = labelGap + labelSign * Math.max(3, ...ticks.map((tick) => formatCount(tick, lang).length));
  const x = (index: number): number =>
    round(left + ((size.width - left - size.right) * (index + 0.5)) / Math.max(points.length, 1));
  const y = (value: number): number => round(size.height - size.bottom - ((size.height - size.top - size.bottom) * value) / top);
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${left}" x2="${size.width - size.right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="y" x="${left - 8}" y="${y(tick) + 5}">${formatCount(tick, lang)}</text>`,
  );
  const hours = points.map(
    ({ at }, index) =>
      `<text class="x${index % 2 === 1 ? " odd" : ""}" x="${x(index)}" y="${size.height - 10}">${Number(at.slice(11, 13))}h</text>`,
  );
  const lines = series.map((_name, own) => {
    const path = points.map(({ values }, index) => `${index === 0 ? "M" : "L"}${x(index)} ${y(values[own] ?? 0)}`).join("");
    const area =
      own === 0 && points.length > 1 ? `<path class="area" d="${path}L${x(points.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z"/>` : "";
    const markers = points.map(({ values }, index) => renderMarker(own, x(index), y(values[own] ?? 0)));
    return `${area}<path class="line s${own}" d="${path}"/>${markers.join("")}`;
  });
  const summary = series
    .map(
      (name, own) => words.perHour(name[lang], points.map(({ values }) => formatCount(values[own] ?? 0, lang)).join(", "))[lang],
    )
    .join("; ");
  return `<figure class="chart">
<figcaption>${escapeHtml(block.caption[lang])}</figcaption>
<ul class="legend">${series.map((name, own) => `<li><svg viewBox="0 0 44 16" width="44" height="16" aria-hidden="true" focusable="false"><path class="line s${own}" d="M2 8L42 8"/>${renderMarker(own, 22, 8)}</svg> ${escapeHtml(name[lang])}</li>`).join("")}</ul>
<svg class="lines" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${escapeHtml(block.caption[lang])}</title><desc id="${id}-d">${escapeHtml(summary)}</desc>${grid.join("")}${hours.join("")}${[...lines].reverse().join("")}</svg>
${renderData(
  [words.hour[lang], ...series.map((name) => name[lang])],
  points.map(({ at, values }) => [`${at.slice(11, 16)}`, ...values.map((value) => formatCount(value, lang))]),
  lang,
)}
</figure>`;
}

function renderMarker(series: number, x: number, y: number): string {
  return series === 0
    ? `<circle class="marker s0" cx="${x}" cy="${y}" r="5"/>`
    : `<rect class="marker s${series}" x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>`;
}

/** One bar of the whole, each part with its own pattern; the table beside it is its legend. */
export function renderShares(block: ShareChart, id: string, { lang }: RenderOptions): string {
  const whole = block.parts.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  const bars = block.parts.map(({ value }, index) => {
    const width = whole === 0 ? 0 : round((value / whole) * 600);
    const bar = `<rect class="part" x="${round(from)}" width="${width}" height="64" fill="url(#${id}-p${index})"/>`;
    from += width;
    return bar;
  });
  const share = (value: number): string => (whole === 0 ? "–" : formatPercent(value, whole, lang));
  const summary = block.parts
    .map(({ label, value }) => `${label[lang]} ${formatCount(value, lang)} (${share(value)})`)
    .join("; ");
  const rows = block.parts.map(
    ({ label, value }, index) =>
      `<tr><th scope="row"><svg class="key" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><rect width="24" height="24" rx="4" fill="url(#${id}-p${index})"/></svg> ${escapeHtml(label[lang])}</th><td class="right">${formatCount(value, lang)}</td><td class="right"><b>${share(value)}</b></td></tr>`,
  );
  return `<figure class="chart">
<figcaption id="${id}-caption">${escapeHtml(block.caption[lang])}</figcaption>
<svg class="shares" viewBox="0 0 600 64" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${escapeHtml(block.caption[lang])}</title><desc id="${id}-d">${escapeHtml(summary)}</desc><defs>${block.parts.map((_part, index) => renderPattern(index, `${id}-p${index}`)).join("")}</defs>${bars.join("")}</svg>
<table class="key-table"><thead><tr><th scope="col">${escapeHtml(words.part[lang])}</th><th scope="col" class="right">${escapeHtml(words.dossiers[lang])}</th><th scope="col" class="right">${escapeHtml(words.share[lang])}</th></tr></thead><tbody>${rows.join("")}</tbody></table>
</figure>`;
}

/** Plain, striped, dotted: told apart without colour, on paper too. */
function renderPattern(index: number, id: string): string {
  const signs = ["", '<path class="hatch" d="M-2 10L10 -2M2 14L14 2"/>', '<circle class="hatch dot" cx="6" cy="6" r="2.4"/>'];
  return `<pattern id="${id}" width="12" height="12" patternUnits="userSpaceOnUse"><rect class="f${index % 3}" width="12" height="12"/>${signs[index % 3]}</pattern>`;
}

/** Units as chips, a square for each system; what does not pass is named in words. */
export function renderGrid(block: GridChart, { lang }: RenderOptions): string {
  const chips = block.rows.map(({ label, states }) => {
    const told = states.flatMap((state, index) =>
      state === "pass" ? [] : [`${block.columns[index]?.[lang] ?? ""}: ${gridWords[state][lang]}`],
    );
    const squares = states.map((state) => `<span class="state ${state}" aria-hidden="true">${gridSigns[state]}</span>`).join("");
    const kind = states.includes("fail") ? "bad" : told.length > 0 ? "unsure" : "good";
    const inWords =
      told.length === 0
        ? `<span class="unseen">${escapeHtml(gridWords.pass[lang])}</span>`
        : `<span class="told">${escapeHtml(told.join(", "))}</span>`;
    return `<li class="${kind}"><span class="name">${escapeHtml(label[lang])}</span><span class="states">${squares}</span>${inWords}</li>`;
  });
  const order = block.columns.map((name) => name[lang]).join(" · ");
  const signs = (Object.keys(gridSigns) as (keyof typeof gridSigns)[])
    .map((state) => `${gridSigns[state]} ${gridWords[state][lang]}`)
    .join("  ");
  return `<h3>${escapeHtml(block.caption[lang])}</h3>
<p class="note">${escapeHtml(words.gridOrder(order, signs)[lang])}</p>
<ul class="chipgrid">${chips.join("")}</ul>`;
}

function renderData(head: readonly string[], rows: readonly (readonly string[])[], lang: RenderOptions["lang"]): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        index === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td class="right">${escapeHtml(cell)}</td>`,
      )
      .join("");
  return `<details><summary>${escapeHtml(words.dataTable[lang])}</summary><table><thead><tr>${head.map((title, index) => `<th scope="col"${index === 0 ? "" : ' class="right"'}>${escapeHtml(title)}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</tbody></table></details>`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
