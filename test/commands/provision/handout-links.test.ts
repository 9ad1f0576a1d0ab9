import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCustodian } from "../../support/custodian.ts";
import { type KeycloakFake, keycloakSecret, startKeycloak } from "../../support/keycloak-fake.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

const roster = fileURLToPath(new URL("../../../fixtures/rosters/tan-binh.csv", import.meta.url));

let server: KeycloakFake;
let folder: string;
afterEach(() => server.stop());

const run = (line: string): Promise<RunResult> =>
  runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", KC: keycloakSecret } });

/** Two of eight people have a mailbox of their own already. */
beforeEach(async () => {
  server = await startKeycloak();
  folder = await makeTestFolder();
  const { recipient } = await makeCustodian(join(await makeTestFolder(), "key.txt"));
  await copyFile(roster, join(folder, "roster.csv"));
  const text = await readFile(join(folder, "roster.csv"), "utf8");
  const withMail = text
    .replace(/^(CB2700404.*),,,$/m, "$1,phuong@example.vn,,")
    .replace(/^(CB2700406.*),,,$/m, "$1,hoa@example.vn,,");
  await writeFile(join(folder, "roster.csv"), withMail);
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: T\nprovince: "79"\nunits: ["27004"]\nprovision:
  systems:
    documents:
      { kind: rest, url: "${server.url}", definition: keycloak, secrets: { client: "env:KC" }, variables: { realm: phuong, client: wardctl } }
  credentials: { systems: { documents: { policy: link, expiryHours: 48 } }, custodians: { "27004": ${recipient} } }\n`,
  );
});

const findUser = (username: string) => [...server.users.values()].find((user) => user.username === username);

async function listSlips(flags = ""): Promise<readonly Record<string, unknown>[]> {
  return JSON.parse((await run(`provision handout list --json ${flags}`)).stdout).slips;
}

async function makeEverybody(): Promise<RunResult> {
  await run("provision plan roster.csv --save plan.json");
  return run("provision apply plan.json --yes");
}

describe("a system that can send a link", () => {
  it("sends it to whoever has a mailbox, without any password; the others get slips", async () => {
    const applied = await makeEverybody();
    expect(applied.code).toBe(0);
    const mailed = ["phuongnt", "hoal"].map((name) => findUser(name)?.id);
    expect(server.mails.map(({ id }) => id).sort()).toEqual([...mailed].sort());
    expect(server.mails[0]).toMatchObject({ actions: ["UPDATE_PASSWORD"], lifespan: String(48 * 3600) });
    for (const id of mailed) expect(server.passwords.has(id as string)).toBe(false);
    expect(server.passwords.size).toBe(server.users.size - 2);
    const slips = await listSlips();
    expect(slips.filter(({ state }) => state === "link-sent")).toMatchObject([
      { subject: "CB2700404", recipient: "link", expiresAt: "2025-07-05T10:00:00+07:00" },
      { subject: "CB2700406", recipient: "link" },
    ]);
    expect(slips.filter(({ state }) => state === "issued")).toHaveLength(server.users.size - 2);
    expect((await run("provision handout list --lang vi")).stdout).toContain("đã gửi liên kết");
    // There is no paper to hand over; that somebody signed in can be said.
    const [link] = slips.filter(({ state }) => state === "link-sent");
    expect((await run(`provision handout mark ${link?.["slip"]} handed`)).code).toBe(6);
    expect((await run(`provision handout mark ${link?.["slip"]} seen`)).code).toBe(0);
    const exported = JSON.parse((await run("provision handout export --unit 27004 --out slips --json")).stdout);
    expect(exported.slips).toHaveLength(server.users.size - 2);
  });

  it("whose mail server is down: the account stands, the link is in doubt, and is sent by a plan later", async () => {
    server.mailIsDown = true;
    const applied = await makeEverybody();
    expect(applied.code).toBe(8);
    expect(applied.stderr).toContain("handout reissue");
    expect((await listSlips()).filter(({ state }) => state === "unknown")).toHaveLength(2);
    server.mailIsDown = false;
    await run("provision handout reissue --expired --save again.json");
    expect((await run("provision apply again.json --yes")).code).toBe(0);
    expect(server.mails).toHaveLength(2);
    expect((await listSlips()).filter(({ state }) => state === "link-sent")).toHaveLength(2);
  });

  it("is refused as policy where the system has no such thing, before anything is written", async () => {
    const settings = await readFile(join(folder, "wardctl.yaml"), "utf8");
    const { keycloakDefinition } = await import("../../../src/provision/connectors/definitions/keycloak.ts");
    await writeFile(join(folder, "own.yaml"), keycloakDefinition.replace(/sendLink:\n.*\n.*\n/, ""));
    await writeFile(join(folder, "wardctl.yaml"), settings.replace("definition: keycloak", "definition: own.yaml"));
    const applied = await makeEverybody();
    expect(applied.code).toBe(3);
    expect(applied.stderr).toContain("documents cannot send a link");
    expect(server.users.size).toBe(0);
  });
});

describe("a system that can end sessions", () => {
  it("signs a leaver out everywhere; when that fails the account is closed all the same and somebody is told", async () => {
    await makeEverybody();
    await run("provision leave CB2700404 --save leave.json");
    expect((await run("provision apply leave.json --yes")).code).toBe(0);
    expect(server.loggedOut).toEqual([findUser("phuongnt")?.id]);
    await run("provision leave CB2700406 --save leave2.json");
    server.refusesLogout = true;
    const applied = await run("provision apply leave2.json --yes");
    expect(applied.code).toBe(8);
    expect(applied.stderr).toContain("sessions could not be ended");
    expect(findUser("hoal")).toMatchObject({ enabled: false });
  });
});
