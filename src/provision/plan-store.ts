import { createErasureStore } from "../directory/erasure-store.ts";
import type { Database, Sql } from "../platform/database.ts";
import type { EventKind, OperationEvent, StoredPlan } from "./journal.ts";
import type { RegisteredName } from "./name-register.ts";
import { toSubjectId } from "./operation.ts";
import type { Plan, PlannedName } from "./plan.ts";
import type { Link } from "./subject-facts.ts";

/** The journal of plans that were begun, the register of names, and which account belongs to whom. */
export interface PlanStore {
  /** The plan is the intent log: all of it is on disk before the first request (provision.md §9). Begun already: nothing happens. */
  begin(plan: Plan, at: string): Promise<void>;
  find(planId: string): Promise<StoredPlan | undefined>;
  /** The newest that was begun and is not finished. */
  findUnfinished(): Promise<StoredPlan | undefined>;
  list(): Promise<readonly StoredPlan[]>;
  listEvents(planId: string): Promise<ReadonlyMap<string, OperationEvent>>;
  addEvents(planId: string, events: readonly TimedEvent[], tx: Sql): Promise<void>;
  finish(planId: string, at: string, tx: Sql): Promise<void>;
  /** Who approved the plan of this digest. */
  listApprovers(digest: string): Promise<readonly string[]>;
  /** The same person twice is one approval. */
  approve(digest: string, approver: string, at: string, tx: Sql): Promise<void>;
  listLinks(): Promise<readonly Link[]>;
  saveLinks(links: readonly Link[], at: string, tx: Sql): Promise<void>;
  listNames(): Promise<readonly RegisteredName[]>;
  listSeenNames(): Promise<readonly string[]>;
  /** With which names of forgotten people are kept. */
  findSalt(): Promise<string | undefined>;
  reserveNames(names: readonly PlannedName[], at: string, tx: Sql): Promise<void>;
  /** Brings names to the state that the plan foresees for them. */
  settleNames(names: readonly PlannedName[], at: string, tx: Sql): Promise<void>;
  /** A transaction after which what it overwrote is nowhere in the file any more, as far as the engine can see to that. */
  eraseTraces(work: (tx: Sql) => Promise<void>): Promise<void>;
  saveSeenNames(names: readonly { readonly system: string; readonly name: string }[], at: string, tx: Sql): Promise<void>;
}

export interface TimedEvent extends OperationEvent {
  readonly at: string;
}

interface PlanRow {
  readonly id: string;
  readonly created: string;
  readonly started: string;
  readonly finished: string | null;
  readonly body: string;
}

const selectPlans = `SELECT p.id, p.created, p.started, p.body,
  (SELECT MAX(e.at) FROM provision_event e WHERE e.plan = p.id AND e.event = 'finished') AS finished FROM provision_plan p`;
/** Of two that were begun in one second the one that wrote first is the older. */
const newestFirst =
  "ORDER BY p.started DESC, COALESCE((SELECT MIN(e.seq) FROM provision_event e WHERE e.plan = p.id), 0) DESC, p.id DESC";

