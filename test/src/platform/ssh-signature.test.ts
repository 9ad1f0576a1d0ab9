import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formatSigner, formatSignerTime, isValidAt, parseSigners } from "../../../src/platform/signers-file.ts";
import { hasValidSigner, signWithSsh, verifyWithSsh } from "../../../src/platform/ssh-signature.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { hasSshKeygen, keyTypes, makeKey } from "../../support/ssh-keys.ts";

const from = Date.parse("2025-07-01T00:00:00Z");
const to = Date.parse("2026-07-01T00:00:00Z");
const at = Date.parse("2025-07-03T03:00:00Z");
const content = "size: 41\nhead: Tân Bình\n";
const namespace = "wardctl-log@v1";
const identity = "log@27004";

describe.skipIf(!hasSshKeygen).each(keyTypes)("signatures with a key of type %s", (_name, options) => {
  let folder: string;
  let key: string;
  let signers: string;
  let signature: string;
  const verify = (change: object = {}) => verifyWithSsh({ content, signature, signers, identity, namespace, at, ...change });
  /** The tool alone, as somebody without wardctl has it. */
  const verifyBare = (text: string, file: string): number | null =>
    spawnSync(
      "ssh-keygen",
      ["-Y", "verify", "-f", signers, "-I", identity, "-n", namespace, `-Overify-time=${formatSignerTime(at)}`, "-s", file],
      { input: text },
    ).status;

  beforeAll(async () => {
    folder = await makeTestFolder();
    const made = makeKey(folder, "key", options);
    const other = makeKey(folder, "other", options);
    key = made.file;
    signers = join(folder, "allowed_signers");
    const namespaces = [namespace, "wardctl-bundle@v1"];
    writeFileSync(
      signers,
      `# who signs\n${formatSigner({ principal: identity, namespaces, from, to, publicKey: made.publicKey })}\n${formatSigner({ principal: "other@27004", namespaces: ["file"], publicKey: other.publicKey })}\n`,
    );
    signature = await signWithSsh({ key, namespace, content });
  });

  it("are verified by the bare tool, and the bare tool's by us", async () => {
    writeFileSync(join(folder, "ours.sig"), signature);
    expect(verifyBare(content, join(folder, "ours.sig"))).toBe(0);
    expect(verifyBare(`${content} `, join(folder, "ours.sig"))).not.toBe(0);
    const bare = execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-f", key, "-n", namespace], {
      input: content,
      encoding: "utf8",
    });
    expect(await verify({ signature: bare })).toMatchObject({ good: true, key: expect.stringMatching(/^SHA256:/) });
  });

  it("are refused for another namespace, identity, time, key or content, each with its reason", async () => {
    const bundle = await signWithSsh({ key, namespace: "wardctl-bundle@v1", content });
    const others = await signWithSsh({ key: join(folder, "other"), namespace, content });
    const strange = makeKey(folder, "strange", options);
    const unknown = await signWithSsh({ key: strange.file, namespace, content });
    const refused: readonly [object, string][] = [
      [{ signature: bundle }, "wrong-namespace"],
      [{ namespace: "file" }, "wrong-namespace"],
      [{ identity: "log@19777" }, "wrong-identity"],
      [{ signature: others }, "wrong-identity"],
      [{ signature: others, identity: "other@27004" }, "wrong-namespace"],
      [{ signature: unknown }, "unknown-key"],
      [{ at: from - 1000 }, "not-yet-valid"],
      [{ at: to }, "expired"],
      [{ content: content.replace("41", "42") }, "altered"],
      [{ content: content.replaceAll("\n", "\r\n") }, "line-ends"],
      [{ signature: "" }, "no-signature"],
      [{ signature: signature.replace("BEGIN", "BEGUN") }, "no-signature"],
    ];
    for (const [change, fault] of refused) expect([change, await verify(change)]).toEqual([change, { good: false, fault }]);
  });

  it("hold to the last second of their key's time and not a second longer", async () => {
    expect(await verify({ at: from })).toMatchObject({ good: true });
    expect(await verify({ at: to - 1000 })).toMatchObject({ good: true });
    expect(await verify({ at: to })).toEqual({ good: false, fault: "expired" });
  });

  it("are refused once their key is on the revocation list", async () => {
    const revoked = join(folder, "revoked.krl");
    execFileSync("ssh-keygen", ["-q", "-k", "-f", revoked, join(folder, "other.pub")]);
    expect(await verify({ revoked })).toMatchObject({ good: true });
    expect(await hasValidSigner({ signers, identity, namespace, at, revoked })).toBe(true);
    execFileSync("ssh-keygen", ["-q", "-k", "-u", "-f", revoked, `${key}.pub`]);
    expect(await verify({ revoked })).toEqual({ good: false, fault: "revoked" });
    expect(await hasValidSigner({ signers, identity, namespace, at, revoked })).toBe(false);
  });

  it("are refused after any one bit of the content or of the signature's body has flipped", async () => {
    const bytes = Buffer.from(content);
    for (let bit = 0; bit < bytes.length * 8; bit += 41) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect((await verify({ content: flipped })).good).toBe(false);
    }
    const body = signature.split("\n").slice(1, -2).join("");
    const raw = Buffer.from(body, "base64");
    for (let bit = 0; bit < raw.length * 8; bit += 211) {
      const flipped = Buffer.from(raw);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const armoured = `-----BEGIN SSH SIGNATURE-----\n${flipped
        .toString("base64")
        .match(/.{1,70}/g)!
        .join("\n")}\n-----END SSH SIGNATURE-----\n`;
      expect((await verify({ signature: armoured })).good, `bit ${bit}`).toBe(false);
    }
  });
});

describe("an allowed_signers file", () => {
  it("is read with its times, and a time without Z is noticed", () => {
    const [first, second, ...rest] = parseSigners(
      [
        "# note",
        'a@b,c@* namespaces="x,y",valid-after="20250701000000Z",valid-before="20260630235959Z" ssh-ed25519 AAAA comment',
        'd@e valid-before="20260801" ecdsa-sha2-nistp256 BBBB',
        "f@g cert-authority ssh-rsa CCCC",
        "nonsense",
      ].join("\r\n"),
    );
    expect(first).toMatchObject({
      line: 2,
      principals: ["a@b", "c@*"],
      namespaces: ["x", "y"],
      validAfter: from,
      isZoneless: false,
      key: "AAAA",
    });
    expect(second).toMatchObject({ line: 3, isZoneless: true, keyType: "ecdsa-sha2-nistp256" });
    expect(rest).toEqual([]);
    expect([from - 1, from, to - 1, to].map((time) => isValidAt(first!, time))).toEqual([false, true, true, false]);
  });
});
