import { type Board, type BoardCounts, type BoardHealth, type Part, toCurve, withToday } from "../../src/board/board.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { Clock, Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { startOfLocalDay, toIsoDate, toLocalDay } from "../../src/platform/time.ts";
import { readCurve } from "../../src/readiness/read-readiness.ts";
import type { Counts } from "../../src/records/figures.ts";
import { addFigures } from "../../src/reports/add-figures.ts";
import { findDeclaredFill } from "../../src/reports/declared-fill.ts";
import { toPlaceName } from "../../src/reports/place-name.ts";
import type { ReportQuestions } from "../../src/reports/questions.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { listExpectedUnits } from "../report/expected-units.ts";
import { openQuestions } from "../report/questions.ts";
import { readDifficulties } from "./read-difficulties.ts";
import { readUnits } from "./read-units.ts";

/**
 * Everything that stands on the board, as of now and from the cache alone: no system is asked and nothing is written. Only readiness must answer; any other
 * source that fails says so in its place. Failure kinds: invalid, unavailable.
 */
export async function readBoard(workspace: Workspace, clock: Clock): Promise<Board> {
  const { settings, zone } = workspace;
  const at = clock.now();
  const directory = await workspace.directory(toIsoDate(at, zone));
  const questions = await openQuestions({ workspace, directory, asOf: at, clock });
  const units = await readUnits(workspace, directory, at);
  const curve = await readCurve(workspace, { units: units.map(({ code }) => code), at });
  return {
    city: settings.name,
    at,
    units,
    counts: await answer(() => readCounts(workspace, questions.counts, directory, at)),
    health: questions.health && (await answer(() => readHealth(questions, directory))),
    difficulties: await answer(async () => readDifficulties(await workspace.database(), directory, at)),
    trend: withToday(curve, units),
  };
}

async function readCounts(
  { settings, zone }: Workspace,
  counts: Counts,
  directory: Directory,
  at: Instant,
): Promise<BoardCounts> {
  const expected = listExpectedUnits(settings, directory).map(({ code }) => code);
  const knownSeq = await counts.findLatestSeq();
  const window = { start: startOfLocalDay(toLocalDay(at, zone), zone), end: at };
  const counted = at > window.start ? await counts.countUnits(window, knownSeq, expected) : [];
  const declared = await counts.listDeclared(window, knownSeq);
  const inTotal = counted.filter(({ figures }) => figures !== undefined);
  const hours =
    inTotal.length === 0
      ? []
      : await counts.countReceivedByHour(
          window,
          knownSeq,
          inTotal.map(({ unit }) => unit),
        );
  return {
    total: addFigures(inTotal.flatMap(({ figures }) => figures ?? [])),
    reporting: inTotal.length,
    expected: expected.length,
    hours: toCurve(hours, at),
    silent: counted.flatMap(({ unit, state, lastDeliveryAt }) =>
      (state === "silent" && !findDeclaredFill(unit, declared, window, zone)) || state === "stale"
        ? [{ code: unit, name: toPlaceName(unit, directory.findUnit), state, lastDeliveryAt }]
        : [],
    ),
    expectsDossiers: Object.values(settings.records.sources).some(({ content }) => content === "dossiers"),
  };
}

async function readHealth({ health }: ReportQuestions, directory: Directory): Promise<BoardHealth | undefined> {
  const facts = await health?.();
  if (!facts) return undefined;
  const { at, endpoints, causes, grid } = facts;
  const systems = grid?.systems.map(({ en }) => en) ?? [];
  const failing = (grid?.units ?? [])
    .map(({ unit, states }) => ({ unit, systems: systems.filter((_name, index) => states[index] === "fail") }))
    .filter((row) => row.systems.length > 0)
    .map((row) => ({ unit: toPlaceName(row.unit, directory.findUnit), systems: row.systems }));
  return { at, endpoints, failing, causes: causes.map(({ inWords, affected, owner }) => ({ inWords, affected, owner })) };
}

async function answer<Value>(ask: () => Promise<Value>): Promise<Part<Value>> {
  try {
    return { state: "known", value: await ask() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: "failed", reason: error.words };
  }
}
