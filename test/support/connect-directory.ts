import { createAuthority } from "../../src/platform/certificates.ts";
import { createLdapClient } from "../../src/platform/ldap.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createSystemPace } from "../../src/provision/connector-context.ts";
import { createLdapConnector } from "../../src/provision/connectors/ldap.ts";
import { adDialect, ldapDialect } from "../../src/provision/connectors/ldap-dialect.ts";
import { groupKinds } from "../../src/provision/connectors/ldap-groups.ts";
import { type FakeDirectory, startFakeDirectory } from "./fake-directory.ts";

/** A fake directory under TLS and the root that is to be trusted for it, PEM. */
export async function startTlsDirectory(
  kind: "ldap" | "ad",
  password?: string,
): Promise<{ readonly directory: FakeDirectory; readonly ca: string }> {
  const now = Date.now();
  const authority = await createAuthority("Test", now - 3_600_000, now + 86_400_000);
  const tls = await authority.issue({ names: ["127.0.0.1"], notBefore: now - 3_600_000, notAfter: now + 86_400_000 });
  return {
    directory: await startFakeDirectory({ kind, tls, ...(password === undefined ? {} : { password }) }),
    ca: authority.certificate,
  };
}

/** A fake directory of a kind with a real connector to it; Active Directory's under TLS. */
export async function startConnectedDirectory(
  kind: "ldap" | "ad",
  { pageSize = 7, deadlineMs = 2_000, tls = kind === "ad" }: { pageSize?: number; deadlineMs?: number; tls?: boolean } = {},
): Promise<{ readonly directory: FakeDirectory; readonly connector: Connector; stop(): Promise<void> }> {
  const { directory, ca } = tls
    ? await startTlsDirectory(kind)
    : { directory: await startFakeDirectory({ kind }), ca: undefined };
  const client = await createLdapClient({
    url: directory.url,
    bindDn: "cn=wardctl",
    password: "secret-canary",
    deadlineMs,
    ...(ca === undefined ? {} : { ca }),
  });
  const connector = createLdapConnector({
    system: "directory",
    client,
    dialect: kind === "ad" ? adDialect : ldapDialect,
    base: "OU=UBND,DC=hue,DC=vn",
    privacy: tls ? "ldaps" : "none",
    pageSize,
    pace: createSystemPace(undefined),
    groups: {
      kind: kind === "ad" ? groupKinds.group : groupKinds.groupOfNames,
      base: "OU=Groups,DC=hue,DC=vn",
      createUnder: "OU=Groups,DC=hue,DC=vn",
      name: "cn",
      placeholder: "cn=wardctl-placeholder,OU=Groups,DC=hue,DC=vn",
    },
  });
  const stop = async (): Promise<void> => {
    await connector.close();
    await directory.stop();
  };
  return { directory, connector, stop };
}
