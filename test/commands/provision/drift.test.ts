import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CityAccount } from "../../../src/city/account-store.ts";
import { createFaults } from "../../../src/city/faults.ts";
import { enterpriseSchema } from "../../../src/provision/connectors/scim-user.ts";
import { type DriftKind, driftKinds } from "../../../src/provision/drift.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

interface Finding {
  readonly kind: DriftKind;
  readonly system: string;
  readonly subject: string;
  readonly username: string;
  readonly targetId: string | null;
  readonly differences: readonly string[];
}

/** A ward whose accounts are known to wardctl: some were found, some it made itself. */
async function start(systems: readonly ("documents" | "dossiers")[] = ["documents"]): Promise<void> {
  const faults = createFaults();
  faults.on("departments-without-accounts", "27004");
  workspace = await startCityWorkspace({ systems, faults, newHires: ["CB1977704"] });
  // Everybody may read documents, by their class.
  const everybody = systems.map((system) => `${system}: { roles: [${system}.read], groups: ["unit:\${unit_code}"] }`).join(", ");
  const classes = ["can_bo", "cong_chuc", "hop_dong"].map((name) => `${name}: { ${everybody} }`).join(", ");
  const file = join(workspace.folder, "wardctl.yaml");
  await writeFile(file, (await readFile(file, "utf8")).replace("provision:\n", `provision:\n  classes: { ${classes} }\n`));
  await workspace.run("provision plan roster.csv --save plan.json");
  const applied = await workspace.run("provision apply plan.json --yes");
  expect(applied.code).toBe(0);
}

async function drift(
  flags = "",
): Promise<{ readonly code: number; readonly findings: readonly Finding[]; readonly stderr: string }> {
  const { code, stdout, stderr } = await workspace.run(`provision drift --json ${flags}`);
  return { code, findings: JSON.parse(stdout).findings, stderr };
}

const accounts = (): Map<string, CityAccount> => workspace.core.accounts.documents.accounts;
const people = (): CityAccount[] => [...accounts().values()].filter(({ externalId }) => externalId?.startsWith("CB"));
const officers = (): CityAccount[] => {
  const staff = new Set(
    workspace.core.people.filter(({ posts }) => posts[0]?.position === "chuyen-vien").map(({ staffId }) => staffId),
  );
  return people().filter(({ externalId = "" }) => staff.has(externalId));
};
const person = (at: number): CityAccount => officers()[at] as CityAccount;
const departments = (): CityAccount[] => [...accounts().values()].filter(({ externalId }) => externalId?.includes("/"));

type Injection = () => { readonly subject: string | undefined; readonly targetId?: string | null };

const enterpriseOf = (account: CityAccount): Record<string, unknown> =>
  account.attributes[enterpriseSchema] as Record<string, unknown>;

/** What somebody does on the system itself, for each kind. */
const injections: Readonly<Record<DriftKind, Injection>> = {
  deleted: () => {
    const account = person(0);
    accounts().delete(account.id);
    return { subject: account.externalId, targetId: null };
  },
  recreated: () => {
    const account = person(1);
    accounts().delete(account.id);
    accounts().set("another-id", { ...account, id: "another-id" });
    return { subject: account.externalId, targetId: "another-id" };
  },
  "external-id-rewritten": () => {
    const account = person(2);
    const subject = account.externalId;
    account.externalId = "000012";
    return { subject };
  },
  "external-id-removed": () => {
    const account = person(3);
    const subject = account.externalId;
    account.externalId = undefined;
    return { subject };
  },
  renamed: () => {
    person(4).userName = "somebody.else";
    return { subject: person(4).externalId };
  },
  "disabled-elsewhere": () => {
    person(5).active = false;
    return { subject: person(5).externalId };
  },
  "enabled-elsewhere": () => {
    const account = [...accounts().values()].find(({ active }) => !active) as CityAccount;
    account.active = true;
    return { subject: account.externalId };
  },
  "unit-changed": () => {
    enterpriseOf(person(6))["organization"] = "26740";
    return { subject: person(6).externalId };
  },
  "department-changed": () => {
    enterpriseOf(departments()[0] as CityAccount)["department"] = "kinh-te";
    return { subject: departments()[0]?.externalId };
  },
  "shown-name-changed": () => {
    person(7).displayName = `${person(7).displayName} (nghỉ phép)`;
    return { subject: person(7).externalId };
  },
  "attribute-changed": () => {
    person(8).attributes["title"] = "Chủ tịch UBND; Giám đốc";
    return { subject: person(8).externalId };
  },
  "twin-external-id": () => {
    accounts().set("twin-1", { ...person(9), id: "twin-1", userName: "twin.one" });
    return { subject: person(9).externalId, targetId: "twin-1" };
  },
  "twin-username": () => {
    const { userName } = person(10);
    accounts().set("twin-2", { id: "twin-2", userName: `CORP/${userName.toUpperCase()}`, active: true, attributes: {} });
    return { subject: person(10).externalId, targetId: "twin-2" };
  },
  "name-claimed": () => {
    const account = person(11);
    const { userName } = account;
    account.userName = "moved.away";
    accounts().set("claimer", { id: "claimer", userName, active: true, attributes: {} });
    return { subject: account.externalId, targetId: "claimer" };
  },
  "owner-gone": () => {
    const owned = departments().find(({ externalId }) => externalId?.startsWith("27004/van-hoa-xa-hoi")) as CityAccount;
    const head = workspace.core.people.find(({ posts }) =>
      posts.some(
        ({ unit, department, position }) => unit === "27004" && department === "van-hoa-xa-hoi" && position === "truong-phong",
      ),
    );
    const account = people().find(({ externalId }) => externalId === head?.staffId) as CityAccount;
    account.active = false;
    return { subject: owned.externalId };
  },
  "role-added": () => {
    const group = [...workspace.core.accounts.documents.groups.values()].find(({ displayName }) => displayName === "unit:19777");
    const account = officers().find(({ externalId }) => externalId?.startsWith("CB27004")) as CityAccount;
    group!.members = [...group!.members, { value: account.id }];
    return { subject: account.externalId };
  },
  "role-removed": () => {
    person(10).attributes["roles"] = [{ value: "doc.approve" }];
    return { subject: person(10).externalId };
  },
};

