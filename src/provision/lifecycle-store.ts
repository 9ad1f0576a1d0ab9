import type { Sql } from "../platform/database.ts";
import type { EventKind } from "./journal.ts";
import type { PlanState, Reason } from "./operation.ts";
import type { SubjectKey } from "./roster.ts";
import type { Baseline, Declared, KnownAccount, Origin } from "./subject-facts.ts";

/** A baseline and the plan, operation and person it is from. Without an operation: found as wanted, nothing was written. */
export interface RecordedBaseline extends Baseline {
  readonly plan: string;
  readonly operation: string | undefined;
  readonly actor: string;
  readonly at: string;
}

/** Where a subject was last read from. */
export interface RecordedOrigin extends Origin {
  readonly plan: string;
  readonly file: string;
  readonly sha256: string;
  readonly at: string;
}

/** What was once done, or tried, for a subject. */
export interface HistoryEntry {
  readonly plan: string;
  readonly operation: string;
  readonly system: string;
  readonly kind: string;
  readonly event: EventKind;
  readonly at: string;
}

interface BaselineRow extends Omit<RecordedBaseline, "state" | "operation"> {
  readonly state: string;
  readonly operation: string | null;
}

export interface LifecycleStore {
  listBaselines(subject?: SubjectKey): Promise<readonly RecordedBaseline[]>;
  /** `system subject` of each, for plans: the states themselves are large. */
  listBaselineKeys(): Promise<ReadonlySet<string>>;
  saveBaselines(list: readonly RecordedBaseline[], tx: Sql): Promise<void>;
  findOrigin(subject: SubjectKey): Promise<RecordedOrigin | undefined>;
  /** The roster's file as it was last applied. */
  findLastRoster(): Promise<string | undefined>;
  /** Functional subjects and whom they were accountable to; null while vacant. */
  listOwners(): Promise<ReadonlyMap<SubjectKey, string | null>>;
  saveOrigins(list: readonly RecordedOrigin[], tx: Sql): Promise<void>;
  listDeclared(): Promise<readonly Declared[]>;
  saveDeclared(
    list: readonly Declared[],
    by: { readonly plan: string; readonly actor: string; readonly at: string },
    tx: Sql,
  ): Promise<void>;
  /** `system subject` of each account that was closed although it is wanted, and why. */
  listClosed(): Promise<ReadonlyMap<string, Reason>>;
  /** Closed as a person had it, or open again. */
  saveClosed(
    list: readonly { readonly system: string; readonly subject: SubjectKey; readonly reason: Reason | undefined }[],
    by: { readonly plan: string; readonly at: string },
    tx: Sql,
  ): Promise<void>;
  /** Oldest first. `subjectId` is a staff id or functional key. */
  listHistory(subjectId: string): Promise<readonly HistoryEntry[]>;
  /** The subject has another key from now on: what was kept under the old one is dropped. */
  forgetSubjects(accounts: readonly Pick<KnownAccount, "system" | "subject" | "targetId">[], tx: Sql): Promise<void>;
}

