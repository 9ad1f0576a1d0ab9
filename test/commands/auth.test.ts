import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { createSealer } from "../../src/platform/age.ts";
import { makeCustodian } from "../support/custodian.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../support/run-wardctl.ts";

const canary = "canary-8f1d2c";
let folder: string;

const entry = (system: string, token: string): string =>
  `    ${system}: { kind: scim, url: "https://${system}.example.vn/scim", token: "${token}" }\n`;

async function writeSettings(tokens: Readonly<Record<string, string>>): Promise<void> {
  const systems = Object.entries(tokens).map(([system, token]) => entry(system, token));
  await writeFile(join(folder, "wardctl.yaml"), `name: T\nprovince: "79"\nprovision:\n  systems:\n${systems.join("")}`);
}

beforeEach(async () => {
  folder = await makeTestFolder();
});

async function* type(...lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const run = (line: string, env: Readonly<Record<string, string>> = {}, ...typed: readonly string[]): Promise<RunResult> =>
  runWardctl(line, { cwd: folder, env, typed: type(...typed) });

describe("wardctl auth status", () => {
  it("shows where each secret is, who may read its file, and never a value", async () => {
    await writeSettings({ documents: "env:DOCS", dossiers: "file:secret", video: "age:token.age", feedback: "file:secret" });
    await writeFile(join(folder, "secret"), canary, { mode: 0o600 });
    const { recipient, identity } = await makeCustodian(join(folder, "key.txt"));
    await writeFile(join(folder, "token.age"), await (await createSealer())(recipient, canary), { mode: 0o644 });
    const env = { DOCS: canary, WARDCTL_AGE_IDENTITY: identity };
    const shown = await run("auth status --json", env);
    expect(shown.code).toBe(0);
    const { schema, secrets } = JSON.parse(shown.stdout);
    expect(schema).toBe("wardctl.auth-status/1");
    expect(secrets).toMatchObject([
      { reference: "env:DOCS", source: "env", state: "present", mode: null, settings: ["provision.systems.documents.token"] },
      {
        reference: "file:secret",
        source: "file",
        state: "present",
        mode: "0600",
        settings: ["provision.systems.dossiers.token", "provision.systems.feedback.token"],
      },
      { reference: "age:token.age", source: "age", state: "present", mode: "0644" },
    ]);
    const said = await run("auth status --lang vi", env);
    expect(said.stdout).toContain("tệp niêm phong");
    expect(shown.stdout + shown.stderr + said.stdout + said.stderr).not.toContain(canary);
  });

  it("exits 8 when one is missing or lies open, with what to do about it", async () => {
    await writeSettings({ documents: "env:DOCS", dossiers: "file:secret", video: "keyring:video" });
    await writeFile(join(folder, "secret"), canary);
    await chmod(join(folder, "secret"), 0o644);
    const shown = await run("auth status");
    expect(shown.code).toBe(8);
    expect(shown.stdout.match(/MISSING/g)).toHaveLength(3);
    expect(shown.stderr).toContain(
      "file:secret: secret file secret can be read by everyone on this machine, so it is not used; run: chmod 600",
    );
    expect(shown.stderr).toContain("env:DOCS: environment variable DOCS is not set");
    expect(shown.stdout + shown.stderr).not.toContain(canary);
  });

  it("asks nobody for what is typed when it is needed", async () => {
    await writeSettings({ documents: "prompt:docs", dossiers: "systemd:dossiers" });
    await writeFile(join(folder, "dossiers"), canary);
    const shown = await run("auth status --json", { CREDENTIALS_DIRECTORY: folder });
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.stdout).secrets).toMatchObject([
      { reference: "prompt:docs", source: "prompt", state: "asked" },
      { reference: "systemd:dossiers", source: "systemd", state: "present" },
    ]);
    const used = await run("provision coverage", { CREDENTIALS_DIRECTORY: folder });
    expect(used.code).toBe(4);
    expect(used.stderr).toContain("prompt:docs has to be typed at a terminal");
  });

  it("of a workspace without secrets is empty and well", async () => {
    await writeFile(join(folder, "wardctl.yaml"), `name: T\nprovince: "79"\n`);
    expect(await run("auth status")).toMatchObject({ code: 0, stdout: "wardctl.yaml refers to no secret.\n" });
  });
});

