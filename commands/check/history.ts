import type { Command } from "commander";
import { createNames } from "../../src/health/cause-words.ts";
import { createEpisodeStore } from "../../src/health/episode-store.ts";
import { type EndpointHistory, findPercentile, type History, readHistory } from "../../src/health/history.ts";
import { reasons } from "../../src/health/reason.ts";
import { findWilson, toBurnRate, toUpShare, type Uptime } from "../../src/health/uptime.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime, formatPercent } from "../../src/platform/format.ts";
import type { ListFormat, Output } from "../../src/platform/output.ts";
import { readInstant, startOfLocalDay, toIso, toLocalDay } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { isSheet } from "../options.ts";
import { cliWords } from "../words.ts";
import { toEpisodeDocument } from "./episode-text.ts";
import { historyWords as words } from "./history-words.ts";
import { formatSpark, isAsciiOnly } from "./look-signs.ts";
import { openOfficeHours } from "./open-history.ts";
import { openInventory } from "./open-inventory.ts";

export function declareHistory(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "history",
        about: words.about,
        example: "wardctl check history documents --office-hours",
      }),
    )
    .argument("[unit|system...]", cli.say(words.choice))
    .option("--from <instant>", cli.say(words.from))
    .option("--to <instant>", cli.say(words.to))
    .option("--office-hours", cli.say(words.officeHours))
    .option("--inventory <file>", cli.say(words.inventory))
    .action((what: readonly string[], options: HistoryOptions, command: Command) =>
      cli.run(command, (context) => showHistory(what, options, context)),
    );
}

interface HistoryOptions {
  readonly from?: string;
  readonly to?: string;
  readonly officeHours?: boolean;
  readonly inventory?: string;
  readonly format: ListFormat;
}

type HistoryContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "out" | "environment">;

const defaultDays = 7;
/** Of more than that only those with something to tell are shown to people. */
const rowsAtMost = 60;
const changesShown = 20;
/** With so many looks the interval says nothing more. */
const fewLooks = 100;

async function showHistory(chosen: readonly string[], options: HistoryOptions, context: HistoryContext): Promise<Outcome> {
  const { out, clock } = context;
  const workspace = await context.workspace();
  const { zone, settings } = workspace;
  const to = readFlag("--to", options.to, zone) ?? clock.now();
  const from = readFlag("--from", options.from, zone) ?? startOfLocalDay(toLocalDay(to, zone) - defaultDays + 1, zone);
  if (from >= to) throw new Failure("usage", words.emptyWindow);
  const { endpoints, directory } = await openInventory(options.inventory, context);
  const names = createNames(directory);
  const carriers = new Map(endpoints.map(({ id, carrier }) => [id, carrier ?? ""]));
  const database = await workspace.database();
  const history = await readHistory(database, {
    window: { from, to },
    holdMs: settings.check.holdMinutes * 60_000,
    measureHours: openOfficeHours(workspace),
    zone,
    wants: (id) => chosen.length === 0 || id.split("/").some((part) => chosen.includes(part)) || chosen.includes(id),
    groupOf: (id) => carriers.get(id) ?? "",
  });
  if (history.endpoints.length === 0) {
    const known = [...carriers.keys()].some((id) => chosen.includes(id) || id.split("/").some((part) => chosen.includes(part)));
    if (chosen.length > 0 && !known) throw new Failure("usage", words.notListed(chosen));
    throw new Failure("usage", words.nothing, { hint: words.howRun });
  }
  const episodes = (await createEpisodeStore(database, zone).list(from, to)).filter(
    ({ endpoints: own }) => chosen.length === 0 || history.endpoints.some(({ endpoint }) => own.has(endpoint)),
  );
  const view: HistoryView = {
    history,
    chosen,
    pick: options.officeHours ? ({ office }) => office : ({ always }) => always,
    officeHours: options.officeHours === true,
    target: settings.check.targetPercent,
    ascii: isAsciiOnly(context.environment),
    name: (endpoint) => `${endpoint} ${out.say(names.unit(endpoint.split("/")[0] ?? ""))}`,
    iso: (at) => toIso(at, zone),
    moment: (at) => formatDateTime(at, zone, out.lang),
  };
  if (isSheet(options.format, out)) await listEndpoints(view, options.format, out);
  else {
    const document = {
      schema: "wardctl.check-history/1",
      from: toIso(from, zone),
      to: toIso(to, zone),
      runs: history.runs,
      daysOfTotals: history.days,
      targetPercent: view.target,
      endpoints: history.endpoints.map((one) => toDocument(one, view)),
      latencies: listLatencies(history).map(({ carrier, ...rest }) => ({ carrier: carrier || null, ...rest })),
      incidents: episodes.map((episode) => toEpisodeDocument(episode, out.lang)),
    };
    const incidents = episodes.map((episode) => {
      const until = episode.resolvedAt === undefined ? out.say(words.lasts) : view.moment(episode.resolvedAt);
      return `${view.moment(episode.openedAt)} – ${until}: ${out.say(episode.inWords)}`;
    });
    await out.emit({ document, format: options.format, render: () => renderHistory(view, incidents, out) });
  }
  return "ok";
}

