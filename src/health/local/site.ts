import { isIP } from "node:net";

const secondLevel = /^(gov|com|edu|org|net|ac|co|int|health|info|name|pro)$/;

/**
 * Who a host belongs to, near enough to tell unrelated hosts: `qlvb.hue.gov.vn` is `hue.gov.vn`. An address is a site of its own.
 */
export function toSite(host: string): string {
  if (isIP(host) !== 0) return host;
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  const depth = labels.length > 2 && labels.at(-1)?.length === 2 && secondLevel.test(labels.at(-2) ?? "") ? 3 : 2;
  return labels.slice(-depth).join(".");
}
