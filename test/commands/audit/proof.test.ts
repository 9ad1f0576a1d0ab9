import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";
import { hasSshKeygen, makeKey } from "../../support/ssh-keys.ts";

const namespaces = 'namespaces="wardctl-log@v1,wardctl-bundle@v1"';

describe.skipIf(!hasSshKeygen)("a signed log", () => {
  let world: SigningCity;
  let signers: string;
  let publicKey: string;
  let elsewhere: string;

  beforeAll(async () => {
    world = await startSigningCity();
    elsewhere = await makeTestFolder();
    ({ publicKey } = makeKey(world.cwd, "log-key"));
    const settings = JSON.parse(readFileSync(join(world.cwd, "wardctl.yaml"), "utf8")) as object;
    writeFileSync(
      join(world.cwd, "wardctl.yaml"),
      JSON.stringify({ ...settings, audit: { key: "log-key", identity: "log@27004" } }),
    );
    const trusted = await world.run("audit trust log-key.pub --from 2025-07-01 --to 2026-07-01 --yes");
    expect([trusted.code, trusted.stderr]).toEqual([0, ""]);
    signers = join(elsewhere, "allowed_signers");
    cpSync(join(world.cwd, "allowed_signers"), signers);
    await world.run("delegate grant --file grants.csv");
    const { grants } = JSON.parse((await world.run("delegate list --json")).stdout);
    await world.run(["delegate", "decision", grants[0].id, "--out", "paper.docx"]);
    await world.run(["delegate", "revoke", grants[0].id, "--reason", "thử"], { now: "2025-07-03T10:05" });
    await world.run("delegate verify");
    expect((await world.run(`audit export --out ${join(elsewhere, "sound")}`, { now: "2025-07-03T10:10" })).code).toBe(0);
  });
  afterAll(() => world.city.stop());

  const verify = (bundle: string, more: readonly string[] = [], now = "2025-07-03T11:00"): Promise<RunResult> =>
    runWardctl(["audit", "verify", bundle, "--signers", signers, ...more, "--json"], {
      cwd: elsewhere,
      env: { WARDCTL_NOW: now },
    });
  const findingsOf = ({ stdout }: RunResult): { kind: string; path?: string; fault?: string }[] => JSON.parse(stdout).findings;
  let count = 0;
  /** A copy of the sound bundle to be tampered with. */
  const copy = (): string => {
    const folder = join(elsewhere, `copy-${++count}`);
    cpSync(join(elsewhere, "sound"), folder, { recursive: true });
    return folder;
  };
  const filesOf = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();

  it("writes the trust line with Z and the second before the end", () => {
    expect(readFileSync(signers, "utf8")).toBe(
      `log@27004 ${namespaces},valid-after="20250630170000Z",valid-before="20260630165959Z" ${publicKey}\n`,
    );
  });

  it("is signed anew by every command that changes grants, and by no other on the same day", async () => {
    const { stdout } = await world.run("audit verify --json", { now: "2025-07-03T10:30" });
    // trust (the first of the day), grant, revoke, decision, export.
    expect(JSON.parse(stdout)).toMatchObject({ intact: true, signed: true, checkpoints: 5, findings: [] });
    expect((await world.run("audit verify", { now: "2025-07-03T10:30" })).stdout).toContain("Newest signed checkpoint");
  });

  it("is exported with grants, carriage, drafted papers, trust and the ways to check it", () => {
    const files = filesOf(join(elsewhere, "sound"));
    for (const file of [
      "MANIFEST.sha256",
      "MANIFEST.sha256.sig",
      "VERIFY.txt",
      "verify.sh",
      "verify.cmd",
      "checkpoint",
      "checkpoint.sig",
      "log.jsonl",
      "allowed_signers",
      `grants/${tanBinh}.json`,
      "carriage/documents.json",
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => /^decisions\/.*\.json$/.test(file))).toHaveLength(1);
    expect(files.filter((file) => /^checkpoints\/\d{6}$/.test(file)).length).toBeGreaterThan(2);
    expect(readFileSync(join(elsewhere, "sound", `grants/${tanBinh}.json`), "utf8")).toContain('"clause":"khoản 2 Điều 7"');
  });

  it("is checked by sha256sum and ssh-keygen alone, by the lines of VERIFY.txt and by verify.sh", () => {
    const folder = join(elsewhere, "sound");
    const lines = readFileSync(join(folder, "VERIFY.txt"), "utf8")
      .split("\n")
      .filter((line) => /^(sha256sum -c|ssh-keygen -Y) /.test(line))
      .map((line) => line.replace("YOUR_allowed_signers", signers));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(spawnSync("bash", ["-c", line], { cwd: folder }).status, line).toBe(0);
    const script = spawnSync("sh", ["verify.sh", signers], { cwd: folder, encoding: "utf8" });
    expect([script.status, script.stdout]).toEqual([0, expect.stringMatching(/OK: size \d+, head [0-9a-f]{64}\n$/)]);
  });

  it("is found sound with the recipient's own trust file, whose digest is shown beside the bundle's", async () => {
    for (const more of [[], ["--full"]]) {
      const result = await verify("sound", more);
      expect(result.code, result.stdout).toBe(0);
      const document = JSON.parse(result.stdout);
      expect(document).toMatchObject({ schema: "wardctl.audit-bundle/1", intact: true, signed: true, identity: "log@27004" });
      expect(document.ownSignersSha256).toBe(document.bundleSignersSha256);
    }
    const text = await runWardctl(["audit", "verify", "sound", "--signers", signers], {
      cwd: elsewhere,
      env: { WARDCTL_NOW: "2025-07-03T11:00" },
    });
    expect(text.stdout).toMatch(/^Unaltered: \d+ files/);
    expect(text.stdout.match(/[0-9a-f]{64}/g)).toHaveLength(2);
  });

  it("is never believed by the trust file that came with it", async () => {
    const inside = await runWardctl("audit verify sound --signers sound/allowed_signers", { cwd: elsewhere });
    expect([inside.code, inside.stderr]).toEqual([6, expect.stringContaining("lies in the bundle itself")]);
    symlinkSync(join(elsewhere, "sound", "allowed_signers"), join(elsewhere, "linked"));
    expect((await runWardctl("audit verify sound --signers linked", { cwd: elsewhere })).code).toBe(6);
    expect((await runWardctl("audit verify sound", { cwd: elsewhere })).code).toBe(2);
    expect(spawnSync("sh", ["verify.sh", "allowed_signers"], { cwd: join(elsewhere, "sound") }).status).toBe(2);
  });

  it("shows any byte that changed, in any file, to wardctl and to verify.sh", async () => {
    const files = filesOf(join(elsewhere, "sound"));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        async (file, where, bit) => {
          const folder = copy();
          const path = join(folder, file);
          const bytes = readFileSync(path);
          bytes[Math.floor(where * bytes.length)]! ^= 1 << bit;
          writeFileSync(path, bytes);
          const { code } = await verify(folder);
          // The armour of a signature is text around its bytes: a line end more or less there changes nothing that was signed.
          const isArmour = file === "MANIFEST.sha256.sig";
          if (!isArmour || code !== 0) expect([6, 8], file).toContain(code);
          if (file !== "verify.sh" && !isArmour)
            expect(spawnSync("sh", ["verify.sh", signers], { cwd: folder }).status, file).not.toBe(0);
          rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 45, examples: files.map((file) => [file, 0.5, 0]) },
    );
  });

  it.each<[string, (folder: string) => void, object]>([
    [
      "a file added",
      (folder) => writeFileSync(join(folder, "grants", "99999.json"), "{}\n"),
      { kind: "file", path: "grants/99999.json", fault: "added" },
    ],
    [
      "a file removed",
      (folder) => rmSync(join(folder, "carriage", "documents.json")),
      { kind: "file", path: "carriage/documents.json", fault: "missing" },
    ],
    [
      "a file cut",
      (folder) => truncateSync(join(folder, "allowed_signers"), statSync(join(folder, "allowed_signers")).size - 5),
      { kind: "file", path: "allowed_signers", fault: "altered" },
    ],
    ["the last record cut off the log", (folder) => cutLog(folder, 1), { kind: "cut" }],
    ["a record taken out of the middle", (folder) => takeOut(folder, 2), { kind: "cut" }],
    [
      "a file replaced by a link",
      (folder) => {
        rmSync(join(folder, "VERIFY.txt"));
        symlinkSync("checkpoint", join(folder, "VERIFY.txt"));
      },
      { kind: "file", path: "VERIFY.txt", fault: "no-file" },
    ],
    [
      "line endings of a file",
      (folder) => toCrlf(join(folder, "VERIFY.txt")),
      { kind: "file", path: "VERIFY.txt", fault: "line-ends" },
    ],
    [
      "line endings of the manifest",
      (folder) => toCrlf(join(folder, "MANIFEST.sha256")),
      { kind: "signature", of: "bundle", fault: "line-ends" },
    ],
    [
      "the manifest's signature removed",
      (folder) => rmSync(join(folder, "MANIFEST.sha256.sig")),
      { kind: "unsigned", of: "bundle" },
    ],
    [
      "the checkpoint's signature in place of the manifest's",
      (folder) => cpSync(join(folder, "checkpoint.sig"), join(folder, "MANIFEST.sha256.sig")),
      { kind: "signature", of: "bundle", fault: "wrong-namespace" },
    ],
    [
      "the checkpoint replaced by an earlier one",
      (folder) => replaceCheckpoint(folder),
      { kind: "file", path: "checkpoint", fault: "altered" },
    ],
  ])("shows %s", async (_name, tamper, finding) => {
    const folder = copy();
    tamper(folder);
    for (const more of [[], ["--full"]]) {
      const result = await verify(folder, more);
      expect([6, 8]).toContain(result.code);
      expect(findingsOf(result)).toContainEqual(expect.objectContaining(finding));
    }
    expect(spawnSync("sh", ["verify.sh", signers], { cwd: folder }).status).not.toBe(0);
  });

  it("shows a forger who lists and signs what was changed with a key of their own", async () => {
    const folder = copy();
    cutLog(folder, 1);
    const forger = makeKey(elsewhere, `forger-${count}`);
    relist(folder);
    sign(forger.file, "wardctl-bundle@v1", join(folder, "MANIFEST.sha256"));
    const result = await verify(folder);
    expect(result.code).toBe(6);
    expect(findingsOf(result)).toContainEqual(expect.objectContaining({ kind: "signature", of: "bundle", fault: "unknown-key" }));
  });

  it("shows a log cut or rewritten by somebody who has the key, to whoever kept an earlier checkpoint", async () => {
    const folder = copy();
    cutLog(folder, 2);
    const key = join(world.cwd, "log-key");
    const { size, head } = readHead(folder);
    const text = readFileSync(join(folder, "checkpoint"), "utf8")
      .replace(/^size: .*$/m, `size: ${size}`)
      .replace(/^head: .*$/m, `head: ${head}`);
    writeFileSync(join(folder, "checkpoint"), text);
    sign(key, "wardctl-log@v1", join(folder, "checkpoint"));
    rmSync(join(folder, "checkpoints"), { recursive: true });
    relist(folder);
    sign(key, "wardctl-bundle@v1", join(folder, "MANIFEST.sha256"));
    expect((await verify(folder, ["--full"])).code).toBe(0);
    const result = await verify(folder, ["--earlier", join(elsewhere, "sound", "checkpoint")]);
    expect(result.code).toBe(8);
    expect(findingsOf(result)).toContainEqual(expect.objectContaining({ kind: "cut" }));
  });

  it("shows a fork: two checkpoints of one size with different heads", async () => {
    const folder = copy();
    const key = join(world.cwd, "log-key");
    const text = readFileSync(join(folder, "checkpoint"), "utf8")
      .replace(/^head: ./m, "head: ")
      .replace(/^head: (.*)$/m, "head: 0$1");
    mkdirSync(join(folder, "checkpoints"), { recursive: true });
    writeFileSync(join(folder, "checkpoints", "000099"), text);
    sign(key, "wardctl-log@v1", join(folder, "checkpoints", "000099"));
    relist(folder);
    sign(key, "wardctl-bundle@v1", join(folder, "MANIFEST.sha256"));
    const result = await verify(folder);
    expect(result.code).toBe(8);
    expect(findingsOf(result)).toContainEqual(expect.objectContaining({ kind: "fork" }));
  });

  it("is refused for another identity, a revoked key and a time before the key", async () => {
    appendFileSync(signers, `log@19777 ${namespaces} ${makeKey(elsewhere, `n-${count}`).publicKey}\n`);
    expect((await verify("sound")).code).toBe(2);
    const identity = await verify("sound", ["--identity", "log@19777"]);
    expect([identity.code, findingsOf(identity)[0]?.fault]).toEqual([6, "wrong-identity"]);
    const revoked = join(elsewhere, "revoked.krl");
    execFileSync("ssh-keygen", ["-q", "-k", "-f", revoked, join(world.cwd, "log-key.pub")]);
    const gone = await verify("sound", ["--identity", "log@27004", "--revoked", revoked]);
    expect([gone.code, findingsOf(gone)[0]?.fault]).toEqual([6, "revoked"]);
    writeFileSync(signers, `log@27004 ${namespaces},valid-after="20250801000000Z" ${publicKey}\n`);
    const early = await verify("sound", [], "2025-08-02T00:00");
    expect([early.code, findingsOf(early)[0]?.fault]).toEqual([6, "not-yet-valid"]);
  });

  describe("that was good once", () => {
    beforeEach(() => cpSync(join(world.cwd, "allowed_signers"), signers));

    it("never ends with 0 when no key is valid any more, or when nobody has signed for long", async () => {
      const stale = await verify("sound", [], "2025-07-10T00:00");
      expect([stale.code, findingsOf(stale).map(({ kind }) => kind)]).toEqual([8, ["stale"]]);
      expect((await verify("sound", ["--max-age", "1000"], "2025-07-10T00:00")).code).toBe(0);
      const expired = await verify("sound", ["--max-age", "99999"], "2026-07-01T00:00");
      expect([expired.code, findingsOf(expired).map(({ kind }) => kind)]).toEqual([8, ["no-valid-key"]]);
      const own = await world.run("audit verify --json", { now: "2026-07-01T00:00" });
      expect([own.code, findingsOf(own).map(({ kind }) => kind)]).toEqual([8, ["stale", "no-valid-key"]]);
    });

    it("never ends with 0 on a trust file that means another time on another machine, or on none", async () => {
      writeFileSync(signers, `log@27004 ${namespaces},valid-after="20250601",valid-before="20260601" ${publicKey}\n`);
      const zoneless = await verify("sound");
      expect([zoneless.code, findingsOf(zoneless).map(({ kind }) => kind)]).toEqual([8, ["zoneless"]]);
      rmSync(join(world.cwd, "allowed_signers"));
      const none = await world.run("audit verify --json", { now: "2025-07-03T10:30" });
      expect([none.code, findingsOf(none).map(({ kind }) => kind)]).toEqual([8, ["no-signers"]]);
      cpSync(signers, join(world.cwd, "allowed_signers"));
    });
  });
});

