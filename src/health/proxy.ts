import { BlockList, isIP } from "node:net";
import type { Environment } from "../platform/environment.ts";
import { Failure } from "../platform/failure.ts";

/** An HTTP proxy between this machine and the others. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** Value of Proxy-Authorization; never shown. */
  readonly authorization?: string;
}

/** The proxy on the way to a place; undefined: go direct. */
export type FindProxy = (url: URL) => HttpProxy | undefined;

/**
 * `environment`: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, as curl reads them, small letters first. `direct`: never a proxy. Else the
 * address of one, for everything but NO_PROXY. This machine itself is always reached direct. Failure kinds: invalid (not a proxy's address).
 */
export function createFindProxy(setting: string, environment: Environment): FindProxy {
  if (setting === "direct") return () => undefined;
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name.toUpperCase()] || undefined;
  const isExempt = createExemptions(read("no_proxy") ?? "");
  // ALL_PROXY often names a SOCKS proxy for other programs: that one is not for us.
  const all = /^(http:|[^:]+(:\d+)?$)/i.exec(read("all_proxy") ?? "") ? read("all_proxy") : undefined;
  const parse = (text: string | undefined, name: string): HttpProxy | undefined =>
    text === undefined ? undefined : parseProxy(text, name);
  const own = setting === "environment" ? undefined : parse(setting, settingName);
  const secure = own ?? parse(read("https_proxy") ?? all, "HTTPS_PROXY");
  // HTTP_PROXY in capitals may come from a request's own `Proxy:` header in CGI; a command line has no such danger.
  const plain = own ?? parse(read("http_proxy") ?? all, "HTTP_PROXY");
  return (url) => {
    const proxy = url.protocol === "https:" ? secure : plain;
    return proxy && !isExempt(url) ? proxy : undefined;
  };
}

const settingName = "check.proxy";

/** A proxy may hold a password: a message never repeats it. */
function parseProxy(text: string, name: string): HttpProxy {
  const href = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== "http:" || url.hostname === "") {
    throw new Failure(
      "invalid",
      {
        vi: `${name}: chỉ dùng được proxy HTTP, viết http://máy:cổng`,
        en: `${name}: only an HTTP proxy will do, written http://host:port`,
      },
      { hint: { vi: "hoặc đặt check.proxy: direct", en: "or set check.proxy: direct" } },
    );
  }
  const { hostname, port, username, password } = url;
  if (name === settingName && username !== "") {
    throw new Failure("invalid", {
      vi: `${name}: không để tên và mật khẩu ở đây; để trong HTTPS_PROXY và đặt check.proxy: environment`,
      en: `${name}: no name or password may stand here; put them into HTTPS_PROXY and set check.proxy: environment`,
    });
  }
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || 80,
    ...(username === "" ? {} : { authorization: `Basic ${Buffer.from(user).toString("base64")}` }),
  };
}

/**
 * What NO_PROXY exempts: `*`, a name with all below it (`.gov.vn` and `gov.vn` alike), an address, a block in CIDR form, each perhaps with a port.
 * There is no standard; this takes what curl and Go take together. Libraries forget the blocks (check.md §3).
 */
export function createExemptions(text: string): (url: URL) => boolean {
  const blocks = new BlockList();
  const names: { readonly name: string; readonly port: string }[] = [];
  let everything = false;
  for (const entry of text
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)) {
    const [, base = "", bits] = /^\[?([0-9a-f:.]+)\]?\/(\d{1,3})$/.exec(entry) ?? [];
    const family = isIP(base);
    if (entry === "*") everything = true;
    else if (family !== 0 && Number(bits) <= (family === 4 ? 32 : 128))
      blocks.addSubnet(base, Number(bits), family === 4 ? "ipv4" : "ipv6");
    else names.push(splitPort(entry));
  }
  return ({ hostname, port, protocol }) => {
    const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
    const family = isIP(host);
    if (everything || host === "localhost" || host.endsWith(".localhost") || isLoopback(host)) return true;
    if (family !== 0 && blocks.check(host, family === 4 ? "ipv4" : "ipv6")) return true;
    const at = port || (protocol === "https:" ? "443" : "80");
    return names.some(({ name, port: only }) => {
      if (only !== "" && only !== at) return false;
      return host === name || (family === 0 && host.endsWith(`.${name}`));
    });
  };
}

function splitPort(entry: string): { readonly name: string; readonly port: string } {
  const [, bracketed, named, port = ""] = /^(?:\[([0-9a-f:.]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const whole = bracketed ?? named ?? entry;
  const name =
    isIP(whole) === 6 ? new URL(`http://[${whole}]/`).hostname.slice(1, -1) : whole.replace(/^\*?\./, "").replace(/\.$/, "");
  return { name, port };
}

function isLoopback(host: string): boolean {
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
