import type { Instant } from "./clock.ts";
import { readOpensslTime } from "./openssl.ts";
import { runProgram } from "./run-program.ts";

export interface OcspRequest {
  /** PEM files. */
  readonly issuer: string;
  readonly certificate: string;
  readonly anchors: string;
  /** The responder's own certificate, where the issuer has not signed it. */
  readonly trusted?: string;
  /** `http://host[:port]/path` */
  readonly url: string;
  readonly timeoutMs: number;
  readonly at: Instant;
}

/** silent: no answer, none that is signed as it must be, or no OpenSSL; `said` is its own word on why. */
export type OcspAnswer =
  | { readonly state: "silent"; readonly said: string }
  | {
      readonly state: "answered";
      readonly status: "good" | "revoked" | "unknown";
      readonly thisUpdate: Instant;
      readonly nextUpdate?: Instant;
      readonly revokedAt?: Instant;
    };

/** Asks a responder (RFC 6960) by `openssl ocsp`, over plain HTTP as responders are: the answer is signed, and only a signature that holds is believed. */
export async function askResponder({
  issuer,
  certificate,
  anchors,
  trusted,
  url,
  timeoutMs,
  at,
}: OcspRequest): Promise<OcspAnswer> {
  const seconds = String(Math.max(1, Math.ceil(timeoutMs / 1000)));
  const run = await runProgram(
    "openssl",
    [
      "ocsp",
      ...["-issuer", issuer, "-cert", certificate, "-url", url, "-timeout", seconds],
      ...["-no-CApath", "-no-CAstore", "-CAfile", anchors, "-attime", String(Math.floor(at / 1000))],
      ...(trusted === undefined ? [] : ["-VAfile", trusted]),
    ],
    { timeoutMs },
  );
  const line = (label: string): Instant | undefined => readOpensslTime(new RegExp(`${label}: (.*)`).exec(run?.stdout ?? "")?.[1]);
  const status = /: (good|revoked|unknown)$/m.exec(run?.stdout ?? "")?.[1] as "good" | "revoked" | "unknown" | undefined;
  const thisUpdate = line("This Update");
  // Its exit code and its word, both: a status is printed also where the signature does not hold.
  const isSigned = /^Response verify OK$/m.test(run?.stderr ?? "");
  if (run?.code !== 0 || !isSigned || status === undefined || thisUpdate === undefined) {
    return { state: "silent", said: run?.stderr.split("\n").find((text) => text.trim() !== "") ?? "no answer in time" };
  }
  return { state: "answered", status, thisUpdate, nextUpdate: line("Next Update"), revokedAt: line("Revocation Time") };
}

/** The responder that a certificate (PEM file) names. */
export async function readResponder(certificate: string): Promise<string | undefined> {
  const run = await runProgram("openssl", ["x509", "-in", certificate, "-noout", "-ocsp_uri"]);
  return run?.stdout
    .split("\n")
    .find((text) => text.trim() !== "")
    ?.trim();
}
