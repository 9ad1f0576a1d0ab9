import type { ProbeResult } from "./probe-result.ts";
import { reasons, type Signature, signatures } from "./reason.ts";

/** What the explanation sees of each endpoint: untested (or unknown), pass, or the number of a signature. */
export type Observations = Int8Array;

export const untested = -2;
export const passed = -1;

const numberOf = new Map(signatures.map((signature, at) => [signature as Signature, at]));

/** In the order of the endpoint ids; an endpoint without a result is untested. */
export function toObservations(endpoints: readonly string[], results: readonly ProbeResult[]): Observations {
  const byId = new Map(results.map((result) => [result.endpoint, result]));
  return Int8Array.from(endpoints, (id) => {
    const result = byId.get(id);
    if (result?.state === "pass") return passed;
    const signature = result?.state === "fail" && result.reason ? reasons[result.reason].signature : undefined;
    return signature === undefined ? untested : (numberOf.get(signature) as number);
  });
}
