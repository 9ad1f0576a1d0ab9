import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, isIP } from "node:net";

export interface DnsQuestion {
  /** In lower case. */
  readonly name: string;
  /** `A`, `AAAA`, … */
  readonly type: string;
  readonly over: "udp" | "tcp";
}

export interface DnsReply {
  /** Answer's code (RFC 1035 §4.1.1): 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly code?: number;
  /** Those of the question's kind are sent. */
  readonly addresses?: readonly string[];
  /** The rest would be had over TCP. */
  readonly truncated?: boolean;
  readonly delayMs?: number;
  /** Sent as it is. */
  readonly bytes?: Buffer;
  /** Of another question. */
  readonly strange?: boolean;
}

export interface DnsServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tcp?: boolean;
  /** How often a free port is looked for. */
  readonly tries?: number;
}

export interface DnsServer {
  /** `127.0.0.1:5353` or `[::1]:5353`. */
  readonly server: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A name server on loopback, UDP and on request TCP, that replies what `reply` says; undefined: nothing. Port 0 takes a free one. */
export async function startDnsServer(
  reply: (question: DnsQuestion) => DnsReply | undefined,
  { host = "127.0.0.1", port = 0, tcp = false, tries = 20 }: DnsServerOptions = {},
): Promise<DnsServer> {
  const { decode, encode } = await import("dns-packet");
  const delays = new Set<NodeJS.Timeout>();
  const answer = (bytes: Buffer, over: "udp" | "tcp", send: (bytes: Buffer) => void): void => {
    const query = attempt(() => decode(bytes));
    const question = query?.questions?.[0];
    if (!query || !question) return;
    const said = reply({ name: question.name.toLowerCase(), type: question.type, over });
    if (!said) return;
    const addresses = (said.addresses ?? []).filter((address) => question.type === (isIP(address) === 6 ? "AAAA" : "A"));
    const packet =
      said.bytes ??
      encode({
        type: "response",
        id: said.strange ? ((query.id ?? 0) + 1) & 0xffff : query.id,
        flags: (said.code ?? 0) | (said.truncated ? 0x200 : 0),
        questions: [question],
        answers: addresses.map((data) => ({ type: question.type as "A", name: question.name, ttl: 1, data })),
      });
    if (!said.delayMs) return send(packet);
    const timer = setTimeout(() => {
      delays.delete(timer);
      send(packet);
    }, said.delayMs);
    delays.add(timer);
  };
  const socket = createSocket(isIP(host) === 6 ? "udp6" : "udp4");
  let open = true;
  socket.on("message", (bytes, from) =>
    answer(bytes, "udp", (packet) => {
      if (open) socket.send(packet, from.port, from.address);
    }),
  );
  const close = (): Promise<void> => new Promise((done) => socket.close(() => done()));
  await new Promise<void>((ready, fail) => {
    socket.once("error", fail);
    socket.bind(port, host, ready);
  });
  const bound = (socket.address() as AddressInfo).port;
  let streams: (() => Promise<void>) | undefined;
  try {
    streams = tcp ? await listenTcp(answer, host, bound) : undefined;
  } catch (error) {
    await close();
    // The port that is free for UDP is somebody else's for TCP.
    if (port === 0 && tries > 1) return startDnsServer(reply, { host, tcp, tries: tries - 1 });
    throw error;
  }
  return {
    server: isIP(host) === 6 ? `[${host}]:${bound}` : `${host}:${bound}`,
    port: bound,
    async stop() {
      open = false;
      for (const timer of delays) clearTimeout(timer);
      await streams?.();
      await close();
    },
  };
}

/** Every message has its length before it (RFC 1035 §4.2.2). */
async function listenTcp(
  answer: (bytes: Buffer, over: "tcp", send: (bytes: Buffer) => void) => void,
  host: string,
  port: number,
): Promise<() => Promise<void>> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    let held = Buffer.alloc(0);
    socket.on("data", (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      answer(held.subarray(2), "tcp", (packet) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(packet.length);
        socket.end(Buffer.concat([length, packet]));
      });
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once("error", fail);
    server.listen(port, host, ready);
  });
  return () =>
    new Promise((done) => {
      server.close(() => done());
    });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
