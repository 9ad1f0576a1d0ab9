import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const keyTypes = [
  ["ed25519", ["-t", "ed25519"]],
  ["P-256", ["-t", "ecdsa", "-b", "256"]],
  ["RSA", ["-t", "rsa", "-b", "2048"]],
] as const;

/** Whether OpenSSH signs here; a suite that needs it says aloud that it was skipped. */
export const hasSshKeygen = ((): boolean => {
  try {
    execFileSync("ssh-keygen", ["-Y", "find-principals"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
})();
if (!hasSshKeygen) console.warn("SKIPPED: ssh-keygen is not installed, so no signature is made or checked");

/** A key pair without a passphrase in a test's folder: `file` and `file.pub`. */
export function makeKey(
  folder: string,
  name: string,
  options: readonly string[] = keyTypes[0][1],
): { readonly file: string; readonly publicKey: string } {
  const file = join(folder, name);
  execFileSync("ssh-keygen", ["-q", ...options, "-N", "", "-C", name, "-f", file]);
  return { file, publicKey: readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ") };
}
