import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { listForms, listLeaks, type Place, readPlaces } from "../support/canaries.ts";
import { startTlsDirectory } from "../support/connect-directory.ts";
import { type Custodian, makeCustodian } from "../support/custodian.ts";
import type { FakeDirectory } from "../support/fake-directory.ts";
import { type KeycloakFake, keycloakSecret, startKeycloak } from "../support/keycloak-fake.ts";
import { type LyingServer, startLyingScim } from "../support/lying-scim.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";
import { startVendor, type VendorFake, vendorPass } from "../support/vendor-fake.ts";

/**
 * provision.md §18 G1: secrets of the operator, tokens and sessions that systems gave for them, first passwords and the custodian's key, on a SCIM
 * service, Active Directory and two systems with a REST of their own. They are searched for in everything that is written or said, in every form, after
 * success, after `kill -9`, and after each kind of failure.
 */
const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const roster = fileURLToPath(new URL("../../fixtures/rosters/tan-binh.csv", import.meta.url));
const scimSecret = "secret-canary";
const directoryPassword = "ad-Canary/4711+é";
const wrong = "wrong-canary-4711";

let servers: readonly { stop(): Promise<void> }[] = [];
let documents: LyingServer;
let directory: FakeDirectory;
let portal: VendorFake;
let iam: KeycloakFake;
let home: string;
let folder: string;
let temporary: string;
let custodian: Custodian;
let said: Place[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  [servers, said] = [[], []];
});

async function start(): Promise<void> {
  home = await makeTestFolder();
  [folder, temporary] = [join(home, "workspace"), join(home, "temporary")];
  await mkdir(folder);
  await mkdir(temporary);
  documents = await startLyingScim("short-tokens");
  const tls = await startTlsDirectory("ad", directoryPassword);
  directory = tls.directory;
  portal = await startVendor();
  iam = await startKeycloak();
  servers = [documents, directory, portal, iam];
  custodian = await makeCustodian(join(home, "key.txt"));
  await writeFile(join(folder, "directory.pem"), tls.ca);
  await copyFile(roster, join(folder, "roster.csv"));
  await giveSecrets({ scim: scimSecret, directory: directoryPassword, portal: vendorPass, iam: keycloakSecret });
  await writeFile(join(folder, "wardctl.yaml"), formatSettings("file:../scim"));
}

/** Beside the workspace, readable by their owner alone: the environment is the operator's own choice and is not taken here. */
async function giveSecrets(secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) await writeFile(join(home, name), value, { mode: 0o600 });
}

function formatSettings(token: string): string {
  return `name: T
province: "79"
units: ["27004"]
operator: tester
provision:
  systems:
    documents: { kind: scim, url: "${documents.url}", token: "${token}", oauth: { url: "${documents.url}/token", clientId: wardctl }, deadlineMs: 3000, visibleWithinMs: 300 }
    directory: { kind: ad, url: "${directory.url}", bindDn: cn=wardctl, password: "file:../directory", base: "OU=UBND,DC=hue,DC=vn", ca: directory.pem }
    portal: { kind: rest, url: "${portal.url}", definition: vendor-docs, secrets: { user: "file:../user", pass: "file:../portal" } }
    iam: { kind: rest, url: "${iam.url}", definition: keycloak, secrets: { client: "file:../iam" }, variables: { realm: phuong, client: wardctl } }
  credentials:
    systems: { documents: { policy: temporary }, directory: { policy: temporary }, portal: { policy: temporary }, iam: { policy: temporary } }
    custodians: { "27004": ${custodian.recipient} }
`;
}

