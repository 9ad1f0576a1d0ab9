import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSealer, sealWithPassphrase } from "../../../src/platform/age.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import { examineSecret, readSecret, secretReferenceShape } from "../../../src/platform/secrets.ts";
import { makeCustodian } from "../../support/custodian.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const secret = "hunter2-mật-khẩu";

async function makeFile(
  mode: number,
  content: string | Uint8Array = `${secret}\n`,
): Promise<(reference: string) => Promise<string>> {
  const folder = await makeTestFolder();
  await writeFile(join(folder, "token"), content);
  await chmod(join(folder, "token"), mode);
  return (reference) => readSecret(reference, { TOKEN: ` ${secret} `, EMPTY: "" }, (path) => join(folder, path));
}

describe("secrets by reference", () => {
  it("come from the environment or from a file, without the white space around them", async () => {
    const read = await makeFile(0o600);
    expect(await read("env:TOKEN")).toBe(secret);
    expect(await read("file:token")).toBe(secret);
  });

  it.each([
    ["env:EMPTY", "environment variable EMPTY is not set"],
    ["env:NONE", "environment variable NONE is not set"],
    ["file:none", "secret file none cannot be read"],
    ["age:token", "which key opens token is not known"],
  ])("answer denied with what to do for %s", async (reference, message) => {
    const read = await makeFile(0o600);
    await expect(read(reference)).rejects.toMatchObject({
      kind: "denied",
      message: expect.stringContaining(message),
      hint: { vi: expect.any(String) },
    });
  });

  it("are not taken from a file that everybody may read, with the command that mends it", async () => {
    const read = await makeFile(0o644);
    await expect(read("file:token")).rejects.toMatchObject({ kind: "denied", hint: { en: "run: chmod 600 token" } });
    expect(await (await makeFile(0o640))("file:token")).toBe(secret);
  });

  it("come from a sealed file, which the identity named by WARDCTL_AGE_IDENTITY opens", async () => {
    const folder = await makeTestFolder();
    const { recipient } = await makeCustodian(join(folder, "key.txt"));
    await makeCustodian(join(folder, "other.txt"));
    const seal = await createSealer();
    await writeFile(join(folder, "token.age"), await seal(recipient, `${secret}\n`));
    const read = (identity: string): Promise<string> =>
      readSecret("age:token.age", { WARDCTL_AGE_IDENTITY: identity }, (path) => join(folder, path));
    expect(await read("key.txt")).toBe(secret);
    await expect(read("other.txt")).rejects.toMatchObject({
      kind: "denied",
      message: "token.age is sealed for another key than other.txt",
    });
    await expect(read("token.age")).rejects.toMatchObject({ kind: "denied" });
    await expect(read("none.txt")).rejects.toMatchObject({ kind: "denied", hint: { en: expect.stringContaining("age-keygen") } });
    await chmod(join(folder, "key.txt"), 0o644);
    await expect(read("key.txt")).rejects.toMatchObject({ kind: "denied", hint: { en: "run: chmod 600 key.txt" } });
  });

  it("come from a credential of the service that systemd started", async () => {
    const folder = await makeTestFolder();
    await writeFile(join(folder, "documents"), `${secret}\n`);
    const read = (reference: string, environment: Record<string, string>): Promise<string> =>
      readSecret(reference, environment, (path) => join(folder, path));
    expect(await read("systemd:documents", { CREDENTIALS_DIRECTORY: folder })).toBe(secret);
    await expect(read("systemd:video", { CREDENTIALS_DIRECTORY: folder })).rejects.toMatchObject({
      kind: "denied",
      hint: { en: expect.stringContaining("LoadCredentialEncrypted=video:") },
    });
    await expect(read("systemd:documents", {})).rejects.toMatchObject({ kind: "denied" });
    expect(["systemd:../x", "systemd:..", "systemd:a/b", "prompt:"].some((text) => secretReferenceShape.test(text))).toBe(false);
  });

  it("are typed at the terminal, and nowhere else", async () => {
    const asked: string[] = [];
    const ask = async ({ en }: { readonly en: string }): Promise<string> => {
      asked.push(en);
      return ` ${secret} `;
    };
    expect(await readSecret("prompt:documents", {}, (path) => path, ask)).toBe(secret);
    expect(asked).toEqual(["Secret 'documents' (not shown while typed)"]);
    await expect(readSecret("prompt:documents", {}, (path) => path)).rejects.toMatchObject({
      kind: "denied",
      message: expect.stringContaining("typed at a terminal"),
    });
    expect(await examineSecret("prompt:documents", {}, (path) => path)).toBe("asked");
    expect(asked).toHaveLength(1);
  });

  it("come from a file sealed with a passphrase, which is asked for; so does an identity that is sealed itself", async () => {
    const folder = await makeTestFolder();
    const passphrase = "đúng-mật-khẩu";
    await writeFile(join(folder, "token.age"), await sealWithPassphrase(passphrase, `${secret}\n`));
    const custodian = await makeCustodian(join(folder, "key.txt"));
    await writeFile(join(folder, "key.age"), await sealWithPassphrase(passphrase, await readFile(custodian.identity, "utf8")), {
      mode: 0o600,
    });
    await writeFile(join(folder, "own.age"), await (await createSealer())(custodian.recipient, secret));
    const answer = (text: string) => async () => text;
    const read = (reference: string, ask?: () => Promise<string>): Promise<string> =>
      readSecret(reference, { WARDCTL_AGE_IDENTITY: "key.age" }, (path) => join(folder, path), ask);
    expect(await read("age:token.age", answer(passphrase))).toBe(secret);
    expect(await read("age:own.age", answer(passphrase))).toBe(secret);
    const wrong = (await read("age:token.age", answer("khác")).catch((error: unknown) => error)) as Failure;
    expect(wrong).toMatchObject({ kind: "denied", message: "this passphrase does not open token.age" });
    await expect(read("age:token.age")).rejects.toMatchObject({ kind: "denied" });
    const examine = (reference: string) => examineSecret(reference, {}, (path) => join(folder, path));
    expect(await examine("age:token.age")).toBe("asked");
    await expect(examine("age:none.age")).rejects.toMatchObject({ kind: "denied" });
  });

  it("are in no message", async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(secret)]);
    for (const read of [await makeFile(0o644), await makeFile(0o600, bytes)]) {
      const failure = (await read("file:token").catch((error: unknown) => error)) as Error;
      expect(failure.message).not.toContain("hunter2");
    }
    const plain = await (await makeFile(0o600))(secret).catch((error: Error) => error.message);
    expect(plain).not.toContain("hunter2");
  });

  it("have a shape that a value itself does not have", () => {
    expect(
      ["env:A_1", "file:/run/secrets/x", "file:../x", "keyring:x", "age:x.age"].every((text) => secretReferenceShape.test(text)),
    ).toBe(true);
    expect(
      ["hunter2", "env:", "env:1A", "file:", "keyring:", "keyring:my secret", "age:", " env:A"].some((text) =>
        secretReferenceShape.test(text),
      ),
    ).toBe(false);
  });
});
