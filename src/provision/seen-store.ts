import type { Database, Sql } from "../platform/database.ts";
import type { SystemReading } from "./read-systems.ts";
import type { Link } from "./subject-facts.ts";

/** One account as it was last seen: swept with its whole system, or read back after a change. */
export interface SeenAccount {
  readonly active: boolean;
  /** ISO instant. */
  readonly at: string;
}

export interface SeenSystem {
  /** When all of it was last read; undefined: never, and what is not in `accounts` is not known. */
  readonly sweptAt: string | undefined;
  /** By staff id or functional key. */
  readonly accounts: ReadonlyMap<string, SeenAccount>;
}

/** What the last look at each system found. The later written word on an account counts, whatever a clock says. */
export interface SeenStore {
  /** Whole systems: what is not in a reading is no longer there. Systems that failed keep their last word. */
  saveSweeps(readings: readonly SystemReading[], links: readonly Link[], at: string): Promise<void>;
  /** Single accounts that were read back. */
  saveAccounts(
    accounts: readonly { readonly system: string; readonly account: string; readonly active: boolean }[],
    at: string,
    tx: Sql,
  ): Promise<void>;
  list(): Promise<ReadonlyMap<string, SeenSystem>>;
}

export function createSeenStore(database: Database): SeenStore {
  return {
    async saveSweeps(readings, links, at) {
      const linked = new Map(
        links.map(({ system, targetId, subject }) => [`${system} ${targetId}`, subject.slice(subject.indexOf("/") + 1)]),
      );
      await database.transaction(async (tx) => {
        for (const reading of readings) {
          if (reading.state === "failed") continue;
          const { system } = reading;
          const accounts = new Map<string, boolean>();
          for (const { id, externalId = linked.get(`${system} ${id}`), active } of reading.accounts) {
            // Accounts of nobody we know say nothing about anybody.
            if (externalId !== undefined) accounts.set(externalId, active || (accounts.get(externalId) ?? false));
          }
          await tx.run("DELETE FROM provision_account_seen WHERE system = ?", system);
          await saveAll(
            tx,
            [...accounts].map(([account, active]) => ({ system, account, active })),
            at,
          );
          await tx.run(
            "INSERT INTO provision_system_seen (system, at) VALUES (?, ?) ON CONFLICT (system) DO UPDATE SET at = excluded.at",
            system,
            at,
          );
        }
      });
    },
    saveAccounts: (accounts, at, tx) => saveAll(tx, accounts, at),
    async list() {
      const swept = await database.all<{ system: string; at: string }>("SELECT system, at FROM provision_system_seen");
      const rows = await database.all<{ system: string; account: string; active: number; at: string }>(
        "SELECT system, account, active, at FROM provision_account_seen",
      );
      const systems = new Map<string, { sweptAt: string | undefined; accounts: Map<string, SeenAccount> }>(
        swept.map(({ system, at }) => [system, { sweptAt: at, accounts: new Map() }]),
      );
      for (const { system, account, active, at } of rows) {
        let known = systems.get(system);
        if (!known) {
          known = { sweptAt: undefined, accounts: new Map() };
          systems.set(system, known);
        }
        known.accounts.set(account, { active: active === 1, at });
      }
      return systems;
    },
  };
}

async function saveAll(
  tx: Sql,
  accounts: readonly { readonly system: string; readonly account: string; readonly active: boolean }[],
  at: string,
): Promise<void> {
  await tx.runMany(
    `INSERT INTO provision_account_seen (system, account, active, at) VALUES (?, ?, ?, ?)
      ON CONFLICT (system, account) DO UPDATE SET active = excluded.active, at = excluded.at`,
    accounts.map(({ system, account, active }) => [system, account, active ? 1 : 0, at]),
  );
}
