import { createLdapClient } from "../../platform/ldap.ts";
import type { Connector } from "../connector.ts";
import { type ConnectorContext, createSystemPace, readAuthority } from "../connector-context.ts";
import type { LdapSettings } from "../settings.ts";
import { createLdapConnector } from "./ldap.ts";
import { adaptDialect, adDialect, ldapDialect } from "./ldap-dialect.ts";
import { groupKinds, type LdapGroupSettings } from "./ldap-groups.ts";

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
    groups: toGroupSettings(settings),
  });
}

function toGroupSettings(settings: LdapSettings): LdapGroupSettings | undefined {
  const { groups } = settings;
  if (!groups) return undefined;
  const { base = settings.base, name = "cn" } = groups;
  return {
    kind: settings.kind === "ad" ? groupKinds.group : groupKinds[("class" in groups && groups.class) || "groupOfNames"],
    base,
    name,
    createUnder: groups.createUnder ?? base,
    placeholder: ("placeholder" in groups && groups.placeholder) || `cn=wardctl-placeholder,${base}`,
  };
}
