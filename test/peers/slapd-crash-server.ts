import { Client } from "ldapts";
import type { CrashServer } from "../support/crash-server.ts";
import { startSlapd } from "./slapd.ts";

/** slapd, under TLS since it is given passwords. */
export async function startSlapdCrashServer(): Promise<CrashServer> {
  const slapd = await startSlapd();
  const { secureUrl, ca, bindDn, people, password } = slapd;
  const desk = new Client({ url: slapd.url });
  return {
    name: "LDAP (slapd)",
    address: { kind: "ldap", url: secureUrl, ca, bindDn, base: people, secret: password },
    async empty() {
      const all = slapd.dump().map(({ dn }) => `dn: ${dn}\nchangetype: delete\n`);
      if (all.length > 0) slapd.change(all.join("\n"));
    },
    dump: () =>
      slapd.dump().map(({ values }) => ({
        person: values.get("employeeNumber")?.[0] ?? "",
        userName: values.get("uid")?.[0] ?? "",
      })),
    isPassword: (userName, secret) =>
      desk.bind(`uid=${userName},${people}`, secret).then(
        () => true,
        () => false,
      ),
    async stop() {
      await desk.unbind();
      await slapd.stop();
    },
  };
}
