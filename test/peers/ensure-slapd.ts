import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The command a person can run where this one may not. */
const command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends slapd ldap-utils";

const needed = [
  "/usr/sbin/slapd",
  ...["ldapadd", "ldapmodify", "ldapsearch", "ldapwhoami"].map((program) => `/usr/bin/${program}`),
  ...["back_mdb", "memberof", "ppolicy", "unique"].map((module) => `/usr/lib/ldap/${module}.so`),
];

const listMissing = (): string[] => needed.filter((path) => !existsSync(path));

/** Vitest's global set-up: the peers are there, or nothing runs and the exact command is said. A peer that is missing is never a pass. */
export default function ensureSlapd(): void {
  if (listMissing().length === 0) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // The package would start a server of its own on port 389; ours are private and on loopback.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    spawnSync("/usr/bin/apt-get", ["update"], { stdio: "inherit", env });
    spawnSync("/usr/bin/apt-get", ["install", "-y", "--no-install-recommends", "slapd", "ldap-utils"], { stdio: "inherit", env });
  }
  const missing = listMissing();
  if (missing.length > 0) throw new Error(`OpenLDAP is not there (${missing.join(", ")}). Run: ${command}`);
}
