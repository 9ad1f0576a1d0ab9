import type { Endpoint } from "../../src/health/endpoint.ts";
import { type Observations, passed, untested } from "../../src/health/observation.ts";
import { signatures } from "../../src/health/reason.ts";
import type { Random } from "../../src/platform/random.ts";

/**
 * A second generator, built on nothing of the first: a request walks the things it physically passes (line, exchange, carrier's core, data centre,
 * instance, sign-in), things break in strength and manner of their own, and the first broken thing on the way decides what is seen.
 */
export interface WalkedSweep {
  readonly observed: Observations;
  /** Names of the risk groups that the broken things are. */
  readonly broken: readonly string[];
}

interface Thing {
  readonly name: string;
  /** Stations in the order of a request: name server, line, exchange, core, peering, hub, hosting, instance, sign-in. */
  readonly station: number;
  readonly manners: readonly (readonly string[])[];
}

const onTheWay: readonly ((endpoint: Endpoint) => Thing | undefined)[] = [
  ({ dnsZone }) => (dnsZone ? { name: `dnszone ${dnsZone}`, station: 0, manners: [["dns_nx"], ["dns_timeout"]] } : undefined),
  ({ unit }) => ({
    name: `ward ${unit}`,
    station: 1,
    manners: [["tcp_timeout"], ["tcp_timeout", "dns_timeout"], ["tcp_refused"]],
  }),
  ({ carrier, province }) =>
    carrier && province
      ? { name: `carprov ${carrier}/${province}`, station: 2, manners: [["tcp_timeout"], ["tcp_reset", "tcp_timeout"]] }
      : undefined,
  ({ carrier }) => (carrier ? { name: `carrier ${carrier}`, station: 3, manners: [["tcp_timeout"], ["tcp_reset"]] } : undefined),
  ({ carrier, system }) =>
    carrier ? { name: `carsys ${carrier}/${system}`, station: 4, manners: [["tcp_timeout"], ["tcp_refused"]] } : undefined,
  ({ province }) =>
    province ? { name: `province ${province}`, station: 5, manners: [["tcp_timeout", "dns_timeout"], ["tcp_reset"]] } : undefined,
  ({ dc }) =>
    dc ? { name: `dc ${dc}`, station: 6, manners: [["tcp_timeout"], ["http_5xx", "http_slow"], ["tcp_refused"]] } : undefined,
  ({ instance }) =>
    instance
      ? {
          name: `provsys ${instance}`,
          station: 7,
          manners: [["http_5xx"], ["tls_expired"], ["tcp_refused"], ["http_slow", "http_5xx"]],
        }
      : undefined,
  ({ system }) => ({ name: `system ${system}`, station: 7, manners: [["http_5xx", "http_slow"], ["tls_ca"], ["tls_expired"]] }),
  ({ sso }) => (sso ? { name: `sso ${sso}`, station: 8, manners: [["auth_reject"], ["auth_5xx", "http_5xx"]] } : undefined),
];

/** How often each station of the way breaks, among all that breaks. */
const stationShare = [0.05, 0.3, 0.16, 0.06, 0.03, 0.1, 0.06, 0.17, 0.07];

export function walkRequests(endpoints: readonly Endpoint[], random: Random, most: number): WalkedSweep {
  const faults = new Map<string, { readonly strength: number; readonly manner: readonly string[] }>();
  const count = 1 + random.integer(most);
  while (faults.size < count) {
    const station = drawStation(random);
    const thing = random
      .shuffle(onTheWay)
      .flatMap((look) => look(random.pick(endpoints)) ?? [])
      .find((one) => one.station === station);
    // Some faults are total; others let a good part through.
    const strength = random.next() < 0.5 ? 0.95 + random.next() * 0.05 : 0.6 + random.next() * 0.35;
    if (thing) faults.set(thing.name, { strength, manner: random.pick(thing.manners) });
  }
  // What is hit stays hit for all of a unit's requests over its own line and exchange; elsewhere each request has its own luck.
  const lossRate = random.next() * 0.008;
  const skipped = random.next() * 0.15;
  const observed = Int8Array.from(endpoints, (endpoint) => {
    if (random.next() < skipped) return untested;
    for (const look of onTheWay) {
      const thing = look(endpoint);
      const fault = thing && faults.get(thing.name);
      if (fault && random.next() < fault.strength)
        return signatures.indexOf(random.pick(fault.manner) as (typeof signatures)[number]);
    }
    return random.next() < lossRate ? random.pick([2, 3, 3, 3, 1, 9, 12]) : passed;
  });
  return { observed, broken: [...faults.keys()] };
}

function drawStation(random: Random): number {
  let draw = random.next();
  for (const [station, share] of stationShare.entries()) {
    draw -= share;
    if (draw < 0) return station;
  }
  return 1;
}
