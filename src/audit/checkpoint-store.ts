import type { Database } from "../platform/database.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";

/** A checkpoint as it was made: what was signed is the content, byte for byte. */
export interface KeptCheckpoint {
  readonly seq: number;
  /** Undefined: the content was altered. */
  readonly checkpoint?: Checkpoint;
  readonly content: string;
  /** Undefined: made without a key. */
  readonly signature?: string;
  readonly identity?: string;
}

/** Every checkpoint of this log, insert-only: earlier ones are what a cut is found by. */
export interface CheckpointStore {
  add(made: Omit<KeptCheckpoint, "seq" | "checkpoint"> & { readonly checkpoint: Checkpoint }): Promise<void>;
  /** Oldest first. */
  list(): Promise<KeptCheckpoint[]>;
  findNewest(): Promise<KeptCheckpoint | undefined>;
}

interface CheckpointRow {
  readonly seq: number;
  readonly content: string;
  readonly signature: string | null;
  readonly identity: string | null;
}

const columns = "seq, content, signature, identity";

export function createCheckpointStore(database: Database): CheckpointStore {
  return {
    async add({ checkpoint, content, signature, identity }) {
      await database.transaction(
        (tx) =>
          tx.run(
            "INSERT INTO audit_checkpoint (size, head, at, content, signature, identity) VALUES (?, ?, ?, ?, ?, ?)",
            checkpoint.size,
            checkpoint.head,
            checkpoint.at,
            content,
            signature ?? null,
            identity ?? null,
          ),
        { durability: "full" },
      );
    },
    async list() {
      return (await database.all<CheckpointRow>(`SELECT ${columns} FROM audit_checkpoint ORDER BY seq`)).map(toKept);
    },
    async findNewest() {
      const row = await database.get<CheckpointRow>(`SELECT ${columns} FROM audit_checkpoint ORDER BY seq DESC LIMIT 1`);
      return row && toKept(row);
    },
  };
}

function toKept({ seq, content, signature, identity }: CheckpointRow): KeptCheckpoint {
  return {
    seq,
    checkpoint: parseCheckpoint(content),
    content,
    signature: signature ?? undefined,
    identity: identity ?? undefined,
  };
}
