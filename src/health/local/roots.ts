import type { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { createReach, readSystemRoots, splitPem } from "../trust.ts";
import type { LookedCertificate } from "./look.ts";

/** The trusted roots apart: what only the machine's own store knows may be a device that reads along. */
export interface Roots {
  reach(leaf: X509Certificate): LookedCertificate["reaches"];
}

export function createRoots(givenPem: string | undefined): Roots {
  const bundled = createReach(rootCertificates);
  const given = createReach(givenPem === undefined ? [] : splitPem(givenPem));
  const system = createReach(readSystemRoots());
  return {
    reach: (leaf) => (given(leaf) ? "given" : bundled(leaf) ? "bundled" : system(leaf) ? "system" : "none"),
  };
}
