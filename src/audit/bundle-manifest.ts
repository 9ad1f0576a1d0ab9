import { sha256 } from "../platform/canonical-json.ts";
import { readBytes } from "../platform/files.ts";
import { bundleFiles } from "./bundle-texts.ts";
import type { FileFault, ProofFinding } from "./proof-finding.ts";

/** `<sha256>  <path>`, LF. A list that names a path twice, or one outside the folder, is no list. */
function parseManifest(text: string): { readonly listed: Map<string, string>; readonly faults: ProofFinding[] } {
  const listed = new Map<string, string>();
  const faults: ProofFinding[] = [];
  const say = (fault: FileFault): void => void faults.push({ kind: "file", path: bundleFiles.manifest, fault });
  if (text.includes("\r\n")) say("line-ends");
  for (const line of text.replaceAll("\r\n", "\n").split("\n").slice(0, -1)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    const isOutside =
      path === undefined || path.startsWith("/") || path.split("/").some((part) => part === ".." || part === "" || part === ".");
    if (isOutside || listed.has(path)) say("bad-list");
    else listed.set(path, sum as string);
  }
  return { listed, faults };
}

/** Every listed file there and as listed, and no other. The log is hashed by whoever reads it anyway. */
export async function compareFiles(
  at: (path: string) => string,
  manifest: string,
  tree: readonly { readonly path: string; readonly plain: boolean }[],
  logSha256: string | undefined,
): Promise<{ readonly findings: ProofFinding[]; readonly listed: ReadonlyMap<string, string> }> {
  const { listed, faults } = parseManifest(manifest);
  const findings = [...faults];
  const say = (path: string, fault: FileFault): void => void findings.push({ kind: "file", path, fault });
  const present = new Set(tree.map(({ path }) => path));
  for (const path of listed.keys()) if (!present.has(path)) say(path, "missing");
  for (const { path, plain } of tree) {
    const expected = listed.get(path);
    if (expected === undefined) say(path, "added");
    else if (!plain) say(path, "no-file");
    else if (path === bundleFiles.log && logSha256 !== undefined) {
      if (logSha256 !== expected) say(path, await findFileFault(at(path), expected));
    } else {
      const bytes = await readBytes(at(path));
      if (sha256(bytes) !== expected) say(path, await findFileFault(at(path), expected));
    }
  }
  return { findings, listed };
}

/** A file that only went through a program with other line endings says so. */
async function findFileFault(file: string, expected: string): Promise<FileFault> {
  const text = Buffer.from(await readBytes(file)).toString("latin1");
  const plain = Buffer.from(text.replaceAll("\r\n", "\n"), "latin1");
  const returned = Buffer.from(text.replace(/(?<!\r)\n/g, "\r\n"), "latin1");
  return sha256(plain) === expected || sha256(returned) === expected ? "line-ends" : "altered";
}
