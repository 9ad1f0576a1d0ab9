import { connect, isIP } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { readMonotonicMs } from "../../platform/clock.ts";
import { readHttpAnswer } from "../http-answer.ts";
import type { NameServer } from "../name-server.ts";
import type { Roots } from "./roots.ts";
import { toSite } from "./site.ts";

/** Where to look. */
export interface LookTarget {
  readonly url: string;
  /** Name for DNS, certificate and Host header. */
  readonly host: string;
  readonly port: number;
}

/** What one unguarded GET showed of a target; nothing is believed, nothing but the path is sent. */
export interface Look {
  readonly host: string;
  readonly site: string;
  readonly connected: boolean;
  readonly certificate?: LookedCertificate;
  readonly status?: number;
  /** Host of a redirect to another site. */
  readonly redirectHost?: string;
  readonly date?: ServerDate;
}

export interface LookedCertificate {
  /** SHA-256 in hex, without colons. */
  readonly fingerprint: string;
  readonly issuer: string;
  readonly from: number;
  readonly until: number;
  /** Made out for this host. */
  readonly ofHost: boolean;
  /** Whose root it leads to. */
  readonly reaches: "bundled" | "given" | "system" | "none";
}

/** A server's Date header, our clock when it came, and how long the way there and back takes. */
export interface ServerDate {
  readonly host: string;
  readonly theirs: number;
  readonly ours: number;
  readonly rttMs: number;
}

interface LookTools {
  readonly names: NameServer;
  readonly roots: Roots;
  readonly now: () => number;
  readonly deadlineMs: number;
}

/** Looks at a target within the deadline; whatever fails leaves its members out. */
export async function lookAt({ url: address, host, port }: LookTarget, tools: LookTools): Promise<Look> {
  const url = new URL(address);
  const seen: { -readonly [Key in keyof Look]: Look[Key] } = { host, site: toSite(host), connected: false };
  const ip = await findAddress(host, tools);
  if (ip === undefined) return seen;
  const started = readMonotonicMs();
  const plain = connect({ host: ip, port, noDelay: true });
  let open: { destroy(): void } = plain;
  const work = async (): Promise<void> => {
    await new Promise<void>((ready, fail) => plain.once("connect", ready).on("error", fail));
    seen.connected = true;
    const rttMs = readMonotonicMs() - started;
    let socket: typeof plain | TLSSocket = plain;
    if (url.protocol === "https:") {
      const secure = connectTls({
        socket: plain,
        servername: isIP(host) === 0 ? host : undefined,
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ALPNProtocols: ["http/1.1"],
      });
      open = secure;
      socket = secure;
      await new Promise<void>((ready, fail) => secure.once("secureConnect", ready).on("error", fail).once("close", fail));
      const leaf = secure.getPeerX509Certificate();
      if (leaf) {
        seen.certificate = {
          fingerprint: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
          issuer: leaf.issuer,
          from: Date.parse(leaf.validFrom),
          until: Date.parse(leaf.validTo),
          ofHost: (isIP(host) === 0 ? leaf.checkHost(host, { subject: "never" }) : leaf.checkIP(host)) !== undefined,
          reaches: tools.roots.reach(leaf),
        };
      }
    }
    const answer = await readHttpAnswer(socket, formatRequest(url, host, port), { onFirstByte: () => {}, progress: () => {} });
    if (answer.kind !== "answer") return;
    seen.status = answer.status;
    const theirs = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(theirs)) seen.date = { host, theirs, ours: tools.now(), rttMs };
    const location = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && location !== undefined && URL.canParse(location, url.href)) {
      const to = new URL(location, url.href).hostname;
      if (toSite(to) !== seen.site) seen.redirectHost = to;
    }
  };
  await new Promise<void>((done) => {
    const timer = setTimeout(done, tools.deadlineMs);
    work()
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer);
        done();
      });
  });
  open.destroy();
  plain.destroy();
  return { ...seen };
}

async function findAddress(host: string, { names }: LookTools): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  const answer = await names.resolve(host);
  return answer.kind === "addresses" ? answer.addresses[0] : undefined;
}

function formatRequest(url: URL, host: string, port: number): string {
  const standard = port === (url.protocol === "http:" ? 80 : 443);
  const name = host.includes(":") ? `[${host}]` : host;
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${standard ? name : `${name}:${port}`}\r\nUser-Agent: wardctl-check\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n`;
}
