import { type Account, type ManagedKey, managedKeys } from "./account.ts";
import { listMoves, type Move } from "./compare-operation.ts";
import type { RecordedDecision } from "./decision.ts";
import type { ExplainedMembership } from "./explain-membership.ts";
import type { HistoryEntry, RecordedBaseline, RecordedOrigin } from "./lifecycle-store.ts";
import type { RegisteredName } from "./name-register.ts";
import { type Reason, toAccountState } from "./operation.ts";
import type { SubjectKey } from "./roster.ts";
import type { Declared, Link } from "./subject-facts.ts";

/** What was found on one system. `other`: the account of that id says that it is somebody else's. */
export type Correlation = "link" | "external-id" | "username" | "none";

/**
 * Why an account is as it is. Only what is on record: `disabled-elsewhere` and `changed-elsewhere` name what was left and found, `linked`
 * has no plan behind it, `unmanaged` belongs to nobody known.
 */
export type Why =
  | "written"
  | "found-as-wanted"
  | "disabled-by-plan"
  | "disabled-elsewhere"
  | "enabled-elsewhere"
  | "changed-elsewhere"
  | "gone"
  | "never-made"
  | "linked"
  | "not-linked"
  | "unmanaged"
  | "unreadable";

export interface ExplainedAttribute {
  readonly attribute: ManagedKey;
  readonly value: string;
  /** Undefined: unmanaged, wardctl did not write it. */
  readonly source: "roster" | "directory" | undefined;
}

export interface ExplainedAccount {
  readonly system: string;
  readonly username: string | undefined;
  readonly targetId: string | undefined;
  readonly active: boolean | undefined;
  readonly correlation: Correlation;
  readonly why: Why;
  readonly reason: Reason | undefined;
  readonly plan: string | undefined;
  readonly operation: string | undefined;
  readonly actor: string | undefined;
  /** When it was last read back as wanted, ISO instant. */
  readonly readBackAt: string | undefined;
  readonly moves: readonly Move[];
  readonly attributes: readonly ExplainedAttribute[];
  /** What it may do there, or the one role or group that was asked for. */
  readonly memberships: readonly ExplainedMembership[];
}

export interface Explanation {
  /** Undefined for what nobody claims. */
  readonly subject: SubjectKey | undefined;
  readonly name: string | undefined;
  readonly unit: string | undefined;
  readonly username: RegisteredName | undefined;
  readonly origin: RecordedOrigin | undefined;
  readonly declared: Declared | undefined;
  /** What people answered to plans' questions about it. */
  readonly decisions: readonly RecordedDecision[];
  readonly accounts: readonly ExplainedAccount[];
  readonly history: readonly HistoryEntry[];
}

export interface AccountEvidence {
  readonly system: string;
  /** Undefined: the system could not be read. */
  readonly hits:
    | { readonly byLink: Account | undefined; readonly byExternalId: Account | undefined; readonly byName: Account | undefined }
    | undefined;
  readonly link: Link | undefined;
  readonly baseline: RecordedBaseline | undefined;
  /** Of the operation that the baseline is from. */
  readonly reason: Reason | undefined;
  readonly isPerson: boolean;
  readonly memberships: readonly ExplainedMembership[];
}

/** One system's account and what is on record about it. Pure; nothing is guessed. */
export function explainAccount({
  system,
  hits,
  link,
  baseline,
  reason,
  isPerson,
  memberships,
}: AccountEvidence): ExplainedAccount {
  const shared = {
    system,
    memberships,
    reason,
    plan: baseline?.plan,
    operation: baseline?.operation,
    actor: baseline?.actor,
    readBackAt: baseline?.at,
  };
  const nobody = { username: undefined, targetId: link?.targetId, active: undefined, moves: [], attributes: [] };
  if (!hits) return { ...shared, ...nobody, correlation: link ? "link" : "none", why: "unreadable" };
  const actual = hits.byLink ?? hits.byExternalId ?? hits.byName;
  if (!actual) return { ...shared, ...nobody, correlation: link ? "link" : "none", why: link ? "gone" : "never-made" };
  const { userName: username, id: targetId, active } = actual;
  const found = { ...shared, username, targetId, active };
  if (!hits.byLink) {
    const correlation: Correlation = hits.byExternalId ? "external-id" : "username";
    const nothing = { plan: undefined, operation: undefined, actor: undefined, readBackAt: undefined, reason: undefined };
    return {
      ...found,
      ...(link ? {} : nothing),
      correlation,
      why: link ? "gone" : hits.byExternalId ? "not-linked" : "unmanaged",
      moves: [],
      attributes: listAttributes(actual, undefined, isPerson),
    };
  }
  const moves = baseline ? listMoves(toAccountState(baseline.state), actual) : [];
  return {
    ...found,
    correlation: "link",
    why: judge(actual, baseline, moves),
    moves,
    attributes: listAttributes(actual, baseline, isPerson),
  };
}

function judge({ active }: Account, baseline: RecordedBaseline | undefined, moves: readonly Move[]): Why {
  if (!baseline) return "linked";
  if (active !== baseline.state.active) return active ? "enabled-elsewhere" : "disabled-elsewhere";
  if (moves.length > 0) return "changed-elsewhere";
  if (!active) return baseline.operation === undefined ? "found-as-wanted" : "disabled-by-plan";
  return baseline.operation === undefined ? "found-as-wanted" : "written";
}

function listAttributes(
  { attributes }: Account,
  baseline: RecordedBaseline | undefined,
  isPerson: boolean,
): ExplainedAttribute[] {
  return managedKeys.flatMap((attribute): ExplainedAttribute[] => {
    const value = attributes[attribute];
    if (value === null || value === undefined) return [];
    // What somebody else wrote over it is theirs.
    const isOurs = baseline?.state.attributes[attribute] === value;
    return [{ attribute, value, source: isOurs ? (isPerson ? "roster" : "directory") : undefined }];
  });
}
