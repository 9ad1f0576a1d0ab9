import { connect as connectPlain, isIP } from "node:net";
import { connect, createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import type { TrialWay } from "./differential-words.ts";
import type { HttpProxy } from "./proxy.ts";
import { openTunnel } from "./tunnel.ts";

export interface TrialPlace {
  /** Address or name to connect to. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly proxy?: HttpProxy;
}

export interface TrialResult {
  readonly passed: boolean;
  /** The server refused because it wants a client certificate. */
  readonly wantsCertificate: boolean;
  readonly fingerprint?: string;
}

export type HelloWay = Extract<TrialWay, "post-quantum" | "classical" | "classical-long" | "tls1.2">;

// A star asks OpenSSL for a key share of that group: two, as the hello of the probe itself has.
const classicalGroups = "X25519:P-256:P-384";
const contexts = new Map<HelloWay, SecureContext | undefined>();
const optionsOf: Readonly<Record<HelloWay, SecureContextOptions>> = {
  // By its name: an OpenSSL without ML-KEM refuses it, and the trial is not applicable there.
  "post-quantum": { ecdhCurve: "*X25519MLKEM768:*X25519:P-256:P-384", minVersion: "TLSv1.2" },
  classical: { ecdhCurve: classicalGroups, minVersion: "TLSv1.2" },
  "classical-long": { ecdhCurve: classicalGroups, minVersion: "TLSv1.2" },
  "tls1.2": { ecdhCurve: classicalGroups, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" },
};

/** Undefined: this OpenSSL cannot greet in that way. */
export function findContext(way: HelloWay): SecureContext | undefined {
  if (!contexts.has(way)) contexts.set(way, tryContext(optionsOf[way]));
  return contexts.get(way);
}

function tryContext(options: SecureContextOptions): SecureContext | undefined {
  try {
    return createSecureContext(options);
  } catch {
    return undefined;
  }
}

// A post-quantum hello is some 1,600 bytes, more than one segment holds (check.md §5); these make a classical one as long.
const padding = Array.from({ length: 20 }, (_, at) => `wardctl-padding-${String(at).padStart(2, "0")}-${"x".repeat(44)}`);

/** Connects once, greets in one way and hangs up. No certificate is judged and nothing is asked. */
export function tryOnce(
  place: TrialPlace,
  way: HelloWay | undefined,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<TrialResult> {
  return new Promise((done) => {
    const plain = connectPlain({
      host: place.proxy?.host ?? place.address,
      port: (place.proxy ?? place).port,
      noDelay: true,
      autoSelectFamily: false,
    });
    let socket = plain;
    const end = (result: Partial<TrialResult>): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      socket.destroy();
      plain.destroy();
      done({ passed: false, wantsCertificate: false, ...result });
    };
    const stop = (): void => end({});
    const timer = setTimeout(stop, Math.max(0, timeoutMs));
    signal.addEventListener("abort", stop);
    plain.on("error", stop);
    plain.on("close", stop);
    const greet = (): void => {
      if (!place.secure) return end({ passed: true });
      const secure = connect({
        socket: plain,
        servername: isIP(place.host) === 0 ? place.host : undefined,
        secureContext: way && findContext(way),
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ALPNProtocols: way === "classical-long" ? ["http/1.1", ...padding] : ["http/1.1"],
      });
      socket = secure;
      secure.on("error", ({ code }: NodeJS.ErrnoException) => {
        const refused = /ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_REQUIRED)$/.test(code ?? "");
        end({ wantsCertificate: refused && secure.getPeerX509Certificate() !== undefined });
      });
      secure.on("close", stop);
      secure.once("secureConnect", () => end({ passed: true, fingerprint: secure.getPeerX509Certificate()?.fingerprint256 }));
    };
    plain.once("connect", () => {
      if (!place.proxy || !place.secure) return greet();
      plain.off("close", stop);
      openTunnel(plain, place, place.proxy.authorization).then(({ kind }) => {
        if (kind === "open" && !plain.destroyed) greet();
        else stop();
      }, stop);
    });
    if (signal.aborted) stop();
  });
}
