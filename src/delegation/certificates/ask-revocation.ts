import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { splitPem } from "../../platform/certificate-file.ts";
import type { Instant } from "../../platform/clock.ts";
import { readText, writeWhole } from "../../platform/files.ts";
import { askResponder, type OcspAnswer, readResponder } from "../../platform/ocsp.ts";
import { type ChainRequest, type ChainRun, verifyChain } from "../../platform/openssl.ts";
import { type ChainVerdict, judgeChain } from "./chain-verdict.ts";
import type { CertificateSettings } from "./settings.ts";

export interface RevocationRequest extends ChainRequest {
  readonly settings: NonNullable<CertificateSettings["ocsp"]>;
  readonly resolvePath: (path: string) => string;
  /** A folder for files on the way. */
  readonly scratch: string;
}

export interface AskedRevocation {
  readonly chain: ChainVerdict;
  readonly revokedAt?: Instant;
  /** Until when the responder's word counts; undefined: it had none. */
  readonly nextUpdate?: Instant;
}

const dayMs = 86_400_000;
/** Clocks differ. */
const skewMs = 5 * 60_000;

/**
 * The second source beside the lists: a responder. Revoked by either is revoked; a good word of one that is recent is enough where the list is missing or old,
 * with the path held to the same roots and the issuer's own certificate to the lists. No answer changes nothing.
 */
export async function askRevocation(run: ChainRun, request: RevocationRequest): Promise<AskedRevocation> {
  const chain = judgeChain(run);
  if (run.state !== "judged" || chain.codes.includes("SIG-REVOKED")) return { chain };
  const issuer = await findIssuer(request);
  if (!issuer) return { chain };
  const answer = await ask(request, issuer.file);
  if (!isRecent(answer, request.at)) return { chain };
  if (answer.status === "revoked") {
    const codes = ["SIG-REVOKED" as const, ...chain.codes.filter((code) => code !== "SIG-REVINFO-UNKNOWN")];
    return { chain: { verdict: "INVALID", codes, isRevoked: true }, revokedAt: answer.revokedAt };
  }
  if (answer.status !== "good") return { chain };
  const nextUpdate = answer.nextUpdate ?? answer.thisUpdate + dayMs;
  if (chain.verdict !== "UNKNOWN") return { chain, nextUpdate };
  const path = judgeChain(await verifyChain({ ...request, checksRevocation: false }));
  const above = issuer.isAnchor ? undefined : judgeChain(await verifyChain({ ...request, certificate: issuer.file }));
  if (path.verdict !== "VALID") return { chain: path };
  // What is not known of the issuer is not known of what it issued.
  return above && above.verdict !== "VALID"
    ? { chain: above.verdict === "UNKNOWN" ? above : { ...above, codes: ["SIG-CHAIN"], isRevoked: false } }
    : { chain: path, nextUpdate };
}

type Answered = Extract<OcspAnswer, { state: "answered" }>;

function isRecent(answer: OcspAnswer, at: Instant): answer is Answered {
  if (answer.state !== "answered") return false;
  return answer.thisUpdate <= at + skewMs && at < (answer.nextUpdate ?? answer.thisUpdate + dayMs);
}

async function ask({ settings, certificate, anchors, resolvePath, at }: RevocationRequest, issuer: string): Promise<OcspAnswer> {
  const { responders, trusted, deadlineMs } = settings;
  const named = await readResponder(certificate);
  // One that a certificate names is asked only where it is on the list: a certificate does not choose whom this machine talks to.
  const url = responders.find(
    (known) => named !== undefined && URL.canParse(named) && new URL(known).host === new URL(named).host,
  );
  return askResponder({
    issuer,
    certificate,
    anchors,
    trusted: trusted === undefined ? undefined : resolvePath(trusted),
    url: url ?? (responders[0] as string),
    timeoutMs: deadlineMs,
    at,
  });
}

async function findIssuer({
  certificate,
  anchors,
  authorities,
  scratch,
}: RevocationRequest): Promise<{ readonly file: string; readonly isAnchor: boolean } | undefined> {
  const leaf = new X509Certificate(await readText(certificate));
  const read = async (file: string | undefined): Promise<string[]> =>
    file === undefined ? [] : splitPem(await readText(file), "CERTIFICATE");
  const isIssuer = (pem: string): boolean => {
    const one = new X509Certificate(pem);
    return leaf.checkIssued(one) && leaf.verify(one.publicKey);
  };
  const anchor = (await read(anchors)).find(isIssuer);
  const pem = anchor ?? (await read(authorities)).find(isIssuer);
  if (pem === undefined) return undefined;
  const file = join(scratch, "issuer.pem");
  await writeWhole(file, pem);
  return { file, isAnchor: anchor !== undefined };
}