function readFlag(flag: string, text: string | undefined, zone: Parameters<typeof readInstant>[1]): number | undefined {
  if (text === undefined) return undefined;
  const at = readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badInstant(flag, text), { hint: cliWords.instantShape });
  return at;
}

interface HistoryView {
  readonly history: History;
  readonly chosen: readonly string[];
  readonly pick: (one: EndpointHistory) => Uptime;
  readonly officeHours: boolean;
  readonly target: number;
  readonly ascii: boolean;
  readonly name: (endpoint: string) => string;
  readonly iso: (at: number) => string;
  readonly moment: (at: number) => string;
}

function toDocument(one: EndpointHistory, { target, iso }: HistoryView): Readonly<Record<string, unknown>> {
  const wilson = findWilson(one.looks - one.failed, one.looks);
  const burn = (uptime: Uptime): number | null => round(toBurnRate(uptime, target));
  return {
    endpoint: one.endpoint,
    unit: one.endpoint.split("/")[0],
    system: one.endpoint.split("/")[1],
    always: toUptimeDocument(one.always),
    officeHours: toUptimeDocument(one.office),
    looks: one.looks,
    failedLooks: one.failed,
    upShareInterval: wilson ? { low: round(wilson.low), high: round(wilson.high), confidence: 0.95 } : null,
    burnRate1h: burn(one.lastHour),
    burnRate6h: burn(one.lastSixHours),
    flapping: one.flapping,
    last: one.last,
    changes: one.changes.map(({ at, state, reason }) => ({ at: iso(at), state, reason: reason ?? null })),
  };
}

function toUptimeDocument(uptime: Uptime): Readonly<Record<string, unknown>> {
  return { ...uptime, upShare: round(toUpShare(uptime)) };
}

function round(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 1e6) / 1e6;
}

function listLatencies({ latencies }: History): { carrier: string; looks: number; p50Ms: number; p95Ms: number }[] {
  return [...latencies]
    .map(([carrier, counts]) => ({
      carrier,
      looks: [...counts.values()].reduce((sum, count) => sum + count, 0),
      p50Ms: findPercentile(counts, 0.5) ?? 0,
      p95Ms: findPercentile(counts, 0.95) ?? 0,
    }))
    .sort((a, b) => (a.carrier < b.carrier ? -1 : 1));
}

/** `99,87%`; a dash where nothing was judged. */
function formatShare(share: number | undefined, { lang }: Pick<Output, "lang">): string {
  // Rounded down: what failed once never shows as a whole hundred.
  return share === undefined ? "–" : formatPercent(Math.floor(share * 10_000), 10_000, lang);
}

function formatBurn(burn: number | undefined, { lang }: Pick<Output, "lang">): string {
  if (burn === undefined) return "–";
  const text = burn < 10 ? burn.toFixed(1) : burn.toFixed(0);
  return `${lang === "vi" ? text.replace(".", ",") : text}×`;
}

function formatHours(ms: number, { lang }: Pick<Output, "lang">): string {
  if (ms === 0) return "0";
  const hours = ms / 3_600_000;
  if (ms < 60_000) return lang === "vi" ? "<1 phút" : "<1 min";
  if (hours < 1) return `${Math.round(ms / 60_000)} ${lang === "vi" ? "phút" : "min"}`;
  const text = hours.toFixed(hours < 10 ? 1 : 0);
  return `${lang === "vi" ? text.replace(".", ",") : text} ${lang === "vi" ? "giờ" : "h"}`;
}

