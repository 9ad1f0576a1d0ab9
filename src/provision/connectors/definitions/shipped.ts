import { keycloakDefinition } from "./keycloak.ts";
import { vendorDocsDefinition } from "./vendor-docs.ts";

/** Definitions that come with wardctl: name to YAML. */
const shipped: ReadonlyMap<string, string> = new Map([
  ["keycloak", keycloakDefinition],
  ["vendor-docs", vendorDocsDefinition],
]);

export const shippedNames: readonly string[] = [...shipped.keys()];

export function findShippedDefinition(name: string): string | undefined {
  return shipped.get(name);
}
