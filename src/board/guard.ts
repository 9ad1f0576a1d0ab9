import { isLoopback } from "../platform/web-server.ts";

/** What a request says of itself. */
export interface Caller {
  readonly method: string;
  /** `Host`, with the port. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Mode` (W3C Fetch Metadata), where the browser sends them. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
}

export interface Door {
  /** Names and addresses under which the board is reached, without the port. */
  readonly hosts: readonly string[];
  readonly port: number;
}

export type Refusal = "host" | "origin" | "method";

/**
 * Whether the request was meant for this board and comes from it or from the person. A page elsewhere can make a browser send requests here (DNS
 * rebinding gives it our address under its own name), so the name counts, not only the address.
 */
export function findRefusal({ method, host, origin, site, mode }: Caller, { hosts, port }: Door): Refusal | undefined {
  if (host === undefined || !listHostHeaders(hosts, port).includes(host.toLowerCase())) return "host";
  if (origin !== undefined && origin !== "null" && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return "origin";
  // A form of a sandboxed page says "null".
  if (origin === "null") return "origin";
  const fromElsewhere = site !== undefined && site !== "same-origin" && site !== "none";
  // A link that was followed is the person's own doing, and brings nothing back to where it stood.
  if (fromElsewhere && !(mode === "navigate" && method === "GET")) return "origin";
  return ["GET", "HEAD", "POST"].includes(method) ? undefined : "method";
}

function listHostHeaders(hosts: readonly string[], port: number): readonly string[] {
  return hosts.flatMap((host) => {
    const name = host.includes(":") ? `[${host}]` : host.toLowerCase();
    return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
  });
}

/** Names that a browser may use for a server that listens at `host`, beside those that the person gave. */
export function listHosts(host: string, own: readonly string[], given: readonly string[]): readonly string[] {
  const all = host === "0.0.0.0" || host === "::" ? own : [host];
  const loopback = all.some(isLoopback) ? ["localhost", "127.0.0.1", "::1"] : [];
  return [...new Set([...given, ...all, ...loopback])];
}
