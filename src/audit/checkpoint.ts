import type { Instant } from "../platform/clock.ts";
import { formatSignerTime } from "../platform/signers-file.ts";
import { readInstant, toIso, vietnamZone, type Zone } from "../platform/time.ts";

/** The state of the log at one instant, as a few lines of text that are signed: whoever holds it finds every later cut or change before it. */
export interface Checkpoint {
  /** Hash of the log's first record: tells one log from another. */
  readonly log: string;
  readonly size: number;
  /** Hash of record `size`. */
  readonly head: string;
  readonly at: Instant;
}

/** Separate, so that a signature of one thing is none of the other. */
export const namespaces = { log: "wardctl-log@v1", bundle: "wardctl-bundle@v1" } as const;

const firstLine = "wardctl-checkpoint/1";

/** `verify-time` is `time` as ssh-keygen takes it. Later versions add lines below; readers pass over those they do not know. */
export function formatCheckpoint({ log, size, head, at }: Checkpoint, zone: Zone): string {
  return [
    firstLine,
    `log: ${log}`,
    `size: ${size}`,
    `head: ${head}`,
    `time: ${toIso(at, zone)}`,
    `verify-time: ${formatSignerTime(at)}`,
    "",
  ].join("\n");
}

/** Undefined: no checkpoint, or one that says two things. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [first, ...lines] = text.split("\n");
  if (first !== firstLine || lines.at(-1) !== "") return undefined;
  const fields = new Map<string, string>();
  for (const line of lines.slice(0, -1)) {
    const [, key, value] = /^([a-z-]+): (\S.*)$/.exec(line) ?? [];
    if (key === undefined || fields.has(key)) return undefined;
    fields.set(key, value as string);
  }
  const [log, head] = [fields.get("log") ?? "", fields.get("head") ?? ""];
  const size = Number(fields.get("size"));
  const at = readInstant(fields.get("time") ?? "", vietnamZone);
  const isWhole = [log, head].every((hash) => /^[0-9a-f]{64}$/.test(hash)) && Number.isSafeInteger(size) && size > 0;
  if (!isWhole || at === undefined || fields.get("verify-time") !== formatSignerTime(at)) return undefined;
  return { log, size, head, at };
}
