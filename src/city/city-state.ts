import type { CityAccount } from "./account-store.ts";
import { type CityCore, type CitySystem, citySystems } from "./city.ts";
import type { CityRight } from "./signing-rights.ts";

/** What people did to the city: its accounts and signing rights. Kept beside a workspace so that a rehearsal goes on where the demo ended. */
export interface CityState {
  readonly accounts: Readonly<Record<CitySystem, readonly CityAccount[]>>;
  readonly rights: readonly CityRight[];
}

export function takeCityState(core: Pick<CityCore, "accounts">, rights: readonly CityRight[]): CityState {
  const accounts = citySystems.map((system) => [system, [...core.accounts[system].accounts.values()]]);
  return { accounts: Object.fromEntries(accounts) as CityState["accounts"], rights };
}

export function restoreAccounts(core: Pick<CityCore, "accounts">, state: CityState): void {
  for (const system of citySystems) {
    for (const account of state.accounts[system]) core.accounts[system].accounts.set(account.id, account);
  }
}
