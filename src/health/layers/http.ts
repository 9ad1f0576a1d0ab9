import { type HttpAnswer, type HttpFault, readHttpAnswer } from "../http-answer.ts";
import { type Finding, fail, type Layer, type Probe, pass, type Target } from "../layer.ts";
import { looksLikePortal } from "../portal-page.ts";
import { withoutQuery } from "../probe-facts.ts";
import type { Reason } from "../reason.ts";
import { listSchemes } from "../tunnel.ts";
import { judgeContent } from "./content.ts";

const reasonOf: Readonly<Record<HttpFault, Reason>> = {
  protocol: "http.protocol",
  truncated: "http.truncated",
  length: "http.length",
  cap: "http.cap",
  closed: "net.closed",
  reset: "net.reset",
  "client-certificate": "tls.clientcert",
};

/** Without a tunnel it is the proxy that answers. */
const reasonAtProxy: Readonly<Partial<Record<HttpFault, Reason>>> = {
  protocol: "proxy.garbage",
  closed: "proxy.closed",
  reset: "proxy.closed",
};

/** Does a GET bring a whole, well-formed answer with a good status and the content that the inventory expects, in time? */
export const httpLayer: Layer = {
  name: "http",
  late: "http.slow",
  lateAtProxy: ({ target, trail }) => (isPlainProxied(target) && trail.firstByteMs === undefined ? "proxy.silent" : undefined),
  share: 1,
  applies: () => true,
  async examine(probe) {
    const { trail, target, monotonic, slowMs } = probe;
    const sent = monotonic();
    const { expect } = target;
    const answer = await readHttpAnswer(
      trail.socket!,
      formatRequest(target),
      {
        onFirstByte: () => {
          trail.firstByteMs = monotonic() - sent;
        },
        progress: probe.progress,
      },
      { keepBody: expect?.text !== undefined || expect?.json !== undefined },
    );
    if (answer.kind === "fault") {
      return fail((isPlainProxied(target) ? reasonAtProxy[answer.fault] : undefined) ?? reasonOf[answer.fault]);
    }
    noteFacts(answer, probe);
    const slow = (trail.firstByteMs ?? 0) > slowMs;
    const finding = judge(answer, probe);
    if (finding.kind === "fail" && slow) return fail(finding.reason, ["http.slow"]);
    return finding.kind === "pass" && slow ? fail("http.slow") : finding;
  },
};

function isPlainProxied({ proxy, url }: Target): boolean {
  return proxy !== undefined && url.protocol === "http:";
}

function noteFacts({ status, headers }: HttpAnswer, { trail, now }: Probe): void {
  trail.status = status;
  const theirs = Date.parse(headers.get("date") ?? "");
  if (!Number.isNaN(theirs)) trail.serverDate = { theirs, ours: now() };
  trail.location = headers.get("location");
  trail.server = headers.get("server")?.slice(0, 100);
}

function judge(answer: HttpAnswer, { target, trail, redirectHosts, now }: Probe): Finding {
  const { status, headers } = answer;
  const { expect } = target;
  if (status === 429) {
    trail.retryAfterMs = readRetryAfter(headers.get("retry-after"), now());
    return fail("http.limited");
  }
  if (status === 407) {
    trail.proxyAnswer = { status, schemes: listSchemes(answer.head) };
    return fail("proxy.auth");
  }
  if (isPlainProxied(target) && headers.has("x-squid-error")) {
    trail.proxyAnswer = { status };
    return fail(status === 403 ? "proxy.policy" : "proxy.gateway");
  }
  if (expect?.statuses?.includes(status)) return judgeContent(answer, expect);
  // RFC 6585 §6: a portal that says so itself.
  if (status === 511) return fail("http.portal");
  if (status >= 500) return fail("http.5xx");
  if (status >= 400) return fail("http.4xx");
  const location = headers.get("location");
  const redirect = status >= 300 && status !== 304 && location !== undefined;
  if (redirect) return judgeRedirect(location, status, { target, trail, redirectHosts });
  const known = [target.host, target.sso, ...(redirectHosts ?? [])];
  if (answer.body && looksLikePortal(answer.body, { from: target.url, known })) return fail("http.portal");
  if (expect?.statuses) return fail("http.status");
  return expect ? judgeContent(answer, expect) : pass;
}

/** Followed on the same host; a redirect to a known other place, such as the single sign-on, is a good answer. */
function judgeRedirect(
  location: string,
  status: number,
  { target, trail, redirectHosts = [] }: Pick<Probe, "target" | "trail" | "redirectHosts">,
): Finding {
  const { url: from, host, sso } = target;
  if (!URL.canParse(location, from.href)) return fail("http.protocol");
  const to = new URL(location, from.href);
  if (!/^https?:$/.test(to.protocol)) return fail("http.foreign");
  if (to.hostname === from.hostname || to.hostname === host) {
    trail.hops.push({ url: withoutQuery(to.href), status, earliestExpiry: trail.earliestExpiry });
    return { kind: "again", url: to };
  }
  return to.hostname === sso || redirectHosts.includes(to.hostname) ? pass : fail("http.foreign");
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function formatRequest(target: Target): string {
  const { url, host, port, proxy } = target;
  const standard = port === (url.protocol === "http:" ? 80 : 443);
  const name = host.includes(":") ? `[${host}]` : host;
  const place = standard ? name : `${name}:${port}`;
  const path = `${url.pathname}${url.search}`;
  const sign =
    isPlainProxied(target) && proxy?.authorization !== undefined ? [`Proxy-Authorization: ${proxy.authorization}`] : [];
  return [
    `GET ${isPlainProxied(target) ? `http://${place}${path}` : path} HTTP/1.1`,
    `Host: ${place}`,
    ...sign,
    "User-Agent: wardctl-check",
    "Accept: */*",
    // No compression: the caps then hold on the wire and in memory alike.
    "Accept-Encoding: identity",
    "Connection: close",
    "",
    "",
  ].join("\r\n");
}
