import { type ConnectorHarness, describeConnector } from "../contract/connector.contract.ts";
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
