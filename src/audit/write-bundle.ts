import { dirname, join } from "node:path";
import { createDigest, sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { listTree, makeFolder, openByteStream, readBytes, writeFolder, writePieces } from "../platform/files.ts";
import { signWithSsh } from "../platform/ssh-signature.ts";
import { bundleFiles, formatVerifyCommand, formatVerifyScript, formatVerifyText } from "./bundle-texts.ts";
import { namespaces } from "./checkpoint.ts";
import { hashSigners, type Ledger, type MadeCheckpoint } from "./ledger.ts";

/** Another room's evidence. Paths with `/`, in plain letters and digits; contents end with a line feed. */
export interface BundleFile {
  readonly path: string;
  readonly content: string;
}

export interface WrittenBundle {
  readonly files: number;
  readonly signed: boolean;
  /** SHA-256 of the manifest, which names all the rest. */
  readonly manifestSha256: string;
  readonly signersSha256?: string;
}

/**
 * The log up to a checkpoint that was just made, every earlier checkpoint and what the rooms add, in a folder of its own, with a signed list of it all:
 * `sha256sum` and `ssh-keygen -Y verify` check it without wardctl. Failure kinds: invalid (the folder is there), those of signing.
 */
export async function writeBundle(
  ledger: Ledger,
  made: MadeCheckpoint,
  folder: string,
  files: readonly BundleFile[],
): Promise<WrittenBundle> {
  const { key, identity, signers, revoked } = ledger;
  const { checkpoint } = made;
  const signersSha256 = await hashSigners(ledger);
  const facts = { checkpoint, identity, signed: made.signature !== undefined, signersSha256 };
  let written: WrittenBundle | undefined;
  await writeFolder(folder, async (place) => {
    const write = async (path: string, content: string | Uint8Array): Promise<void> => {
      const file = join(place, ...path.split("/"));
      await makeFolder(dirname(file));
      await writePieces(file, single(content));
    };
    await writePieces(join(place, bundleFiles.log), formatLog(ledger, checkpoint.size));
    await write(bundleFiles.checkpoint, made.content);
    if (made.signature !== undefined) await write(bundleFiles.checkpointSignature, made.signature);
    for (const { checkpoint: kept, content, signature, seq } of await ledger.checkpoints.list()) {
      const name = `${bundleFiles.checkpoints}/${String(seq).padStart(6, "0")}`;
      if (!kept || content === made.content) continue;
      await write(name, content);
      if (signature !== undefined) await write(`${name}.sig`, signature);
    }
    if (signers !== undefined) await write(bundleFiles.signers, await readBytes(signers));
    if (revoked !== undefined) await write(bundleFiles.revoked, await readBytes(revoked));
    for (const { path, content } of files) await write(path, content);
    await write("VERIFY.txt", formatVerifyText(facts));
    await write("verify.sh", formatVerifyScript(facts));
    await write("verify.cmd", formatVerifyCommand(facts));
    const tree = await listTree(place);
    const lines: string[] = [];
    for (const { path } of tree) lines.push(`${await hashFile(join(place, path))}  ${path}\n`);
    const manifest = lines.join("");
    await write(bundleFiles.manifest, manifest);
    if (key !== undefined) {
      await write(bundleFiles.manifestSignature, await signWithSsh({ key, namespace: namespaces.bundle, content: manifest }));
    }
    written = { files: tree.length, signed: key !== undefined, manifestSha256: sha256(manifest), signersSha256 };
  });
  return written as WrittenBundle;
}

export async function hashFile(path: string): Promise<string> {
  const digest = createDigest();
  for await (const piece of openByteStream(path)) digest.add(piece);
  return digest.hex();
}

/** A record a line, in canonical form: what its hash was taken of can be read off it. */
async function* formatLog({ log }: Ledger, size: number): AsyncGenerator<string> {
  let lines: string[] = [];
  for await (const record of log.readAll()) {
    if (record.seq > size) break;
    lines.push(`${await toCanonicalJson(record)}\n`);
    if (lines.length < 1_000) continue;
    yield lines.join("");
    lines = [];
  }
  yield lines.join("");
}

async function* single(content: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield content;
}
