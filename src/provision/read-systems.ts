import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { Account } from "./account.ts";
import type { Connector } from "./connector.ts";

/** Every account of a system, or why it could not be read: never half of them. */
export type SystemReading =
  | { readonly system: string; readonly state: "read"; readonly accounts: readonly Account[] }
  | { readonly system: string; readonly state: "failed"; readonly kind: Failure["kind"]; readonly message: Words };

/** All systems at once, one sweep each and no look-up per account. */
export function readSystems(connectors: readonly Connector[], signal?: AbortSignal): Promise<SystemReading[]> {
  return Promise.all(
    connectors.map(async (connector): Promise<SystemReading> => {
      try {
        return { system: connector.system, state: "read", accounts: await connector.sweep(signal) };
      } catch (error) {
        if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
        return { system: connector.system, state: "failed", kind: error.kind, message: error.words };
      }
    }),
  );
}
