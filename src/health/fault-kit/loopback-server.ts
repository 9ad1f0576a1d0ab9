import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** The two names of this machine for itself. */
export type LoopbackHost = "127.0.0.1" | "::1";

export interface LoopbackServer {
  readonly port: number;
  /** Cuts what is connected. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly host?: LoopbackHost;
  readonly tls?: TlsOptions;
  /** Before any TLS, with the bare connection. */
  readonly onConnect?: (socket: Socket) => void;
}

/** A server that does with each request what `behave` says; over TLS when there are options for it. */
export function startServer(
  behave: (socket: Socket, request: string) => void,
  { host, tls, onConnect }: ServerOptions = {},
): Promise<LoopbackServer> {
  const accept = (socket: Socket): void => {
    socket.on("error", () => undefined);
    let request = "";
    socket.on("data", (bytes: Buffer) => {
      request += bytes.toString("latin1");
      if (!request.includes("\r\n\r\n")) return;
      behave(socket, request);
      request = "";
    });
  };
  const server = tls ? createTlsServer({ handshakeTimeout: 0, ...tls }, accept) : createServer(accept);
  if (onConnect) server.on("connection", onConnect);
  server.on("tlsClientError", () => undefined);
  return open(server, host);
}

/** A server that speaks as it likes with every connection. */
export function startBareServer(behave: (socket: Socket) => void, host?: LoopbackHost): Promise<LoopbackServer> {
  return open(createServer(behave), host);
}

async function open(server: Server, host: LoopbackHost = "127.0.0.1"): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready, fail) => {
    server.once("error", fail);
    server.listen(0, host, ready);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
