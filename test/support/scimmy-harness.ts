import { createAccountService } from "../../src/city/accounts.ts";
import { createCityCore, startCityServer } from "../../src/city/city.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { ConnectorHarness } from "../contract/connector.contract.ts";
import { connectScim } from "./connect-scim.ts";

/** SCIMMY, a third party's server, with a store that can be looked into. */
export async function startScimmy(): Promise<ConnectorHarness> {
  const core = createCityCore({ units: [], clock: systemClock });
  const city = await startCityServer(core, [createAccountService(core)]);
  const { accounts } = core.accounts.video;
  return {
    connector: await connectScim({ url: `${city.systemUrl("video")}/scim/v2`, token: core.token, ca: city.ca, pageSize: 7 }),
    findInStore: (id) => accounts.get(id),
    countInStore: () => accounts.size,
    setUnmanaged: (id, value) => {
      accounts.get(id)!.attributes["nickName"] = value;
    },
    readUnmanaged: (id) => accounts.get(id)?.attributes["nickName"],
    stop: city.stop,
  };
}
