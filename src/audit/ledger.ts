import { sha256 } from "../platform/canonical-json.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { isPresent, readBytes } from "../platform/files.ts";
import { signWithSsh } from "../platform/ssh-signature.ts";
import type { Zone } from "../platform/time.ts";
import type { AuditLog } from "./audit-store.ts";
import { type Checkpoint, formatCheckpoint, namespaces } from "./checkpoint.ts";
import { type CheckpointStore, createCheckpointStore, type KeptCheckpoint } from "./checkpoint-store.ts";
import type { AuditSettings } from "./settings.ts";

/** The log with what it is signed and believed by. Paths are whole. */
export interface Ledger {
  readonly log: AuditLog;
  readonly checkpoints: CheckpointStore;
  readonly identity: string;
  /** Undefined: nobody signs. */
  readonly key?: string;
  /** Undefined where the file is not there. */
  readonly signers?: string;
  readonly revoked?: string;
  readonly staleAfterMs: number;
  readonly clock: Clock;
  readonly zone: Zone;
}

export interface LedgerNeeds {
  readonly database: Database;
  readonly log: AuditLog;
  readonly settings: AuditSettings;
  readonly resolvePath: (path: string) => string;
  readonly clock: Clock;
  readonly zone: Zone;
}

export async function openLedger({ database, log, settings, resolvePath, clock, zone }: LedgerNeeds): Promise<Ledger> {
  const find = async (path: string): Promise<string | undefined> => {
    const whole = resolvePath(path);
    return (await isPresent(whole)) ? whole : undefined;
  };
  return {
    log,
    checkpoints: createCheckpointStore(database),
    identity: settings.identity,
    key: settings.key === undefined ? undefined : resolvePath(settings.key),
    signers: await find(settings.signers),
    revoked: await find(settings.revoked),
    staleAfterMs: settings.staleAfterHours * 3_600_000,
    clock,
    zone,
  };
}

export type MadeCheckpoint = Omit<KeptCheckpoint, "seq" | "checkpoint"> & { readonly checkpoint: Checkpoint };

/** Undefined: nothing has been recorded yet. Failure kinds: those of signing. */
export async function makeCheckpoint(ledger: Ledger): Promise<MadeCheckpoint | undefined> {
  const { log, checkpoints, identity, key, clock, zone } = ledger;
  const head = await log.findHead();
  if (!head) return undefined;
  const [first] = head.seq === 1 ? [head] : await log.listFirst(1);
  if (!first) return undefined;
  // Whole seconds, as the text says them and as ssh-keygen compares them.
  const at = Math.floor(clock.now() / 1000) * 1000;
  const checkpoint: Checkpoint = { log: first.hash, size: head.seq, head: head.hash, at };
  const content = formatCheckpoint(checkpoint, zone);
  const signature = key === undefined ? undefined : await signWithSsh({ key, namespace: namespaces.log, content });
  const made = { checkpoint, content, signature, identity: signature === undefined ? undefined : identity };
  await checkpoints.add(made);
  return made;
}

/** SHA-256 of the trust file; undefined where there is none. */
export async function hashSigners({ signers }: Pick<Ledger, "signers">): Promise<string | undefined> {
  return signers === undefined ? undefined : sha256(await readBytes(signers));
}

const dayMs = 24 * 3_600_000;

/**
 * A checkpoint for what a command just recorded: always for what must not wait (`urgent`), else once a day. Nothing where nobody signs. Failure kinds: those of
 * signing.
 */
export async function sealLog(ledger: Ledger, urgent: boolean): Promise<void> {
  if (ledger.key === undefined) return;
  const newest = await ledger.checkpoints.findNewest();
  const isDue = !newest?.checkpoint || ledger.clock.now() - newest.checkpoint.at >= dayMs;
  if (urgent || isDue) await makeCheckpoint(ledger);
}
