import type { Endpoint } from "./endpoint.ts";
import type { ProbeFacts, ProbeResult } from "./probe-result.ts";
import type { discoveredKinds, RiskGroup } from "./risk-groups.ts";

type DiscoveredKind = (typeof discoveredKinds)[number];

const idOf: Readonly<Record<DiscoveredKind, (seen: ProbeFacts) => string | undefined>> = {
  certificate: ({ certificate }) => certificate?.fingerprint,
  issuer: ({ certificate }) => certificate?.issuer,
  address: ({ address }) => address,
  subnet: ({ address }) => (address ? toSubnet(address) : undefined),
  server: ({ server }) => server,
};

/**
 * What endpoints turn out to share though no inventory says so: the certificate they present, the address their names lead to, the gateway that
 * answers (check.md §13). Only what at least two units share counts: the rest is the unit's own.
 */
export function toDiscoveredGroups(endpoints: readonly Endpoint[], results: readonly ProbeResult[]): readonly RiskGroup[] {
  const seen = new Map(results.map((result) => [result.endpoint, result.seen]));
  return (Object.keys(idOf) as DiscoveredKind[]).flatMap((kind) => {
    const read = (endpoint: Endpoint): string | undefined => {
      const facts = seen.get(endpoint.id);
      return facts && idOf[kind](facts);
    };
    const usual = findUsual(endpoints, read);
    const groups = new Map<string, number[]>();
    for (const [at, endpoint] of endpoints.entries()) {
      const id = read(endpoint) ?? usual.get(toInstance(endpoint));
      if (!id) continue;
      const members = groups.get(id);
      if (members) members.push(at);
      else groups.set(id, [at]);
    }
    return [...groups]
      .filter(([, members]) => new Set(members.map((at) => (endpoints[at] as Endpoint).unit)).size > 1)
      .map(([id, members]): RiskGroup => ({ kind, id, members }));
  });
}

/** What fails early shows nothing: it is taken to be as all others of its instance are, where they are all alike. */
function findUsual(
  endpoints: readonly Endpoint[],
  read: (endpoint: Endpoint) => string | undefined,
): ReadonlyMap<string, string | undefined> {
  const usual = new Map<string, string | undefined>();
  for (const endpoint of endpoints) {
    const id = read(endpoint);
    if (id === undefined) continue;
    const instance = toInstance(endpoint);
    usual.set(instance, !usual.has(instance) || usual.get(instance) === id ? id : undefined);
  }
  return usual;
}

function toInstance({ instance, system }: Endpoint): string {
  return instance ?? system;
}

/** IPv4 by /24, IPv6 by /64: what usually stands in one rack behind one line. */
function toSubnet(address: string): string {
  if (!address.includes(":")) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const [head = "", tail] = address.split("::");
  const first = head.split(":").filter(Boolean);
  const last = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const all = tail === undefined ? first : [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return `${all.slice(0, 4).join(":")}::/64`;
}
