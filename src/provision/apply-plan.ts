import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import type { ProcessIdentity } from "../platform/process-identity.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import { wait } from "../platform/wait.ts";
import type { Words } from "../platform/words.ts";
import { listDifferences } from "./account.ts";
import { type AccountLookup, compareOperation, createLookup, listHits, type Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import { type Confirmations, listStandingGuards } from "./guards.ts";
import type { EventKind } from "./journal.ts";
import { withWriterLock } from "./lock-store.ts";
import type { OperationState, OutcomeRow } from "./outcome.ts";
import { type Operation, type Plan, toAccountState } from "./plan.ts";
import type { PlanStore } from "./plan-store.ts";
import { readSystems } from "./read-systems.ts";
import { toFunctionalKey, toPersonKey } from "./roster.ts";
import { type Sent, sendOperation } from "./send-operation.ts";
import { describeGuard, provisionFaults as words } from "./words.ts";

export interface ApplyRequest {
  readonly plan: Plan;
  readonly connectors: readonly Connector[];
  readonly database: Database;
  readonly store: PlanStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
  readonly self: ProcessIdentity;
  readonly confirmed: Confirmations;
  /** Aborted by Ctrl-C: nothing more is sent, what is under way is awaited and recorded. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, note: string) => void;
  /** Tells the directory who works where; called once, when every operation is done. */
  readonly savePeople: (people: Plan["people"], seenAt: number, tx: Sql) => Promise<void>;
}

export interface ApplyResult {
  readonly rows: readonly OutcomeRow[];
  readonly cancelled: boolean;
  /** The plan was begun before: this run went on with it. */
  readonly resumed: boolean;
  /** Everything of the plan is done and read back. */
  readonly finished: boolean;
  /** Operations that this run sent; looking up and adopting is not sending. */
  readonly sent: number;
}

/** Several at a time are offered; the connector's pace decides how many of them run. */
const workersPerSystem = 8;

/**
 * Carries a plan out (provision.md §9). The whole plan is on disk before the first request; whatever has no completion there is looked up
 * first, so that the same plan may be applied again after any accident. Failure kinds: unsafe (guard, stale, expired), unavailable (a system
 * cannot be read, another process writes), denied.
 */
export async function applyPlan(request: ApplyRequest): Promise<ApplyResult> {
  const { plan, database, store, clock, zone, self } = request;
  const stored = await store.find(plan.planId);
  if (stored && stored.plan.digest !== plan.digest)
    throw new Failure("unsafe", words.otherPlan(plan.planId), { hint: words.planAgain });
  if (!stored) assertFresh(request);
  return withWriterLock(database, self, toIso(clock.now(), zone), async () => {
    const standings = await compareAll(request);
    const moved = plan.operations.filter(({ id }) => standings.get(id)?.state === "moved");
    if (moved.length > 0 && (!stored || stored.finishedAt !== undefined)) throw toStale(moved, standings, stored !== undefined);
    if (stored?.finishedAt !== undefined) return toFinishedResult(plan, standings);
    await store.begin(plan, toIso(clock.now(), zone));
    return carryOut(request, standings, stored !== undefined);
  });
}

function assertFresh({ plan, clock, zone, confirmed }: ApplyRequest): void {
  const expires = readInstant(plan.expiresAt, zone);
  if (expires === undefined || clock.now() > expires)
    throw new Failure("unsafe", words.expired(plan.expiresAt), { hint: words.planAgain });
  const [standing] = listStandingGuards(plan.guards, confirmed);
  if (standing) throw new Failure("unsafe", describeGuard(standing), { hint: words.guardHint(standing, plan.guards) });
}

/** One sweep of each system with operations, and where each operation stands. */
async function compareAll({
  plan,
  connectors,
  signal,
}: Pick<ApplyRequest, "plan" | "connectors" | "signal">): Promise<Map<string, Standing>> {
  const lookups = await readLookups(connectors, plan.operations, signal);
  return new Map(
    plan.operations.map((operation) => {
      const lookup = lookups.get(operation.system) as AccountLookup;
      return [operation.id, compareOperation(operation, listHits(operation, lookup))];
    }),
  );
}

async function readLookups(
  connectors: readonly Connector[],
  operations: readonly Operation[],
  signal?: AbortSignal,
): Promise<Map<string, AccountLookup>> {
  const needed = new Set(operations.map(({ system }) => system));
  const readings = await readSystems(
    connectors.filter(({ system }) => needed.has(system)),
    signal,
  );
  const lookups = new Map<string, AccountLookup>();
  for (const reading of readings) {
    if (reading.state === "failed") throw new Failure(reading.kind, reading.message, { hint: words.sameCommandAgain });
    lookups.set(reading.system, createLookup(reading.accounts));
  }
  const unknown = [...needed].filter((system) => !lookups.has(system));
  if (unknown.length > 0) throw new Failure("usage", words.systemGone(unknown));
  return lookups;
}

function toStale(moved: readonly Operation[], standings: ReadonlyMap<string, Standing>, applied: boolean): Failure {
  const moves = moved.flatMap((operation) => {
    const standing = standings.get(operation.id);
    return standing?.state === "moved" ? standing.moves.map((move) => ({ operation, move })) : [];
  });
  return new Failure("unsafe", words.stale(moves, applied), { hint: words.planAgain });
}

function toFinishedResult(plan: Plan, standings: ReadonlyMap<string, Standing>): ApplyResult {
  const rows = plan.operations.map((operation): OutcomeRow => {
    const standing = standings.get(operation.id);
    // A finished plan whose account is back to what it was before is not done twice: that is a new plan's business.
    if (standing?.state !== "there") throw toStale([operation], standings, true);
    return { operation, state: "done", targetId: standing.actual.id, message: words.alreadyDone };
  });
  return { rows, cancelled: false, resumed: true, finished: true, sent: 0 };
}

interface Progressing {
  readonly event: EventKind | "skipped";
  readonly targetId: string | undefined;
  readonly message: Words | undefined;
}

async function carryOut(request: ApplyRequest, standings: Map<string, Standing>, resumed: boolean): Promise<ApplyResult> {
  const { plan, connectors, signal } = request;
  const total = plan.operations.length;
  const results = new Map<string, Progressing>();
  let sent = 0;
  const settle = (operation: Operation, result: Progressing): void => {
    results.set(operation.id, result);
    request.onProgress(results.size, total, `${operation.system} ${operation.username}`);
  };

  await Promise.all(
    connectors.map(async (connector) => {
      const queue = plan.operations.filter(({ system }) => system === connector.system);
      let stopped: Words | undefined;
      const work = async (): Promise<void> => {
        for (let operation = queue.shift(); operation; operation = queue.shift()) {
          const standing = standings.get(operation.id) as Standing;
          if (signal.aborted || stopped) {
            settle(operation, { event: "skipped", targetId: undefined, message: stopped ?? words.stopped });
            continue;
          }
          if (standing.state === "moved") {
            settle(
              operation,
              await record(request, operation, {
                event: "failed",
                targetId: undefined,
                message: words.movedMeanwhile(standing.moves),
              }),
            );
            continue;
          }
          if (standing.state === "there") {
            settle(
              operation,
              await record(request, operation, { event: "adopted", targetId: standing.actual.id, message: undefined }),
            );
            continue;
          }
          try {
            sent += 1;
            settle(operation, await record(request, operation, await sendOperation(connector, operation, standing.actual)));
          } catch (error) {
            if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
            stopped = error.words;
            settle(operation, await record(request, operation, { event: "unknown", targetId: undefined, message: error.words }));
          }
        }
      };
      await Promise.all(Array.from({ length: workersPerSystem }, work));
    }),
  );
  const rows = signal.aborted ? toRows(plan, results, new Map()) : await readBack(request, results);
  const finished = rows.every(({ state }) => state === "done");
  await close(request, rows, finished);
  return { rows, cancelled: signal.aborted && !finished, resumed, finished, sent };
}

/** The completion and its audit record stand or fall together. */
async function record(request: ApplyRequest, operation: Operation, sent: Sent): Promise<Progressing> {
  const { plan, database, store, audit, clock, zone, actor } = request;
  const { event, targetId, message } = sent;
  const { system, kind, username, before, after, subject } = operation;
  await database.transaction(async (tx) => {
    await store.addEvent(
      plan.planId,
      { operation: operation.id, event, targetId, detail: message?.en },
      toIso(clock.now(), zone),
      tx,
    );
    if (event === "failed") return;
    await audit.append(
      {
        actor,
        action: event === "answered" ? `provision.${kind}` : `provision.${kind}.${event}`,
        subject: subject.staffId ?? subject.functionalKey ?? "",
        detail: {
          plan: plan.planId,
          operation: operation.id,
          system,
          username,
          targetId: targetId ?? null,
          // Names of attributes only: the log is kept longer than what it speaks of.
          changed: before ? listDifferences(toAccountState(before), toAccountState(after)) : [],
        },
      },
      tx,
    );
  });
  return sent;
}

/** New objects are not shown at once everywhere; what is missing is looked for again before it counts as missing. */
const lookAgainMs = [0, 400, 1600];

async function readBack(request: ApplyRequest, results: ReadonlyMap<string, Progressing>): Promise<OutcomeRow[]> {
  const { plan, connectors } = request;
  const open = plan.operations.filter(({ id }) => ["answered", "adopted", "unknown"].includes(results.get(id)?.event ?? ""));
  const back = new Map<string, Standing>();
  for (const ms of lookAgainMs) {
    const missing = open.filter(
      ({ id }) => !back.has(id) || (back.get(id)?.state === "ready" && results.get(id)?.event !== "unknown"),
    );
    if (missing.length === 0 || request.signal.aborted) break;
    if (ms > 0) await wait(ms, new AbortController().signal);
    await Promise.all(
      [...Map.groupBy(missing, ({ system }) => system).values()].map(async (operations) => {
        try {
          const standings = await compareAll({ plan: { ...plan, operations }, connectors, signal: request.signal });
          for (const [id, standing] of standings) back.set(id, standing);
        } catch (error) {
          // Not read back is not done: the same command again looks once more.
          if (!(error instanceof Failure)) throw error;
        }
      }),
    );
  }
  return toRows(plan, results, back);
}

function toRows(plan: Plan, results: ReadonlyMap<string, Progressing>, back: ReadonlyMap<string, Standing>): OutcomeRow[] {
  return plan.operations.map((operation): OutcomeRow => {
    const result = results.get(operation.id);
    const standing = back.get(operation.id);
    const row = (state: OperationState, message: Words | undefined, targetId = result?.targetId): OutcomeRow => ({
      operation,
      state,
      targetId,
      message,
    });
    if (!result || result.event === "skipped") return row("skipped", result?.message);
    if (result.event === "failed") return row("failed", result.message);
    if (standing?.state === "there") return row("done", undefined, standing.actual.id);
    if (result.event === "unknown") return row("unknown", result.message);
    if (!standing) return row("unknown", words.notReadBack);
    return row("failed", standing.state === "moved" ? words.notAsWanted(standing.moves) : words.notThere);
  });
}

/** What is known now: completions, links, names; and when all is done, the people. */
async function close(request: ApplyRequest, rows: readonly OutcomeRow[], finished: boolean): Promise<void> {
  const { plan, database, store, audit, actor, clock, zone } = request;
  const at = toIso(clock.now(), zone);
  const done = rows.filter(({ state }) => state === "done");
  const toKey = ({ subject }: Operation): string =>
    subject.staffId === undefined ? toFunctionalKey(subject.functionalKey ?? "") : toPersonKey(subject.staffId);
  const links = done.map(({ operation, targetId }) => ({
    system: operation.system,
    subject: toKey(operation),
    targetId: targetId as string,
    unit: operation.subject.unit,
  }));
  const issued = new Set(done.map(({ operation }) => toKey(operation)));
  await database.transaction(async (tx) => {
    for (const { operation, state, targetId, message } of rows) {
      if (state === "skipped") continue;
      await store.addEvent(plan.planId, { operation: operation.id, event: state, targetId, detail: message?.en }, at, tx);
    }
    await store.saveLinks([...plan.links, ...links], at, tx);
    await store.issueNames(
      plan.usernames.filter(({ subject }) => issued.has(subject)),
      at,
      tx,
    );
    if (!finished) return;
    if (plan.people.people.length > 0 && plan.roster.skippedRows === 0) {
      await request.savePeople(plan.people, readInstant(plan.createdAt, zone) ?? clock.now(), tx);
      const detail = { plan: plan.planId, people: plan.people.people.length, posts: plan.people.posts.length };
      await audit.append({ actor, action: "provision.people", subject: plan.roster.file, detail }, tx);
    }
    await store.finish(plan.planId, at, tx);
  });
}
