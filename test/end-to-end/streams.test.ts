import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const env = { ...process.env, WARDCTL_LANG: "en" };

describe("the process", () => {
  it.skipIf(!existsSync("/dev/full")).each([[["wards", "list"]], [["wards", "list", "--json"]], [["--help"]]])(
    "says that the result could not be written, exit 5: %j",
    async (words) => {
      const child = spawn(process.execPath, [entry, ...words], { env, stdio: ["ignore", openSync("/dev/full", "w"), "pipe"] });
      const [stderr, [code]] = await Promise.all([text(child.stderr as Readable), once(child, "exit")]);
      expect(stderr).toMatch(words.includes("--help") ? /^wardctl: ENOSPC/ : /stdout: the disk is full/);
      expect(stderr).not.toContain("    at ");
      expect(code).toBe(5);
    },
  );

  it.each([[["wards", "list"]], [["wards", "list", "--json"]], [["--help"]]])(
    "ends quietly when its reader has had enough: %j",
    async (words) => {
      const child = spawn(process.execPath, [entry, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
      child.stdout.destroy();
      const [stderr, [code]] = await Promise.all([text(child.stderr as Readable), once(child, "exit")]);
      expect([stderr, code]).toEqual(["", 0]);
    },
  );

  it("does its work though nobody reads its remarks", async () => {
    const child = spawn(process.execPath, [entry, "wards", "find", "Vỹ"], { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stderr.destroy();
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect(stdout).toContain("No unit is 'Vỹ'");
    expect(code).toBe(8);
  });
});
