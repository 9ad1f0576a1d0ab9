import type { CityAccount, CityGroup } from "./account-store.ts";
import { type CityCore, type CitySystem, citySystems } from "./city.ts";
import type { CityRight } from "./signing-rights.ts";

/** What people did to the city: its accounts and signing rights. Kept beside a workspace so that a rehearsal goes on where the demo ended. */
export interface CityState {
  readonly accounts: Readonly<Record<CitySystem, readonly CityAccount[]>>;
  /** Absent in a state that was kept before there were groups. */
  readonly groups?: Readonly<Record<CitySystem, readonly CityGroup[]>>;
  readonly rights: readonly CityRight[];
}

export function takeCityState(core: Pick<CityCore, "accounts">, rights: readonly CityRight[]): CityState {
  const accounts = citySystems.map((system) => [system, [...core.accounts[system].accounts.values()]]);
  const groups = citySystems.map((system) => [system, [...core.accounts[system].groups.values()]]);
  return {
    accounts: Object.fromEntries(accounts) as CityState["accounts"],
    groups: Object.fromEntries(groups) as Required<CityState>["groups"],
    rights,
  };
}

export function restoreAccounts(core: Pick<CityCore, "accounts">, state: CityState): void {
  for (const system of citySystems) {
    for (const account of state.accounts[system]) core.accounts[system].accounts.set(account.id, account);
    for (const group of state.groups?.[system] ?? []) core.accounts[system].groups.set(group.id, group);
  }
}
