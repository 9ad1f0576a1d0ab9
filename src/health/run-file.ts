import { createReadStream } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../platform/clock.ts";
import type { Fault } from "../platform/failure.ts";
import { toFileFailure, writeWhole } from "../platform/files.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { LocalFinding } from "./local/finding.ts";
import { formatProbeLine, parseProbeLine } from "./probe-line.ts";
import type { ProbeResult } from "./probe-result.ts";
import { hideSecrets, readFinding } from "./vantage-file.ts";

/** What is known of a run besides its probes. */
export interface RunHead {
  readonly at: Instant;
  readonly scope: "all" | "selected";
  /** How far our clock was ahead of the servers'; undefined: not known. */
  readonly skewMs: number | undefined;
  /** What was wrong with this machine, or worth knowing of it; undefined: not recorded. */
  readonly local: readonly Pick<LocalFinding, "id" | "state" | "words">[] | undefined;
}

export interface RunRecord {
  /** Undefined in a file of bare probes, as `--out` writes them. */
  readonly head: RunHead | undefined;
  /** In the order of the file; of an endpoint's several lines the last one counts. */
  readonly results: readonly ProbeResult[];
  /** The time of the first probe, of endpoints that are not wanted too. */
  readonly firstAt: Instant | undefined;
  /** Good lines, wanted or not. */
  readonly lines: number;
  /** The first damaged lines, and how many there are. */
  readonly faults: readonly Fault[];
  readonly damaged: number;
}

const headSchema = "wardctl.check-run/1";
const faultsKept = 20;
/** A line of a probe has a few KB; what never ends is not one. */
const longestLine = 1 << 20;

export function* formatRunFile(
  { at, scope, skewMs, local }: RunHead,
  results: readonly ProbeResult[],
  zone: Zone,
): Generator<string> {
  const checks = local?.map(({ id, state, words }) => ({ id, state, words: hideSecrets(words) })) ?? null;
  yield `${JSON.stringify({ schema: headSchema, at: toIso(at, zone), scope, skewMs: skewMs ?? null, local: checks })}\n`;
  for (const result of results) yield formatProbeLine(result, zone);
}

/**
 * Reads recorded probes line by line: of a file however long only what is wanted is held. A damaged line is a fault and left out; the rest is kept
 * (check.md §14). Failure kinds: invalid (no such file), denied.
 */
export async function readRunFile(
  path: string,
  {
    shownAs,
    zone,
    wants = () => true,
  }: { readonly shownAs: string; readonly zone: Zone; readonly wants?: (endpoint: string) => boolean },
): Promise<RunRecord> {
  const results = new Map<string, ProbeResult>();
  const faults: Fault[] = [];
  let damaged = 0;
  let lines = 0;
  let number = 0;
  let head: RunHead | undefined;
  let firstAt: Instant | undefined;
  for await (const line of splitLines(path)) {
    number++;
    if (line?.trim() === "") continue;
    const found = number === 1 && line !== undefined ? readHead(line, zone) : undefined;
    if (found) {
      head = found;
      continue;
    }
    const read = line === undefined ? tooLong : parseProbeLine(line, zone);
    if ("vi" in read) {
      damaged++;
      if (faults.length < faultsKept) faults.push({ file: shownAs, line: number, message: read });
      continue;
    }
    lines++;
    if (firstAt === undefined || read.at < firstAt) firstAt = read.at;
    if (wants(read.endpoint)) results.set(read.endpoint, read);
  }
  return { head, results: [...results.values()], firstAt, lines, faults, damaged };
}

const tooLong = { vi: "dòng dài quá 1 MiB", en: "the line is longer than 1 MiB" };

/** Undefined for a line that is too long to be held. */
async function* splitLines(path: string): AsyncGenerator<string | undefined> {
  let rest = "";
  let isTooLong = false;
  try {
    for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 })) {
      const parts = `${rest}${piece as string}`.split("\n");
      rest = parts.pop() as string;
      for (const part of parts) {
        yield isTooLong ? undefined : part;
        isTooLong = false;
      }
      if (rest.length > longestLine) {
        isTooLong = true;
        rest = "";
      }
    }
  } catch (error) {
    throw toFileFailure(error, path);
  }
  if (isTooLong || rest !== "") yield isTooLong ? undefined : rest;
}

function readHead(line: string, zone: Zone): RunHead | undefined {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const at = readInstant(String(value?.["at"]), zone);
  if (value?.["schema"] !== headSchema || at === undefined) return undefined;
  const { scope, skewMs, local } = value;
  return {
    at,
    scope: scope === "all" ? "all" : "selected",
    skewMs: typeof skewMs === "number" ? skewMs : undefined,
    local: Array.isArray(local)
      ? local.flatMap((one: unknown) =>
          typeof one === "object" && one !== null ? (readFinding(one as Record<string, unknown>) ?? []) : [],
        )
      : undefined,
  };
}

const lastName = "last.jsonl";
const incidentsKept = 200;

export function toIncidentFile(folder: string, key: number): string {
  return join(folder, `incident-${key}.jsonl`);
}

export function toLastRunFile(folder: string): string {
  return join(folder, lastName);
}

/** History keeps four bytes an endpoint; the whole of the last run is kept beside it, and of each run that confirmed a cause. */
export async function keepRunFiles(
  folder: string,
  {
    head,
    results,
    confirmed,
  }: { readonly head: RunHead; readonly results: readonly ProbeResult[]; readonly confirmed: readonly number[] },
  zone: Zone,
): Promise<void> {
  await writeWhole(toLastRunFile(folder), formatRunFile(head, results, zone));
  for (const key of confirmed) await writeWhole(toIncidentFile(folder, key), formatRunFile(head, results, zone));
  if (confirmed.length > 0) await forgetOldest(folder);
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^incident-\d+\.jsonl$/.test(name));
  if (names.length <= incidentsKept) return;
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  dated.sort((a, b) => a.at - b.at);
  for (const { name } of dated.slice(0, names.length - incidentsKept)) await rm(join(folder, name), { force: true });
}
