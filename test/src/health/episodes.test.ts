import { describe, expect, it } from "vitest";
import { type Episode, type EpisodeNews, type Finding, planEpisodes } from "../../../src/health/episodes.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { neverJudged, type Settled, toSettled, withSettled } from "../../../src/health/settle.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { replayWeek } from "../../support/check-week.ts";

const minuteMs = 60_000;
const start = Date.UTC(2025, 6, 3, 3);
const wards = Array.from({ length: 20 }, (_, at) => `${10_000 + at}/documents`);

function finding(name: string, affected: readonly string[]): Finding {
  const [kind = "", id = ""] = name.split(" ");
  return { kind, id, names: [name], reason: "net.timeout", affected, inWords: verbatim(name), owner: verbatim("") };
}

/** Sweeps every five minutes; each says what fails, and what the explanation makes of it. */
function createDesk() {
  let at = start;
  let known: Episode[] = [];
  let key = 1;
  const settled = new Map<string, Settled>();
  return {
    get known() {
      return known;
    },
    sweep(
      findings: readonly Finding[],
      options: { readonly minutes?: number; readonly absent?: readonly string[] } = {},
    ): string[] {
      at += (options.minutes ?? 5) * minuteMs;
      const fails = new Set(findings.flatMap(({ affected }) => affected));
      const results = new Map(
        wards
          .filter((id) => !options.absent?.includes(id))
          .map((endpoint) => {
            const common = {
              at,
              endpoint,
              unit: "",
              system: "",
              hard: false,
              attempts: 1,
              totalMs: 1,
              loopLagMs: 0,
              comparable: true,
            };
            const raw: ProbeResult = fails.has(endpoint)
              ? { ...common, state: "fail", reason: "net.timeout" }
              : { ...common, state: "pass" };
            const result = withSettled(raw, settled.get(endpoint) ?? neverJudged);
            settled.set(endpoint, toSettled(result));
            return [endpoint, result] as const;
          }),
      );
      const steps = planEpisodes(known, findings, { at, scope: "all", results });
      known = steps
        .filter(
          ({ dropped, episode: { resolvedAt } }) => !dropped && (resolvedAt === undefined || at - resolvedAt <= 30 * minuteMs),
        )
        .map(({ episode }) => ({ ...episode, key: episode.key ?? key++ }));
      return steps.flatMap(({ news, episode }) =>
        news ? [`${news} ${episode.names[0]}` satisfies `${EpisodeNews} ${string}`] : [],
      );
    },
  };
}

const carrier = finding("carrier VNPT", wards.slice(0, 10));

