import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import type { ProcessIdentity } from "../platform/process-identity.ts";
import type { Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { Account } from "./account.ts";
import type { Connector } from "./connector.ts";
import type { FirstCredentials } from "./first-credentials.ts";
import type { Confirmations } from "./guards.ts";
import type { EventKind } from "./journal.ts";
import type { OutcomeRow } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import type { PlanStore } from "./plan-store.ts";

export interface ApplyRequest {
  readonly plan: Plan;
  readonly connectors: readonly Connector[];
  /** Absent: no account of this plan gets a first password. */
  readonly credentials?: FirstCredentials;
  readonly database: Database;
  readonly store: PlanStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
  readonly self: ProcessIdentity;
  readonly confirmed: Confirmations;
  /** What moved since it was planned is left alone, the rest carried out. */
  readonly skipStale?: boolean;
  /** Somebody other than its planner must have approved the plan. */
  readonly requireTwoPeople?: boolean;
  /** Hash of what is known of each system's behaviour now. */
  readonly profiles?: ReadonlyMap<string, string>;
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
  /** Systems that stored something else than they answered, against what `probe` had seen. All of them was read back. */
  readonly doubted: readonly string[];
}

/** What one operation came to in this run, before all are read back. */
export interface OperationResult {
  readonly event: EventKind | "skipped";
  readonly targetId: string | undefined;
  readonly message: Words | undefined;
  /** The account as it was last seen: by the answer of a system that answers with what it stores, or by looking it up. */
  readonly shown?: Account;
  /** The system lets nobody of ours do this kind of thing. */
  readonly forbidden?: boolean;
}