describe("a log without a key", () => {
  it("is exported unsigned, and both sides say so", async () => {
    const world = await startSigningCity([tanBinh]);
    await world.run("delegate grant --file grants.csv");
    const exported = await world.run("audit export --out bundle --lang vi");
    expect([exported.code, exported.stdout]).toEqual([0, expect.stringContaining("Chưa ký")]);
    expect((await world.run("audit export --out bundle")).stderr).toContain("is there already");
    expect((await world.run("audit checkpoint")).stdout).toContain("Unsigned");
    writeFileSync(join(world.cwd, "signers"), "");
    const { code, stdout } = await world.run("audit verify bundle --signers signers --identity nobody --json");
    expect(code).toBe(8);
    expect(JSON.parse(stdout).findings.map(({ kind }: { kind: string }) => kind)).toEqual([
      "unsigned",
      "unsigned",
      "no-valid-key",
    ]);
    await world.city.stop();
  });
});

function cutLog(folder: string, records: number): void {
  const file = join(folder, "log.jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(
    file,
    lines
      .slice(0, -1 - records)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

function takeOut(folder: string, seq: number): void {
  const file = join(folder, "log.jsonl");
  writeFileSync(
    file,
    readFileSync(file, "utf8")
      .split("\n")
      .toSpliced(seq - 1, 1)
      .join("\n"),
  );
}

function toCrlf(file: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
}

function replaceCheckpoint(folder: string): void {
  const [earliest] = readdirSync(join(folder, "checkpoints")).sort();
  cpSync(join(folder, "checkpoints", earliest!), join(folder, "checkpoint"));
  cpSync(join(folder, "checkpoints", `${earliest}.sig`), join(folder, "checkpoint.sig"));
}

function readHead(folder: string): { readonly size: number; readonly head: string } {
  const lines = readFileSync(join(folder, "log.jsonl"), "utf8").trimEnd().split("\n");
  return { size: lines.length, head: (JSON.parse(lines.at(-1)!) as { hash: string }).hash };
}

/** Lists the files anew, as they are now. */
function relist(folder: string): void {
  const own = "find . -type f ! -name 'MANIFEST*' | sed 's/^..//' | LC_ALL=C sort | xargs sha256sum > MANIFEST.sha256";
  execFileSync("sh", ["-c", own], { cwd: folder });
}

function sign(key: string, namespace: string, file: string): void {
  rmSync(`${file}.sig`, { force: true });
  execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-f", key, "-n", namespace, file]);
}