const env = { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", WARDCTL_LANG: "en" };

/** In this process; everything it says is kept for the search. */
async function run(line: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const result = await runWardctl(line, { cwd: folder, env });
  said.push([`wardctl ${line}`, Buffer.from(result.stdout + result.stderr)]);
  return result;
}

/** In a process of its own. What others on the machine can see of it is looked at with each create, and Node's own report of it is written once. */
async function runAlone(line: string, killAtCreate = Number.POSITIVE_INFINITY): Promise<number | null> {
  const child = spawn(process.execPath, [wardctl, ...line.split(" ")], {
    cwd: folder,
    env: {
      ...env,
      PATH: process.env["PATH"],
      HOME: home,
      TMPDIR: temporary,
      NODE_OPTIONS: `--report-on-signal --report-uncaught-exception --report-directory=${temporary}`,
    },
  });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
  let creates = 0;
  documents.onCreate = () => {
    creates += 1;
    if (creates > killAtCreate) return undefined;
    if (process.platform === "linux")
      for (const file of ["cmdline", "environ"]) said.push([`/proc/${file}`, readFileSync(`/proc/${child.pid}/${file}`)]);
    if (creates === 1) child.kill("SIGUSR2");
    if (creates === killAtCreate) child.kill("SIGKILL");
    return undefined;
  };
  const code = await new Promise<number | null>((done) => child.on("close", done));
  documents.onCreate = () => undefined;
  said.push([`wardctl ${line} (${code})`, Buffer.concat(pieces)]);
  return code;
}

/** Every secret there has been so far. */
async function listSecrets(): Promise<Set<string>> {
  const cookies = portal.requests.flatMap(({ cookie }) => /PHPSESSID=([0-9a-f-]{36})/.exec(cookie)?.[1] ?? []);
  const bearers = iam.requests.map(({ authorization }) => authorization.replace("Bearer ", ""));
  const keys = (await readFile(custodian.identity, "utf8")).match(/AGE-SECRET-KEY-\S+/g) ?? [];
  const operator = [scimSecret, directoryPassword, vendorPass, keycloakSecret, wrong, ...keys];
  return new Set([...operator, ...cookies, ...bearers, ...documents.tokens, ...listPasswords()]);
}

/** First passwords, as each server got them. */
function listPasswords(): string[] {
  const inDirectory = directory.requests.flatMap(({ detail }) => {
    const hex = /unicodePwd: hex:([0-9a-f]+)/.exec(detail)?.[1];
    return hex === undefined ? [] : [Buffer.from(hex, "hex").toString("utf16le").slice(1, -1)];
  });
  const inIam = [...iam.passwords.values()].map(({ value }) => value);
  return [...documents.seenPasswords, ...portal.passwords.values(), ...inIam, ...inDirectory];
}

async function expectNoLeaks(): Promise<void> {
  const places = [...(await readPlaces([folder, temporary])), ...said];
  expect(listLeaks(await listSecrets(), places)).toEqual([]);
}

it("finds every form it looks for", () => {
  const secret = 'mật"khẩu\\+/4711';
  const hidden: Record<string, Buffer> = {
    plain: Buffer.from(`x${secret}x`),
    "UTF-16LE": Buffer.from(`x${secret}x`, "utf16le"),
    base64: Buffer.from(Buffer.from(`user:${secret}\n`).toString("base64")),
    "base64 of UTF-16LE": Buffer.from(Buffer.from(`x"${secret}"`, "utf16le").toString("base64")),
    "URL-encoded": Buffer.from(`p=${encodeURIComponent(secret)}&`),
    JSON: Buffer.from(JSON.stringify({ secret })),
    "JSON in JSON": Buffer.from(JSON.stringify(JSON.stringify({ secret }))),
    hexadecimal: Buffer.from(Buffer.from(`x${secret}`).toString("hex")),
  };
  for (const [form, bytes] of Object.entries(hidden)) {
    const leaks = listLeaks([secret], [[form, bytes]]);
    expect(leaks).toContain(`${form}: ${form} of ${secret}`);
  }
  expect(listForms(secret).every(([, needle]) => needle.length >= 12)).toBe(true);
});

it("leaves no secret anywhere: not after success, not after kill -9, not after any failure", async () => {
  await start();
  await writeFile(join(home, "user"), "quản trị", { mode: 0o600 });

  // A person writes the secret itself where its place belongs.
  await writeFile(join(folder, "wardctl.yaml"), formatSettings(wrong));
  expect((await run("provision plan roster.csv")).code).toBe(3);
  await writeFile(join(folder, "wardctl.yaml"), formatSettings("file:../scim"));
  // Every system refuses what it is shown.
  await giveSecrets({ scim: wrong, directory: wrong, portal: wrong, iam: wrong });
  expect((await run("provision plan roster.csv")).code).toBe(4);
  expect((await run("provision plan roster.csv --json --lang vi")).code).toBe(4);
  await giveSecrets({ scim: scimSecret, directory: directoryPassword, portal: vendorPass, iam: keycloakSecret });
  for (const lie of ["login-page", "redirects", "truncated-json"] as const) {
    documents.lies.add(lie);
    await run("provision coverage");
    documents.lies.delete(lie);
  }
  await expectNoLeaks();

  expect(await runAlone("provision plan roster.csv --save plan.json --json")).toBe(8);
  // Systems that repeat what they were sent, or do it and do not say so.
  documents.lies.add("echoes-password");
  portal.lies.add("refuses-create");
  directory.lies.add("busy-after-executing");
  iam.tokenUses = 3;
  expect((await run("provision apply plan.json --yes --outcome refused.csv --json")).code).toBe(7);
  expect((await run("provision status --lang vi")).code).toBe(8);
  documents.lies.delete("echoes-password");
  portal.lies.clear();
  directory.lies.clear();
  iam.tokenUses = Number.POSITIVE_INFINITY;
  await expectNoLeaks();

  expect(await runAlone("provision apply plan.json --yes --json", 3)).toBeNull();
  await expectNoLeaks();
  documents.lies.add("stalls-after-executing");
  await writeFile(join(folder, "wardctl.yaml"), formatSettings("file:../scim").replace("deadlineMs: 3000", "deadlineMs: 150"));
  await run("provision apply --resume --yes");
  documents.lies.delete("stalls-after-executing");
  await writeFile(join(folder, "wardctl.yaml"), formatSettings("file:../scim"));
  // 8 where the kill left the password of an account in doubt that has no way to another.
  expect([0, 8]).toContain(await runAlone("provision apply plan.json --yes --outcome out.csv"));
  for (const line of [
    "provision verify plan.json",
    "provision drift --json",
    "provision status --json",
    "provision explain CB2700402",
    "provision probe documents",
    "provision handout list --all --json",
    "provision handout export --unit 27004 --out slips",
    "audit show --json",
    "audit verify",
    "auth status",
    "doctor",
  ])
    await run(line);
  // What the custodian prints is secret by its nature and lies outside.
  expect((await run("provision handout print slips --identity ../key.txt --out ../slips.pdf")).code).toBe(0);
  await run("provision handout print slips --identity roster.csv --out ../no.pdf");
  await expectNoLeaks();

  // A fault of wardctl's own: it prints where it happened.
  const { default: Engine } = await import("better-sqlite3");
  const broken = new Engine(join(folder, ".wardctl", "cache.db"));
  broken.exec("DROP TABLE provision_slip_event; DROP TABLE provision_event");
  broken.close();
  expect(await runAlone("provision apply plan.json --yes")).toBe(1);
  await expectNoLeaks();

  // The search had something to find.
  const places = await readPlaces([temporary]);
  expect(places.some(([name]) => name.endsWith(".json"))).toBe(true);
  expect(new Set(listPasswords()).size).toBeGreaterThan(40);
  if (process.platform === "linux") expect(said.filter(([name]) => name === "/proc/environ").length).toBeGreaterThan(0);
});