async function renderHistory(view: HistoryView, incidents: readonly string[], out: Output): Promise<string> {
  const { history, pick, target, ascii, name, moment, chosen } = view;
  const { say } = out;
  const worstFirst = [...history.endpoints].sort((a, b) => (toUpShare(pick(a)) ?? 2) - (toUpShare(pick(b)) ?? 2));
  const told = worstFirst.filter(
    (one) => pick(one).downMs > 0 || one.changes.length > 0 || one.flapping || one.last.some((sign) => sign !== "pass"),
  );
  const shown = worstFirst.length <= rowsAtMost || chosen.length > 0 ? worstFirst : told;
  const rows = shown.map((one) => {
    const uptime = pick(one);
    const wilson = one.looks < fewLooks ? findWilson(one.looks - one.failed, one.looks) : undefined;
    return [
      name(one.endpoint),
      `${formatSpark(one.last, ascii)}${one.flapping ? ` ${say(words.flapping)}` : ""}`,
      formatShare(toUpShare(uptime), out),
      wilson ? `${Math.floor(wilson.low * 100)}–${Math.ceil(wilson.high * 100)}%` : "",
      formatHours(uptime.downMs, out),
      formatHours(uptime.unknownMs, out),
      formatHours(uptime.maintenanceMs, out),
      `${formatBurn(toBurnRate(one.lastHour, target), out)} ${formatBurn(toBurnRate(one.lastSixHours, target), out)}`,
    ];
  });
  const titles: readonly Words[] = [
    words.endpoint,
    words.last,
    view.officeHours ? words.upOffice : words.up,
    words.interval,
    words.down,
    words.unknown,
    words.maintenance,
    words.burn,
  ];
  const columns = titles.map((title, at) => ({ title: say(title), align: at > 1 ? ("right" as const) : ("left" as const) }));
  const changes = history.endpoints
    .flatMap(({ changes: own }) => own)
    .sort((a, b) => b.at - a.at)
    .slice(0, changesShown)
    .map(({ endpoint, at, state, reason }) => {
      const why = reason ? `: ${say(reasons[reason].words)}` : "";
      return `${moment(at)}  ${name(endpoint)} ${say(state === "up" ? words.wentUp : words.wentDown)}${why}`;
    });
  const latencies = listLatencies(history).map(
    ({ carrier, looks, p50Ms, p95Ms }) =>
      `${carrier || say(words.noCarrier)}: p50 ${p50Ms} ms · p95 ${p95Ms} ms (${say(words.looks(looks))})`,
  );
  const block = (title: Words, lines: readonly string[]): string[] =>
    lines.length > 0 ? [[out.paint.bold(say(title)), ...lines].join("\n")] : [];
  return [
    out.paint.bold(say(words.head(moment(history.window.from), moment(history.window.to), history.runs, history.days))),
    ...(rows.length > 0 ? [(await out.table(columns, rows)).trimEnd()] : []),
    [
      ...(shown.length < worstFirst.length ? [say(words.others(worstFirst.length - shown.length))] : []),
      out.paint.dim(say(ascii ? words.legendAscii : words.legend)),
      out.paint.dim(say(words.burnLegend(target))),
    ].join("\n"),
    ...block(words.incidents, incidents),
    ...block(words.changes, changes),
    ...block(words.latencies, latencies),
    ...(latencies.length === 0 && history.runs > 0 ? [say(words.noLatencies)] : []),
  ].join("\n\n");
}

function listEndpoints(view: HistoryView, format: ListFormat, out: Output): Promise<void> {
  const column = (key: string, title: Words, value: (one: EndpointHistory) => string | number | boolean | undefined) => ({
    key,
    title,
    value,
  });
  const seconds = (ms: number): number => Math.round(ms / 1000);
  return out.list({
    schema: "wardctl.check-history/1",
    name: "endpoints",
    items: view.history.endpoints,
    format,
    empty: words.nothing,
    columns: [
      column("endpoint", words.endpoint, ({ endpoint }) => endpoint),
      column("upShare", words.up, (one) => round(toUpShare(view.pick(one))) ?? undefined),
      column("upSeconds", words.up, (one) => seconds(view.pick(one).upMs)),
      column("downSeconds", words.down, (one) => seconds(view.pick(one).downMs)),
      column("unknownSeconds", words.unknown, (one) => seconds(view.pick(one).unknownMs)),
      column("maintenanceSeconds", words.maintenance, (one) => seconds(view.pick(one).maintenanceMs)),
      column("looks", words.interval, ({ looks }) => looks),
      column("failedLooks", words.down, ({ failed }) => failed),
      column("burnRate1h", words.burn, ({ lastHour }) => round(toBurnRate(lastHour, view.target)) ?? undefined),
      column("burnRate6h", words.burn, ({ lastSixHours }) => round(toBurnRate(lastSixHours, view.target)) ?? undefined),
      column("flapping", words.flapping, ({ flapping }) => flapping),
      column("changes", words.changes, ({ changes }) => changes.length),
      column("last", words.last, ({ last }) => formatSpark(last, true)),
    ],
  });
}
