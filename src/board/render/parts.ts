import { formatDeadline } from "../../meeting/deadline.ts";
import { formatCount, formatDate, formatTime } from "../../platform/format.ts";
import { readInstant, toIso } from "../../platform/time.ts";
import type { Words } from "../../platform/words.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import { type Board, countVerdicts, type Part } from "../board.ts";
import { describeStanding, formatMoment, boardWords as words } from "../words.ts";
import { renderCurve, renderTrend } from "./curve.ts";
import { renderDetail } from "./detail.ts";
import { renderMatrix } from "./matrix.ts";
import type { RenderOptions } from "./options.ts";

/** Pieces of the page that are sent by themselves when they change. */
export const partNames = ["standing", "asof", "matrix", "counts", "curve", "silent", "difficulties", "causes", "trend"] as const;
export type PartName = (typeof partNames)[number];

export interface RenderedBoard {
  readonly parts: Readonly<Record<PartName, string>>;
  /** The panel of each unit, by code. */
  readonly details: ReadonlyMap<string, string>;
}

/** Lines of a list that a wall has room for. */
const shownAtMost = 6;

export function renderBoard(board: Board, options: RenderOptions): RenderedBoard {
  return {
    parts: {
      standing: renderStanding(board, options),
      asof: renderAsOf(board, options),
      matrix: renderMatrix(board.units, options),
      counts: renderCounts(board, options),
      curve: renderDay(board, options),
      silent: renderSilent(board, options),
      difficulties: renderDifficulties(board, options),
      causes: renderCauses(board, options),
      trend: renderTrendPart(board, options),
    },
    details: new Map(board.units.map((unit) => [unit.code, renderDetail(unit, board.at, options)])),
  };
}

/** A bar of all units under the sentence: as wide as each share, with its sign in the legend of the matrix below. */
function renderStanding(board: Board, { lang }: RenderOptions): string {
  const counts = countVerdicts(board.units);
  let from = 0;
  const bars = (["go", "unknown", "no-go"] as const).map((verdict) => {
    const width = board.units.length === 0 ? 0 : (counts[verdict] / board.units.length) * 1000;
    const bar = `<rect class="${verdict}" x="${Math.round(from)}" width="${Math.round(width)}" height="10"/>`;
    from += width;
    return bar;
  });
  const [first = "", ...rest] = describeStanding(board)[lang].split(" · ");
  const others =
    rest.length === 0
      ? ""
      : `<span class="rest">${rest.map((piece) => `<span>${escapeHtml(piece)}</span>`).join('<span class="unseen"> · </span>')}</span>`;
  return `<p class="city">${escapeHtml(words.board[lang])} · ${escapeHtml(board.city)}</p><h1><span class="lead">${escapeHtml(first)}</span>${others === "" ? "" : '<span class="unseen"> · </span>'}${others}</h1><svg class="share" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${bars.join("")}</svg>`;
}

function renderAsOf({ at }: Board, { lang, zone }: RenderOptions): string {
  return `<span>${escapeHtml(words.asOf[lang])}</span> <time datetime="${toIso(at, zone)}"><b>${formatTime(at, zone)}</b> ${formatDate(at, zone, lang)}</time>`;
}

function renderCounts({ counts }: Board, { lang }: RenderOptions): string {
  return (
    heading("counts", words.today, lang) +
    known(counts, lang, ({ total, reporting, expected, expectsDossiers }) => {
      if (!total) return paragraph(expectsDossiers ? words.noFigures : words.noSources, lang);
      const tiles = [
        [words.received, total.received.total, ""],
        [words.resolved, total.resolved.total, ""],
        [words.open, total.inProgress.total, ""],
        [words.overdue, total.inProgress.overdue, total.inProgress.overdue > 0 ? " alarm" : ""],
      ] as const;
      return `<dl class="tiles">${tiles
        .map(
          ([label, value, kind]) =>
            `<div class="tile${kind}"><dt>${escapeHtml(label[lang])}</dt><dd>${formatCount(value, lang)}</dd></div>`,
        )
        .join("")}</dl><p class="note">${escapeHtml(words.overUnits(reporting, expected)[lang])}</p>`;
    })
  );
}

function renderDay({ counts, at }: Board, options: RenderOptions): string {
  // Why there are none is said once, above.
  if (counts.state === "failed" || !counts.value.total) return "";
  return renderCurve(counts.value.hours, at, options);
}

function renderSilent({ counts, at }: Board, { lang, zone }: RenderOptions): string {
  if (counts.state === "failed" || !counts.value.expectsDossiers) return "";
  const { silent } = counts.value;
  const items = silent.map(({ name, lastDeliveryAt }) => {
    const last = lastDeliveryAt === undefined ? words.never : words.lastAt(formatMoment(lastDeliveryAt, at, zone, lang));
    return `<li><b>${escapeHtml(name[lang])}</b> <small>${escapeHtml(last[lang])}</small></li>`;
  });
  return heading("silent", words.silent, lang, silent.length) + renderList(items, "names", words.nobodySilent, lang);
}

