import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { readDatabaseMark } from "../platform/database-mark.ts";
import { Failure } from "../platform/failure.ts";
import { wait } from "../platform/wait.ts";
import type { Board } from "./board.ts";
import type { Feed } from "./feed.ts";

export interface WatchOptions {
  readonly database: Database;
  /** The mark of the store before the feed's first board was read. */
  readonly mark: string;
  readonly feed: Feed;
  readonly read: () => Promise<Board>;
  readonly now: () => Instant;
  readonly readMonotonicMs: () => number;
  readonly signal: AbortSignal;
}

/** Asking takes some microseconds; reading the board some hundred milliseconds. */
const askEveryMs = 200;
const troubledEveryMs = 2_000;
const minuteMs = 60_000;

/**
 * Reads the board again when somebody committed something, and when a minute is over: time alone makes units silent and rights end. While others write all
 * the time it reads for at most half of the time.
 */
export async function watchBoard(options: WatchOptions): Promise<void> {
  const { database, feed, read, now, readMonotonicMs, signal } = options;
  let mark: string | undefined = options.mark;
  let minute = Math.floor(now() / minuteMs);
  while (!signal.aborted) {
    let pauseMs = askEveryMs;
    try {
      // Asked before reading: what is committed meanwhile is seen the next time.
      const newest = await readDatabaseMark(database);
      const nowMinute = Math.floor(now() / minuteMs);
      if (newest !== mark || nowMinute !== minute) {
        const started = readMonotonicMs();
        feed.update(await read());
        [mark, minute] = [newest, nowMinute];
        pauseMs = Math.max(askEveryMs, readMonotonicMs() - started);
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      feed.trouble(error.words);
      mark = undefined;
      pauseMs = troubledEveryMs;
    }
    await wait(pauseMs, signal).catch(() => undefined);
  }
}
