import { describeConnector } from "../contract/connector.contract.ts";
import { describeMemberships } from "../contract/membership.contract.ts";
import { startScimmy } from "../support/scimmy-harness.ts";

describeConnector("SCIMMY", () => startScimmy());
describeMemberships("SCIMMY", () => startScimmy());
