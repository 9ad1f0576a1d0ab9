import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";

/** What is known of a change when it is made. `detail` is plain JSON and never holds a secret or an applicant's data. */
export interface AuditEntry {
  /** Who did it: the operator's name as the workspace knows it. */
  readonly actor: string;
  /** The room and the verb: `provision.create`, `delegate.grant`, `wards.import`. */
  readonly action: string;
  /** What it was done to: a staff id, a functional account key, a grant id, a file name. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry in the chain. `hash` is the SHA-256 of the canonical JSON (RFC 8785) of everything else, `prev` included. */
export interface AuditRecord extends AuditEntry {
  readonly seq: number;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
}

/** What the first record names as its predecessor. */
export const chainStart = "0".repeat(64);

export async function hashRecord(record: Omit<AuditRecord, "hash">): Promise<string> {
  const { seq, at, actor, action, subject, detail, prev } = record;
  return sha256(await toCanonicalJson({ seq, at, actor, action, subject, detail, prev }));
}

export type ChainBreak = { readonly seq: number; readonly kind: "order" | "prev" | "hash" };

/** The first record that does not follow from the one before it. Undefined when the chain holds. */
export async function findChainBreak(
  records: Iterable<AuditRecord> | AsyncIterable<AuditRecord>,
): Promise<ChainBreak | undefined> {
  let prev = chainStart;
  let seq = 0;
  for await (const record of records) {
    seq += 1;
    if (record.seq !== seq) return { seq, kind: "order" };
    if (record.prev !== prev) return { seq, kind: "prev" };
    if ((await hashRecord(record)) !== record.hash) return { seq, kind: "hash" };
    prev = record.hash;
  }
  return undefined;
}
