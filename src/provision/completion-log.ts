import type { AuditEntry } from "../audit/audit-log.ts";
import type { Sql } from "../platform/database.ts";
import { toIso } from "../platform/time.ts";
import { nextTurn, wait } from "../platform/wait.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest } from "./applying.ts";
import { listMembershipChange, type Operation, toAccountState, toSubjectId } from "./operation.ts";
import type { Sent } from "./send-operation.ts";

/**
 * Writes completions down while the next operations are sent: all that came in while one transaction was written go into the next. A power cut or
 * kill may lose the last of them; a lost completion is only "unknown", and is looked up (provision.md §9).
 */
export interface CompletionLog {
  add(operation: Operation, sent: Sent): void;
  /** Throws what keeps completions from the disk: then nothing more is to be sent, so that little is left to look up. */
  assertKept(): void;
  /** Everything added is on disk, or this throws what kept it from there. */
  drain(): Promise<void>;
}

interface Completion {
  readonly operation: Operation;
  readonly sent: Sent;
  readonly at: string;
}

/** One commit for what comes in so long: a commit each took twice the client's time (docs/benchmarks.md). */
const gatherMs = 100;
/** After so many, answers that came meanwhile have their turn: a system that waits for us is not kept busy. */
const atOnce = 16;

export function createCompletionLog(request: ApplyRequest): CompletionLog {
  const { database, clock, zone } = request;
  let waiting: Completion[] = [];
  let writing: Promise<void> | undefined;
  let kept: { readonly from: unknown } | undefined;
  // Once nothing more comes, nothing is waited for.
  const ended = new AbortController();
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await database.transaction(async (tx) => {
          for (let at = 0; at < batch.length; at += atOnce) {
            if (at > 0) await nextTurn();
            await writeCompletions(request, batch.slice(at, at + atOnce), tx);
          }
        });
      } catch (error) {
        waiting = [...batch, ...waiting];
        kept = { from: error };
        throw error;
      }
    }
  };
  const write = (): Promise<void> => {
    writing ??= wait(gatherMs, ended.signal)
      .catch(() => undefined)
      .then(writeAll)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  return {
    add(operation, sent) {
      waiting.push({ operation, sent, at: toIso(clock.now(), zone) });
      // A failure stays with what could not be written, and comes out when it is drained.
      write().catch(() => undefined);
    },
    assertKept() {
      if (kept) throw kept.from;
    },
    async drain() {
      ended.abort();
      await writing?.catch(() => undefined);
      await write();
    },
  };
}

/** Completions and their audit records stand or fall together. */
async function writeCompletions(request: ApplyRequest, batch: readonly Completion[], tx: Sql): Promise<void> {
  const { plan, store, audit } = request;
  await store.addEvents(
    plan.planId,
    batch.map(({ operation, sent: { event, targetId, message }, at }) => {
      return { operation: operation.id, event, targetId, detail: message?.en, at };
    }),
    tx,
  );
  const changes = batch.filter(({ sent }) => sent.event !== "failed");
  await audit.appendAll(
    changes.map((completion) => toAuditEntry(request, completion)),
    tx,
  );
}

function toAuditEntry({ plan, actor }: ApplyRequest, { operation, sent: { event, targetId } }: Completion): AuditEntry {
  const { system, kind, username, subject } = operation;
  return {
    actor,
    action: event === "answered" ? `provision.${kind}` : `provision.${kind}.${event}`,
    subject: toSubjectId(subject),
    detail: {
      plan: plan.planId,
      operation: operation.id,
      system,
      username,
      targetId: targetId ?? null,
      // Names of attributes only: the log is kept longer than what it speaks of.
      changed: listChanged(operation),
    },
  };
}

/** Names of attributes; of roles and groups what was given and what was taken. */
function listChanged(operation: Operation): readonly string[] {
  if (operation.kind === "create-group") return [];
  if (operation.kind === "assign") {
    const { add, remove } = listMembershipChange(operation);
    return [...add.map((one) => `+${one}`), ...remove.map((one) => `-${one}`)];
  }
  const { before, after } = operation;
  return before ? listDifferences(toAccountState(before), toAccountState(after)) : [];
}
