import type { Instant } from "./clock.ts";
import { runProgram } from "./run-program.ts";

/** One of the errors that OpenSSL found on a path; depth 0 is the certificate itself. */
export interface ChainError {
  /** X509_V_ERR_…: 23 is revoked, 12 an old list. */
  readonly number: number;
  readonly depth: number;
}

export interface ChainRequest {
  /** PEM files. No other certificate is trusted, whatever the machine trusts. */
  readonly anchors: string;
  readonly authorities?: string;
  readonly revocationLists: string;
  readonly certificate: string;
  readonly at: Instant;
  /** False: the path only, where revocation is told by another source. */
  readonly checksRevocation?: boolean;
}

/** absent: no OpenSSL here · unreadable: it could not read a file, and said what is in `said`. */
export type ChainRun =
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly said: string }
  | { readonly state: "judged"; readonly isValid: boolean; readonly errors: readonly ChainError[] };

/**
 * `openssl verify` over the path and every list of revoked certificates on it. Without -no-CApath and -no-CAstore the machine's own roots would count too.
 * Exit 2 covers everything from revoked to "no list": only the numbers tell, and several of them may be printed.
 */
export async function verifyChain({
  anchors,
  authorities,
  revocationLists,
  certificate,
  at,
  checksRevocation = true,
}: ChainRequest): Promise<ChainRun> {
  const run = await runProgram("openssl", [
    "verify",
    "-no-CApath",
    "-no-CAstore",
    "-CAfile",
    anchors,
    ...(authorities === undefined ? [] : ["-untrusted", authorities]),
    ...(checksRevocation ? ["-CRLfile", revocationLists, "-crl_check_all", "-extended_crl"] : []),
    "-attime",
    String(Math.floor(at / 1000)),
    certificate,
  ]);
  if (!run) return { state: "absent" };
  const errors = [...run.stderr.matchAll(/^error (\d+) at (\d+) depth lookup/gm)].map(([, number, depth]) => ({
    number: Number(number),
    depth: Number(depth),
  }));
  const isValid = run.code === 0 && /: OK\s*$/.test(run.stdout) && errors.length === 0;
  if (isValid || errors.length > 0) return { state: "judged", isValid, errors };
  const said = run.stderr.split("\n").find((line) => line.trim() !== "") ?? `exit ${run.code}`;
  return { state: "unreadable", said };
}

/** `OpenSSL 3.0.19`. Undefined: none, or another program of that name (macOS has LibreSSL), which is not known to judge alike. */
export async function findOpensslVersion(): Promise<string | undefined> {
  const run = await runProgram("openssl", ["version"]);
  const [version, major] = /^OpenSSL (\d+)\.\d+\.\d+\w*/.exec(run?.stdout ?? "") ?? [];
  return version !== undefined && Number(major) >= 3 ? version : undefined;
}

export interface RevocationList {
  /** Upper-case hexadecimal without leading zeros. */
  readonly revoked: ReadonlyMap<string, { readonly at: Instant; readonly onHold: boolean }>;
  readonly thisUpdate: Instant;
  readonly nextUpdate?: Instant;
  readonly issuer: string;
}

/** What a list of revoked certificates (PEM) says. Undefined: not readable as one. */
export async function readRevocationList(pem: string): Promise<RevocationList | undefined> {
  const run = await runProgram("openssl", ["crl", "-noout", "-text", "-nameopt", "RFC2253,utf8,-esc_msb"], { input: pem });
  if (run?.code !== 0) return undefined;
  const time = (label: string): Instant | undefined => readOpensslTime(new RegExp(`${label}: (.*)`).exec(run.stdout)?.[1]);
  const thisUpdate = time("Last Update");
  if (thisUpdate === undefined) return undefined;
  const revoked = new Map<string, { at: Instant; onHold: boolean }>();
  for (const entry of run.stdout.split(/^\s*Serial Number: /m).slice(1)) {
    const serial = toSerial(/^([0-9A-Fa-f:-]+)/.exec(entry)?.[1] ?? "");
    const at = readOpensslTime(/Revocation Date: (.*)/.exec(entry)?.[1]);
    if (at !== undefined) revoked.set(serial, { at, onHold: /Certificate Hold/.test(entry) });
  }
  return { revoked, thisUpdate, nextUpdate: time("Next Update"), issuer: /Issuer: (.*)/.exec(run.stdout)?.[1]?.trim() ?? "" };
}

/** `03CA0F` and `3:ca:0f` are one number. */
export function toSerial(text: string): string {
  return text
    .replace(/[^0-9A-Fa-f]/g, "")
    .replace(/^0+(?=.)/, "")
    .toUpperCase();
}

/** `Jul  3 10:00:00 2025 GMT` */
export function readOpensslTime(text: string | undefined): Instant | undefined {
  const at = Date.parse((text ?? "").replace("GMT", "UTC"));
  return Number.isNaN(at) ? undefined : at;
}

/** The certificate's own fields that Node does not read. Undefined: it has no key usage. */
export async function readKeyUsage(certificate: string): Promise<readonly string[] | undefined> {
  const run = await runProgram("openssl", ["x509", "-in", certificate, "-noout", "-ext", "keyUsage"]);
  const line = run?.stdout.split("\n").find((text) => text !== "" && !text.includes("X509v3"));
  return line?.split(",").map((usage) => usage.trim());
}