export function createPlanStore(database: Database): PlanStore {
  return {
    async begin(plan, at) {
      await database.transaction(
        async (tx) => {
          if (await tx.get("SELECT 1 FROM provision_plan WHERE id = ?", plan.planId)) return;
          await tx.run(
            "INSERT INTO provision_plan (id, digest, created, started, body) VALUES (?, ?, ?, ?, ?)",
            plan.planId,
            plan.digest,
            plan.createdAt,
            at,
            JSON.stringify(plan),
          );
          await tx.runMany(
            "INSERT INTO provision_operation (plan, id, system, kind, subject, username) VALUES (?, ?, ?, ?, ?, ?)",
            plan.operations.map(({ id, system, kind, subject, username }) => [
              plan.planId,
              id,
              system,
              kind,
              toSubjectId(subject),
              username,
            ]),
          );
          await reserveNames(plan.usernames, at, tx);
        },
        { durability: "full" },
      );
    },
    async find(planId) {
      const row = await database.get<PlanRow>(`${selectPlans} WHERE p.id = ?`, planId);
      return row && toStoredPlan(row);
    },
    async findUnfinished() {
      const rows = await database.all<PlanRow>(`${selectPlans} ${newestFirst}`);
      const row = rows.find(({ finished }) => finished === null);
      return row && toStoredPlan(row);
    },
    async list() {
      return (await database.all<PlanRow>(`${selectPlans} ${newestFirst}`)).map(toStoredPlan);
    },
    async listEvents(planId) {
      const rows = await database.all<{ operation: string; event: EventKind; target: string | null; detail: string | null }>(
        "SELECT operation, event, target, detail FROM provision_event WHERE plan = ? AND operation IS NOT NULL ORDER BY seq",
        planId,
      );
      return new Map(
        rows.map(({ operation, event, target, detail }) => [
          operation,
          { operation, event, targetId: target ?? undefined, detail: detail ?? undefined },
        ]),
      );
    },
    async addEvents(planId, events, tx) {
      await tx.runMany(
        "INSERT INTO provision_event (plan, operation, at, event, target, detail) VALUES (?, ?, ?, ?, ?, ?)",
        events.map(({ operation, at, event, targetId, detail }) => [
          planId,
          operation,
          at,
          event,
          targetId ?? null,
          detail ?? null,
        ]),
      );
    },
    async finish(planId, at, tx) {
      await tx.run("INSERT INTO provision_event (plan, at, event) VALUES (?, ?, 'finished')", planId, at);
    },
    async listApprovers(digest) {
      const rows = await database.all<{ approver: string }>("SELECT approver FROM provision_approval WHERE digest = ?", digest);
      return rows.map(({ approver }) => approver);
    },
    async approve(digest, approver, at, tx) {
      await tx.run(
        "INSERT INTO provision_approval (digest, approver, at) VALUES (?, ?, ?) ON CONFLICT (digest, approver) DO NOTHING",
        digest,
        approver,
        at,
      );
    },
    async listLinks() {
      return database.all<Link>("SELECT system, subject, target AS targetId, unit FROM provision_link");
    },
    async saveLinks(links, at, tx) {
      const rows = links.map(({ system, subject, targetId, unit }) => [system, subject, targetId, unit, at]);
      const insert = "INSERT INTO provision_link (system, subject, target, unit, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT";
      // New accounts stand in nobody's way, and most links are of such.
      if ((await tx.runMany(`${insert} DO NOTHING`, rows)) === rows.length) return;
      // An account that was made anew has another id: the older word of either side gives way.
      await tx.runMany(
        "DELETE FROM provision_link WHERE system = ? AND target = ? AND subject <> ?",
        links.map(({ system, targetId, subject }) => [system, targetId, subject]),
      );
      await tx.runMany(`${insert} (system, subject) DO UPDATE SET target = excluded.target, unit = excluded.unit`, rows);
    },
    listNames: () => database.all<RegisteredName>("SELECT name, owner, state, since FROM provision_username"),
    findSalt: () => createErasureStore(database).findSalt(),
    async listSeenNames() {
      return (await database.all<{ name: string }>("SELECT DISTINCT name FROM provision_seen_name")).map(({ name }) => name);
    },
    reserveNames,
    async settleNames(names, at, tx) {
      if ((await setStates(names, at, tx)) === names.length) return;
      await reserveNames(names, at, tx);
      // The account goes on under another key, and its name with it; or a leaver's name was long enough away.
      await tx.runMany(
        "DELETE FROM provision_username WHERE owner = ? AND name <> ? AND state = 'reserved'",
        names.flatMap(({ subject, name, from }) => (from === undefined ? [] : [[subject, name]])),
      );
      await tx.runMany(
        "UPDATE provision_username SET owner = ? WHERE name = ? AND owner = ?",
        names.flatMap(({ subject, name, from }) => (from === undefined ? [] : [[subject, name, from]])),
      );
      await setStates(names, at, tx);
    },
    async eraseTraces(work) {
      const isFile = database.engine === "sqlite";
      if (isFile) await database.run("PRAGMA secure_delete = ON");
      await database.transaction(work, { durability: "full" });
      if (isFile) await database.all("PRAGMA wal_checkpoint(TRUNCATE)");
    },
    async saveSeenNames(names, at, tx) {
      await tx.runMany(
        "INSERT INTO provision_seen_name (name, system, since) VALUES (?, ?, ?) ON CONFLICT (name, system) DO NOTHING",
        names.map(({ system, name }) => [name, system, at]),
      );
    },
  };
}

/** How many were in another state. */
function setStates(names: readonly PlannedName[], at: string, tx: Sql): Promise<number> {
  return tx.runMany(
    "UPDATE provision_username SET state = ?, since = ? WHERE name = ? AND owner = ? AND state <> ?",
    names.map(({ subject, name, state }) => [state, at, name, subject, state]),
  );
}

/** A name that was only reserved may still be changed; one that was issued never moves. */
async function reserveNames(all: readonly PlannedName[], at: string, tx: Sql): Promise<void> {
  const names = all.filter(({ from }) => from === undefined);
  const reserve = (): Promise<number> =>
    tx.runMany(
      "INSERT INTO provision_username (name, owner, state, since) VALUES (?, ?, 'reserved', ?) ON CONFLICT DO NOTHING",
      names.map(({ subject, name }) => [name, subject, at]),
    );
  // Where all are new, none had another.
  if ((await reserve()) === names.length) return;
  await tx.runMany(
    "DELETE FROM provision_username WHERE owner = ? AND name <> ? AND state = 'reserved'",
    names.map(({ subject, name }) => [subject, name]),
  );
  await reserve();
}

function toStoredPlan({ id, created, started, finished, body }: PlanRow): StoredPlan {
  return { id, createdAt: created, startedAt: started, finishedAt: finished ?? undefined, plan: JSON.parse(body) as Plan };
}
