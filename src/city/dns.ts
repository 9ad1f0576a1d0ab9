import { type DnsServer, startDnsServer } from "../platform/dns-server.ts";
import { cityDomain } from "./city.ts";

const nameError = 3;

/** A name server on loopback UDP: every name below city.test is 127.0.0.1, every other one does not exist. Port 0 takes a free one. */
export function startCityDns(port = 0): Promise<DnsServer> {
  return startDnsServer(
    ({ name }) => (name === cityDomain || name.endsWith(`.${cityDomain}`) ? { addresses: ["127.0.0.1"] } : { code: nameError }),
    { port },
  );
}
