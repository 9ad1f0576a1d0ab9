import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Instant } from "./clock.ts";
import { Failure } from "./failure.ts";
import { readText, withScratchFolder, writeWhole } from "./files.ts";
import { runProgram } from "./run-program.ts";
import { formatSignerTime, isPrincipal, isValidAt, parseSigners } from "./signers-file.ts";

/** Signatures in the format of OpenSSH (SSHSIG), made and judged by `ssh-keygen` alone: keys in an agent, a token or a file all work. */
const program = "ssh-keygen";

export interface SignRequest {
  /** A private key, or a public one whose private half an agent holds. */
  readonly key: string;
  readonly namespace: string;
  readonly content: string | Uint8Array;
}

/** The armoured signature. Failure kinds: unavailable (ssh-keygen is not installed), unsafe (it did not sign). */
export async function signWithSsh({ key, namespace, content }: SignRequest): Promise<string> {
  // A touch on a token takes its time.
  const run = await runProgram(program, ["-Y", "sign", "-f", key, "-n", namespace], { input: content, timeoutMs: 120_000 });
  if (!run) throw noProgram();
  if (run.code === 0 && run.stdout.includes("BEGIN SSH SIGNATURE")) return run.stdout;
  const said =
    run.stderr
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("Signing data"))
      .at(-1) ?? `exit ${run.code}`;
  throw new Failure("unsafe", { vi: `ssh-keygen không ký được: ${said}`, en: `ssh-keygen did not sign: ${said}` });
}

export interface VerifyRequest {
  readonly content: string | Uint8Array;
  readonly signature: string;
  /** Where the signature lies already. */
  readonly signatureFile?: string;
  /** Path of the verifier's own allowed_signers. */
  readonly signers: string;
  readonly identity: string;
  readonly namespace: string;
  /** The key must have been valid then. */
  readonly at: Instant;
  /** Path of a key revocation list. */
  readonly revoked?: string;
}

/** Why `ssh-keygen` refused, found afterwards: it says no more than that it did. */
export type SignatureFault =
  | "no-signature"
  | "wrong-namespace"
  | "unknown-key"
  | "wrong-identity"
  | "not-yet-valid"
  | "expired"
  | "revoked"
  | "line-ends"
  | "altered";

export type SignatureVerdict =
  | { readonly good: true; readonly key: string }
  | { readonly good: false; readonly fault: SignatureFault };

/** Failure kind: unavailable (ssh-keygen is not installed). */
export async function verifyWithSsh(request: VerifyRequest): Promise<SignatureVerdict> {
  const { content, signature, signers, identity, namespace, at, revoked } = request;
  const read = readSignature(signature);
  if (!read) return { good: false, fault: "no-signature" };
  const judge = async (file: string): Promise<SignatureVerdict> => {
    const words = [
      "-Y",
      "verify",
      "-f",
      signers,
      "-I",
      identity,
      "-n",
      namespace,
      "-s",
      file,
      `-Overify-time=${formatSignerTime(at)}`,
    ];
    const run = await runProgram(program, [...words, ...(revoked === undefined ? [] : ["-r", revoked])], { input: content });
    if (!run) throw noProgram();
    if (run.code === 0 && run.stdout.startsWith("Good ")) return { good: true, key: read.fingerprint };
    return { good: false, fault: await findFault(request, read) };
  };
  if (request.signatureFile !== undefined) return judge(request.signatureFile);
  return withScratchFolder(async (folder) => {
    const file = join(folder, "signature");
    await writeWhole(file, signature);
    return judge(file);
  });
}

async function findFault(request: VerifyRequest, { namespace, keyType, key }: ReadSignature): Promise<SignatureFault> {
  if (namespace !== request.namespace) return "wrong-namespace";
  const lines = parseSigners(await readText(request.signers)).filter((line) => line.key === key);
  if (lines.length === 0) return "unknown-key";
  const own = lines.filter((line) => isPrincipal(line, request.identity));
  if (own.length === 0) return "wrong-identity";
  const allowed = own.filter((line) => line.namespaces === undefined || line.namespaces.includes(request.namespace));
  if (allowed.length === 0) return "wrong-namespace";
  if (!allowed.some((line) => isValidAt(line, request.at))) {
    return allowed.some(({ validAfter }) => validAfter !== undefined && request.at < validAfter) ? "not-yet-valid" : "expired";
  }
  if (request.revoked !== undefined && (await isRevoked(keyType, key, request.revoked))) return "revoked";
  return Buffer.from(request.content).includes("\r\n") ? "line-ends" : "altered";
}

async function isRevoked(keyType: string, key: string, revoked: string): Promise<boolean> {
  return withScratchFolder(async (folder) => {
    const file = join(folder, "key.pub");
    await writeWhole(file, `${keyType} ${key}\n`);
    const run = await runProgram(program, ["-Q", "-f", revoked, file]);
    return run?.code !== 0;
  });
}

/** Whether one of the keys that may sign in this namespace is valid at an instant and not revoked. */
export async function hasValidSigner(request: Omit<VerifyRequest, "content" | "signature">): Promise<boolean> {
  const lines = parseSigners(await readText(request.signers)).filter(
    (line) =>
      isPrincipal(line, request.identity) &&
      (line.namespaces === undefined || line.namespaces.includes(request.namespace)) &&
      isValidAt(line, request.at),
  );
  const { revoked } = request;
  if (revoked === undefined) return lines.length > 0;
  for (const { keyType, key } of lines) if (!(await isRevoked(keyType, key, revoked))) return true;
  return false;
}

interface ReadSignature {
  readonly namespace: string;
  readonly keyType: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** PROTOCOL.sshsig of OpenSSH: magic, version, public key, namespace. */
function readSignature(armoured: string): ReadSignature | undefined {
  const body = /-----BEGIN SSH SIGNATURE-----([\s\S]+?)-----END SSH SIGNATURE-----/.exec(armoured)?.[1];
  const bytes = Buffer.from(body?.replace(/\s/g, "") ?? "", "base64");
  if (bytes.toString("latin1", 0, 6) !== "SSHSIG" || bytes.length < 14) return undefined;
  const readField = (at: number): Buffer | undefined => {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    return end > bytes.length ? undefined : bytes.subarray(at + 4, end);
  };
  const key = readField(10);
  const namespace = key && readField(14 + key.length);
  if (!key || !namespace || key.length < 5) return undefined;
  return {
    namespace: namespace.toString("utf8"),
    keyType: key.toString("latin1", 4, 4 + key.readUInt32BE(0)),
    key: key.toString("base64"),
    fingerprint: `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`,
  };
}

/** `OpenSSH_9.2p1`; undefined where there is none. Times with `Z` need 9.1. */
export async function findSshVersion(): Promise<string | undefined> {
  const run = await runProgram("ssh", ["-V"]);
  return run && /OpenSSH\S*?_[\d.]+p?\d*/.exec(run.stderr + run.stdout)?.[0];
}

function noProgram(): Failure {
  return new Failure(
    "unavailable",
    { vi: "máy này chưa có ssh-keygen", en: "ssh-keygen is not installed here" },
    { hint: { vi: "cài OpenSSH 9.1 trở lên", en: "install OpenSSH 9.1 or later" } },
  );
}