describe("wardctl auth set", () => {
  it("writes what is piped in into a file readable by its owner alone, and says what uses it", async () => {
    await writeSettings({ documents: "file:.wardctl/docs" });
    const set = await run("auth set docs --file .wardctl/docs --insecure-storage --json", {}, canary, "second line");
    expect(set.code).toBe(0);
    expect(JSON.parse(set.stdout)).toEqual({
      schema: "wardctl.auth-set/1",
      reference: "file:.wardctl/docs",
      settings: ["provision.systems.documents.token"],
    });
    expect(await readFile(join(folder, ".wardctl/docs"), "utf8")).toBe(`${canary}\n`);
    expect((await stat(join(folder, ".wardctl/docs"))).mode & 0o777).toBe(0o600);
    expect((await run("auth status")).code).toBe(0);
    const log = await run("audit show --json");
    const [record] = JSON.parse(log.stdout).records;
    expect(record).toMatchObject({ action: "auth.set", subject: "docs" });
    expect(JSON.stringify(record.detail)).toContain("file:.wardctl/docs");
    expect(set.stderr + log.stdout).not.toContain(canary);
    expect((await readFile(join(folder, ".wardctl/cache.db"), "latin1")).includes(canary)).toBe(false);
  });

  it("replaces nothing unasked, and mends the rights of what it replaces", async () => {
    await writeSettings({ documents: "file:docs" });
    await writeFile(join(folder, "docs"), "old");
    await chmod(join(folder, "docs"), 0o644);
    expect((await run("auth set docs --file docs --insecure-storage", {}, canary)).code).toBe(2);
    expect(await readFile(join(folder, "docs"), "utf8")).toBe("old");
    expect((await run("auth set docs --file docs --insecure-storage --yes", {}, canary)).code).toBe(0);
    expect((await stat(join(folder, "docs"))).mode & 0o777).toBe(0o600);
  });

  it("seals into a file that only the identity opens, and into none in the clear unless that is said", async () => {
    await writeSettings({ documents: "age:docs.age" });
    const { recipient, identity } = await makeCustodian(join(folder, "key.txt"));
    const env = { WARDCTL_AGE_IDENTITY: identity };
    expect((await run("auth set docs --age docs.age", {}, canary)).code).toBe(2);
    expect((await run("auth set docs --age docs.age", env, canary)).code).toBe(0);
    expect((await readFile(join(folder, "docs.age"), "latin1")).startsWith("age-encryption.org/v1")).toBe(true);
    expect((await run("auth status", env)).code).toBe(0);
    expect((await run(`auth set docs --age docs.age --recipient ${recipient} --yes`, {}, canary)).code).toBe(0);
    expect((await run("auth status", env)).code).toBe(0);
    expect((await run("auth set docs --age docs.age --recipient age1nonsense --yes", {}, canary)).code).toBe(2);
    const plain = await run("auth set docs --file docs", {}, canary);
    expect(plain.code).toBe(2);
    expect(plain.stderr).toContain("--insecure-storage");
    expect(plain.stderr).toContain("wardctl auth set docs --age docs.age");
    expect((await run("auth set docs --file docs --age docs.age", {}, canary)).code).toBe(2);
  });

  it("takes no empty secret, no strange name, and none from the command line", async () => {
    await writeSettings({ documents: "file:docs" });
    const empty = await run("auth set docs --file docs --insecure-storage");
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain("never on the command line");
    expect((await run("auth set 'my docs' --file docs --insecure-storage", {}, canary)).code).toBe(2);
    const typed = await run(`auth set docs ${canary}`);
    expect(typed.code).toBe(2);
    expect(typed.stderr).not.toContain(canary);
  });
});

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

describe("the machine's keyring", () => {
  it("may be absent, and so may its package: the file is offered instead", async () => {
    await writeSettings({ documents: "keyring:docs" });
    const env = { PATH: process.env["PATH"], WARDCTL_LANG: "en", NAPI_RS_NATIVE_LIBRARY_PATH: join(folder, "none.node") };
    const set = spawnSync(process.execPath, [wardctl, "auth", "set", "docs"], {
      cwd: folder,
      env,
      input: canary,
      encoding: "utf8",
    });
    expect(set.status).toBe(5);
    expect(set.stderr).toContain("wardctl auth set docs --age .wardctl/docs.age");
    const status = spawnSync(process.execPath, [wardctl, "auth", "status"], { cwd: folder, env, encoding: "utf8" });
    expect(status.status).toBe(8);
    expect(status.stderr).toContain("no keyring that can be used");
  });

  const hasKeyring = ["dbus-run-session", "gnome-keyring-daemon"].every(
    (command) => spawnSync(command, ["--version"]).error === undefined,
  );
  if (!hasKeyring) console.warn("NOT TESTED: a real keyring (Debian: apt-get install gnome-keyring dbus)");

  it.skipIf(!hasKeyring)("keeps a secret that is set, for the next command", async () => {
    await writeSettings({ documents: "keyring:docs" });
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    const script = `eval "$(printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"
      printf '${canary}\\n' | "$NODE" "$WARDCTL" auth set docs && "$NODE" "$WARDCTL" auth status --json
      printf 'other\\n' | "$NODE" "$WARDCTL" auth set docs; echo "exit=$?"`;
    const env = {
      PATH: process.env["PATH"],
      HOME: home,
      XDG_RUNTIME_DIR: home,
      WARDCTL_LANG: "en",
      NODE: process.execPath,
      WARDCTL: wardctl,
    };
    const played = spawnSync("dbus-run-session", ["--", "sh", "-c", script], {
      cwd: folder,
      env,
      encoding: "utf8",
      timeout: 25_000,
    });
    expect(played.stdout, played.stderr).toContain("keyring:docs is stored, used by provision.systems.documents.token.");
    expect(played.stdout).toContain('"state": "present"');
    expect(played.stdout).toContain("exit=2");
    expect(played.stdout + played.stderr).not.toContain(canary);
  });
});
