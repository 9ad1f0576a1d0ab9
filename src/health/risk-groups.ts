import type { Endpoint } from "./endpoint.ts";

/** What endpoints can share, and so lose together (check.md §13). */
export const groupKinds = [
  "ward",
  "system",
  "provsys",
  "carrier",
  "carprov",
  "carsys",
  "province",
  "dc",
  "sso",
  "dnszone",
  "local",
  "onsite",
  "approach",
] as const;
/** What no inventory says, and only answers show (check.md §13). */
export const discoveredKinds = ["certificate", "issuer", "address", "subnet", "server"] as const;
export type GroupKind = (typeof groupKinds)[number] | (typeof discoveredKinds)[number];

export interface RiskGroup {
  readonly kind: GroupKind;
  readonly id: string;
  /** Positions in the list of endpoints, ascending. */
  readonly members: readonly number[];
  /** By how much less it takes to believe in it than in one of a whole country's, in nats. */
  readonly cheaperNats?: number;
}

/** The probe host of endpoints that name none: the machine that probes. */
export const thisProbeHost = "this-machine";

const idOf: Readonly<Record<(typeof groupKinds)[number], (endpoint: Endpoint) => string | undefined>> = {
  ward: ({ unit }) => unit,
  system: ({ system }) => system,
  provsys: ({ instance }) => instance,
  carrier: ({ carrier }) => carrier,
  carprov: ({ carrier, province }) => (carrier && province ? `${carrier}/${province}` : undefined),
  carsys: ({ carrier, system }) => (carrier ? `${carrier}/${system}` : undefined),
  province: ({ province }) => province,
  dc: ({ dc }) => dc,
  sso: ({ sso }) => sso,
  dnszone: ({ dnsZone }) => dnsZone,
  // The technician's own machine was checked on the spot: what it got wrong is unknown, not failed.
  local: ({ probeHost, vantage }) => (vantage === "unit" ? undefined : (probeHost ?? thisProbeHost)),
  // Of a unit tried from two places: what only one of them sees.
  onsite: ({ unit, vantage }) => (vantage === "unit" ? unit : undefined),
  approach: ({ unit, vantage }) => (vantage === "centre" ? unit : undefined),
};

const known = new WeakMap<readonly Endpoint[], readonly RiskGroup[]>();

/** Every group of the inventory, made once for each list. An unknown label makes no group: two unknown carriers are not one. */
export function toRiskGroups(endpoints: readonly Endpoint[]): readonly RiskGroup[] {
  const groups = known.get(endpoints) ?? groupEndpoints(endpoints);
  known.set(endpoints, groups);
  return groups;
}

function groupEndpoints(endpoints: readonly Endpoint[]): readonly RiskGroup[] {
  return groupKinds.flatMap((kind) => {
    const read = idOf[kind];
    const groups = new Map<string, number[]>();
    for (let at = 0; at < endpoints.length; at++) {
      const id = read(endpoints[at] as Endpoint);
      if (id === undefined) continue;
      const members = groups.get(id);
      if (members) members.push(at);
      else groups.set(id, [at]);
    }
    const cheaperNats = isOfUnit(kind) ? findDiscount(groups.size) : undefined;
    return [...groups].map(([id, members]): RiskGroup => ({ kind, id, members, ...(cheaperNats && { cheaperNats }) }));
  });
}

function isOfUnit(kind: GroupKind): boolean {
  return kind === "ward" || kind === "onsite" || kind === "approach";
}

/** Units of the country whose lines the costs are set for, and as few as they are set for. */
const unitsOfCountry = 3_321;
const fewestUnits = 40;

/** Among 40 lines two failures by chance meet eighty times less often than among 3,321, and one is as likely to be broken. */
function findDiscount(units: number): number {
  return Math.max(0, Math.log(unitsOfCountry / Math.max(fewestUnits, units)));
}
