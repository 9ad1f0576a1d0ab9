import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { createAuthority } from "../../src/platform/certificates.ts";
import { makeTestFolder } from "../support/run-wardctl.ts";

export interface Slapd {
  /** ldap:// and ldaps:// on loopback. */
  readonly url: string;
  readonly secureUrl: string;
  /** PEM of the root that issued its certificate. */
  readonly ca: string;
  readonly folder: string;
  readonly people: string;
  readonly groups: string;
  readonly bindDn: string;
  /** May read only as many entries as slapd gives anybody. */
  readonly limitedDn: string;
  readonly password: string;
  /** What ldapsearch shows of people: the truth, not read through wardctl. */
  dump(): readonly SlapdEntry[];
  dumpGroups(): readonly SlapdEntry[];
  /** LDIF changes by the administrator. */
  change(ldif: string): void;
  /** True when the directory lets somebody sign in. */
  canSignIn(dn: string, password: string): boolean;
  stop(): Promise<void>;
}

export interface SlapdEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const suffix = "dc=hue,dc=vn";
const rootDn = `cn=admin,${suffix}`;
const people = `ou=people,${suffix}`;
const groups = `ou=groups,${suffix}`;
const password = "slapd-canary-4711";

/** A private OpenLDAP server on a loopback port: overlays unique (uid), ppolicy and memberof, and a limit of 40 entries for most. */
export async function startSlapd(): Promise<Slapd> {
  // A port that was free may be taken before slapd gets to it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function startOnce(): Promise<Slapd> {
  const folder = await makeTestFolder();
  const [port, securePort] = [await findFreePort(), await findFreePort()];
  const now = Date.now();
  const authority = await createAuthority("Peers", now - 3_600_000, now + 86_400_000);
  const keyed = await authority.issue({
    names: ["localhost", "127.0.0.1"],
    notBefore: now - 3_600_000,
    notAfter: now + 86_400_000,
  });
  await mkdir(join(folder, "db"));
  await writeFile(join(folder, "ca.pem"), authority.certificate);
  await writeFile(join(folder, "server.pem"), keyed.certificate);
  await writeFile(join(folder, "server.key"), keyed.key, { mode: 0o600 });
  await writeFile(join(folder, "password"), password, { mode: 0o600 });
  await writeFile(join(folder, "slapd.conf"), formatConfiguration(folder));
  const [url, secureUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://localhost:${securePort}`];
  const listen = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${securePort}/`;
  const server = spawn("/usr/sbin/slapd", ["-h", listen, "-f", join(folder, "slapd.conf"), "-d", "0"], { stdio: "ignore" });
  await waitForPort(port, server);
  const runAs = (program: string, args: readonly string[], input?: string): string =>
    execFileSync(`/usr/bin/${program}`, ["-x", "-H", url, "-D", rootDn, "-y", join(folder, "password"), ...args], {
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
  runAs("ldapadd", [], firstEntries);
  return {
    url,
    secureUrl,
    ca: authority.certificate,
    folder,
    people,
    groups,
    bindDn: `cn=wardctl,ou=services,${suffix}`,
    limitedDn: `cn=limited,ou=services,${suffix}`,
    password,
    dump: () => readLdif(runAs("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", people, "(uid=*)", "*", "+"])),
    dumpGroups: () => readLdif(runAs("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", groups, "(cn=*)"])),
    change: (ldif) => void runAs("ldapmodify", [], ldif),
    canSignIn(dn, secret) {
      try {
        execFileSync("/usr/bin/ldapwhoami", ["-x", "-H", url, "-D", dn, "-w", secret], { stdio: "ignore" });
        return true;
      } catch {
        return false;
      }
    },
    stop: () =>
      new Promise((done) => {
        server.on("exit", () => done());
        server.kill("SIGTERM");
      }),
  };
}

function formatConfiguration(folder: string): string {
  const schema = ["core", "cosine", "inetorgperson", "nis"].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return `${schema.join("\n")}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload unique
moduleload ppolicy
moduleload memberof
pidfile ${join(folder, "slapd.pid")}
TLSCertificateFile ${join(folder, "server.pem")}
TLSCertificateKeyFile ${join(folder, "server.key")}
sizelimit 40

database mdb
suffix "${suffix}"
rootdn "${rootDn}"
rootpw ${password}
directory ${join(folder, "db")}
maxsize 268435456
dbnosync
lastbind on
index objectClass,uid,employeeNumber,entryUUID eq
limits dn.exact="cn=wardctl,ou=services,${suffix}" size=unlimited
access to attrs=userPassword by dn.exact="cn=wardctl,ou=services,${suffix}" write by anonymous auth by * none
access to dn.subtree="${groups}" by dn.exact="cn=wardctl,ou=services,${suffix}" write by * read
access to dn.subtree="${people}" by dn.exact="cn=wardctl,ou=services,${suffix}" write by dn.exact="cn=limited,ou=services,${suffix}" read by * none
access to * by * read

overlay unique
unique_uri ldap:///?uid?sub

overlay ppolicy
ppolicy_default "cn=default,ou=policies,${suffix}"

overlay memberof
`;
}

const firstEntries = `dn: ${suffix}
objectClass: dcObject
objectClass: organization
dc: hue
o: Hue

dn: ou=people,${suffix}
objectClass: organizationalUnit
ou: people

dn: ou=other,ou=people,${suffix}
objectClass: organizationalUnit
ou: other

dn: ${groups}
objectClass: organizationalUnit
ou: groups

dn: ou=services,${suffix}
objectClass: organizationalUnit
ou: services

dn: ou=policies,${suffix}
objectClass: organizationalUnit
ou: policies

dn: cn=default,ou=policies,${suffix}
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 50

dn: cn=wardctl,ou=services,${suffix}
objectClass: device
objectClass: simpleSecurityObject
cn: wardctl
userPassword: ${password}

dn: cn=limited,ou=services,${suffix}
objectClass: device
objectClass: simpleSecurityObject
cn: limited
userPassword: ${password}
`;

/** RFC 2849, as ldapsearch writes it: `name: value`, `name:: base64`. */
function readLdif(text: string): SlapdEntry[] {
  return text
    .split(/\n\n+/)
    .filter((block) => block.startsWith("dn:"))
    .map((block) => {
      const lines = block.split("\n").flatMap((line) => {
        const [, name, encoded, value = ""] = /^([\w;.-]+):(:?) ?(.*)$/.exec(line) ?? [];
        return name ? [[name, encoded ? Buffer.from(value, "base64").toString("utf8") : value] as const] : [];
      });
      const values = new Map(
        [...Map.groupBy(lines, ([name]) => name)].map(([name, list]) => [name, list.map(([, value]) => value)]),
      );
      return { dn: values.get("dn")?.[0] as string, values };
    });
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

async function waitForPort(port: number, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`slapd ended with ${server.exitCode}: run it with -d 1 to see why`);
    const open = await new Promise<boolean>((answer) => {
      const socket = connect(port, "127.0.0.1", () => answer(socket.end() !== undefined));
      socket.on("error", () => answer(false));
    });
    if (open) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}
