import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { DriftKind } from "../../src/provision/drift.ts";
import { type CityWorkspace, canaryToken, cityNow, startCityWorkspace } from "../support/city-workspace.ts";
import { type Slapd, type SlapdEntry, startSlapd } from "./slapd.ts";

/** provision.md §18 C2 on OpenLDAP: its administrator changes things behind wardctl's back. test/commands/provision/drift.test.ts does the same on SCIMMY. */
let slapd: Slapd;
let workspace: CityWorkspace;
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  slapd = await startSlapd();
  workspace = await startCityWorkspace({ systems: ["documents"], empty: true });
  env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken, DIRECTORY_PASSWORD: slapd.password };
  const file = join(workspace.folder, "wardctl.yaml");
  const directory = `    directory: { kind: ldap, url: "${slapd.url}", bindDn: "${slapd.bindDn}", password: env:DIRECTORY_PASSWORD, base: "${slapd.people}" }
  functional:
    - { purpose: document-inbox, departments: all, systems: [directory], username: "{department}.{unit}" }
`;
  await writeFile(file, `${await readFile(file, "utf8")}${directory}`);
  await run("provision plan roster.csv --system directory --save plan.json");
  expect((await run("provision apply plan.json --yes")).code).toBe(0);
  expect((await run("provision leave CB2700405 --save leave.json")).code).toBe(8);
  expect((await run("provision apply leave.json --yes")).code).toBe(0);
});
afterEach(async () => {
  await workspace.city.stop();
  await slapd.stop();
});

const run = (line: string) => workspace.run(line, env);

interface Finding {
  readonly kind: DriftKind;
  readonly subject: string;
}

async function drift(): Promise<{ readonly code: number; readonly findings: readonly Finding[] }> {
  const { code, stdout } = await run("provision drift --json");
  return { code, findings: JSON.parse(stdout).findings };
}

const people = (): SlapdEntry[] =>
  slapd.dump().filter(({ values }) => /^CB/.test(values.get("employeeNumber")?.[0] ?? "") && !isLocked(values));
const isLocked = (values: SlapdEntry["values"]): boolean => values.has("pwdAccountLockedTime");
const idOf = ({ values }: SlapdEntry): string => values.get("employeeNumber")?.[0] ?? "";
const nameOf = ({ values }: SlapdEntry): string => values.get("uid")?.[0] ?? "";

const modify = ({ dn }: SlapdEntry, change: string): void => slapd.change(`dn: ${dn}\nchangetype: modify\n${change}\n`);
const rename = ({ dn }: SlapdEntry, uid: string): void =>
  slapd.change(`dn: ${dn}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 1\n`);
const remove = ({ dn }: SlapdEntry): void => slapd.change(`dn: ${dn}\nchangetype: delete\n`);
const add = (uid: string, more: string): void =>
  slapd.change(
    `dn: uid=${uid},${slapd.people}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n${more}`,
  );

/** What somebody does to the n-th person, for each kind that slapd allows: its overlay keeps names unique, so there is no twin of a name. */
const injections: Readonly<Partial<Record<DriftKind, (entry: SlapdEntry) => void>>> = {
  deleted: remove,
  recreated: (entry) => {
    remove(entry);
    add(nameOf(entry), `employeeNumber: ${idOf(entry)}\n`);
  },
  "external-id-rewritten": (entry) => modify(entry, "replace: employeeNumber\nemployeeNumber: 000012"),
  "external-id-removed": (entry) => modify(entry, "delete: employeeNumber"),
  renamed: (entry) => rename(entry, "nguoi.khac"),
  "disabled-elsewhere": (entry) => modify(entry, "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z"),
  "unit-changed": (entry) => modify(entry, "replace: o\no: 26740"),
  "department-changed": (entry) => modify(entry, "replace: departmentNumber\ndepartmentNumber: kinh-te"),
  "shown-name-changed": (entry) => modify(entry, "replace: displayName\ndisplayName: Somebody Else"),
  "attribute-changed": (entry) => modify(entry, "replace: title\ntitle: Chairman"),
  "twin-external-id": (entry) => add("twin", `employeeNumber: ${idOf(entry)}\n`),
  "name-claimed": (entry) => {
    const name = nameOf(entry);
    rename(entry, "di.cho.khac");
    add(name, "");
  },
};

it("finds nothing on a directory that only did what directories do", async () => {
  for (const entry of people()) {
    modify(entry, "add: description\ndescription: Co Lan");
  }
  const [one, two] = people() as [SlapdEntry, SlapdEntry];
  slapd.change(
    `dn: cn=van-thu,ou=other,${slapd.people}\nchangetype: add\nobjectClass: groupOfNames\ncn: van-thu\nmember: ${one.dn}\nmember: ${two.dn}\n`,
  );
  expect(people()[0]?.values.has("memberOf")).toBe(true);
  expect(await drift()).toEqual({ code: 0, findings: [] });
});

it("finds every kind at once, each on whom it was done, and nothing else", async () => {
  const everybody = people();
  const done = Object.entries(injections).map(([kind, inject], at) => {
    const entry = everybody[at] as SlapdEntry;
    inject(entry);
    return `${kind} ${idOf(entry)}`;
  });
  const [left] = slapd.dump().filter((entry) => idOf(entry) === "CB2700405") as [SlapdEntry];
  modify(left, "delete: pwdAccountLockedTime");
  // Whoever lost the name is renamed as well.
  const renamed = done.filter((one) => one.startsWith("name-claimed")).map((one) => one.replace("name-claimed", "renamed"));
  const { code, findings } = await drift();
  expect(code).toBe(8);
  const found = findings.filter(({ kind }) => kind !== "owner-gone").map(({ kind, subject }) => `${kind} ${subject}`);
  expect(found.sort()).toEqual([...done, ...renamed, "enabled-elsewhere CB2700405"].sort());
  expect(done.length + 1).toBeGreaterThanOrEqual(12);
});
