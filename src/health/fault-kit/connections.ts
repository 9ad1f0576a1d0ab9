import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import type { Behaviour, Played } from "./behaviour.ts";
import { type LoopbackHost, startBareServer } from "./loopback-server.ts";

/** What happens before the first byte of a request. */
export const connections: readonly Behaviour[] = [
  {
    id: "tcp-refused",
    family: "connection",
    words: { vi: "không ai nghe ở cổng này", en: "nobody listens on the port" },
    scheme: "http",
    expected: "net.refused",
    play: ({ host }) => playRefused(host),
  },
  {
    id: "tcp-blackhole",
    family: "connection",
    words: { vi: "không trả lời yêu cầu kết nối", en: "no answer to a connection request" },
    scheme: "http",
    expected: "net.timeout",
    play: ({ host }) => playBlackhole(host),
  },
  {
    id: "tcp-reset",
    family: "connection",
    words: { vi: "nhận kết nối rồi cắt", en: "accepts, then resets" },
    scheme: "http",
    expected: "net.reset",
    play: ({ host }) => startBareServer((socket) => void socket.resetAndDestroy(), host),
  },
  {
    id: "tcp-closed",
    family: "connection",
    words: { vi: "nhận kết nối rồi đóng", en: "accepts, then closes" },
    scheme: "http",
    expected: "net.closed",
    play: ({ host }) => startBareServer((socket) => void socket.end(), host),
  },
  {
    id: "tcp-silence",
    family: "connection",
    words: { vi: "nhận kết nối rồi im lặng", en: "accepts, then is silent" },
    scheme: "http",
    expected: "http.slow",
    throughProxy: "proxy.silent",
    play: ({ host }) => startBareServer(() => undefined, host),
  },
];

/** A port that a connection of our own goes out from: nobody listens there, and nobody else is given it meanwhile. */
export async function playRefused(host: LoopbackHost): Promise<Played> {
  const sink = await startBareServer(() => undefined, host);
  const socket = connect({ host, port: sink.port });
  await new Promise<void>((ready, fail) => {
    socket.once("connect", ready);
    socket.once("error", fail);
  });
  return {
    port: socket.localPort as number,
    async stop() {
      socket.destroy();
      await sink.stop();
    },
  };
}

// It never accepts: its thread sleeps after it has begun to listen, so that the kernel's queue of one fills up.
const sleeper = `const { parentPort, workerData: { host, flag } } = require("node:worker_threads");
const server = require("node:net").createServer();
server.listen({ port: 0, host, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => { Atomics.wait(new Int32Array(flag), 0, 0); process.exit(); });
});`;
const fillers = 8;
const fillMs = 60;

/** A listener whose queue is full. Undefined where the system turns away or takes all the same what finds the queue full. */
export async function playBlackhole(host: LoopbackHost): Promise<Played | undefined> {
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(sleeper, { eval: true, workerData: { host, flag } });
  worker.unref();
  const port = await new Promise<number>((ready, fail) => {
    worker.once("message", ready);
    worker.once("error", fail);
  });
  const knocks = Array.from({ length: fillers }, () => {
    const socket = connect({ host, port });
    const state = { socket, answered: false };
    socket.on("connect", () => {
      state.answered = true;
    });
    socket.on("error", () => {
      state.answered = true;
    });
    return state;
  });
  await new Promise((done) => setTimeout(done, fillMs));
  const stop = async (): Promise<void> => {
    for (const { socket } of knocks) socket.destroy();
    Atomics.store(new Int32Array(flag), 0, 1);
    Atomics.notify(new Int32Array(flag), 0);
    await worker.terminate();
  };
  if (knocks.some(({ answered }) => !answered)) return { port, stop };
  await stop();
  return undefined;
}
