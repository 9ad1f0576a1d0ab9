import { execFileSync, spawnSync } from "node:child_process";
import { chmod, copyFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { isWholeSecret } from "../../../src/provision/first-secret.ts";
import { type Custodian, makeCustodian } from "../../support/custodian.ts";
import { type Lie, type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/rosters/", import.meta.url));
const unit = "27004";
/** 8 people, 4 departments' inboxes, the clerk. */
const accounts = 13;

let server: LyingServer;
let folder: string;
let custodian: Custodian;
afterEach(() => server.stop());

const env = { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", DOCS_TOKEN: "secret-canary" };
const run = (line: string, now = env.WARDCTL_NOW): Promise<RunResult> =>
  runWardctl(line, { cwd: folder, env: { ...env, WARDCTL_NOW: now } });

async function writeSettings(credentials: string): Promise<void> {
  const documents = `documents: { kind: scim, url: "${server.url}", token: "env:DOCS_TOKEN" }`;
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Tân Bình\nprovince: "79"\nunits: ["${unit}"]\nprovision:\n  systems:\n    ${documents}\n  credentials:\n${credentials}`,
  );
}

const temporary = "    systems: { documents: { policy: temporary, expiryHours: 72, address: 'https://qlvb.example.vn' } }\n";

async function start(...lies: readonly Lie[]): Promise<void> {
  server = await startLyingScim(...lies);
  folder = await makeTestFolder();
  custodian = await makeCustodian(join(folder, "key.txt"));
  await copyFile(`${fixtures}tan-binh.csv`, join(folder, "roster.csv"));
  await writeSettings(`${temporary}    custodians: { "${unit}": ${custodian.recipient} }\n`);
}

async function applyAll(...lies: readonly Lie[]): Promise<RunResult> {
  await start(...lies);
  expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
  return run("provision apply plan.json --yes");
}

interface SlipLine {
  readonly slip: string;
  readonly state: string;
  readonly generation: number;
  readonly cause: string;
  readonly username: string;
}

async function listSlips(flags = "", now?: string): Promise<SlipLine[]> {
  return JSON.parse((await run(`provision handout list --json ${flags}`, now)).stdout).slips;
}

/** What the server holds, by user name: the truth that a slip must match. */
const passwords = (): Map<string, unknown> =>
  new Map([...server.users.values()].map((user) => [user.userName, user["password"]]));

/** What the custodian reads from the exported files, with stock age where the machine has it. */
async function openExported(): Promise<{ readonly username: string; readonly secret: string; readonly name: string }[]> {
  expect((await run(`provision handout export --unit ${unit} --out slips`)).code).toBe(0);
  const { readIdentity } = await import("../../../src/platform/age.ts");
  const identity = await readIdentity(custodian.identity);
  const names = await readdir(join(folder, "slips"));
  return Promise.all(
    names.map(async (name) => JSON.parse((await identity.open(await readFile(join(folder, "slips", name)))) as string)),
  );
}

const isInstalled = (command: string): boolean => spawnSync(command, ["--help"]).error === undefined;

function skipLoudly(command: string, debian: string): boolean {
  if (isInstalled(command)) return false;
  console.warn(`NOT TESTED: ${command} is not installed (Debian: apt-get install ${debian})`);
  return true;
}

describe("first credentials", () => {
  it("are set with the account, sealed for the unit's custodian, and open to the secret that the system holds", async () => {
    const applied = await applyAll();
    expect((await run("provision plan roster.csv")).stderr).not.toContain("custodian's key");
    expect(applied.code).toBe(0);
    expect(applied.stderr).toContain(`wardctl provision handout export --unit ${unit}`);
    expect(passwords().size).toBe(accounts);
    const slips = await openExported();
    expect(slips).toHaveLength(accounts);
    for (const { username, secret } of slips) {
      expect(secret).toBe(passwords().get(username));
      expect(isWholeSecret(secret)).toBe(true);
    }
    expect(new Set(slips.map(({ secret }) => secret)).size).toBe(accounts);
    for (const name of await readdir(join(folder, "slips"))) {
      expect((await stat(join(folder, "slips", name))).mode & 0o777).toBe(0o600);
    }
    expect((await run("provision plan roster.csv")).code).toBe(0);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("are not touched where no policy says so", async () => {
    await start();
    await writeSettings("    systems: { documents: { policy: none } }\n");
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expect([...passwords().values()].every((password) => password === undefined)).toBe(true);
    expect(await listSlips()).toEqual([]);
  });

  it("without a custodian's key: every unit is named, exit 3, nothing is written", async () => {
    await start();
    await writeSettings(`${temporary}    custodiansFile: custodians.csv\n`);
    await writeFile(join(folder, "custodians.csv"), `unit,recipient\n26737,${custodian.recipient}\n`);
    const planned = await run("provision plan roster.csv --save plan.json");
    expect(planned.code).toBe(8);
    expect(planned.stderr).toContain("1 unit needs first passwords and has no custodian's key: 27004");
    const refused = await run("provision apply plan.json --yes");
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("custodians.csv: 27004 Phường Tân Bình");
    expect(server.writes).toBe(0);
    expect((await run("provision status")).stdout).toContain("No plan was ever begun");
    await writeFile(join(folder, "custodians.csv"), `Mã đơn vị;Khóa công khai\n${unit};${custodian.recipient}\n`);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
  });

  it("with a list of custodians full of faults: each with its line, and a private key is not repeated", async () => {
    await start();
    await writeSettings(`${temporary}    custodiansFile: custodians.csv\n`);
    const key = (await readFile(custodian.identity, "utf8")).split("\n")[2] as string;
    const torn = `${custodian.recipient.slice(0, -1)}${custodian.recipient.endsWith("q") ? "p" : "q"}`;
    await writeFile(
      join(folder, "custodians.csv"),
      `unit,recipient\n${unit},${key}\n99999,${custodian.recipient}\n${unit},${torn}\n`,
    );
    await run("provision plan roster.csv --save plan.json");
    const refused = await run("provision apply plan.json --yes");
    expect(refused.code).toBe(3);
    expect(refused.stderr.match(/^custodians\.csv:[234]: /gm)).toHaveLength(3);
    expect(refused.stderr).not.toContain(key);
    await writeSettings(`${temporary}    custodians: { "${unit}": ${key} }\n`);
    const inYaml = await run("provision apply plan.json --yes");
    expect(inYaml.code).toBe(3);
    expect(inYaml.stderr).toContain("age1");
    expect(inYaml.stderr).not.toContain(key);
    expect(server.writes).toBe(0);
  });

  it.each(["500-after-executing", "reset-after-executing"] as const)(
    "after %s: one reset with a slip of its own, which is the one in force",
    async (lie) => {
      const applied = await applyAll(lie);
      // The reset is carried out and not answered either: it is unknown, and the same command goes on.
      expect(applied.code).toBe(7);
      server.lies.clear();
      expect((await run("provision apply plan.json --yes")).code).toBe(0);
      const slips = await openExported();
      expect(slips).toHaveLength(accounts);
      for (const { username, secret } of slips) expect(secret).toBe(passwords().get(username));
      const all = await listSlips("--all");
      expect(all.filter(({ state }) => state === "superseded")).toHaveLength(2 * accounts);
      expect(
        all.filter(({ state, cause, generation }) => state === "issued" && cause === "reset" && generation === 3),
      ).toHaveLength(accounts);
    },
  );

  it("a system that repeats the password in its refusal does not get it into the outcome, the log or the database", async () => {
    await start("echoes-password");
    await run("provision plan roster.csv --save plan.json");
    const applied = await run("provision apply plan.json --yes --json --outcome out.csv");
    expect(applied.code).toBe(7);
    expect(server.seenPasswords.length).toBeGreaterThanOrEqual(accounts);
    const texts = [applied.stdout, applied.stderr, await readFile(join(folder, "out.csv"), "utf8")];
    expect(texts.join("")).toContain("•••");
    const files = await readdir(join(folder, ".wardctl"));
    for (const name of files) texts.push(await readFile(join(folder, ".wardctl", name), "latin1"));
    for (const secret of server.seenPasswords) {
      // Cut off in the middle it would still be most of a password.
      for (const text of texts) expect(text.toLowerCase()).not.toContain(secret.slice(0, 6).toLowerCase());
    }
  });

  it("a system that takes no reset: the account stands, its slip is unknown, somebody must act", async () => {
    await start("500-after-executing", "refuses-password-reset");
    await run("provision plan roster.csv --save plan.json");
    const applied = await run("provision apply plan.json --yes");
    expect(applied.code).toBe(8);
    expect(applied.stderr).toContain("took no reset");
    const listed = await run("provision handout list");
    expect(listed.code).toBe(8);
    expect(listed.stdout).toContain("UNKNOWN");
    expect(JSON.parse((await run(`provision handout export --unit ${unit} --out slips --json`)).stdout).slips).toEqual([]);
  });

  it("an account that somebody made before anything was sent keeps its password", async () => {
    await start();
    await run("provision plan roster.csv --save plan.json");
    const { operations } = JSON.parse(await readFile(join(folder, "plan.json"), "utf8"));
    const { toScimUser } = await import("../../../src/provision/connectors/scim-user.ts");
    const made = { ...toScimUser(operations[0].after), id: "theirs", password: "theirs" } as never as {
      userName: string;
      id: string;
    };
    // After the stale check: an account that is there when apply begins is found to be as wanted.
    server.users.set("theirs", made);
    const applied = await run("provision apply plan.json --yes");
    expect(applied.code).toBe(8);
    expect(applied.stderr).toContain("no first password was set");
    expect(server.users.get("theirs")?.["password"]).toBe("theirs");
    expect(await listSlips()).toHaveLength(accounts - 1);
  });
});

describe("the ledger", () => {
  it("goes from issued to handed to seen, with audit, and says no to what cannot be", async () => {
    await applyAll();
    const [first, second] = (await listSlips()) as [SlipLine, SlipLine];
    expect(first.state).toBe("issued");
    const handed = await run(`provision handout mark ${first.slip} handed --json`);
    expect(JSON.parse(handed.stdout)).toMatchObject({ schema: "wardctl.handout-mark/1", state: "handed" });
    expect((await run(`provision handout mark ${first.slip} handed`)).code).toBe(0);
    expect((await run(`provision handout mark ${first.slip} seen --lang vi`)).stdout).toContain("đã đăng nhập");
    expect((await run(`provision handout mark ${first.slip} handed`)).code).toBe(6);
    expect((await run("provision handout mark nonsense handed")).code).toBe(2);
    expect((await run(`provision handout mark ${second.slip} lost`)).code).toBe(2);
    const { records } = JSON.parse((await run("audit show --action provision.slip --json")).stdout);
    const actions = records.map(({ action }: { action: string }) => action);
    expect(actions.filter((action: string) => action === "provision.slip.handed")).toHaveLength(1);
    expect(actions.filter((action: string) => action === "provision.slip.seal")).toHaveLength(accounts);
  });

  it("shows what has expired, and hands out none of it", async () => {
    await applyAll();
    const later = "2025-07-06T10:00:01+07:00";
    expect((await listSlips("", "2025-07-06T09:59:59+07:00")).every(({ state }) => state === "issued")).toBe(true);
    expect((await listSlips("", later)).every(({ state }) => state === "expired")).toBe(true);
    const listed = await run("provision handout list", later);
    expect(listed.code).toBe(8);
    expect(listed.stderr).toContain("13 slips EXPIRED");
    expect((await run(`provision handout export --unit ${unit} --out slips`, later)).stdout).toContain("no slip to hand over");
  });
});

describe("the custodian", () => {
  it("prints exported slips without a workspace, one person a page, and the text can be taken out exactly", async () => {
    await applyAll();
    const slips = await openExported();
    const elsewhere = await makeTestFolder();
    const line = `provision handout print ${join(folder, "slips")} --identity ${custodian.identity} --out slips.pdf --lang vi`;
    const printed = await runWardctl(line, { cwd: elsewhere });
    expect(printed).toMatchObject({ code: 0 });
    expect(printed.stdout).toContain("13 trang, 13 phiếu");
    const pdf = join(elsewhere, "slips.pdf");
    expect((await stat(pdf)).mode & 0o777).toBe(0o600);
    if (skipLoudly("pdftotext", "poppler-utils")) return;
    const pages = execFileSync("pdftotext", ["-enc", "UTF-8", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    expect(pages).toHaveLength(accounts);
    for (const { username, secret, name } of slips) {
      const page = pages.find((text) => text.includes(`\n${username}\n`)) as string;
      const lines = page.split("\n");
      expect(lines).toContain(name);
      expect(lines).toContain(secret);
      expect(lines).toContain("Phường Tân Bình (27004)");
      expect(lines).toContain("Mật khẩu tạm");
      expect(lines).toContain("https://qlvb.example.vn");
      expect(lines).toContain("Dùng được đến 10:00 06/7/2025");
      expect(page).toContain("Ký và ghi rõ họ tên");
    }
    expect(execFileSync("pdfinfo", [pdf], { encoding: "utf8" })).toMatch(/Tagged:\s+yes/);
  });

  it("prints from the workspace only what the key opens", async () => {
    await applyAll();
    const printed = await run("provision handout print --identity key.txt --out a.pdf --json");
    expect(JSON.parse(printed.stdout)).toMatchObject({ schema: "wardctl.handout-print/1", pages: accounts, sealedForOthers: 0 });
    await makeCustodian(join(folder, "other.txt"));
    const foreign = await run("provision handout print --identity other.txt --out b.pdf");
    expect(foreign.code).toBe(4);
    expect(await readdir(folder)).not.toContain("b.pdf");
    await run(`provision handout export --unit ${unit} --out slips`);
    expect((await run("provision handout print slips --identity other.txt --out b.pdf")).code).toBe(4);
    await chmod(join(folder, "key.txt"), 0o644);
    const open = await run("provision handout print --identity key.txt --out c.pdf");
    expect(open).toMatchObject({ code: 4 });
    expect(open.stderr).toContain("chmod 600 key.txt");
  });

  it("is told of a slip that was altered, and of a file that is no slip", async () => {
    await applyAll();
    await run(`provision handout export --unit ${unit} --out slips`);
    const [name] = (await readdir(join(folder, "slips"))) as [string];
    const bytes = await readFile(join(folder, "slips", name));
    bytes[bytes.length - 30]! ^= 1;
    await writeFile(join(folder, "slips", name), bytes);
    const torn = await run("provision handout print slips --identity key.txt --out a.pdf");
    expect(torn.code).toBe(3);
    expect(torn.stderr).toContain("torn or was altered");
    expect((await run("provision handout print roster.csv --identity key.txt --out a.pdf")).code).toBe(3);
    expect((await run("provision handout print nowhere --identity key.txt --out a.pdf")).code).toBe(3);
    expect((await run("provision handout print --identity roster.csv --out a.pdf")).code).toBe(4);
  });

  it("opens every exported slip with stock age", async ({ skip }) => {
    await applyAll();
    await run(`provision handout export --unit ${unit} --out slips`);
    if (skipLoudly("age", "age")) skip();
    for (const name of await readdir(join(folder, "slips"))) {
      const text = execFileSync("age", ["-d", "-i", custodian.identity, join(folder, "slips", name)], { encoding: "utf8" });
      const { username, secret } = JSON.parse(text);
      expect(secret).toBe(passwords().get(username));
    }
  });
});
