import type { Connector } from "../connector.ts";
import type { SystemSettings } from "../settings.ts";
import { createScimConnector, type ScimOptions } from "./scim.ts";

/** One line an adapter; a kind without one does not compile. */
export const connectorFactories = {
  scim: createScimConnector,
} satisfies Record<SystemSettings["kind"], (options: ScimOptions) => Connector>;
