import type { Account, AccountState, Membership } from "../../src/provision/account.ts";
import type { Connector, MembershipPort, WriteResult } from "../../src/provision/connector.ts";

/** What a system does with the next write that comes: carries it out or not, and answers or not. */
export type Mishap = "done-unanswered" | "lost" | "refused" | "half-done";

export interface MemorySystem {
  readonly connector: Connector;
  readonly accounts: Map<string, Account>;
  /** Role or group → ids of the accounts that hold it. */
  readonly members: Map<Membership, Set<string>>;
  readonly requests: string[];
  /** What each sweep was asked for. */
  readonly sweeps: (readonly Membership[])[];
  /** Answers for the next writes of roles and groups, first one first. */
  readonly mishaps: Mishap[];
  holdersOf(membership: Membership): readonly string[];
}

const lost: WriteResult = { outcome: "unknown", message: { vi: "mất", en: "lost" } };
const refused: WriteResult = { outcome: "refused", conflict: false, message: { vi: "từ chối", en: "refused" } };

/** A system of accounts, roles and groups that works: what connector.ts promises, without a wire. */
export function createMemorySystem(
  system: string,
  { roles = [], groups = [], makesGroups = true }: MemoryOptions = {},
): MemorySystem {
  const accounts = new Map<string, Account>();
  const members = new Map<Membership, Set<string>>(
    [...roles.map((name): Membership => `role:${name}`), ...groups.map((name): Membership => `group:${name}`)].map((one) => [
      one,
      new Set(),
    ]),
  );
  const requests: string[] = [];
  const sweeps: (readonly Membership[])[] = [];
  const mishaps: Mishap[] = [];
  const answer = (what: string, act: (half: boolean) => string | undefined): WriteResult => {
    requests.push(what);
    const mishap = mishaps.shift();
    if (mishap === "lost") return lost;
    if (mishap === "refused") return refused;
    const id = act(mishap === "half-done");
    return mishap === undefined ? { outcome: "done", id } : lost;
  };
  const memberships: MembershipPort = {
    kinds: new Set(["role", "group"]),
    async sweep(asked) {
      requests.push("sweep");
      sweeps.push(asked);
      const held = new Map<string, Membership[]>();
      for (const one of asked) for (const id of members.get(one) ?? []) held.set(id, [...(held.get(id) ?? []), one].sort());
      return { held, missing: asked.filter((one) => !members.has(one)), ambiguous: [], existing: [...members.keys()] };
    },
    async find(id, asked) {
      requests.push(`find ${id}`);
      return asked.filter((one) => members.get(one)?.has(id) ?? false).toSorted();
    },
    ...(makesGroups
      ? {
          createGroup: async (group: Membership) =>
            answer(`create ${group}`, () => {
              if (members.has(group)) throw new Error(`${group} made twice`);
              members.set(group, new Set());
              return group;
            }),
        }
      : {}),
    async change(id, { add, remove }) {
      return answer(`change ${id} +${add.join(" ")} -${remove.join(" ")}`, (half) => {
        if (!accounts.has(id)) throw new Error(`no account ${id}`);
        for (const one of half ? add.slice(0, 1) : add) {
          const own = members.get(one);
          if (!own || own.has(id)) throw new Error(`${one} for ${id}: not there, or given twice`);
          own.add(id);
        }
        for (const one of half ? [] : remove) members.get(one)?.delete(id);
        return id;
      });
    },
  };
  const matching = (test: (account: Account) => boolean): readonly Account[] => [...accounts.values()].filter(test);
  const save = (id: string, state: AccountState): WriteResult => {
    accounts.set(id, { ...state, id });
    return { outcome: "done", id };
  };
  const connector: Connector = {
    system,
    memberships,
    sweep: async () => {
      requests.push("accounts");
      return [...accounts.values()];
    },
    async find(by) {
      if ("id" in by) return matching(({ id }) => id === by.id);
      if ("externalId" in by) return matching(({ externalId }) => externalId === by.externalId);
      return matching(({ userName }) => userName === by.username);
    },
    create: async (account) => save(`${system}-${account.externalId}`, account),
    patch: async ({ id }, wanted) => save(id, wanted),
    setActive: async (id, active) => save(id, { ...(accounts.get(id) as Account), active }),
    close: async () => undefined,
  };
  const holdersOf = (membership: Membership): readonly string[] => [...(members.get(membership) ?? [])].sort();
  return { connector, accounts, members, requests, sweeps, mishaps, holdersOf };
}

interface MemoryOptions {
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
  readonly makesGroups?: boolean;
}
