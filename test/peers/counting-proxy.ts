import { connect, createServer, type Socket } from "node:net";

export interface CountingProxy {
  readonly url: string;
  /** Requests that went through, by kind. */
  readonly counts: { add: number; modify: number; search: number; bind: number };
  /** Called before each add goes on. */
  onAdd: (count: number) => void;
  stop(): Promise<void>;
}

/** RFC 4511 §4.2, §4.5, §4.6, §4.7: the tags of the requests. */
const tags = { 96: "bind", 99: "search", 102: "modify", 104: "add" } as const;

/** Stands between wardctl and a directory, counts what is asked and lets everything through. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const counts = { add: 0, modify: 0, search: 0, bind: 0 };
  const sockets = new Set<Socket>();
  const proxy = { counts, onAdd: (_count: number): void => undefined };
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname);
    let buffer = Buffer.alloc(0);
    for (const socket of [client, behind]) {
      sockets.add(socket.setNoDelay(true));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        behind.end();
      });
    }
    client.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let message = readMessage(buffer); message; message = readMessage(buffer)) {
        const kind = tags[message.tag as keyof typeof tags];
        if (kind) counts[kind] += 1;
        if (kind === "add") proxy.onAdd(counts.add);
        behind.write(buffer.subarray(0, message.size));
        buffer = buffer.subarray(message.size);
      }
    });
    behind.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return Object.assign(proxy, {
    url: `ldap://127.0.0.1:${(server.address() as { port: number }).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

/** The size of the first whole LDAPMessage and the tag of what it asks. */
function readMessage(buffer: Buffer): { readonly size: number; readonly tag: number } | undefined {
  const outer = readLength(buffer, 1);
  if (!outer || buffer.length < outer.start + outer.length) return undefined;
  const id = readLength(buffer, outer.start + 1);
  return id && { size: outer.start + outer.length, tag: buffer[id.start + id.length] as number };
}

/** X.690 §8.1.3. */
function readLength(buffer: Buffer, at: number): { readonly start: number; readonly length: number } | undefined {
  const first = buffer[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { start: at + 1, length: first };
  const bytes = first & 0x7f;
  return buffer.length < at + 1 + bytes ? undefined : { start: at + 1 + bytes, length: buffer.readUIntBE(at + 1, bytes) };
}
