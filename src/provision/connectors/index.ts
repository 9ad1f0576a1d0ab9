import type { Connector } from "../connector.ts";
import type { ConnectorContext } from "../connector-context.ts";
import type { SystemSettings } from "../settings.ts";
import { openLdap } from "./open-ldap.ts";
import { openRest } from "./open-rest.ts";
import { openScim } from "./open-scim.ts";

/** Opens a system of its kind: settings in, connector out. */
type Opener<Kind extends SystemSettings["kind"]> = (
  system: string,
  settings: Extract<SystemSettings, { kind: Kind }>,
  context: ConnectorContext,
) => Promise<Connector>;

/** One line an adapter; a kind without one does not compile. */
const connectorOpeners = {
  scim: openScim,
  ldap: openLdap,
  ad: openLdap,
  rest: openRest,
} satisfies { readonly [Kind in SystemSettings["kind"]]: Opener<Kind> };

export function openConnector(system: string, settings: SystemSettings, context: ConnectorContext): Promise<Connector> {
  return (connectorOpeners[settings.kind] as Opener<SystemSettings["kind"]>)(system, settings, context);
}