export function createLifecycleStore(database: Sql): LifecycleStore {
  return {
    async listBaselines(subject) {
      const select = "SELECT system, subject, target AS targetId, state, plan, operation, actor, at FROM provision_baseline";
      const rows =
        subject === undefined
          ? await database.all<BaselineRow>(`${select} ORDER BY system, subject`)
          : await database.all<BaselineRow>(`${select} WHERE subject = ? ORDER BY system`, subject);
      return rows.map((row) => ({
        ...row,
        state: JSON.parse(row.state) as PlanState,
        operation: row.operation ?? undefined,
      }));
    },
    async listBaselineKeys() {
      const rows = await database.all<{ system: string; subject: string }>("SELECT system, subject FROM provision_baseline");
      return new Set(rows.map(({ system, subject }) => `${system} ${subject}`));
    },
    async saveBaselines(list, tx) {
      await tx.runMany(
        `INSERT INTO provision_baseline (system, subject, target, state, plan, operation, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (system, subject) DO UPDATE SET target = excluded.target, state = excluded.state, plan = excluded.plan,
          operation = excluded.operation, actor = excluded.actor, at = excluded.at`,
        list.map(({ system, subject, targetId, state, plan, operation, actor, at }) => [
          system,
          subject,
          targetId,
          JSON.stringify(state),
          plan,
          operation ?? null,
          actor,
          at,
        ]),
      );
    },
    async findOrigin(subject) {
      const row = await database.get<{ plan: string; file: string; sha256: string; body: string; at: string }>(
        "SELECT plan, file, sha256, body, at FROM provision_origin WHERE subject = ?",
        subject,
      );
      return row && { ...(JSON.parse(row.body) as Origin), plan: row.plan, file: row.file, sha256: row.sha256, at: row.at };
    },
    async findLastRoster() {
      const row = await database.get<{ file: string }>(
        "SELECT file FROM provision_origin WHERE subject LIKE 'person/%' ORDER BY at DESC, subject LIMIT 1",
      );
      return row?.file;
    },
    async listOwners() {
      const rows = await database.all<{ subject: string; owner: string | null }>(
        "SELECT subject, owner FROM provision_origin WHERE subject LIKE 'functional/%'",
      );
      return new Map(rows.map(({ subject, owner }) => [subject, owner]));
    },
    async saveOrigins(list, tx) {
      await tx.runMany(
        `INSERT INTO provision_origin (subject, plan, file, sha256, owner, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (subject) DO UPDATE SET plan = excluded.plan, file = excluded.file, sha256 = excluded.sha256,
          owner = excluded.owner, body = excluded.body, at = excluded.at`,
        list.map(({ plan, file, sha256, at, ...origin }) => [
          origin.subject,
          plan,
          file,
          sha256,
          origin.owner ?? null,
          JSON.stringify(origin),
          at,
        ]),
      );
    },
    async listDeclared() {
      const rows = await database.all<Omit<Declared, "unit"> & { unit: string | null }>(
        "SELECT subject, kind, effective, unit FROM provision_declared",
      );
      return rows.map(({ unit, ...row }) => ({ ...row, ...(unit === null ? {} : { unit }) }));
    },
    async saveDeclared(list, { plan, actor, at }, tx) {
      await tx.runMany(
        `INSERT INTO provision_declared (subject, kind, effective, unit, plan, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind, effective = excluded.effective, unit = excluded.unit,
          plan = excluded.plan, actor = excluded.actor, at = excluded.at`,
        list.map(({ subject, kind, effective, unit }) => [subject, kind, effective, unit ?? null, plan, actor, at]),
      );
    },
    async listClosed() {
      const rows = await database.all<{ system: string; subject: string; reason: Reason }>(
        "SELECT system, subject, reason FROM provision_closed",
      );
      return new Map(rows.map(({ system, subject, reason }) => [`${system} ${subject}`, reason]));
    },
    async saveClosed(list, { plan, at }, tx) {
      await tx.runMany(
        "DELETE FROM provision_closed WHERE system = ? AND subject = ?",
        list.map(({ system, subject }) => [system, subject]),
      );
      await tx.runMany(
        "INSERT INTO provision_closed (system, subject, reason, plan, at) VALUES (?, ?, ?, ?, ?)",
        list.flatMap(({ system, subject, reason }) => (reason === undefined ? [] : [[system, subject, reason, plan, at]])),
      );
    },
    listHistory: (subjectId) =>
      database.all<HistoryEntry>(
        `SELECT o.plan, o.id AS operation, o.system, o.kind, e.event, e.at FROM provision_operation o
          JOIN provision_event e ON e.plan = o.plan AND e.operation = o.id
          WHERE o.subject = ? AND e.event IN ('done', 'failed', 'unknown') ORDER BY e.seq`,
        subjectId,
      ),
    async forgetSubjects(accounts, tx) {
      await tx.runMany(
        "DELETE FROM provision_baseline WHERE system = ? AND target = ? AND subject <> ?",
        accounts.map(({ system, targetId, subject }) => [system, targetId, subject]),
      );
    },
  };
}
