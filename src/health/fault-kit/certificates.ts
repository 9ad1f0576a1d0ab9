import { createAuthority, createSelfSigned, type KeyedCertificate } from "../../platform/certificates.ts";
import type { Instant } from "../../platform/clock.ts";

/** The name that the kit's servers go by. */
export const kitHost = "kit.wardctl.test";

const dayMs = 86_400_000;

export type KitCertificates = Awaited<ReturnType<typeof makeKitCertificates>>;
export type CertificateName = Exclude<keyof KitCertificates, "ca">;

/** Certificates of every kind that a server can show at an instant. */
export async function makeKitCertificates(now: Instant) {
  const wide = { notBefore: now - 100 * dayMs, notAfter: now + 1000 * dayMs };
  const past = { notBefore: now - 20 * dayMs, notAfter: now - dayMs };
  const coming = { notBefore: now + dayMs, notAfter: now + 20 * dayMs };
  const names = [kitHost, "127.0.0.1", "::1"];
  const trusted = await createAuthority("wardctl kit", wide.notBefore, wide.notAfter);
  const stranger = await createAuthority("wardctl kit stranger", wide.notBefore, wide.notAfter);
  const between = await trusted.delegate("wardctl kit intermediate", wide);
  const betweenPast = await trusted.delegate("wardctl kit old intermediate", past);
  const narrow = await trusted.delegate("wardctl kit narrow intermediate", { ...wide, below: "elsewhere.test" });
  const below = await between.issue({ names, ...wide });
  return {
    /** The only root that the kit's probes trust. */
    ca: trusted.certificate,
    good: await trusted.issue({ names, ...wide }),
    goodBelow: below,
    expired: await trusted.issue({ names, ...past }),
    future: await trusted.issue({ names, ...coming }),
    foreign: await trusted.issue({ names: ["other.wardctl.test"], ...wide }),
    chainless: await stranger.issue({ names, ...wide }),
    chainlessExpired: await stranger.issue({ names, ...past }),
    foreignExpired: await trusted.issue({ names: ["other.wardctl.test"], ...past }),
    selfSigned: await createSelfSigned({ names, ...wide }),
    noIntermediate: { ...below, certificate: toFirst(below.certificate) },
    oldIntermediate: await betweenPast.issue({ names, ...wide }),
    clientOnly: await trusted.issue({ names, ...wide, purpose: "client" }),
    shortKey: await trusted.issue({ names, ...wide, keys: "rsa-1024" }),
    outsideNames: await narrow.issue({ names: [kitHost], ...wide }),
  } satisfies Record<string, KeyedCertificate | string>;
}

function toFirst(chain: string): string {
  return chain.slice(0, chain.indexOf("-----END CERTIFICATE-----") + "-----END CERTIFICATE-----\n".length);
}
