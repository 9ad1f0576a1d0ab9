import type { Instant } from "../../platform/clock.ts";
import type { Desk } from "../desk.ts";
import type { SignerFacts } from "./certificate-reading.ts";
import { createCertificateStore } from "./certificate-store.ts";

/** Undefined where nothing was ever checked or entered, and nobody set it up. */
export async function readSignerFacts(
  { database, settings }: Pick<Desk, "database" | "settings">,
  asOf: Instant,
): Promise<SignerFacts | undefined> {
  const store = createCertificateStore(database);
  const [certificates, tokens] = await Promise.all([store.listCertificates(asOf), store.listTokens(asOf)]);
  const isChecking = settings.certificates?.required.includes("people") ?? false;
  return isChecking || certificates.length > 0 || tokens.length > 0 ? { certificates, tokens, isChecking } : undefined;
}
