import type { Expectation } from "./expectation.ts";

/** One system as one unit reaches it, with what the inventory says about the way there. A label that is not known is undefined. */
export interface Endpoint {
  /** `19777/documents`. */
  readonly id: string;
  readonly unit: string;
  readonly system: string;
  readonly url: string;
  /** Name for DNS, certificate and Host header. */
  readonly host: string;
  readonly port: number;
  /** Addresses that the name may lead to; empty: any. */
  readonly addresses: readonly string[];
  readonly carrier?: string;
  readonly province?: string;
  /** The province's instance of the system. */
  readonly instance?: string;
  /** Data centre. */
  readonly dc?: string;
  readonly sso?: string;
  readonly dnsZone?: string;
  readonly probeHost?: string;
  readonly function?: string;
  /** What the answer must be; without it any good status will do. */
  readonly expect?: Expectation;
  /** Where it was tried from; only of units that were tried from both places. */
  readonly vantage?: "centre" | "unit";
}

export function toEndpointId(unit: string, system: string): string {
  return `${unit}/${system}`;
}
