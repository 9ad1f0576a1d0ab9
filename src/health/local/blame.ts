import { isIP } from "node:net";
import type { Endpoint } from "../endpoint.ts";
import type { ProbeResult } from "../probe-result.ts";
import { reasons } from "../reason.ts";
import { isLoopback, type LocalCheckId, type LocalFinding } from "./finding.ts";
import { findPortal, type PortalSign } from "./portal.ts";
import { toSite } from "./site.ts";

/** Checks whose failure means that nothing gets out of here. */
const noWayOut: readonly LocalCheckId[] = ["loopback", "link", "route", "witnesses"];

/**
 * Results that a fault of this machine explains become `unknown (local)`: they count against nobody. Each fault explains only what it can
 * do: a dead line what did not come through, and only while nothing else came through; a dead resolver names without an answer; a portal
 * what it sent astray; a wrong clock certificate dates. Pure.
 */
export function withoutLocalBlame(
  results: readonly ProbeResult[],
  findings: readonly LocalFinding[],
  endpoints: readonly Endpoint[],
): readonly ProbeResult[] {
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const named = (id: string): boolean => isIP(byId.get(id)?.host ?? "") === 0;
  const outside = (id: string): boolean => {
    const { host = "", addresses = [] } = byId.get(id) ?? {};
    return ![host, ...addresses].some(isLoopback);
  };
  const failed = (id: LocalCheckId): LocalFinding | undefined =>
    findings.find((finding) => finding.id === id && finding.state === "fail");
  const cameThrough = results.some((result) => outside(result.endpoint) && hasPassedNetwork(result));
  const cutOff = !cameThrough && noWayOut.some((id) => failed(id));
  // A resolver that answered anything in the sweep is alive, whatever it did with the test name.
  const answered = results.some(({ endpoint, state, layer }) => named(endpoint) && state !== "untested" && layer !== "name");
  const resolverDead = !answered && failed("resolver") !== undefined;
  const invented = failed("hijack")?.culprits ?? [];
  const portal = findPortal(results.map((result) => toSign(result, byId.get(result.endpoint))))?.key;
  const strangers = new Set([
    ...(failed("portal")?.culprits ?? []),
    ...(failed("reachable")?.culprits ?? []),
    ...(portal ? [portal] : []),
  ]);
  const inspectors = failed("inspection")?.culprits ?? [];
  const explains = (result: ProbeResult): boolean => {
    const { state, reason, seen, endpoint } = result;
    if (state !== "fail") return false;
    if (cutOff && outside(endpoint) && !hasPassedNetwork(result)) return true;
    if (resolverDead && (reason === "name.timeout" || reason === "name.servfail")) return true;
    if (failed("clock") && (reason === "tls.expired" || reason === "tls.notyet")) return true;
    if (reason === "name.hijack" || (seen?.address !== undefined && invented.includes(seen.address))) return true;
    const sign = toSign(result, byId.get(endpoint));
    if ([sign.redirectHost, sign.certificate?.fingerprint].some((key) => key !== undefined && strangers.has(key))) return true;
    return (reason === "tls.chain" || reason === "tls.selfsigned") && inspectors.includes(toOneLine(seen?.certificate?.issuer));
  };
  return results.map((result) => (explains(result) ? { ...result, state: "unknown", reason: "local", also: undefined } : result));
}

/** The portal that the results of a sweep themselves betray, as a finding. */
export function findPortalInResults(results: readonly ProbeResult[], endpoints: readonly Endpoint[]): LocalFinding | undefined {
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const portal = findPortal(
    results.filter(({ state }) => state === "fail").map((result) => toSign(result, byId.get(result.endpoint))),
  );
  return (
    portal && {
      id: "portal",
      state: "fail",
      words: {
        vi: `${portal.sites} nơi không liên quan nhau đều đưa tới ${portal.host ?? "cùng một chứng thư lạ"}: mạng ở đây đòi đăng nhập`,
        en: `${portal.sites} unrelated places all lead to ${portal.host ?? "one strange certificate"}: the network here wants a sign-in`,
      },
      culprits: [portal.key],
    }
  );
}

function toSign({ reason, also = [], seen }: ProbeResult, endpoint: Endpoint | undefined): PortalSign {
  const site = toSite(endpoint?.host ?? "");
  const certificate = seen?.certificate && {
    fingerprint: seen.certificate.fingerprint,
    ofHost: reason !== "tls.host" && !also.includes("tls.host"),
  };
  const location =
    reason === "http.foreign" && seen?.location !== undefined && URL.canParse(seen.location)
      ? new URL(seen.location).hostname
      : undefined;
  return { site, redirectHost: location !== undefined && toSite(location) !== site ? location : undefined, certificate };
}

/** It got as far as a connection: what went wrong afterwards is not for want of a line. */
function hasPassedNetwork({ state, reason }: ProbeResult): boolean {
  if (state === "pass") return true;
  if (state !== "fail" || reason === undefined) return false;
  const { layer } = reasons[reason];
  return layer !== "name" && layer !== "network";
}

function toOneLine(issuer: string | undefined): string {
  return issuer?.replaceAll("\n", ", ") ?? "";
}
