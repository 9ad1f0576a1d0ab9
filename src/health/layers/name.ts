import { isIP } from "node:net";
import { fail, type Layer, pass } from "../layer.ts";
import type { Reason } from "../reason.ts";

const reasonOf: Readonly<Record<"nx" | "servfail" | "timeout", Reason>> = {
  nx: "name.nx",
  servfail: "name.servfail",
  timeout: "name.timeout",
};

/** Does the name lead to an address, and to one that the inventory expects? */
export const nameLayer: Layer = {
  name: "name",
  late: "name.timeout",
  share: 0.4,
  applies: () => true,
  async examine({ target, trail, names, progress }) {
    if (isIP(target.host) !== 0) {
      trail.address = target.host;
      return pass;
    }
    const answer = await names.resolve(target.host);
    progress();
    if (answer.kind !== "addresses") return fail(reasonOf[answer.kind]);
    const expected = answer.addresses.find((address) => target.addresses.length === 0 || target.addresses.includes(address));
    trail.address = expected ?? answer.addresses[0];
    if (answer.addresses.length === 0) return fail("name.nx");
    return expected === undefined ? fail("name.wrong") : pass;
  },
};
