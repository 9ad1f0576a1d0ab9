import { join } from "node:path";
import { sha256 } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { isInside, isPresent, listTree, readBytes, readText } from "../platform/files.ts";
import { verifyWithSsh } from "../platform/ssh-signature.ts";
import { compareLog, readLogFile } from "./bundle-log.ts";
import { compareFiles } from "./bundle-manifest.ts";
import { bundleFiles } from "./bundle-texts.ts";
import { type Checkpoint, namespaces, parseCheckpoint } from "./checkpoint.ts";
import type { ProofFinding } from "./proof-finding.ts";
import { judgeSigners } from "./verify-log.ts";

export interface BundleTrust {
  /** The recipient's own, never the bundle's. */
  readonly signers: string;
  readonly revoked?: string;
  readonly identity: string;
  /** A checkpoint that the recipient kept from earlier, with its signature beside it (`.sig`) or without. */
  readonly earlier?: string;
  readonly now: Instant;
  readonly staleAfterMs: number;
  /** Replays the whole chain and judges every checkpoint. */
  readonly full: boolean;
}

export interface BundleVerdict {
  readonly files: number;
  readonly checkpoint?: Checkpoint;
  /** Fingerprint of the key that signed the manifest. */
  readonly signedBy?: string;
  /** SHA-256 of the recipient's allowed_signers and of the one in the bundle. */
  readonly ownSigners: string;
  readonly bundleSigners?: string;
  readonly findings: readonly ProofFinding[];
}

const atOnce = 4;

/**
 * Is this bundle what was signed, by whom it should be, and whole. Every finding is told, not the first. Failure kinds: invalid (no bundle), unsafe (trust
 * taken from the bundle itself), unavailable (no ssh-keygen).
 */
export async function verifyBundle(folder: string, trust: BundleTrust): Promise<BundleVerdict> {
  const { signers, revoked, identity } = trust;
  for (const path of [signers, revoked, trust.earlier]) {
    if (path !== undefined && (await isInside(path, folder)))
      throw new Failure("unsafe", words.ownTrust(path), { hint: words.ownCopy });
  }
  const at = (name: string): string => join(folder, ...name.split("/"));
  if (!(await isPresent(at(bundleFiles.manifest)))) throw new Failure("invalid", words.noBundle(folder));
  const manifest = Buffer.from(await readBytes(at(bundleFiles.manifest)));
  const tree = (await listTree(folder)).filter(
    ({ path }) => path !== bundleFiles.manifest && path !== bundleFiles.manifestSignature,
  );
  const log = await readLogFile(at(bundleFiles.log));
  const { findings: fileFindings, listed } = await compareFiles(at, manifest.toString("utf8"), tree, log?.sha256);
  const text = await readIfPresent(at(bundleFiles.checkpoint));
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
  const base = {
    files: tree.length,
    checkpoint,
    ownSigners: sha256(await readBytes(signers)),
    bundleSigners: listed.get(bundleFiles.signers),
  };
  if (!checkpoint) return { ...base, findings: [...fileFindings, { kind: "checkpoint", name: bundleFiles.checkpoint }] };
  const judge = async (of: "log" | "bundle", content: string | Uint8Array, file: string, when: Instant, size?: number) => {
    const signature = await readIfPresent(file);
    if (signature === undefined) return { finding: { kind: "unsigned", of } satisfies ProofFinding };
    const request = { content, signature, signatureFile: file, signers, revoked, identity, namespace: namespaces[of], at: when };
    const verdict = await verifyWithSsh(request);
    return verdict.good
      ? { key: verdict.key }
      : { finding: { kind: "signature", of, size, fault: verdict.fault } satisfies ProofFinding };
  };
  const [ofManifest, ofCheckpoint] = await Promise.all([
    judge("bundle", manifest, at(bundleFiles.manifestSignature), checkpoint.at),
    judge("log", text as string, at(bundleFiles.checkpointSignature), checkpoint.at, checkpoint.size),
  ]);
  const kept = await readKept(
    at,
    tree.map(({ path }) => path),
  );
  const earlier = trust.earlier === undefined ? undefined : await readEarlier(trust.earlier);
  const marks = [...kept, ...(earlier ? [earlier] : [])].flatMap(({ checkpoint: mark }) => mark ?? []);
  const chain = await compareLog(at(bundleFiles.log), log, checkpoint, marks, trust.full);
  const others: ProofFinding[] = [];
  for (const { name, checkpoint: mark } of [...kept, ...(earlier ? [earlier] : [])]) {
    if (!mark) others.push({ kind: "checkpoint", name });
    else if (mark.log !== checkpoint.log) others.push({ kind: "other-log" });
  }
  if (trust.full) {
    const waiting = [...kept];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (!next.checkpoint) continue;
        const { finding } = await judge("log", next.content, `${next.file}.sig`, next.checkpoint.at, next.checkpoint.size);
        // A checkpoint from before there was a key is covered by the ones after it.
        if (finding && finding.kind !== "unsigned") others.push(finding);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }
  if (earlier?.checkpoint && (await isPresent(`${earlier.file}.sig`))) {
    const { finding } = await judge(
      "log",
      earlier.content,
      `${earlier.file}.sig`,
      earlier.checkpoint.at,
      earlier.checkpoint.size,
    );
    if (finding) others.push(finding);
  }
  const stale: ProofFinding[] = trust.now - checkpoint.at > trust.staleAfterMs ? [{ kind: "stale", at: checkpoint.at }] : [];
  return {
    ...base,
    signedBy: ofManifest.key,
    findings: [
      ...fileFindings,
      ...[ofManifest, ofCheckpoint].flatMap(({ finding }) => finding ?? []),
      ...chain,
      ...others,
      ...stale,
      ...(await judgeSigners({ signers, revoked, identity, at: trust.now, namespaces: Object.values(namespaces) })),
    ],
  };
}

