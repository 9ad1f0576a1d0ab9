import { readMonotonicMs, systemClock } from "../../src/platform/clock.ts";
import { createHttpClient } from "../../src/platform/http.ts";
import { createLdapClient } from "../../src/platform/ldap.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createSystemPace } from "../../src/provision/connector-context.ts";
import { keycloakDefinition } from "../../src/provision/connectors/definitions/keycloak.ts";
import { vendorDocsDefinition } from "../../src/provision/connectors/definitions/vendor-docs.ts";
import { createLdapConnector } from "../../src/provision/connectors/ldap.ts";
import { ldapDialect } from "../../src/provision/connectors/ldap-dialect.ts";
import { parseDefinition } from "../../src/provision/connectors/rest/read-definition.ts";
import { createRestConnector } from "../../src/provision/connectors/rest.ts";
import { createScimConnector } from "../../src/provision/connectors/scim.ts";
import type { Profile } from "../../src/provision/profile.ts";
import { type CrashAddress, crashSystem as system } from "./crash-run.ts";
import { vendorUser } from "./vendor-fake.ts";

/** The real connector of a kind, with its own limits of time and pace. */
export async function openCrashConnector(
  { kind, url, ca, bindDn = "", base = "", secret }: CrashAddress,
  profile?: Profile,
): Promise<Connector> {
  if (kind === "scim") {
    return createScimConnector({
      system,
      url,
      token: secret,
      http: await createHttpClient(),
      pace: createSystemPace(undefined),
      clock: systemClock,
      profile,
    });
  }
  if (kind === "ldap") {
    return createLdapConnector({
      system,
      client: await createLdapClient({ url, bindDn, password: secret, ...(ca === undefined ? {} : { ca }) }),
      dialect: ldapDialect,
      base,
      privacy: url.startsWith("ldaps:") ? "ldaps" : "none",
      pace: createSystemPace(undefined),
    });
  }
  const text = kind === "keycloak" ? keycloakDefinition : vendorDocsDefinition;
  const definition = await parseDefinition(text, "definition.yaml");
  return createRestConnector({
    system,
    url,
    definition,
    values:
      kind === "keycloak"
        ? { "var.realm": "phuong", "var.client": "wardctl", "secret.client": secret }
        : { "secret.user": vendorUser, "secret.pass": secret },
    http: await createHttpClient(),
    pace: createSystemPace(undefined, definition.limits.concurrency),
    clock: systemClock,
    readMonotonicMs,
  });
}
