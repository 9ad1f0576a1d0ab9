import type { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { type Finding, fail, type Layer, type Probe, pass } from "../layer.ts";
import type { Reason } from "../reason.ts";

/**
 * Does the handshake succeed, and is the certificate in date, for this host and from a trusted root? All of it is judged, so the
 * connection is made without OpenSSL's own refusal. Sessions are never resumed: a resumed one shows no certificate (node #3940).
 */
export const tlsLayer: Layer = {
  name: "tls",
  late: "tls.stall",
  share: 1,
  applies: ({ url }) => url.protocol === "https:",
  examine: (probe) =>
    new Promise<Finding>((done) => {
      const plain = probe.trail.socket as Socket;
      const { host } = probe.target;
      // A proxy that opened a tunnel has answered already.
      const before = plain.bytesRead;
      const secure = connect({
        socket: plain,
        servername: isIP(host) === 0 ? host : undefined,
        secureContext: probe.trust.context,
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ALPNProtocols: ["http/1.1"],
      });
      // Else Node decodes the whole chain once more for a check of the host that we make ourselves: a sixth of a probe's CPU.
      secure.isSessionReused = () => true;
      probe.trail.socket = secure;
      secure.on("error", (error: NodeJS.ErrnoException) => done(toFinding(error, plain.bytesRead - before, secure)));
      secure.once("close", () => done(fail("tls.reset")));
      secure.once("secureConnect", () => {
        probe.progress();
        done(judge(secure, probe));
      });
    }),
};

function judge(secure: TLSSocket, { trail, trust, now, target }: Probe): Finding {
  const leaf = secure.getPeerX509Certificate();
  if (!leaf) return fail("tls.chain");
  trail.certificate = leaf;
  trail.protocol = secure.getProtocol() ?? undefined;
  const chain = listChain(leaf);
  trail.earliestExpiry = findEarlier(trail.earliestExpiry, ...chain.map(({ validTo }) => validTo));
  const chainFaults = judgeChain(leaf, secure, (certificate) => trust.reaches(certificate));
  if (chainFaults.length === 0 && trust.restsOnSystem(leaf)) trail.notes.add("tls.inspected");
  if (String(secure.authorizationError) === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" && leaf.infoAccess?.includes("CA Issuers")) {
    trail.notes.add("tls.browsers");
  }
  const [first, ...others] = [...judgeDates(chain, now()), ...judgeHost(leaf, target.host), ...chainFaults];
  return first ? fail(first, others) : pass;
}

/** The leaf and what came with it. */
function listChain(leaf: X509Certificate): X509Certificate[] {
  const chain = [leaf];
  for (let at = leaf; chain.length < 10; ) {
    const next = at.issuerCertificate;
    if (!next || next === at) break;
    chain.push(next);
    at = next;
  }
  return chain;
}

function findEarlier(...dates: readonly (string | undefined)[]): string | undefined {
  let earliest: string | undefined;
  for (const date of dates) {
    if (date !== undefined && (earliest === undefined || Date.parse(date) < Date.parse(earliest))) earliest = date;
  }
  return earliest;
}

function judgeDates(chain: readonly X509Certificate[], now: number): Reason[] {
  for (const { validFrom, validTo } of chain) {
    if (now > Date.parse(validTo)) return ["tls.expired"];
    if (now < Date.parse(validFrom)) return ["tls.notyet"];
  }
  return [];
}

/** By the alternative names alone, as browsers do; the common name has not counted since 2017. */
function judgeHost(leaf: X509Certificate, host: string): Reason[] {
  const good = isIP(host) === 0 ? leaf.checkHost(host, { subject: "never" }) : leaf.checkIP(host);
  return good === undefined ? ["tls.host"] : [];
}

// What OpenSSL says when the chain is whole and the certificate all the same not good for a server of this name: another purpose, a
// name outside its issuer's, a key too short. Node has no names of its own for most of it: UNSPECIFIED.
const unfit = /^(INVALID_PURPOSE|INVALID_CA|PATH_LENGTH_EXCEEDED|CERT_REJECTED|UNSPECIFIED)$/;

function judgeChain(leaf: X509Certificate, secure: TLSSocket, reaches: (leaf: X509Certificate) => boolean): Reason[] {
  if (secure.authorized) return [];
  // The typings say Error; it is the code's text (node:internal/tls/wrap, onConnectSecure).
  const code = String(secure.authorizationError);
  const onlyDates = code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID";
  if (onlyDates && reaches(leaf)) return [];
  if (unfit.test(code)) return ["tls.unfit"];
  return leaf.checkIssued(leaf) ? ["tls.selfsigned"] : ["tls.chain"];
}

function toFinding({ code = "", syscall }: NodeJS.ErrnoException, bytesRead: number, secure: TLSSocket): Finding {
  switch (code) {
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
    case "ERR_SSL_HTTP_REQUEST":
    case "ERR_SSL_RECORD_LAYER_FAILURE":
      return fail("tls.plain");
    case "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED":
      return fail("tls.clientcert");
    case "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE":
    case "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE":
    case "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE":
    case "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE":
      // TLS 1.2: refused after it has shown its own certificate and seen that we have none.
      return fail(secure.getPeerX509Certificate() ? "tls.clientcert" : "tls.version");
    case "ERR_SSL_TLSV1_UNRECOGNIZED_NAME":
    case "ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME":
      return fail("tls.host");
    case "ECONNRESET":
    case "EPIPE":
      // Closed without a byte is the line's doing as often as the server's. Only a real reset names a system call.
      return fail(bytesRead === 0 && syscall === undefined ? "net.closed" : "tls.reset");
    default:
      if (/VERSION|PROTOCOL|CIPHER|INSUFFICIENT_SECURITY/.test(code)) return fail("tls.version");
      return fail(/_ALERT_/.test(code) ? "tls.refused" : "tls.garbled");
  }
}
