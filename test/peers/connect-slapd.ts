import { createLdapClient } from "../../src/platform/ldap.ts";
import type { LdapOptions } from "../../src/platform/ldap-session.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createSystemPace } from "../../src/provision/connector-context.ts";
import { createLdapConnector, type LdapConnectorOptions } from "../../src/provision/connectors/ldap.ts";
import { ldapDialect } from "../../src/provision/connectors/ldap-dialect.ts";
import { type GroupKind, groupKinds } from "../../src/provision/connectors/ldap-groups.ts";
import type { Slapd } from "./slapd.ts";

/** A real connector to a private slapd. */
export async function connectSlapd(
  slapd: Slapd,
  options: Partial<LdapOptions & Pick<LdapConnectorOptions, "pageSize" | "dialect" | "privacy" | "createUnder">> & {
    readonly groupKind?: GroupKind;
  } = {},
): Promise<Connector> {
  const { pageSize = 7, dialect = ldapDialect, privacy = "none", createUnder, groupKind, ...line } = options;
  const { url, bindDn, password, people, groups } = slapd;
  return createLdapConnector({
    system: "directory",
    client: await createLdapClient({ url, bindDn, password, deadlineMs: 3_000, ...line }),
    dialect,
    base: people,
    createUnder,
    privacy,
    pageSize,
    pace: createSystemPace(undefined),
    groups: {
      kind: groupKind ?? groupKinds.groupOfNames,
      base: groups,
      createUnder: groups,
      name: "cn",
      placeholder: `cn=wardctl-placeholder,${groups}`,
    },
  });
}
