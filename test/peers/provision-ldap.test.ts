import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readIdentity } from "../../src/platform/age.ts";
import { isAccountOperation } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { type CityWorkspace, canaryToken, cityNow, startCityWorkspace } from "../support/city-workspace.ts";
import { makeCustodian } from "../support/custodian.ts";
import { type CountingProxy, startCountingProxy } from "./counting-proxy.ts";
import { type Slapd, startSlapd } from "./slapd.ts";

/** A directory next to a SCIM system, both empty, and the roster of two units. */
let slapd: Slapd;
let proxy: CountingProxy;
let workspace: CityWorkspace;
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  slapd = await startSlapd();
  proxy = await startCountingProxy(slapd.url);
  workspace = await startCityWorkspace({ systems: ["documents"], empty: true });
  env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken, DIRECTORY_PASSWORD: slapd.password };
  const file = join(workspace.folder, "wardctl.yaml");
  const directory = `    directory:
      kind: ldap
      url: ${proxy.url}
      bindDn: ${slapd.bindDn}
      password: env:DIRECTORY_PASSWORD
      base: ${slapd.people}
      pageSize: 20
  functional:
    - { purpose: document-inbox, departments: all, systems: [documents, directory], username: "{department}.{unit}" }
`;
  await writeFile(file, `${await readFile(file, "utf8")}${directory}`);
});
afterEach(async () => {
  await workspace.city.stop();
  await proxy.stop();
  await slapd.stop();
});

const run = (line: string) => workspace.run(line, env);
const readPlan = async (): Promise<Plan> => JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8"));

/** What stands in the directory is what the plan wanted: each once, nobody else. */
async function expectEverybodyOnce(): Promise<number> {
  const wanted = (await readPlan()).operations
    .filter(isAccountOperation)
    .filter(({ system }) => system === "directory")
    .map(({ after }) => after);
  const entries = slapd.dump().map(({ values }) => `${values.get("uid")?.[0]} ${values.get("employeeNumber")?.[0]}`);
  expect(entries.sort()).toEqual(wanted.map(({ userName, externalId }) => `${userName} ${externalId}`).sort());
  return wanted.length;
}

