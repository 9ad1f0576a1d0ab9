import type { Instant } from "./clock.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

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

/** As many as fit into one command line everywhere. */
const certificatesAtOnce = 100;

/**
 * `openssl verify` over the path and every list of revoked certificates on it. Without -no-CApath and -no-CAstore the machine's own roots would count too.
 * Exit 2 covers everything from revoked to "no list": only the numbers tell, and several of them may be printed.
 */
export async function verifyChain({ certificate, ...request }: ChainRequest): Promise<ChainRun> {
  const run = await runVerify([certificate], request);
  if (!run) return { state: "absent" };
  const errors = listErrors(run.stderr);
  const isValid = run.code === 0 && /: OK\s*$/.test(run.stdout) && errors.length === 0;
  if (isValid || errors.length > 0) return { state: "judged", isValid, errors };
  return toUnreadable(run);
}

/**
 * The same for many, in their order: a process for a hundred in place of one for each. Whatever such a run does not say clearly of a certificate is
 * asked again for that one alone.
 */
export async function verifyChains(
  certificates: readonly string[],
  request: Omit<ChainRequest, "certificate">,
): Promise<readonly ChainRun[]> {
  const judged: ChainRun[] = [];
  for (let from = 0; from < certificates.length; from += certificatesAtOnce) {
    const some = certificates.slice(from, from + certificatesAtOnce);
    const run = await runVerify(some, request);
    if (!run) return certificates.map(() => ({ state: "absent" }));
    const told = readTold(run);
    for (const certificate of some) {
      if (told.size === 0) judged.push(toUnreadable(run));
      else judged.push(told.get(certificate) ?? (await verifyChain({ ...request, certificate })));
    }
  }
  return judged;
}

/** Each refusal ends with a line that names the file; what is good stands on the other stream. Both lines begin with no text of a certificate. */
function readTold({ stdout, stderr }: ProgramRun): ReadonlyMap<string, ChainRun> {
  const told = new Map<string, ChainRun>();
  const pieces = stderr.split(/^error (.+): verification failed$/m);
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const errors = listErrors(pieces[at] as string);
    if (errors.length > 0) told.set(pieces[at + 1] as string, { state: "judged", isValid: false, errors });
  }
  // An error after the last refusal belongs to nobody for sure, perhaps to one that is called good.
  if (listErrors(pieces.at(-1) as string).length > 0) return told;
  for (const [, file] of stdout.matchAll(/^(.+): OK$/gm)) {
    if (!told.has(file as string)) told.set(file as string, { state: "judged", isValid: true, errors: [] });
  }
  return told;
}

function runVerify(
  certificates: readonly string[],
  { anchors, authorities, revocationLists, at, checksRevocation = true }: Omit<ChainRequest, "certificate">,
): Promise<ProgramRun | undefined> {
  return runProgram("openssl", [
    "verify",
    "-no-CApath",
    "-no-CAstore",
    "-CAfile",
    anchors,
    ...(authorities === undefined ? [] : ["-untrusted", authorities]),
    ...(checksRevocation ? ["-CRLfile", revocationLists, "-crl_check_all", "-extended_crl"] : []),
    "-attime",
    String(Math.floor(at / 1000)),
    ...certificates,
  ]);
}

function listErrors(stderr: string): ChainError[] {
  return [...stderr.matchAll(/^error (\d+) at (\d+) depth lookup/gm)].map(([, number, depth]) => ({
    number: Number(number),
    depth: Number(depth),
  }));
}

function toUnreadable({ stderr, code }: ProgramRun): ChainRun {
  return { state: "unreadable", said: stderr.split("\n").find((line) => line.trim() !== "") ?? `exit ${code}` };
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
