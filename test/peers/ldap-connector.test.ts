import type { Membership } from "../../src/provision/account.ts";
import { groupKinds } from "../../src/provision/connectors/ldap-groups.ts";
import { escapeDnValue } from "../../src/provision/connectors/ldap-text.ts";
import { readMembership } from "../../src/provision/membership.ts";
import { type ConnectorHarness, describeConnector } from "../contract/connector.contract.ts";
import { describeMemberships, type MembershipHarness } from "../contract/membership.contract.ts";
import { connectSlapd } from "./connect-slapd.ts";
import { type SlapdEntry, startSlapd } from "./slapd.ts";

async function startHarness(line: "plain" | "ldaps" | "starttls"): Promise<ConnectorHarness> {
  const slapd = await startSlapd();
  const url = line === "ldaps" ? slapd.secureUrl : slapd.url;
  const find = (id: string): SlapdEntry | undefined => slapd.dump().find(({ values }) => values.get("entryUUID")?.[0] === id);
  return {
    connector: await connectSlapd(slapd, { url, startTls: line === "starttls", ca: line === "plain" ? undefined : slapd.ca }),
    findInStore(id) {
      const values = find(id)?.values;
      if (!values) return undefined;
      return {
        userName: values.get("uid")?.[0] as string,
        externalId: values.get("employeeNumber")?.[0],
        active: !values.has("pwdAccountLockedTime"),
      };
    },
    countInStore: () => slapd.dump().length,
    setUnmanaged: (id, value) =>
      slapd.change(`dn: ${find(id)?.dn}\nchangetype: modify\nreplace: description\ndescription: ${value}\n`),
    readUnmanaged: (id) => find(id)?.values.get("description")?.[0],
    stop: slapd.stop,
  };
}

describeConnector("OpenLDAP's slapd", () => startHarness("plain"));
describeConnector("OpenLDAP's slapd over ldaps://", () => startHarness("ldaps"));
describeConnector("OpenLDAP's slapd after StartTLS", () => startHarness("starttls"));

async function startGroups(kind: keyof typeof groupKinds): Promise<MembershipHarness> {
  const slapd = await startSlapd();
  const { objectClass, member, holds } = groupKinds[kind];
  const encode = (value: string): string => `: ${Buffer.from(value).toString("base64")}`;
  const listMembers = (membership: Membership): readonly string[] =>
    slapd
      .dumpGroups()
      .filter(({ values }) => values.get("cn")?.[0] === readMembership(membership).name)
      .flatMap(({ values }) => values.get(member) ?? []);
  /** How a group names each account, read once a call from the directory itself. */
  const listNames = (): Map<string, string> =>
    new Map(
      slapd
        .dump()
        .map(({ dn, values }) => [
          holds === "dn" ? dn : (values.get("uid")?.[0] as string),
          values.get("entryUUID")?.[0] as string,
        ]),
    );
  const stranger = holds === "dn" ? `cn=nested,${slapd.groups}` : "nobody-here";
  let made = 0;
  return {
    connector: await connectSlapd(slapd, { groupKind: groupKinds[kind] }),
    seed(membership, holders) {
      const name = membership.slice("group:".length);
      const ids = new Map([...listNames()].map(([holder, id]) => [id, holder]));
      const members = [...holders.map((id) => ids.get(id) as string), stranger];
      const dn = `cn=${escapeDnValue(name)},ou=g${++made},${slapd.groups}`;
      slapd.change(
        `dn: ou=g${made},${slapd.groups}\nchangetype: add\nobjectClass: organizationalUnit\nou: g${made}\n\n` +
          `dn:${encode(dn)}\nchangetype: add\nobjectClass: ${objectClass}\ncn:${encode(name)}\n` +
          `${kind === "posixGroup" ? `gidNumber: ${5000 + made}\n` : ""}` +
          `${members.map((value) => `${member}:${encode(value)}\n`).join("")}`,
      );
    },
    listHolders(membership) {
      const names = listNames();
      return listMembers(membership).flatMap((holder) => names.get(holder) ?? []);
    },
    listStrangers(membership) {
      const names = listNames();
      return listMembers(membership).filter((holder) => !names.has(holder));
    },
    hasTwins: ["group"],
    stop: slapd.stop,
  };
}

describeMemberships("OpenLDAP's groupOfNames", () => startGroups("groupOfNames"));
describeMemberships("OpenLDAP's groupOfUniqueNames", () => startGroups("groupOfUniqueNames"));
describeMemberships("OpenLDAP's posixGroup", () => startGroups("posixGroup"));
