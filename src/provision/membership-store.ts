import type { Sql } from "../platform/database.ts";
import type { SubjectKey } from "./roster.ts";
import type { GivenMembership } from "./subject-facts.ts";

/** What was last done about one role or group of an account, and by whom. Without an operation: found as wanted. */
export interface RecordedMembership extends GivenMembership {
  /** False: a plan took it. */
  readonly held: boolean;
  readonly plan: string;
  readonly operation: string | undefined;
  readonly actor: string;
  readonly at: string;
}

interface MembershipRow extends Omit<RecordedMembership, "held" | "operation"> {
  readonly held: number;
  readonly operation: string | null;
}

export interface MembershipStore {
  list(subject?: SubjectKey): Promise<readonly RecordedMembership[]>;
  save(list: readonly RecordedMembership[], tx: Sql): Promise<void>;
  /** Still held, by a source that may be another now: who gave it and when stays. */
  renew(list: readonly RecordedMembership[], tx: Sql): Promise<void>;
}

const columns = "system, subject, membership, target, held, source, plan, operation, actor, at";

export function createMembershipStore(database: Sql): MembershipStore {
  const insert = async (list: readonly RecordedMembership[], onConflict: string, tx: Sql): Promise<void> => {
    await tx.runMany(
      `INSERT INTO provision_membership (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (system, subject, membership) DO UPDATE SET ${onConflict}`,
      list.map(({ system, subject, membership, targetId, held, source, plan, operation, actor, at }) => [
        system,
        subject,
        membership,
        targetId,
        held ? 1 : 0,
        source,
        plan,
        operation ?? null,
        actor,
        at,
      ]),
    );
  };
  return {
    async list(subject) {
      const select = `SELECT ${columns.replace("target,", "target AS targetId,")} FROM provision_membership`;
      const rows =
        subject === undefined
          ? await database.all<MembershipRow>(`${select} ORDER BY system, subject, membership`)
          : await database.all<MembershipRow>(`${select} WHERE subject = ? ORDER BY system, membership`, subject);
      return rows.map((row) => ({ ...row, held: row.held === 1, operation: row.operation ?? undefined }));
    },
    save: (list, tx) =>
      insert(
        list,
        `target = excluded.target, held = excluded.held, source = excluded.source, plan = excluded.plan, operation = excluded.operation,
          actor = excluded.actor, at = excluded.at`,
        tx,
      ),
    renew: (list, tx) => insert(list, "target = excluded.target, source = excluded.source", tx),
  };
}
