import type { Directory } from "../../src/directory/directory.ts";
import type { Names } from "../../src/health/cause-words.ts";
import type { CheckRun } from "../../src/health/check-run.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import type { Episode } from "../../src/health/episodes.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type Instant, readMonotonicMs } from "../../src/platform/clock.ts";
import { drawChanges, type Frame } from "../../src/platform/frame.ts";
import type { Key, Screen } from "../../src/platform/screen.ts";
import type { Lang, Words } from "../../src/platform/words.ts";
import { describeSince } from "./episode-text.ts";
import { describeHindrance } from "./hindrances.ts";
import { type Picture, toPicture, type WatchView } from "./watch-view.ts";

/** Where a watch shows what it sees. */
export interface WatchFace {
  /** A sweep begins. */
  begin(): void;
  probed(result: ProbeResult): void;
  show(run: CheckRun, before: CheckRun | undefined): void;
  /** Until that instant of the monotonic clock, or the signal. */
  pause(untilMs: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

interface WatchScreenOptions {
  readonly endpoints: readonly Endpoint[];
  readonly names: Names;
  readonly directory: Directory;
  readonly lang: Lang;
  readonly ascii: boolean;
  readonly colour: boolean;
  readonly quit: () => void;
}

const redrawEveryMs = 100;

/** The map on a whole terminal: only cells that changed are sent. */
export function openWatchScreen(screen: Screen, options: WatchScreenOptions): WatchFace {
  const { endpoints, names, directory, lang, ascii, colour, quit } = options;
  const units = [...new Set(endpoints.map(({ unit }) => unit))].map((code) => ({
    code,
    name: names.unit(code),
    shortName: directory.findUnit(code)?.name ?? code,
  }));
  const systems = [...new Set(endpoints.map(({ system }) => system))];
  const results = new Map<string, ProbeResult>();
  const of = endpoints.length;
  let view: WatchView = {
    lang,
    ascii,
    colour,
    units,
    systems,
    results,
    at: undefined,
    causes: [],
    local: [],
    phase: { kind: "probing", done: 0, of },
    cursor: units[0]?.code,
    onlyFailing: false,
    explaining: false,
  };
  let drawn: Frame | undefined;
  let picture: Picture | undefined;
  let drawnAtMs = 0;
  const draw = (): void => {
    picture = toPicture(view, screen.size());
    screen.write(drawChanges(drawn, picture.frame));
    drawn = picture.frame;
    drawnAtMs = readMonotonicMs();
  };
  const update = (changes: Partial<WatchView>): void => {
    view = { ...view, ...changes };
  };
  screen.onResize(() => {
    // A terminal that changed its size may show anything.
    drawn = undefined;
    draw();
  });
  screen.onKey((key) => {
    if (key === "q") return quit();
    const moved = toStep(key, picture);
    if (moved !== undefined) update({ cursor: moveCursor(view.cursor, moved, picture) });
    else if (key === "f") update({ onlyFailing: !view.onlyFailing });
    else if (key === "e") update({ explaining: !view.explaining });
    else return;
    draw();
  });
  draw();
  return {
    begin() {
      update({ phase: { kind: "probing", done: 0, of } });
      draw();
    },
    probed(result) {
      const old = results.get(result.endpoint);
      // Whether it is held for up or down is known when the sweep is whole; until then what was known stays.
      results.set(result.endpoint, old?.state === result.state ? { ...old, reason: result.reason } : { ...result, hard: false });
      const done = view.phase.kind === "probing" ? view.phase.done + 1 : 1;
      update({ phase: { kind: "probing", done, of } });
      if (readMonotonicMs() - drawnAtMs >= redrawEveryMs) draw();
    },
    show({ at, results: found, localFindings, stored, hindrances }) {
      for (const result of found) results.set(result.endpoint, result);
      update({
        at,
        local: [
          ...localFindings.filter(({ state }) => state === "fail").map(({ words }) => words),
          ...hindrances.map(describeHindrance),
        ],
        causes: (stored?.open ?? []).map((episode) => ({
          text: sinceWords(episode, at),
          affected: new Set([...episode.endpoints].filter(([, { until }]) => until === undefined).map(([id]) => id)),
        })),
        phase: { kind: "waiting", seconds: 0 },
      });
    },
    pause: (untilMs, signal) =>
      new Promise((done) => {
        const tick = (): void => {
          const leftMs = untilMs - readMonotonicMs();
          if (signal.aborted || leftMs <= 0) {
            clearInterval(timer);
            signal.removeEventListener("abort", tick);
            return done();
          }
          update({ phase: { kind: "waiting", seconds: Math.ceil(leftMs / 1000) } });
          draw();
        };
        const timer = setInterval(tick, 1_000);
        signal.addEventListener("abort", tick);
        tick();
      }),
    close: () => screen.close(),
  };
}

/** `từ 16:05 · 9 trong 18 đơn vị VNPT …`. */
function sinceWords({ openedAt, inWords }: Episode, now: Instant): Words {
  const since = describeSince(openedAt, now);
  return { vi: `${since.vi} · ${inWords.vi}`, en: `${since.en} · ${inWords.en}` };
}

/** How far a key moves the cursor in the list of units. */
function toStep(key: Key, picture: Picture | undefined): number | undefined {
  const { rows = 1, columns = 1 } = picture?.layout ?? {};
  const steps: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    left: -rows,
    right: rows,
    "page-up": -rows * columns,
    "page-down": rows * columns,
    home: Number.NEGATIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
  };
  return steps[key];
}

function moveCursor(cursor: string | undefined, step: number, picture: Picture | undefined): string | undefined {
  const shown = picture?.shown ?? [];
  const at = Math.max(0, shown.indexOf(cursor ?? ""));
  return shown[Math.min(shown.length - 1, Math.max(0, at + step))] ?? cursor;
}
