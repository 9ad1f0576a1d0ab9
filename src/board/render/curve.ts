import { formatCount, formatDate, formatTime } from "../../platform/format.ts";
import { readInstant } from "../../platform/time.ts";
import type { ReadinessCurve } from "../../readiness/curve.ts";
import { toTicks } from "../../reports/formats/html/axis.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import type { Board, BoardCounts } from "../board.ts";
import { boardWords as words } from "../words.ts";
import type { RenderOptions } from "./options.ts";

const size = { width: 640, height: 200, left: 80, right: 92, top: 14, bottom: 30 } as const;
const hourMs = 3_600_000;

/** Received and resolved up to each hour of the day; lines differ by dash and by marker, and the last value stands beside its line. */
export function renderCurve(hours: BoardCounts["hours"], at: Board["at"], { lang, zone }: RenderOptions): string {
  const last = hours.at(-1);
  if (!last) return "";
  const active = hours.findIndex(({ received, resolved }) => received + resolved > 0);
  // A working day from seven, or from the first dossier where that was earlier.
  const from = Math.min(active < 0 ? 7 : active, 7);
  const shown = hours.slice(from);
  const until = Math.max(17, hours.length);
  const ticks = toTicks(Math.max(1, ...shown.map(({ received, resolved }) => Math.max(received, resolved))));
  const top = ticks.at(-1) ?? 1;
  const startOfDay = (hours[0] as { start: number }).start;
  const x = (instant: number): number =>
    round(size.left + ((size.width - size.left - size.right) * ((instant - startOfDay) / hourMs - from)) / (until - from));
  const y = (value: number): number => round(size.height - size.bottom - ((size.height - size.top - size.bottom) * value) / top);
  const endOf = (start: number): number => Math.min(start + hourMs, at);
  const before = from > 0 ? hours[from - 1] : undefined;
  const series = (["received", "resolved"] as const).map((key, own) => {
    const points = [
      [startOfDay + from * hourMs, before?.[key] ?? 0] as const,
      ...shown.map((hour) => [endOf(hour.start), hour[key]] as const),
    ];
    const path = points.map(([instant, value], index) => `${index === 0 ? "M" : "L"}${x(instant)} ${y(value)}`).join("");
    const end = points.at(-1) as readonly [number, number];
    const area = own === 0 ? `<path class="area" d="${path}L${x(end[0])} ${y(0)}L${x(points[0]?.[0] ?? 0)} ${y(0)}Z"/>` : "";
    return {
      own,
      value: last[key],
      at: end,
      drawn: `${area}<path class="line s${own}" d="${path}"/>${marker(own, x(end[0]), y(end[1]))}`,
    };
  });
  // Two ends that lie on one another are pulled apart, the larger above.
  const [first, second] = series as [(typeof series)[0], (typeof series)[0]];
  const gap = 20 - Math.abs(y(first.value) - y(second.value));
  const shift = gap > 0 ? gap / 2 : 0;
  const up = first.value >= second.value ? 0 : 1;
  const ends = series.map(
    ({ own, value, at: [instant] }) =>
      `<text class="end s${own}" x="${x(instant) + 11}" y="${round(y(value) + 6 + (own === up ? -shift : shift))}">${formatCount(value, lang)}</text>`,
  );
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="y" x="${size.left - 8}" y="${y(tick) + 5}">${formatCount(tick, lang)}</text>`,
  );
  const labels = Array.from({ length: until - from + 1 }, (_, index) => from + index)
    .filter((hour) => (hour - from) % 2 === 0)
    .map((hour) => `<text class="x" x="${x(startOfDay + hour * hourMs)}" y="${size.height - 8}">${hour}h</text>`);
  const names = [words.received[lang], words.resolved[lang]];
  const summary = `${names[0]} ${formatCount(last.received, lang)}; ${names[1]} ${formatCount(last.resolved, lang)}`;
  const legend = names
    .map(
      (name, own) =>
        `<li><svg viewBox="0 0 44 16" width="44" height="16" aria-hidden="true" focusable="false"><path class="line s${own}" d="M2 8L42 8"/>${marker(own, 22, 8)}</svg> ${escapeHtml(name)}</li>`,
    )
    .join("");
  const rows = shown
    .map(
      (hour) =>
        `<tr><th scope="row">${formatTime(endOf(hour.start), zone)}</th><td>${formatCount(hour.received, lang)}</td><td>${formatCount(hour.resolved, lang)}</td></tr>`,
    )
    .join("");
  return `<figure class="chart"><figcaption>${escapeHtml(words.curve[lang])}</figcaption><ul class="legend">${legend}</ul>
<svg class="lines" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeHtml(`${words.curve[lang]}: ${summary}`)}">${grid.join("")}${labels.join("")}${series
    .toReversed()
    .map(({ drawn }) => drawn)
    .join("")}${ends.join("")}</svg>
<details><summary>${escapeHtml(words.dataTable[lang])}</summary><table><thead><tr><th scope="col">${escapeHtml(words.hour[lang])}</th>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead><tbody>${rows}</tbody></table></details></figure>`;
}

function marker(series: number, x: number, y: number): string {
  return series === 0
    ? `<circle class="marker s0" cx="${x}" cy="${y}" r="6"/>`
    : `<rect class="marker s1" x="${x - 5.5}" y="${y - 5.5}" width="11" height="11"/>`;
}

const bars = { width: 640, height: 120, bottom: 24, top: 20 } as const;

/** Units ready on each day, each bar with its number; a bar's frame is all units. */
export function renderTrend({ days }: ReadinessCurve, { lang, zone }: RenderOptions): string {
  const shown = days.slice(-14);
  if (shown.length < 2) return "";
  const step = bars.width / shown.length;
  const wide = Math.min(step * 0.7, 56);
  const room = bars.height - bars.top - bars.bottom;
  const drawn = shown.map(({ date, go, noGo, unknown }, index) => {
    const left = round(index * step + (step - wide) / 2);
    const height = round((room * go) / Math.max(1, go + noGo + unknown));
    const middle = round(left + wide / 2);
    return `<rect class="track" x="${left}" y="${bars.top}" width="${round(wide)}" height="${room}" rx="3"/><rect class="fill" x="${left}" y="${round(bars.top + room - height)}" width="${round(wide)}" height="${height}" rx="3"/><text class="n" x="${middle}" y="${round(Math.max(bars.top + room - height - 5, 14))}">${formatCount(go, lang)}</text><text class="x" x="${middle}" y="${bars.height - 6}">${Number(date.slice(8))}/${Number(date.slice(5, 7))}</text>`;
  });
  const said = shown
    .map(({ date, go, noGo, unknown }) => {
      const day = formatDate(readInstant(date, zone) ?? 0, zone, lang);
      return words.trendPoint(day, go, go + noGo + unknown)[lang];
    })
    .join("; ");
  return `<svg class="trend" viewBox="0 0 ${bars.width} ${bars.height}" role="img" aria-label="${escapeHtml(`${words.trend[lang]}: ${said}`)}">${drawn.join("")}</svg>`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
