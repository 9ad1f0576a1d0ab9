import type { Zone } from "../platform/time.ts";
import { startWebServer, type WebEvents, type WebPage, type WebRequest, type WebServer } from "../platform/web-server.ts";
import type { Lang, Words } from "../platform/words.ts";
import { type Assets, readAssets, readTypeface } from "./assets.ts";
import type { Feed } from "./feed.ts";
import { type Door, findRefusal } from "./guard.ts";
import { formatCookie, type Keys, readCookie } from "./keys.ts";
import { renderEnterPage } from "./render/enter-page.ts";
import { renderLivePage } from "./render/page.ts";
import { boardWords as words } from "./words.ts";

/** Nothing inline, nothing from elsewhere, in no frame; the one form is that of the entrance. */
export const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": boardPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cache-control": "no-store",
};

export interface BoardServerOptions {
  readonly feed: Feed;
  readonly host: string;
  readonly port: number;
  /** Names under which it is reached (guard.ts). */
  readonly hosts: readonly string[];
  /** Undefined: nobody but this machine can reach it, and no key is asked for. */
  readonly keys: Keys | undefined;
  readonly lang: Lang;
  readonly zone: Zone;
  readonly clockPinned: boolean;
  readonly onFault: (error: unknown) => void;
}

/** Serves the board until it is stopped; everything in it comes from the feed, and nothing that is asked changes anything. Failure kinds: those of the web server. */
export async function serveBoard(options: BoardServerOptions): Promise<WebServer> {
  const { host, port, onFault } = options;
  const assets = await readAssets();
  let door: Door = { hosts: options.hosts, port };
  const server = await startWebServer({
    host,
    port,
    headers,
    onFault,
    answer: (request) => answer(request, door, assets, options),
  });
  door = { hosts: options.hosts, port: server.port };
  return server;
}

type Answer = WebPage | WebEvents;

async function answer(request: WebRequest, door: Door, assets: Assets, options: BoardServerOptions): Promise<Answer> {
  const { keys, feed, zone, clockPinned } = options;
  const lang = chooseLang(request, options.lang);
  const refusal = findRefusal(
    {
      method: request.method,
      host: request.header("host"),
      origin: request.header("origin"),
      site: request.header("sec-fetch-site"),
      mode: request.header("sec-fetch-mode"),
    },
    door,
  );
  if (refusal === "host") return toText(403, words.badHost, lang);
  if (refusal === "origin") return toText(403, words.badOrigin, lang);
  if (refusal === "method") return toText(405, words.badMethod, lang);
  switch (request.path) {
    case "/board.css":
      return toFile("text/css; charset=utf-8", assets.style);
    case "/board.js":
      return toFile("text/javascript; charset=utf-8", assets.script);
    case "/regular.ttf":
    case "/bold.ttf":
      return toFile("font/ttf", await readTypeface(request.path === "/bold.ttf" ? "bold" : "regular"));
  }
  if (keys && (request.path === "/enter" || request.path.startsWith("/enter/"))) return enter(request, keys, lang);
  if (request.method === "POST") return toText(405, words.badMethod, lang);
  if (keys && !keys.isIn(readCookie(request.header("cookie")))) {
    return request.path === "/"
      ? toPage(401, renderEnterPage({ lang, key: undefined, refused: false }))
      : toText(401, words.needsToken, lang);
  }
  switch (request.path) {
    case "/": {
      const { city } = feed.board();
      return toPage(200, renderLivePage(feed.rendered(lang), { lang, zone, city, clockPinned, eventId: feed.eventId() }));
    }
    case "/events": {
      const last = request.header("last-event-id") ?? request.query.get("from") ?? undefined;
      return { open: (stream) => feed.open(stream, lang, last) };
    }
    default:
      return toText(404, words.notFound, lang);
  }
}

/**
 * A link is opened by a person, but also by programs that make previews of links: only the button uses it up. The page that follows is asked for by
 * our own page, or the browser would keep the strict cookie back.
 */
async function enter(request: WebRequest, keys: Keys, lang: Lang): Promise<Answer> {
  if (request.method !== "POST") {
    const key = request.path.startsWith("/enter/") ? request.path.slice("/enter/".length) : undefined;
    return toPage(200, renderEnterPage({ lang, key, refused: false }));
  }
  const key = (await request.form())?.get("key")?.trim();
  const cookie = key ? keys.enter(key) : undefined;
  if (cookie === undefined) return toPage(403, renderEnterPage({ lang, key: undefined, refused: true }));
  return { status: 303, headers: { location: "/", "set-cookie": formatCookie(cookie) }, body: "" };
}

function chooseLang(request: WebRequest, usual: Lang): Lang {
  const asked = request.query.get("lang");
  return asked === "vi" || asked === "en" ? asked : usual;
}

function toPage(status: number, body: string): WebPage {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function toFile(type: string, body: string | Uint8Array): WebPage {
  return { status: 200, headers: { "content-type": type }, body };
}

function toText(status: number, text: Words, lang: Lang): WebPage {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text[lang]}\n` };
}
