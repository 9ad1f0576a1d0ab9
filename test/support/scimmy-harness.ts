import { randomUUID } from "node:crypto";
import type { CityAccount, CityGroup, GroupLie } from "../../src/city/account-store.ts";
import { createAccountService } from "../../src/city/accounts.ts";
import { createCityCore, startCityServer } from "../../src/city/city.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { readMembership } from "../../src/provision/membership.ts";
import type { Profile } from "../../src/provision/profile.ts";
import type { ConnectorHarness } from "../contract/connector.contract.ts";
import type { MembershipHarness } from "../contract/membership.contract.ts";
import { connectScim } from "./connect-scim.ts";

/** SCIMMY, a third party's server, with a store that can be looked into. */
export interface ScimmyHarness extends ConnectorHarness, MembershipHarness {
  /** Another connector, which knows what a probe learned. */
  connectKnowing(profile: Profile): Promise<Connector>;
  listRequests(): readonly string[];
}

export async function startScimmy(...lies: readonly GroupLie[]): Promise<ScimmyHarness> {
  const core = createCityCore({ units: [], clock: systemClock });
  const city = await startCityServer(core, [createAccountService(core)]);
  const { accounts, groups, groupLies } = core.accounts.video;
  for (const lie of lies) groupLies.add(lie);
  const listNamed = (name: string): CityGroup[] => [...groups.values()].filter((group) => group.displayName === name);
  const isAccount = (id: string): boolean => accounts.has(id);
  const url = `${city.systemUrl("video")}/scim/v2`;
  return {
    connector: await connectScim({ url, token: core.token, ca: city.ca, pageSize: 7 }),
    connectKnowing: (profile) => connectScim({ url, token: core.token, ca: city.ca, profile }),
    listRequests: () => city.requests.map(({ method, path }) => `${method} ${path.replace("/video/scim/v2", "")}`),
    findInStore: (id) => accounts.get(id),
    countInStore: () => accounts.size,
    setUnmanaged: (id, value) => {
      accounts.get(id)!.attributes["nickName"] = value;
    },
    readUnmanaged: (id) => accounts.get(id)?.attributes["nickName"],
    seed(membership, holders) {
      const { kind } = readMembership(membership);
      const name = membership.slice(kind.length + 1);
      if (kind === "group") {
        const id = randomUUID();
        const nested = { value: `${id}-nested`, type: "Group" };
        groups.set(id, { id, displayName: name, members: [...holders.map((value) => ({ value })), nested] });
        groups.set(nested.value, { id: nested.value, displayName: `${name} nested ${id}`, members: [] });
        return;
      }
      for (const holder of holders) {
        const attributes = accounts.get(holder)!.attributes as { roles?: { value: string }[] };
        attributes.roles = [...(attributes.roles ?? []), { value: name }];
      }
    },
    listHolders(membership) {
      const { kind, name } = readMembership(membership);
      if (kind === "group")
        return listNamed(name)
          .flatMap(({ members }) => members.map(({ value }) => value))
          .filter(isAccount);
      const listRoles = ({ attributes }: CityAccount): { value: string }[] =>
        (attributes as { roles?: { value: string }[] }).roles ?? [];
      return [...accounts.values()].flatMap((account) =>
        listRoles(account).flatMap(({ value }) => (value === name ? [account.id] : [])),
      );
    },
    listStrangers: (membership) =>
      listNamed(readMembership(membership).name)
        .flatMap(({ members }) => members.map(({ value }) => value))
        .filter((value) => !isAccount(value)),
    hasTwins: ["group"],
    open: ["role"],
    stop: city.stop,
  };
}
