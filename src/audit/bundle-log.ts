import { createDigest, sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { isPresent, openByteStream } from "../platform/files.ts";
import { type AuditRecord, chainStart, hashRecord } from "./audit-log.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ProofFinding } from "./proof-finding.ts";

export interface LogFile {
  readonly sha256: string;
  readonly lines: number;
  readonly lastLine: string;
}

/** One pass: digest, number of lines, and the last of them. */
export async function readLogFile(file: string): Promise<LogFile | undefined> {
  if (!(await isPresent(file))) return undefined;
  const digest = createDigest();
  let lines = 0;
  let tail = Buffer.alloc(0);
  for await (const piece of openByteStream(file)) {
    digest.add(piece);
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
    const joined = Buffer.concat([tail, piece]);
    const cut = joined.lastIndexOf(10, joined.length - 2);
    tail = cut < 0 ? joined : joined.subarray(cut + 1);
  }
  return { sha256: digest.hex(), lines, lastLine: tail.toString("utf8").replace(/\n$/, "") };
}

/** Size and head against the checkpoint; with marks or `full` every record against the one before it. */
export async function compareLog(
  file: string,
  log: LogFile | undefined,
  checkpoint: Checkpoint,
  marks: readonly Checkpoint[],
  full: boolean,
): Promise<ProofFinding[]> {
  if (!log) return [];
  const findings: ProofFinding[] = [];
  const bySize = new Map<number, string>([[checkpoint.size, checkpoint.head]]);
  for (const { size, head } of marks) {
    if (bySize.has(size) && bySize.get(size) !== head) findings.push({ kind: "fork", size });
    bySize.set(size, head);
    if (size > log.lines) findings.push({ kind: "cut", size, have: log.lines });
  }
  if (log.lines < checkpoint.size) findings.push({ kind: "cut", size: checkpoint.size, have: log.lines });
  const last = parseRecord(log.lastLine);
  const isHead = last?.seq === checkpoint.size && last.hash === checkpoint.head && (await hashRecord(last)) === last.hash;
  if (log.lines >= checkpoint.size && !isHead) findings.push({ kind: "rewritten", size: checkpoint.size });
  if (!full && marks.length === 0) return findings;
  return [...findings, ...(await replay(file, full, bySize, checkpoint))];
}

async function replay(
  file: string,
  full: boolean,
  heads: ReadonlyMap<number, string>,
  { size: last, log }: Checkpoint,
): Promise<ProofFinding[]> {
  const findings: ProofFinding[] = [];
  let prev = chainStart;
  let seq = 0;
  for await (const line of readLines(file)) {
    seq += 1;
    const isWanted = heads.has(seq) || seq === 1;
    if (!full && !isWanted) continue;
    const record = parseRecord(line);
    if (!record) return [...findings, { kind: "chain", seq, reason: "unreadable" }];
    if (full) {
      if (record.seq !== seq) return [...findings, { kind: "chain", seq, reason: "order" }];
      if (record.prev !== prev) return [...findings, { kind: "chain", seq, reason: "prev" }];
      if (!(await isWholeLine(line, record))) return [...findings, { kind: "chain", seq, reason: "hash" }];
      prev = record.hash;
    }
    if (seq === 1 && record.hash !== log) findings.push({ kind: "other-log" });
    if (seq !== last && heads.has(seq) && heads.get(seq) !== record.hash) findings.push({ kind: "rewritten", size: seq });
  }
  return findings;
}

/**
 * The line is the record's canonical form, so what its hash was taken of is the same line without the hash; another spelling of the same record, or a member
 * more, is no record.
 */
async function isWholeLine(line: string, record: AuditRecord): Promise<boolean> {
  if ((await toCanonicalJson(record)) !== line) return false;
  const own = `"hash":"${record.hash}",`;
  // The last one: `detail`, which may hold such a member too, stands before it.
  const at = line.lastIndexOf(own);
  return at >= 0 && sha256(line.slice(0, at) + line.slice(at + own.length)) === record.hash;
}

async function* readLines(file: string): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const piece of openByteStream(file)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function parseRecord(line: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(line) as Partial<AuditRecord> | null;
    return typeof value === "object" && value !== null && typeof value.hash === "string" ? (value as AuditRecord) : undefined;
  } catch {
    return undefined;
  }
}
