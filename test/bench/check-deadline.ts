import { behaviours } from "../../src/health/fault-kit/behaviours.ts";
import { type Exhibit, openKit } from "../../src/health/fault-kit/open-kit.ts";
import { tryExhibit, tryExhibits } from "../../src/health/fault-kit/try-kit.ts";
import { startLagMeter } from "../../src/health/loop-lag.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createRandom } from "../../src/platform/random.ts";
import type { Bench } from "./bench.ts";

const inFlight = 64;
const deadlineMs = 1_000;
/** So long after its deadline a probe hangs. */
const hangMs = 10_000;

/**
 * Every behaviour of the kit, each way, with 64 probes of it in flight: how far the probes end behind their deadline (check.md §17 A7), those aside
 * that end before it. Then a hundred thousand probes of all of them mixed, with a short deadline: none may hang, and in the end no socket, timer or
 * memory may be left of them.
 */
export const bench: Bench = {
  name: "check-deadline",
  unit: "ms",
  goal: 100,
  better: "lower",
  async run(quick) {
    const signal = new AbortController().signal;
    const lag = startLagMeter();
    const kit = await openKit(behaviours, { now: systemClock.now, lag, deadlineMs, slowMs: 400 });
    const overshoots: number[] = [];
    const worst = { name: "", ms: -1 };
    const exhibits = quick ? createRandom("check-deadline").shuffle(kit.exhibits).slice(0, 60) : kit.exhibits;
    for (const exhibit of exhibits) {
      const tried = await Promise.all(Array.from({ length: inFlight }, () => tryExhibit(exhibit, signal)));
      for (const one of tried) {
        // A probe that ended early says nothing of deadlines, and would make the percentile look good.
        if (!one || one.totalMs < deadlineMs * 0.95) continue;
        overshoots.push(one.overshootMs);
        if (one.overshootMs > worst.ms) Object.assign(worst, { name: `${one.behaviour.id}, ${one.way}`, ms: one.overshootMs });
      }
    }
    await kit.stop();
    lag.stop();
    overshoots.sort((a, b) => a - b);
    const at = (share: number): number => overshoots[Math.floor((overshoots.length - 1) * share)] ?? 0;
    const mixed = await probeMixed(quick ? 3_000 : 100_000, signal);
    const p99 = at(0.99);
    return {
      // A hang or a leak is a miss, however good the deadlines.
      value: mixed.hung + mixed.handlesLeft > 0 ? Number.POSITIVE_INFINITY : p99,
      rows: [
        ["behaviours x ways, in flight each", `${exhibits.length}, ${inFlight}`],
        ["probes that met their deadline", String(overshoots.length)],
        ["past it: median, p99, most", `${at(0.5).toFixed(1)}, ${p99.toFixed(1)}, ${at(1).toFixed(1)} ms (${worst.name})`],
        ["mixed probes, those that hung", `${mixed.probes}, ${mixed.hung} (goal 0)`],
        ["sockets and timers left in the end", `${mixed.handlesLeft} (goal 0) ${mixed.kindsLeft}`],
        ["resident memory: after a tenth, in the end", `${mixed.earlyMb.toFixed(0)}, ${mixed.lateMb.toFixed(0)} MB`],
        ["mixed: seconds", mixed.seconds.toFixed(0)],
      ],
    };
  },
};

/** Every behaviour in turn, a shuffled round after the other, with a deadline so short that many rounds fit. */
async function probeMixed(probes: number, signal: AbortSignal) {
  const before = countHandles();
  const started = performance.now();
  const lag = startLagMeter();
  const kit = await openKit(behaviours, { now: systemClock.now, lag, deadlineMs: 150, slowMs: 60 });
  const random = createRandom("check-deadline/mixed");
  let hung = 0;
  let done = 0;
  let earlyMb = 0;
  const guarded = async (exhibit: Exhibit): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<"hung">((end) => {
      timer = setTimeout(() => end("hung"), hangMs);
    });
    const end = await Promise.race([tryExhibit(exhibit, signal), limit]);
    clearTimeout(timer);
    if (end === "hung") hung++;
    done++;
    if (done === Math.floor(probes / 10)) earlyMb = readResidentMb();
  };
  let queue: Exhibit[] = [];
  const work = async (): Promise<void> => {
    while (done < probes) {
      if (queue.length === 0) queue = [...random.shuffle(kit.exhibits)];
      await guarded(queue.pop() as Exhibit);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  const lateMb = readResidentMb();
  await kit.stop();
  lag.stop();
  // Closed handles leave at the end of a turn, on a busy machine of several: what is lost stays for good.
  for (let turn = 0; turn < 50 && countHandles() > before; turn++) await new Promise((next) => setTimeout(next, 100));
  return {
    probes: done,
    hung,
    handlesLeft: Math.max(0, countHandles() - before),
    kindsLeft: listHandles().join(" "),
    earlyMb,
    lateMb,
    seconds: (performance.now() - started) / 1000,
  };
}

function listHandles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => !/^(TTYWrap|PipeWrap|FSReqPromise|Immediate)$/.test(kind));
}

function countHandles(): number {
  return listHandles().length;
}

function readResidentMb(): number {
  return process.memoryUsage.rss() / 1024 / 1024;
}

/** Does each behaviour get its reason, each way (check.md §17 A9)? The figure is the share in percent, of rounds with 24 probes in flight. */
export const reasonsBench: Bench = {
  name: "check-reasons",
  unit: "ratio",
  goal: 0.98,
  better: "higher",
  async run(quick) {
    const lag = startLagMeter();
    const kit = await openKit(behaviours, { now: systemClock.now, lag, deadlineMs, slowMs: 400 });
    const random = createRandom("check-reasons");
    const wrong = new Map<string, number>();
    let first = 0;
    let right = 0;
    let all = 0;
    for (let round = 0; round < (quick ? 1 : 10); round++) {
      const signal = new AbortController().signal;
      for (const tried of await tryExhibits(random.shuffle(kit.exhibits), { places: 24, signal })) {
        all++;
        if (tried.right) right++;
        else {
          const name = `${tried.behaviour.id}, ${tried.way}: ${tried.expected ?? "well"} told as ${tried.seen ?? "well"}`;
          wrong.set(name, (wrong.get(name) ?? 0) + 1);
        }
        if (tried.right && tried.attempts === 1) first++;
      }
    }
    await kit.stop();
    lag.stop();
    return {
      value: right / all,
      rows: [
        ["behaviours", String(new Set(kit.exhibits.map(({ behaviour }) => behaviour.id)).size)],
        ["behaviours x ways", String(kit.exhibits.length)],
        ["told right, of all", `${right} of ${all}`],
        ["told right at the first try", `${first} of ${all}`],
        ["not playable here", kit.left.map(({ behaviour, way }) => `${behaviour.id} ${way}`).join(", ") || "none"],
        ...[...wrong].map(([name, times]) => [`  ${name}`, `${times} times`] as const),
      ],
    };
  },
};
