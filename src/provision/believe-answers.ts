import { Failure } from "../platform/failure.ts";
import { createRandom } from "../platform/random.ts";
import type { Account } from "./account.ts";
import type { OperationResult } from "./applying.ts";
import { type AccountLookup, compareOperation, type Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import { type AccountOperation, isAccountOperation, type Operation } from "./operation.ts";

/** Below this a spot check says too little, and so few accounts are read again as quickly. */
const fewestChecked = 8;
const mostChecked = 32;

export interface Belief {
  /** Of every operation asked about, or of none. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** The system stored something else than it answered. */
  readonly lied: boolean;
}

const nothing: Belief = { standings: new Map(), lied: false };

export interface BeliefRequest {
  readonly connector: Connector;
  /** Operations of one system that are to be read back, and what came of each. */
  readonly open: readonly Operation[];
  readonly results: ReadonlyMap<string, OperationResult>;
  /** What its sweep at the start showed. */
  readonly before: AccountLookup;
  /** Nobody but us knows it, so no system knows who will be checked. */
  readonly seed: string;
}

/**
 * Takes a system's answers for its read-back, where `probe` saw that they show what it stores (decision 26): each answer must show exactly
 * what was wanted, under an id that was not there before and that nobody else got; the system must hold as many accounts as that makes;
 * and some, drawn by lot, must read the same by their id. Anything else, and nothing is believed: everything is read again. No more is
 * asked than reading everything at both ends would have asked (provision.md §18 B3).
 */
export async function believeAnswers({ connector, open, results, before, seed }: BeliefRequest): Promise<Belief> {
  const { answers } = connector;
  const shown = answers && listShown(open, results, before);
  if (!answers || !shown) return nothing;
  const created = shown.filter(({ account }) => !before.byId.has(account.id));
  const toPages = (accounts: number): number => Math.max(1, Math.ceil(accounts / answers.pageSize));
  const total = before.byId.size + created.length;
  const mayAsk = 2 * toPages(total) - toPages(before.byId.size) - 1;
  if (Math.min(mayAsk, created.length) < fewestChecked) return nothing;
  try {
    // Others may come and go meanwhile: that is no lie, but then everything is read.
    if ((await answers.count()) !== total) return nothing;
    const drawn = createRandom(seed).shuffle(created).slice(0, Math.min(mayAsk, mostChecked));
    const same = await Promise.all(
      drawn.map(async ({ operation, account }) => isThere(operation, await connector.find({ id: account.id }))),
    );
    if (!same.every(Boolean)) return { ...nothing, lied: true };
  } catch (error) {
    // What cannot be read now is looked for as everything else is.
    if (error instanceof Failure) return nothing;
    throw error;
  }
  return {
    standings: new Map(shown.map(({ operation, account }) => [operation.id, { state: "there", actual: account }])),
    lied: false,
  };
}

interface Shown {
  readonly operation: AccountOperation;
  readonly account: Account;
}

/** What each operation's account was last seen as; undefined where one of them was not seen as wanted, or two are one account. */
function listShown(
  open: readonly Operation[],
  results: ReadonlyMap<string, OperationResult>,
  before: AccountLookup,
): readonly Shown[] | undefined {
  const ids = new Set<string>();
  const shown: Shown[] = [];
  for (const operation of open) {
    // No answer to a create shows roles and groups.
    if (!isAccountOperation(operation)) return undefined;
    const { event, shown: account } = results.get(operation.id) as OperationResult;
    // A new account under an id that was there before is somebody's.
    const isNew = event !== "answered" || (operation.kind === "create" && !before.byId.has(account?.id ?? ""));
    if (!account || !isNew || ids.has(account.id) || !isThere(operation, [account])) return undefined;
    ids.add(account.id);
    shown.push({ operation, account });
  }
  return shown;
}

const isThere = (operation: AccountOperation, hits: readonly Account[]): boolean =>
  compareOperation(operation, hits).state === "there";
