import { readFileSync, statSync, utimesSync } from "node:fs";
import { type Clock, type Instant, readMonotonicMs } from "./clock.ts";
import { Failure } from "./failure.ts";
import { writeWhole } from "./files.ts";

/** A clock of its own that several processes read from one file: it was `at` when the machine's clock said `real`, and runs `speed` times as fast since. */
interface ClockFace {
  readonly at: Instant;
  readonly real: Instant;
  readonly speed: number;
}

/** Whoever keeps the clock touches its file more often than this; when nobody does, it stands still. */
const aliveMs = 5_000;
/** A file is looked at again after this. */
const lookMs = 200;

/**
 * The clock in a file. It counts as pinned: nothing real is written to by it. It never runs on by itself: when its keeper is gone it stands within
 * seconds. Failure kind: usage (no such clock).
 */
export function openClockFile(path: string): Clock {
  let face = readFace(path);
  let lookedAt = readMonotonicMs();
  return {
    pinned: true,
    now() {
      if (readMonotonicMs() - lookedAt > lookMs) {
        face = readFace(path);
        lookedAt = readMonotonicMs();
      }
      return tell(face);
    },
  };
}

function tell({ at, real, speed, touched }: ClockFace & { readonly touched: number }): Instant {
  const until = Math.min(Date.now(), touched + aliveMs);
  return at + Math.floor(Math.max(0, until - real) * speed);
}

/** Sets the clock; it runs from now on. */
export async function setClockFile(path: string, at: Instant, speed: number): Promise<void> {
  await writeWhole(path, `${JSON.stringify({ at, real: Date.now(), speed })}\n`);
}

/** Says that the clock is kept. */
export function touchClockFile(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

function readFace(path: string): ClockFace & { readonly touched: number } {
  try {
    const { at, real, speed } = JSON.parse(readFileSync(path, "utf8")) as ClockFace;
    if (![at, real, speed].every(Number.isFinite)) throw new SyntaxError("not a clock");
    return { at, real, speed, touched: statSync(path).mtimeMs };
  } catch (cause) {
    throw new Failure("usage", { vi: `không có đồng hồ nào ở ${path}`, en: `there is no clock at ${path}` }, { cause });
  }
}
