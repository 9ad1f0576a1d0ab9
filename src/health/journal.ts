import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import type { Instant } from "../platform/clock.ts";
import { toFileFailure } from "../platform/files.ts";
import type { Zone } from "../platform/time.ts";
import { formatProbeLine, parseProbeLines } from "./probe-line.ts";
import type { ProbeResult } from "./probe-result.ts";

/**
 * What a sweep under way has found so far, one line a result, handed to the operating system at once: a kill at any instant loses
 * nothing. It is removed when the sweep is stored.
 */
export interface SweepJournal {
  /** Results of an interrupted sweep over the same question, if it is young; oldest first. */
  readonly kept: readonly ProbeResult[];
  append(result: ProbeResult): void;
  /** The sweep was broken off: the lines stay for the next run. */
  close(): void;
  /** The sweep is whole and stored. */
  remove(): void;
}

const schema = "wardctl.check-journal/1";
const youngMs = 10 * 60_000;

/** `question` is a digest of what is asked of whom; answers to another question are thrown away. The file's folder must exist. Failure kinds: denied, unavailable. */
export function openSweepJournal(
  file: string,
  { question, now, zone }: { readonly question: string; readonly now: Instant; readonly zone: Zone },
): SweepJournal {
  const kept = readKept(file, question, now, zone);
  const handle = openFile(file, kept ? "a" : "w");
  // A new line first: what follows must not join a line that was cut in half.
  if (kept) writeSync(handle, "\n");
  else writeSync(handle, `${JSON.stringify({ schema, question, at: now })}\n`);
  return {
    kept: kept ?? [],
    append: (result) => void writeSync(handle, formatProbeLine(result, zone)),
    close: () => closeSync(handle),
    remove() {
      closeSync(handle);
      rmSync(file, { force: true });
    },
  };
}

function openFile(file: string, flags: "a" | "w"): number {
  try {
    return openSync(file, flags);
  } catch (error) {
    throw toFileFailure(error, file);
  }
}

function readKept(file: string, question: string, now: Instant, zone: Zone): readonly ProbeResult[] | undefined {
  const text = tryRead(file);
  const end = text.indexOf("\n");
  if (end < 0) return undefined;
  const head = tryParse(text.slice(0, end));
  const age = now - Number(head?.["at"]);
  if (head?.["schema"] !== schema || head["question"] !== question || !(age >= 0 && age <= youngMs)) return undefined;
  // A line that a kill cut in half is left out, and its endpoint probed again.
  return parseProbeLines(text.slice(end + 1), file, zone).results;
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function tryParse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