describe("provision with a directory beside a SCIM system", () => {
  it("plans, applies, reads back and covers both, and then has nothing more to do", async () => {
    const coverage = await run("provision coverage --unit 27004 --json");
    expect(coverage.code).toBe(8);
    const missing = JSON.parse(coverage.stdout).findings.filter(({ system }: { system: string }) => system === "directory");
    expect(missing.length).toBeGreaterThan(2);

    expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
    expect(proxy.counts.add + proxy.counts.modify).toBe(0);
    const applied = await run("provision apply plan.json --yes --json");
    expect(applied.code).toBe(0);
    const count = await expectEverybodyOnce();
    expect(count).toBeGreaterThan(30);
    // N creates are N writes; a sweep before, one after, and one look at what the directory can do.
    expect(proxy.counts.add).toBe(count);
    expect(proxy.counts.modify).toBe(0);
    expect(proxy.counts.search).toBeLessThanOrEqual(4 * Math.ceil(count / 20) + 4);

    expect((await run("provision verify plan.json")).code).toBe(0);
    expect((await run("provision coverage --unit 27004")).code).toBe(0);
    expect((await run("provision plan roster.csv --save again.json")).code).toBe(0);
    expect((await run("provision apply again.json")).code).toBe(0);
    expect(proxy.counts.add).toBe(count);

    const someone = slapd.dump().find(({ values }) => values.get("employeeNumber")?.[0] === "CB2700405");
    slapd.change(
      `dn: ${someone?.dn}\nchangetype: modify\nreplace: title\ntitle: Ai đó\n-\nadd: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n`,
    );
    const drift = await run("provision verify plan.json --json");
    expect(drift.code).toBe(8);
    expect(drift.stdout).toContain("Ai đó");
    const repair = await run("provision plan roster.csv --save repair.json --json");
    expect(JSON.parse(repair.stdout).totals).toMatchObject({ create: 0, enable: 1 });
    expect((await run("provision apply repair.json --yes")).code).toBe(0);
    expect(proxy.counts.modify).toBe(1);
    expect((await run("provision verify plan.json")).code).toBe(0);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("puts everybody into the groups of their class and unit, makes those that are missing, and takes a leaver out", async () => {
    const file = join(workspace.folder, "wardctl.yaml");
    const groups = `      groups: { base: "${slapd.groups}" }`;
    const template = `{ documents: {}, directory: { groups: ["Cán bộ – Công chức", "đơn vị \${unit_code}"] } }`;
    await writeFile(
      file,
      (await readFile(file, "utf8"))
        .replace("      pageSize: 20\n", `      pageSize: 20\n${groups}\n`)
        .replace("\nprovision:\n", `\nprovision:\n  classes: { cong_chuc: ${template}, can_bo: ${template} }\n`),
    );
    const listMembers = (name: string): readonly string[] =>
      slapd
        .dumpGroups()
        .find(({ values }) => values.get("cn")?.[0] === name)
        ?.values.get("member") ?? [];
    expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
    const applied = await run("provision apply plan.json --yes");
    expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
    const { operations } = await readPlan();
    const assigned = operations.filter(({ kind, system }) => kind === "assign" && system === "directory");
    const made = operations.filter(({ kind }) => kind === "create-group");
    expect(made.length).toBe(3);
    const placeholder = `cn=wardctl-placeholder,${slapd.groups}`;
    expect(listMembers("Cán bộ – Công chức")).toHaveLength(assigned.length + 1);
    expect(listMembers("Cán bộ – Công chức")).toContain(placeholder);
    // One request a group and person, and no look-up for any of them.
    expect(proxy.counts.modify).toBe(2 * assigned.length);
    expect((await run("provision plan roster.csv")).code).toBe(0);
    expect((await run("provision verify plan.json")).code).toBe(0);

    const leaver = assigned[0]?.subject.staffId as string;
    const dn = slapd.dump().find(({ values }) => values.get("employeeNumber")?.[0] === leaver)?.dn as string;
    expect(listMembers("Cán bộ – Công chức")).toContain(dn);
    expect((await run(`provision leave ${leaver} --save leave.json`)).code).toBe(8);
    expect((await run("provision apply leave.json --yes")).code).toBe(0);
    expect(listMembers("Cán bộ – Công chức")).not.toContain(dn);
    expect(listMembers("Cán bộ – Công chức")).toHaveLength(assigned.length);
  });

  it("keeps the directory's password out of every output, plan and log", async () => {
    let said = "";
    for (const line of ["plan roster.csv --save plan.json", "apply plan.json --yes --outcome out.csv", "status --json"]) {
      const { stdout, stderr } = await run(`provision ${line}`);
      said += stdout + stderr;
    }
    const denied = await workspace.run("provision plan roster.csv --system directory", {
      ...env,
      DIRECTORY_PASSWORD: "wrong-canary-4711",
    });
    // The other system could be read: something is planned, this one is named.
    expect(denied.code).toBe(7);
    expect(denied.stdout + denied.stderr).toContain("does not let us sign in (LDAP 49)");
    said += denied.stdout + denied.stderr;
    for (const file of ["plan.json", "out.csv", "wardctl.yaml", ".wardctl/cache.db", ".wardctl/cache.db-wal"]) {
      said += await readFile(join(workspace.folder, file), "latin1").catch(() => "");
    }
    expect(said).not.toContain(slapd.password);
    expect(said).not.toContain("wrong-canary");
  });
});

describe("provision apply to a directory, killed", () => {
  /** The real command in a process of its own. */
  function applyInOwnProcess(killAtAdd: number | undefined): Promise<number | null> {
    const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
    const child = spawn(process.execPath, [wardctl, "provision", "apply", "plan.json", "--yes", "--quiet"], {
      cwd: workspace.folder,
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
    const from = proxy.counts.add;
    proxy.onAdd = (count) => {
      // The request that is being looked at is still carried out; its answer finds nobody.
      if (killAtAdd !== undefined && count - from === killAtAdd) child.kill("SIGKILL");
    };
    return new Promise((done) => child.on("exit", done));
  }

  it.each([[[1, 7, 19]], [[3, 11, 2]], [[13, 1, 1]], [[2, 2, 25]], [[9, 16, 5]]])(
    "with kill -9 at adds %j, then run to the end: nobody twice, nobody lost",
    async (points) => {
      await run("provision plan roster.csv --system directory --save plan.json");
      for (const point of points) expect(await applyInOwnProcess(point)).toBeNull();
      expect(await applyInOwnProcess(undefined)).toBe(0);
      const count = await expectEverybodyOnce();
      // What landed is seen and not sent again: no more than was under way when the process died.
      expect(proxy.counts.add).toBeLessThanOrEqual(count + 8 * points.length);
      expect((await run("provision plan roster.csv --system directory")).code).toBe(0);
      expect((await run("audit verify")).code).toBe(0);
    },
  );
});

describe("first passwords of a directory", () => {
  it("are known to be claimed from what slapd notes of a bind, and not before", async () => {
    const custodian = await makeCustodian(join(workspace.folder, "key.txt"));
    const file = join(workspace.folder, "wardctl.yaml");
    const settings = (await readFile(file, "utf8"))
      .replace(
        "      pageSize: 20\n",
        "      pageSize: 20\n      startTls: true\n      ca: slapd-ca.pem\n      attributes: { lastSignIn: pwdLastSuccess }\n",
      )
      // The password travels under TLS only; the counting proxy speaks none.
      .replace(proxy.url, slapd.url.replace("127.0.0.1", "localhost"));
    await writeFile(join(workspace.folder, "slapd-ca.pem"), slapd.ca);
    const credentials = workspace.units.map((unit) => `"${unit}": ${custodian.recipient}`).join(", ");
    await writeFile(
      file,
      `${settings}  credentials: { systems: { directory: { policy: temporary } }, custodians: { ${credentials} } }\n`,
    );
    await run("provision plan roster.csv --system directory --only unit=27004 --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    await run("provision handout export --unit 27004 --out slips");
    const identity = await readIdentity(custodian.identity);
    const [name] = (await readdir(join(workspace.folder, "slips"))) as [string];
    const slip = JSON.parse((await identity.open(await readFile(join(workspace.folder, "slips", name)))) as string);
    // Nobody at all signed in yet: then nothing is known of anybody.
    const before = JSON.parse((await run("provision handout check --json")).stdout).slips;
    expect(before.every(({ signedIn }: { signedIn: string }) => signedIn === "unknown")).toBe(true);
    expect(slapd.canSignIn(`uid=${slip.username},${slapd.people}`, slip.secret)).toBe(true);
    const after = JSON.parse((await run("provision handout check --json")).stdout).slips;
    const came = after.filter(({ signedIn }: { signedIn: string }) => signedIn === "yes");
    expect(came.map(({ slip: id }: { slip: string }) => id)).toEqual([slip.slip]);
    expect(after.filter(({ signedIn }: { signedIn: string }) => signedIn === "no")).toHaveLength(after.length - 1);
    expect(JSON.parse((await run("provision handout list --json")).stdout).slips).toContainEqual(
      expect.objectContaining({ slip: slip.slip, state: "seen" }),
    );
  });
});
