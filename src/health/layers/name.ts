import { isIP } from "node:net";
import { fail, type Layer, pass } from "../layer.ts";
import type { NameServer } from "../name-server.ts";
import type { Reason } from "../reason.ts";

const reasonOf: Readonly<Record<"nx" | "servfail" | "timeout", Reason>> = {
  nx: "name.nx",
  servfail: "name.servfail",
  timeout: "name.timeout",
};

/** Does the name lead to an address, and to one that the inventory expects? Behind a proxy it is the proxy's name: that one resolves the rest. */
export const nameLayer: Layer = {
  name: "name",
  late: "name.timeout",
  lateAtProxy: () => "proxy.name",
  share: 0.4,
  applies: () => true,
  async examine({ target, trail, names, progress }) {
    const host = target.proxy?.host ?? target.host;
    if (isIP(host) !== 0) {
      trail.address = host;
      return pass;
    }
    const answer = await names.resolve(host);
    progress();
    if (answer.kind !== "addresses") return fail(target.proxy ? "proxy.name" : reasonOf[answer.kind]);
    const { addresses, systemAddresses, ttlSeconds } = answer;
    trail.ttlSeconds = ttlSeconds;
    trail.systemAddresses = systemAddresses;
    if (systemAddresses) trail.notes.add("name.differs");
    const listed = target.proxy ? [] : target.addresses.map(toCanonical);
    const expected = addresses.filter((address) => listed.length === 0 || listed.includes(address));
    // IPv4 carries the climb while there is one; IPv6 is observed beside it.
    trail.address = findFamily(expected, 4) ?? expected[0] ?? addresses[0];
    if (trail.address === undefined) return fail(target.proxy ? "proxy.name" : "name.nx");
    if (expected.length === 0) return fail((await inventsNames(names)) ? "name.hijack" : "name.wrong");
    const other = isIP(trail.address) === 4 ? 6 : 4;
    if (!target.proxy) trail.otherAddress = findFamily(expected, other) ?? findFamily(addresses, other);
    return pass;
  },
};

/** RFC 6761 §6.4: nothing below `.invalid` exists. */
const noName = "wardctl-check.invalid";
const noNameWaitMs = 150;

/** Who leads a name astray may do it with every name: then it is the resolver, and no error of this name. */
async function inventsNames(names: NameServer): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const wait = new Promise<void>((done) => {
    timer = setTimeout(done, noNameWaitMs);
  });
  const answer = await Promise.race([names.resolve(noName), wait]);
  clearTimeout(timer);
  return answer !== undefined && answer.kind === "addresses" && answer.addresses.length > 0;
}

function findFamily(addresses: readonly string[], family: 4 | 6): string | undefined {
  return addresses.find((address) => isIP(address) === family);
}

/** IPv6 has many spellings (RFC 5952). */
function toCanonical(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1) : address;
}