interface KeptFile {
  readonly name: string;
  readonly file: string;
  readonly content: string;
  readonly checkpoint?: Checkpoint;
}

async function readKept(at: (path: string) => string, paths: readonly string[]): Promise<KeptFile[]> {
  const own = paths.filter((path) => path.startsWith(`${bundleFiles.checkpoints}/`) && !path.endsWith(".sig"));
  return Promise.all(
    own.map(async (name) => {
      const content = Buffer.from(await readBytes(at(name))).toString("utf8");
      return { name, file: at(name), content, checkpoint: parseCheckpoint(content) };
    }),
  );
}

async function readEarlier(file: string): Promise<KeptFile> {
  const content = await readText(file);
  const checkpoint = parseCheckpoint(content);
  if (!checkpoint) throw new Failure("invalid", words.noCheckpoint(file));
  return { name: file, file, content, checkpoint };
}

async function readIfPresent(file: string): Promise<string | undefined> {
  return (await isPresent(file)) ? Buffer.from(await readBytes(file)).toString("utf8") : undefined;
}

const words = {
  noBundle: (folder: string) => ({
    vi: `${folder}: không có MANIFEST.sha256, không phải gói nhật ký`,
    en: `${folder}: has no MANIFEST.sha256, so it is no log bundle`,
  }),
  noCheckpoint: (file: string) => ({
    vi: `${file}: không phải điểm kiểm của wardctl`,
    en: `${file}: is no checkpoint of wardctl`,
  }),
  ownTrust: (path: string) => ({ vi: `${path} nằm trong chính gói cần kiểm`, en: `${path} lies in the bundle itself` }),
  ownCopy: {
    vi: "dùng bản của chính bạn, nhận qua đường khác: ai lập gói cũng lập được tệp trong gói",
    en: "give your own copy, got another way: whoever made the bundle could have made its files",
  },
};
