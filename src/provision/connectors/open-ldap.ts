import { createLdapClient } from "../../platform/ldap.ts";
import type { Connector } from "../connector.ts";
import { type ConnectorContext, createSystemPace, readAuthority } from "../connector-context.ts";
import type { LdapSettings } from "../settings.ts";
import { createLdapConnector } from "./ldap.ts";
import { adaptDialect, adDialect, ldapDialect } from "./ldap-dialect.ts";

export async function openLdap(system: string, settings: LdapSettings, context: ConnectorContext): Promise<Connector> {
  const { kind, url, bindDn, startTls, base, createUnder, pageSize, rate } = settings;
  const dialect = kind === "ad" ? adDialect : ldapDialect;
  const client = await createLdapClient({
    url,
    bindDn,
    password: await context.secret(settings.password),
    startTls,
    ca: await readAuthority(settings, context),
    deadlineMs: settings.deadlineMs,
  });
  return createLdapConnector({
    system,
    client,
    dialect: adaptDialect(dialect, settings),
    base,
    createUnder,
    privacy: url.startsWith("ldaps:") ? "ldaps" : startTls ? "starttls" : "none",
    pageSize,
    pace: createSystemPace(rate, undefined, context.signal),
  });
}
