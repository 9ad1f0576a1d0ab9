import {
  type Account,
  type AccountState,
  isAsWanted,
  listDifferences,
  type Membership,
  readState,
  toNameKey,
} from "./account.ts";
import {
  type AccountOperation,
  type AssignOperation,
  isAccountOperation,
  listMembershipChange,
  type Operation,
  toAccountState,
} from "./operation.ts";

/** Where an operation stands against what a system shows now. */
export type Standing =
  /** Nothing moved since it was planned: it can be sent. */
  | { readonly state: "ready"; readonly actual: Account | undefined; readonly rest?: MembershipRest }
  /** It is as wanted already: sent before, or by somebody else. Nothing is to be sent. A group has no account. */
  | { readonly state: "there"; readonly actual: Account | undefined }
  /** Somebody changed it: a person decides. */
  | { readonly state: "moved"; readonly moves: readonly Move[]; readonly actual: Account | undefined };

/** What is left to give and take, and what of it came about already: our own request, or somebody else's. */
export interface MembershipRest {
  readonly add: readonly Membership[];
  readonly remove: readonly Membership[];
  readonly ahead: readonly Move[];
}

/** `account` itself came or went, or one attribute is another than it was when it was read. */
export interface Move {
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
}

/** A role or group is held or it is not. */
export const [yes, no] = ["✓", "–"] as const;

export interface AccountLookup {
  readonly byId: ReadonlyMap<string, Account>;
  readonly byExternalId: ReadonlyMap<string, readonly Account[]>;
  readonly byName: ReadonlyMap<string, readonly Account[]>;
}

export function createLookup(accounts: readonly Account[]): AccountLookup {
  return {
    byId: new Map(accounts.map((account) => [account.id, account])),
    byExternalId: Map.groupBy(accounts, ({ externalId }) => externalId ?? ""),
    byName: Map.groupBy(accounts, ({ userName }) => toNameKey(userName)),
  };
}

/** What an account is known by. */
export interface AccountReference {
  readonly targetId: string | null;
  readonly externalId: string | null;
  readonly userName: string;
}

export function toReference(operation: AccountOperation | AssignOperation): AccountReference {
  const { externalId, userName } = isAccountOperation(operation)
    ? operation.after
    : { externalId: operation.externalId, userName: operation.username };
  return { targetId: operation.targetId, externalId, userName };
}

/** The account an operation is about, as a system shows it now: recorded id, else externalId, else user name. More than one: all. */
export function listHits({ targetId, externalId, userName }: AccountReference, lookup: AccountLookup): readonly Account[] {
  const byId = targetId === null ? undefined : lookup.byId.get(targetId);
  if (byId) return [byId];
  const strong = externalId === null ? [] : (lookup.byExternalId.get(externalId) ?? []);
  return strong.length > 0 ? strong : (lookup.byName.get(toNameKey(userName)) ?? []);
}

export function compareOperation(operation: AccountOperation, hits: readonly Account[]): Standing {
  const wanted = toAccountState(operation.after);
  const [only] = hits;
  if (hits.length > 1) return moved(undefined, operation.before ? "1" : "0", String(hits.length));
  if (only && isAsWanted(only, wanted)) return { state: "there", actual: only };
  if (!operation.before) return only ? moved(only, "–", only.userName) : { state: "ready", actual: undefined };
  if (!only || only.id !== operation.targetId) return moved(only, operation.before.userName, "–");
  const moves = listMoves(toAccountState(operation.before), only);
  return moves.length > 0 ? { state: "moved", moves, actual: only } : { state: "ready", actual: only };
}

/** In what an account is another than it should be, the user name included. */
export function listMoves(expected: AccountState, actual: Account): Move[] {
  const keys = listDifferences(actual, expected);
  const moves: Move[] = keys.map((key) => ({
    attribute: key,
    from: show(readState(expected, key)),
    to: show(readState(actual, key)),
  }));
  const renamed = toNameKey(actual.userName) !== toNameKey(expected.userName);
  return renamed ? [...moves, { attribute: "userName", from: expected.userName, to: actual.userName }] : moves;
}

/** What is another than a plan left it, rather than than it found it. */
export function listMovesSincePlanned(operation: Operation, standing: Standing): readonly Move[] {
  if (standing.state === "there") return [];
  if (standing.state === "moved" && !isAccountOperation(operation)) return standing.moves;
  if (!isAccountOperation(operation)) return listNotCarriedOut(operation, standing.state === "ready" ? standing.rest : undefined);
  const wanted = toAccountState(operation.after);
  if (!standing.actual) return [{ attribute: "account", from: wanted.userName, to: "–" }];
  const moves = listMoves(wanted, standing.actual);
  return moves.length > 0 || standing.state === "ready" ? moves : standing.moves;
}

/** What was planned and is not so: given and not held, taken and still held. */
function listNotCarriedOut(operation: Exclude<Operation, AccountOperation>, rest: MembershipRest | undefined): Move[] {
  if (operation.kind === "create-group") return [{ attribute: operation.after.group, from: yes, to: no }];
  const { add, remove } = rest ?? listMembershipChange(operation);
  return [
    ...add.map((attribute) => ({ attribute, from: yes, to: no })),
    ...remove.map((attribute) => ({ attribute, from: no, to: yes })),
  ];
}

function moved(actual: Account | undefined, from: string, to: string): Standing {
  return { state: "moved", moves: [{ attribute: "account", from, to }], actual };
}

function show(value: string | boolean | null): string {
  return value === null ? "–" : String(value);
}
