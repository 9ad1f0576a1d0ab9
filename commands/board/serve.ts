import { createFeed } from "../../src/board/feed.ts";
import { listHosts } from "../../src/board/guard.ts";
import { createKeys, type Keys } from "../../src/board/keys.ts";
import { serveBoard } from "../../src/board/serve-board.ts";
import { watchBoard } from "../../src/board/watch-board.ts";
import { readMonotonicMs } from "../../src/platform/clock.ts";
import { readDatabaseMark } from "../../src/platform/database-mark.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isLoopback, listAddresses } from "../../src/platform/web-server.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import type { BoardOptions } from "./board.ts";
import { readBoard } from "./read-board.ts";
import { boardCommandWords as words } from "./words.ts";

type ServeContext = Pick<Context, "workspace" | "out" | "clock" | "ids" | "signal" | "typedLines">;

/** Serves the board until Ctrl-C or `stop`. Failure kinds: usage, those of the web server, of the store and of the token's reference. */
export async function serve(options: BoardOptions, context: ServeContext): Promise<Outcome> {
  const { out, clock, signal } = context;
  const port = readPort(options.port);
  const workspace = await context.workspace();
  const keys = await openKeys(options, workspace);
  const database = await workspace.database();
  const mark = await readDatabaseMark(database);
  const read = (): ReturnType<typeof readBoard> => readBoard(workspace, clock);
  const feed = createFeed(await read(), { epoch: context.ids.next(), zone: workspace.zone });
  const server = await serveBoard({
    feed,
    keys,
    host: options.host,
    port,
    hosts: listHosts(options.host, listAddresses(), options.name ?? []),
    lang: out.lang,
    zone: workspace.zone,
    clockPinned: clock.pinned,
    onFault: (error) => out.warn(words.fault(error instanceof Error ? (error.stack ?? error.message) : String(error))),
  });
  const place = { host: options.host, name: options.name, port: server.port };
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    await show(place, keys, context);
    const watching = watchBoard({ database, mark, feed, read, now: clock.now, readMonotonicMs, signal: either });
    const typing = listen(place, keys, context).then(() => ended.abort());
    await Promise.race([watching, typing]);
    ended.abort();
    await watching;
  } finally {
    await server.stop();
  }
  out.note(words.stopped);
  return signal.aborted ? "cancelled" : "ok";
}

/** Whoever sits at this machine may look; everybody else needs a key. Failure kinds: usage, denied. */
async function openKeys({ host, token }: BoardOptions, workspace: Workspace): Promise<Keys | undefined> {
  if (isLoopback(host) && token === undefined) return undefined;
  if (token === undefined) return createKeys();
  const value = await workspace.secret(token);
  if (value.length < 16) throw new Failure("usage", words.weakToken);
  return createKeys(value);
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Failure("usage", words.badPort(text));
  return port;
}

/** Where the board is, once it is served. */
interface Place {
  readonly host: string;
  readonly name?: readonly string[];
  readonly port: number;
}

function toUrl(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
}

/** Addresses that others use, the person's own names first. */
function listUrls({ host, port, name = [] }: Place): readonly string[] {
  const everywhere = host === "0.0.0.0" || host === "::";
  const others = listAddresses().filter((address) => !isLoopback(address) && (host === "::" || !address.includes(":")));
  const hosts = name.length > 0 ? name : everywhere && others.length > 0 ? others : [everywhere ? "127.0.0.1" : host];
  return hosts.map((one) => toUrl(one, port));
}

function makeLinks(place: Place, keys: Keys): readonly string[] {
  const key = keys.makeKey();
  return listUrls(place).map((url) => `${url}enter/${key}`);
}

async function show(place: Place, keys: Keys | undefined, { out }: ServeContext): Promise<void> {
  const urls = listUrls(place);
  const links = keys && makeLinks(place, keys);
  await out.emit({
    document: { schema: "wardctl.board/1", url: urls[0], urls, links: links ?? null },
    render: () => out.say(words.serving(urls.join(" "))),
  });
  if (!links) return;
  out.warn(words.links(links));
  if (!isLoopback(place.host)) out.warn(words.inTheOpen);
}

/** Ends with `stop`. An input that ends (no terminal) leaves the board running until the signal. */
async function listen(place: Place, keys: Keys | undefined, { out, signal, typedLines }: ServeContext): Promise<void> {
  const stopped = new Promise<void>((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
  const typing = (async () => {
    for await (const line of typedLines()) {
      if (line.trim() === "stop") return;
      if (keys) out.warn(words.links(makeLinks(place, keys)));
    }
    await stopped;
  })();
  await Promise.race([stopped, typing]);
}