function renderDifficulties({ difficulties }: Board, { lang, zone }: RenderOptions): string {
  const count = difficulties.state === "known" ? difficulties.value.length : undefined;
  return (
    heading("difficulties", words.difficulties, lang, count) +
    known(difficulties, lang, (open) =>
      renderList(
        open.map(({ id, title, units, owner, deadline, isOverdue }) => {
          const places =
            units.length > 3
              ? [...units.slice(0, 3).map((name) => name[lang]), `+${units.length - 3}`]
              : units.map((name) => name[lang]);
          const due = deadline === undefined ? words.noDeadline : words.due(formatDeadline(deadline, zone, lang));
          const meta = [
            ...(places.length > 0 ? [escapeHtml(places.join(", "))] : []),
            `→ <b>${escapeHtml((owner ?? words.ownerNot)[lang])}</b>`,
            isOverdue
              ? `<strong class="late">${escapeHtml(words.late[lang])} (${escapeHtml(due[lang])})</strong>`
              : escapeHtml(due[lang]),
          ];
          return `<li class="${isOverdue ? "overdue" : ""}"><p>${escapeHtml(title[lang])} <small class="id">${escapeHtml(id)}</small></p><p class="meta">${meta.join(" · ")}</p></li>`;
        }),
        "items",
        words.noDifficulties,
        lang,
      ),
    )
  );
}

function renderCauses({ health, at }: Board, { lang, zone }: RenderOptions): string {
  if (!health) return "";
  const count = health.state === "known" ? health.value?.causes.length : undefined;
  return (
    heading("causes", words.causes, lang, count) +
    known(health, lang, (value) => {
      if (!value) return paragraph(words.neverChecked, lang);
      const { pass, fail, unknown, untested } = value.endpoints;
      const items = value.causes.map(({ inWords, affected, owner }) => {
        const meta = [escapeHtml(words.affected(affected)[lang]), ...(owner ? [`→ <b>${escapeHtml(owner[lang])}</b>`] : [])];
        return `<li><p>${escapeHtml(inWords[lang])}</p><p class="meta">${meta.join(" · ")}</p></li>`;
      });
      // One fault alone has no cause that it shares with others; it is down all the same.
      const alone = value.failing.map(
        ({ unit, systems }) =>
          `<li><p>${escapeHtml(unit[lang])}</p><p class="meta">${escapeHtml(words.down(systems)[lang])}</p></li>`,
      );
      const probed = words.probed(formatMoment(value.at, at, zone, lang), pass, pass + fail + unknown + untested);
      return `${renderList(items.length > 0 ? items : alone, "items", words.noCauses, lang)}<p class="note">${escapeHtml(probed[lang])}</p>`;
    })
  );
}

function renderTrendPart({ trend }: Board, options: RenderOptions): string {
  const { lang, zone } = options;
  const drawn = renderTrend(trend, options);
  if (drawn === "") return "";
  const { opening, daysLeft } = trend;
  const left =
    opening === undefined || daysLeft === undefined || daysLeft < 0
      ? ""
      : `<p class="note">${escapeHtml(words.daysLeft(daysLeft, formatDate(readInstant(opening, zone) ?? 0, zone, lang))[lang])}</p>`;
  return heading("trend", words.trend, lang) + drawn + left;
}

function heading(id: string, title: Words, lang: RenderOptions["lang"], count?: number): string {
  const shown = count === undefined || count === 0 ? "" : ` <span class="count">${formatCount(count, lang)}</span>`;
  return `<h2 id="${id}-title">${escapeHtml(title[lang])}${shown}</h2>`;
}

function known<Value>(part: Part<Value>, lang: RenderOptions["lang"], render: (value: Value) => string): string {
  if (part.state === "known") return render(part.value);
  return `<p class="alert"><strong>${escapeHtml(words.attention[lang])}:</strong> ${escapeHtml(words.unavailable(part.reason)[lang])}</p>`;
}

/** What a wall has no room for is folded, not left out. */
function renderList(items: readonly string[], kind: string, none: Words, lang: RenderOptions["lang"]): string {
  if (items.length === 0) return paragraph(none, lang);
  const most = kind === "names" ? shownAtMost * 2 : shownAtMost;
  const rest = items.slice(most);
  const list = (own: readonly string[]): string => `<ul class="${kind}">${own.join("")}</ul>`;
  const folded =
    rest.length === 0 ? "" : `<details><summary>${escapeHtml(words.more(rest.length)[lang])}</summary>${list(rest)}</details>`;
  return list(items.slice(0, most)) + folded;
}

function paragraph(text: Words, lang: RenderOptions["lang"]): string {
  return `<p class="quiet">${escapeHtml(text[lang])}</p>`;
}
