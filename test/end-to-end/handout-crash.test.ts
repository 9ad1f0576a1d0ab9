import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { readIdentity } from "../../src/platform/age.ts";
import { type Custodian, makeCustodian } from "../support/custodian.ts";
import { type LyingServer, startLyingScim } from "../support/lying-scim.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../support/run-wardctl.ts";

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const roster = fileURLToPath(new URL("../../fixtures/rosters/tan-binh.csv", import.meta.url));
const env = { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", DOCS_TOKEN: "secret-canary", WARDCTL_LANG: "en" };
const accounts = 13;

let server: LyingServer;
let folder: string;
let custodian: Custodian;
afterEach(() => server.stop());

const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd: folder, env });

async function start(): Promise<void> {
  server = await startLyingScim();
  const home = await makeTestFolder();
  folder = join(home, "workspace");
  await mkdir(folder);
  // The custodian's key is not in the workspace.
  custodian = await makeCustodian(join(home, "key.txt"));
  await copyFile(roster, join(folder, "roster.csv"));
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: T\nprovince: "79"\nunits: ["27004"]\nprovision:
  systems: { documents: { kind: scim, url: "${server.url}", token: "env:DOCS_TOKEN" } }
  credentials: { systems: { documents: { policy: temporary } }, custodians: { "27004": ${custodian.recipient} } }\n`,
  );
  expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
}

/** What others on the machine can see of a process while it writes. */
const visible: string[] = [];

/** The real command; its output goes into the workspace, where the search finds it. Killed at the given create, before or after it is carried out. */
async function applyInOwnProcess(log: string, kill?: { readonly at: number; readonly drop: boolean }): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [wardctl, "provision", "apply", "plan.json", "--yes", "--json", "--outcome", `${log}.csv`],
    {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...env },
    },
  );
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
  let creates = 0;
  server.onCreate = () => {
    creates += 1;
    // What was under way when it died lands late.
    const isAlive = kill === undefined || creates <= kill.at;
    if (isAlive && process.platform === "linux")
      for (const file of ["cmdline", "environ"]) visible.push(readFileSync(`/proc/${child.pid}/${file}`, "latin1"));
    if (creates !== kill?.at) return undefined;
    child.kill("SIGKILL");
    return kill.drop ? "drop" : undefined;
  };
  const code = await new Promise<number | null>((done) => child.on("close", done));
  await writeFile(join(folder, `${log}.log`), Buffer.concat(pieces));
  return code;
}

/** The secret as it might stand in a file. */
function listForms(secret: string): readonly (readonly [string, Buffer])[] {
  const bytes = Buffer.from(secret);
  return [
    ["plain", bytes],
    ["UTF-16", Buffer.from(secret, "utf16le")],
    ["hexadecimal", Buffer.from(bytes.toString("hex"))],
    ["base64", Buffer.from(bytes.toString("base64").slice(0, 20))],
  ];
}

async function listLeaks(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map(async (file) => [file, await readFile(file)] as const));
  const everywhere = [...contents, ["/proc", Buffer.from(visible.join("\n"), "latin1")] as const];
  return server.seenPasswords.flatMap((secret) =>
    everywhere.flatMap(([file, bytes]) =>
      listForms(secret).flatMap(([form, needle]) => (bytes.includes(needle) ? [`${file}: ${form}`] : [])),
    ),
  );
}

it("killed in the middle of sending passwords: no secret in the clear anywhere, sealed slips whole, and a new secret after each doubt", async () => {
  await start();
  for (const [at, drop] of [
    [1, true],
    [3, false],
    [4, true],
  ] as const) {
    expect(await applyInOwnProcess(`killed-${at}`, { at, drop })).toBeNull();
    expect(await listLeaks()).toEqual([]);
    const { slips } = JSON.parse((await run("provision handout list --all --json")).stdout);
    // Sealed before it was sent: no request without its slip.
    expect(slips.length).toBeGreaterThanOrEqual(server.seenPasswords.length);
  }
  expect(await applyInOwnProcess("finished")).toBe(0);
  expect(server.users.size).toBe(accounts);
  expect(new Set([...server.users.values()].map(({ externalId }) => externalId)).size).toBe(accounts);
  expect((await run(`provision handout export --unit 27004 --out slips`)).code).toBe(0);
  expect(server.seenPasswords.length).toBeGreaterThan(accounts);
  expect(new Set(server.seenPasswords).size).toBe(server.seenPasswords.length);
  if (process.platform === "linux") expect(visible.length).toBeGreaterThan(0);
  expect(await listLeaks()).toEqual([]);

  const identity = await readIdentity(custodian.identity);
  const names = await readdir(join(folder, "slips"));
  expect(names).toHaveLength(accounts);
  for (const name of names) {
    const { username, secret } = JSON.parse((await identity.open(await readFile(join(folder, "slips", name)))) as string);
    expect([...server.users.values()].find(({ userName }) => userName === username)?.["password"]).toBe(secret);
  }
  const { slips } = JSON.parse((await run("provision handout list --all --json")).stdout);
  const states = Map.groupBy(slips as { state: string; generation: number; cause: string }[], ({ state }) => state);
  expect(states.get("issued")).toHaveLength(accounts);
  expect(states.get("superseded")!.length).toBeGreaterThan(0);
  expect(states.get("issued")!.some(({ generation, cause }) => generation > 1 && cause === "create")).toBe(true);
  expect(states.get("issued")!.some(({ cause }) => cause === "reset")).toBe(true);
  expect((await run("audit verify")).code).toBe(0);
});
