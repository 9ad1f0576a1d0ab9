import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findUpwards, isReadByOthers, openByteStream, readFreeBytes, readText, writeWhole } from "../../../src/platform/files.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe("writing whole files", () => {
  it("makes folders on the way and leaves nothing but the file", async () => {
    const folder = await makeTestFolder();
    await writeWhole(join(folder, "a", "b.txt"), "Vỹ Dạ");
    expect(await readText(join(folder, "a", "b.txt"))).toBe("Vỹ Dạ");
    expect(await readdir(join(folder, "a"))).toEqual(["b.txt"]);
  });

  it("shows a reader the old content or the new, never a part", async () => {
    const file = join(await makeTestFolder(), "f");
    const contents = ["a", "b"].map((letter) => letter.repeat(2_000_000));
    await writeWhole(file, contents[0]!);
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 6; i++) await writeWhole(file, contents[i % 2]!);
      writing = false;
    })();
    while (writing) expect(contents.includes(await readFile(file, "utf8"))).toBe(true);
    await writer;
  });

  it("keeps the old file and leaves no rest when it cannot write", async () => {
    const folder = await makeTestFolder();
    await mkdir(join(folder, "taken", "inside"), { recursive: true });
    await expect(writeWhole(join(folder, "taken"), "x")).rejects.toMatchObject({ kind: "invalid" });
    expect(await readdir(folder)).toEqual(["taken"]);
    await writeFile(join(folder, "plain"), "old");
    await expect(writeWhole(join(folder, "plain", "below"), "x")).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("goes through a file"),
    });
    expect(await readFile(join(folder, "plain"), "utf8")).toBe("old");
  });

  it("gives secrets to their owner alone and keeps the rights of a file that is there", async () => {
    const folder = await makeTestFolder();
    await writeWhole(join(folder, "secret"), "x", 0o600);
    expect(await modeOf(join(folder, "secret"))).toBe(0o600);
    await writeWhole(join(folder, "secret"), "y");
    expect(await modeOf(join(folder, "secret"))).toBe(0o600);
    await writeWhole(join(folder, "open"), "x");
    expect(await isReadByOthers(join(folder, "open"))).toBe(true);
    await chmod(join(folder, "open"), 0o640);
    expect(await isReadByOthers(join(folder, "open"))).toBe(false);
  });

  it("writes into what is no plain file as it is, and never replaces it", async () => {
    await writeWhole("/dev/null", "x");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });
});

describe("reading files", () => {
  it.each([
    ["none", "no such file", "invalid"],
    [".", "is a folder", "invalid"],
    ["loop", "a loop of links", "invalid"],
    [`${"x".repeat(300)}`, "the name is too long", "invalid"],
  ])("says what is wrong with %s", async (name, message, kind) => {
    const folder = await makeTestFolder();
    await symlink("loop", join(folder, "loop"));
    await expect(readText(join(folder, name))).rejects.toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  it("refuses bytes that are not UTF-8 and takes the byte-order mark off", async () => {
    const file = join(await makeTestFolder(), "f");
    await writeFile(file, Buffer.from([0x56, 0xff]));
    await expect(readText(file)).rejects.toMatchObject({ kind: "invalid", message: `${file}: not UTF-8` });
    await writeFile(file, "\uFEFFHuế");
    expect(await readText(file)).toBe("Huế");
  });

  it("streams bytes, and fails with the same words", async () => {
    const file = join(await makeTestFolder(), "f");
    await writeFile(file, "abc");
    const parts: Uint8Array[] = [];
    for await (const part of openByteStream(file)) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe("abc");
    const drain = async () => {
      for await (const part of openByteStream(`${file}x`)) parts.push(part);
    };
    await expect(drain()).rejects.toMatchObject({ kind: "invalid", message: `${file}x: no such file` });
  });

  it("finds the nearest folder upwards that holds a name", async () => {
    const folder = await makeTestFolder();
    await mkdir(join(folder, "a", "b"), { recursive: true });
    await writeFile(join(folder, "mark.test"), "");
    expect(await findUpwards(join(folder, "a", "b"), "mark.test")).toBe(folder);
    await writeFile(join(folder, "a", "mark.test"), "");
    expect(await findUpwards(join(folder, "a", "b"), "mark.test")).toBe(join(folder, "a"));
    expect(await findUpwards(folder, "no such name anywhere")).toBeUndefined();
  });

  it("knows the room left on the disk", async () => {
    expect(await readFreeBytes(await makeTestFolder())).toBeGreaterThan(0);
  });
});
