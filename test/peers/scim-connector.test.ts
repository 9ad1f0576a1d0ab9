import { describeConnector } from "../contract/connector.contract.ts";
import { startScimmy } from "../support/scimmy-harness.ts";

describeConnector("SCIMMY", startScimmy);
