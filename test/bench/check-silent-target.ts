import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer as createPlainServer, type Socket } from "node:net";
import { createServer } from "node:tls";
import { fileURLToPath } from "node:url";

interface Order {
  readonly chain: string;
  readonly key: string;
  /** Addresses that accept and then say nothing, on one of the two ports. */
  readonly silent: readonly string[];
}

interface Ports {
  readonly healthyPort: number;
  readonly silentPort: number;
}

/** Two TLS servers on all of 127/8 in a process of their own. */
export async function startSilentTarget(order: Order): Promise<Ports & { stop(): Promise<void> }> {
  const child = fork(fileURLToPath(import.meta.url), ["serve"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ports = new Promise<Ports>((done, fail) => {
    child.once("message", (message) => done(message as Ports));
    child.once("exit", (code) => fail(new Error(`the target ended with ${code}`)));
  });
  child.send(order);
  return {
    ...(await ports),
    stop: () =>
      new Promise((done) => {
        child.once("exit", () => done());
        child.disconnect();
      }),
  };
}

async function serve({ chain, key, silent }: Order): Promise<Ports> {
  const page = "x".repeat(500);
  const secure = createServer({ cert: readFileSync(chain), key: readFileSync(key) }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`),
    );
  });
  secure.on("tlsClientError", () => undefined);
  const listen = async (mute: ReadonlySet<string>): Promise<number> => {
    const server = createPlainServer((socket: Socket) => {
      socket.on("error", () => undefined);
      if (mute.has(socket.localAddress ?? "")) socket.resume();
      else secure.emit("connection", socket);
    });
    await new Promise<void>((ready) => server.listen({ host: "0.0.0.0", port: 0, backlog: 4_096 }, ready));
    return (server.address() as AddressInfo).port;
  };
  return { healthyPort: await listen(new Set()), silentPort: await listen(new Set(silent)) };
}

if (process.argv[2] === "serve") {
  process.once("message", (order: Order) => void serve(order).then((ports) => process.send?.(ports)));
  process.once("disconnect", () => process.exit());
}
