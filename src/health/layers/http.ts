import { type HttpAnswer, type HttpFault, readHttpAnswer } from "../http-answer.ts";
import { type Finding, fail, type Layer, type Probe, pass } from "../layer.ts";
import type { Reason } from "../reason.ts";

const reasonOf: Readonly<Record<HttpFault, Reason>> = {
  protocol: "http.protocol",
  truncated: "http.truncated",
  length: "http.length",
  cap: "http.cap",
  closed: "net.closed",
  reset: "net.reset",
  "client-certificate": "tls.clientcert",
};

/** Does a GET bring a whole, well-formed answer with a good status, in time? */
export const httpLayer: Layer = {
  name: "http",
  late: "http.slow",
  share: 1,
  applies: () => true,
  async examine(probe) {
    const { trail, target, monotonic, slowMs } = probe;
    const sent = monotonic();
    const answer = await readHttpAnswer(trail.socket!, formatRequest(probe), {
      onFirstByte: () => {
        trail.firstByteMs = monotonic() - sent;
      },
      progress: probe.progress,
    });
    if (answer.kind === "fault") return fail(reasonOf[answer.fault]);
    noteFacts(answer, probe);
    const slow = (trail.firstByteMs ?? 0) > slowMs;
    const finding = judge(answer, target.url, target.host);
    if (finding.kind === "fail" && slow) return fail(finding.reason, ["http.slow"]);
    return finding.kind === "pass" && slow ? fail("http.slow") : finding;
  },
};

function noteFacts(answer: HttpAnswer, { trail, now }: Probe): void {
  trail.status = answer.status;
  const theirs = Date.parse(answer.headers.get("date") ?? "");
  if (!Number.isNaN(theirs)) trail.serverDate = { theirs, ours: now() };
  trail.location = answer.headers.get("location");
  trail.server = answer.headers.get("server")?.slice(0, 100);
}

function judge({ status, headers }: HttpAnswer, from: URL, host: string): Finding {
  if (status === 429) return fail("http.limited");
  if (status === 407) return fail("proxy.auth");
  // RFC 6585 §6: whoever stands in between wants a sign-in to the network.
  if (status === 511) return fail("http.portal");
  if (status >= 500) return fail("http.5xx");
  if (status >= 400) return fail("http.4xx");
  const location = headers.get("location");
  if (status < 300 || status === 304 || location === undefined) return pass;
  if (!URL.canParse(location, from.href)) return fail("http.protocol");
  const to = new URL(location, from.href);
  const same = to.hostname === from.hostname || to.hostname === host;
  return same && /^https?:$/.test(to.protocol) ? { kind: "again", url: to } : fail("http.foreign");
}

function formatRequest({ target: { url, host, port } }: Probe): string {
  const standard = port === (url.protocol === "http:" ? 80 : 443);
  const name = host.includes(":") ? `[${host}]` : host;
  return [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${standard ? name : `${name}:${port}`}`,
    "User-Agent: wardctl-check",
    "Accept: */*",
    // No compression: the caps then hold on the wire and in memory alike.
    "Accept-Encoding: identity",
    "Connection: close",
    "",
    "",
  ].join("\r\n");
}