/** What comes along with a kind because it is part of it. */
const company: Partial<Record<DriftKind, readonly DriftKind[]>> = {
  "name-claimed": ["renamed"],
  "owner-gone": ["disabled-elsewhere"],
};

describe("provision drift", () => {
  it("finds nothing on a server that only did what servers do", async () => {
    await start();
    for (const account of accounts().values()) {
      account.userName = account.userName.toUpperCase();
      if (account.displayName) account.displayName = account.displayName.normalize("NFD");
      account.attributes["nickName"] = "Cô Lan";
      account.attributes["locale"] = "vi-VN";
      account.attributes["timezone"] = "Asia/Ho_Chi_Minh";
      const roles = (account.attributes["roles"] ?? []) as readonly object[];
      account.attributes["roles"] = [
        { value: "văn thư" },
        ...roles.map((role) => ({ ...role, display: "Đọc văn bản", primary: true })),
      ];
      account.attributes["meta"] = { version: 'W/"7"', lastModified: "2025-07-03T09:00:00Z" };
      const name = account.attributes["name"] as Record<string, unknown> | undefined;
      account.attributes["name"] = { ...name, familyName: "Nguyễn" };
    }
    for (const group of workspace.core.accounts.documents.groups.values()) {
      group.members = group.members.map((member) => ({ ...member, display: "Cô Lan", type: "User" }));
    }
    accounts().set("unmanaged", { id: "unmanaged", userName: "khach", active: true, attributes: {} });
    const { code, findings } = await drift();
    expect(findings).toEqual([]);
    expect(code).toBe(0);
  });

  it.each(driftKinds.filter((kind) => kind !== "enabled-elsewhere"))("finds %s, once, and nothing else", async (kind) => {
    await start();
    const { subject, targetId } = injections[kind]();
    const { code, findings } = await drift();
    expect(code).toBe(8);
    const own = findings.filter((finding) => finding.kind === kind);
    expect(own.map((finding) => finding.subject)).toEqual([subject]);
    if (targetId !== undefined) expect(own[0]?.targetId).toBe(targetId);
    expect(own[0]?.differences.length).toBeGreaterThan(0);
    const others = findings.filter((finding) => finding.kind !== kind).map((finding) => finding.kind);
    expect(others).toEqual(company[kind] ?? []);
  });

  it("finds a leaver's account that somebody opened again", async () => {
    await start();
    expect((await workspace.run("provision leave CB1977704 --save leave.json")).code).toBe(8);
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
    // Nobody's phone was wardctl's to answer for before, and a leaver's is not either.
    const left = [...accounts().values()].find(({ externalId }) => externalId === "CB1977704") as CityAccount;
    left.attributes["phoneNumbers"] = [{ type: "work", value: "0901234567" }];
    expect((await drift()).findings).toEqual([]);
    const { subject } = injections["enabled-elsewhere"]();
    expect((await drift()).findings).toMatchObject([{ kind: "enabled-elsewhere", subject }]);
  });

  it("finds many kinds at once, and a plan repairs what needs no person", async () => {
    await start();
    const repaired = [
      "disabled-elsewhere",
      "unit-changed",
      "department-changed",
      "shown-name-changed",
      "attribute-changed",
    ] as const;
    for (const kind of repaired) injections[kind]();
    expect((await drift()).findings.map(({ kind }) => kind).sort()).toEqual([...repaired].sort());
    await workspace.run("provision plan roster.csv --save repair.json");
    expect((await workspace.run("provision apply repair.json --yes")).code).toBe(0);
    expect(await drift()).toMatchObject({ code: 0, findings: [] });
  });

  it("says which system could not be read and still compares the others", async () => {
    await start(["documents", "dossiers"]);
    // Whoever heads the department may well have an account on the other system.
    injections["owner-gone"]();
    const yaml = await readFile(join(workspace.folder, "wardctl.yaml"), "utf8");
    await writeFile(join(workspace.folder, "wardctl.yaml"), yaml.replace("/dossiers/scim/v2", "/dossiers/nothing"));
    const { code, findings, stderr } = await drift();
    expect(code).toBe(7);
    expect(findings.map(({ kind }) => kind)).toEqual(["disabled-elsewhere"]);
    expect(stderr).toContain("dossiers");
  });

  it("speaks Vietnamese and says the way back", async () => {
    await start();
    injections["disabled-elsewhere"]();
    const { stdout, stderr } = await workspace.run("provision drift --lang vi");
    expect(stdout).toContain("bị khóa ngoài wardctl");
    expect(stderr).toContain("wardctl provision plan");
  });
});