describe("messages of causes", () => {
  it("are one when it is confirmed and one when it is over, however long it lasts", () => {
    const desk = createDesk();
    expect(desk.sweep([carrier])).toEqual([]);
    expect(desk.sweep([carrier])).toEqual(["confirmed carrier VNPT"]);
    for (let sweep = 0; sweep < 10; sweep++) expect(desk.sweep([carrier])).toEqual([]);
    expect(desk.sweep([])).toEqual([]);
    expect(desk.sweep([])).toEqual(["resolved carrier VNPT"]);
  });

  it("are none for what fails once, and nothing of it is kept", () => {
    const desk = createDesk();
    expect([...desk.sweep([carrier]), ...desk.sweep([]), ...desk.sweep([])]).toEqual([]);
    expect(desk.known).toEqual([]);
  });

  it("stay one when the explanation changes the cause's name or finds more of it", () => {
    const desk = createDesk();
    desk.sweep([finding("ward 10000", wards.slice(0, 1))]);
    expect(desk.sweep([carrier])).toEqual([]);
    expect(desk.sweep([carrier])).toEqual(["confirmed carrier VNPT"]);
    expect(desk.sweep([finding("carprov VNPT/46", wards.slice(0, 12))])).toEqual([]);
    expect(desk.known.map(({ id, endpoints }) => [id, endpoints.size])).toEqual([["VNPT/46", 12]]);
  });

  it("are not made of an endpoint that a cause explains, which still ends when it is well", () => {
    const desk = createDesk();
    desk.sweep([carrier]);
    desk.sweep([carrier]);
    const left = wards.slice(0, 5);
    const singles = left.map((id) => finding(`endpoint ${id}`, [id]));
    for (let sweep = 0; sweep < 3; sweep++) expect(desk.sweep(singles)).toEqual([]);
    desk.sweep([]);
    expect(desk.sweep([])).toEqual(["resolved carrier VNPT"]);
  });

  it("tell by itself of what is left when most of a cause is over", () => {
    const desk = createDesk();
    desk.sweep([carrier]);
    desk.sweep([carrier]);
    const left = finding(`endpoint ${wards[0]}`, wards.slice(0, 1));
    const told = Array.from({ length: 5 }, () => desk.sweep([left])).flat();
    expect(told.sort()).toEqual([`confirmed endpoint ${wards[0]}`, "resolved carrier VNPT"]);
  });

  it("tell of a cause by itself that shares a few endpoints with an open one, though another that is nearly over had the rest", () => {
    const desk = createDesk();
    const instance = finding("provsys documents-46", wards.slice(8, 16));
    for (let sweep = 0; sweep < 2; sweep++) desk.sweep([instance, carrier]);
    for (let sweep = 0; sweep < 2; sweep++) desk.sweep([instance]);
    const line = finding("carprov Viettel/46", wards.slice(0, 9));
    const left = finding("provsys documents-46", wards.slice(9, 16));
    desk.sweep([line, left]);
    expect(desk.sweep([line, left])).toEqual(["confirmed carprov Viettel/46"]);
    expect(desk.known.find(({ id }) => id === "documents-46")?.endpoints.size).toBe(8);
  });

  it("tell of a second cause at another layer that the explanation names beside the first, which goes on", () => {
    const desk = createDesk();
    for (let sweep = 0; sweep < 2; sweep++) desk.sweep([carrier]);
    const rest = finding("carrier VNPT", wards.slice(0, 6));
    const expired: Finding = { ...finding("provsys documents-46", wards.slice(6, 10)), reason: "tls.expired" };
    expect(desk.sweep([rest, expired])).toEqual([]);
    expect(desk.sweep([rest, expired])).toEqual(["confirmed provsys documents-46"]);
  });

  it("end a cause whose last endpoints fail at another layer by one that was told of already", () => {
    const desk = createDesk();
    const stale: Finding = { ...finding("system dossiers", wards.slice(8, 20)), reason: "rt.stale" };
    const hidden = { ...stale, affected: wards.slice(10, 20) };
    for (let sweep = 0; sweep < 2; sweep++) desk.sweep([carrier, hidden]);
    expect(desk.sweep([stale])).toEqual([]);
    expect(desk.sweep([stale])).toEqual(["resolved carrier VNPT"]);
    expect(desk.known.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ id }) => id)).toEqual(["dossiers"]);
    // At the same layer nobody can tell: it goes on.
    const other = createDesk();
    const same: Finding = { ...stale, reason: "net.timeout" };
    for (let sweep = 0; sweep < 2; sweep++) other.sweep([carrier, { ...same, affected: hidden.affected }]);
    for (let sweep = 0; sweep < 3; sweep++) expect(other.sweep([same])).toEqual([]);
  });

  it("say that it is back within half an hour, and then wait with the all-clear until it kept well as long", () => {
    const desk = createDesk();
    desk.sweep([carrier]);
    desk.sweep([carrier]);
    desk.sweep([]);
    expect(desk.sweep([])).toEqual(["resolved carrier VNPT"]);
    expect(desk.sweep([carrier])).toEqual([]);
    expect(desk.sweep([carrier])).toEqual(["reopened carrier VNPT"]);
    expect(desk.known).toHaveLength(1);
    desk.sweep([]);
    for (let sweep = 0; sweep < 6; sweep++) expect(desk.sweep([])).toEqual([]);
    expect(desk.sweep([])).toEqual(["resolved carrier VNPT"]);
  });

  it("are new ones after more than half an hour", () => {
    const desk = createDesk();
    for (const findings of [[carrier], [carrier], [], []]) desk.sweep(findings);
    desk.sweep([], { minutes: 31 });
    desk.sweep([carrier]);
    expect(desk.sweep([carrier])).toEqual(["confirmed carrier VNPT"]);
    expect(desk.known.some(({ reopened }) => reopened > 0)).toBe(false);
  });

  it("are over for endpoints that have left the inventory", () => {
    const desk = createDesk();
    desk.sweep([carrier]);
    desk.sweep([carrier]);
    expect(desk.sweep([], { absent: carrier.affected })).toEqual(["resolved carrier VNPT"]);
  });

  it("stay below 1.3 a true cause over two replayed days with restarts and flapping, and miss none", async () => {
    const { causes, messages, eachConfirmed, missed } = await replayWeek({ seed: "test", days: 2, units: 60 });
    expect(missed).toBe(0);
    expect(causes).toBeGreaterThanOrEqual(6);
    expect(messages / causes).toBeLessThanOrEqual(1.3);
    expect(eachConfirmed / causes).toBeGreaterThan(5);
  });
});
