import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";

export interface Place {
  readonly host: string;
  readonly port: number;
}

// It never accepts: its thread sleeps after it has begun to listen, so that the kernel's queues of one fill up.
const sleeper = `const { parentPort, workerData: { places, flag } } = require("node:worker_threads");
let left = places.length;
for (const { host, port } of places) {
  require("node:net").createServer().listen({ host, port, backlog: 1 }, () => {
    left -= 1;
    if (left > 0) return;
    parentPort.postMessage("listening");
    setImmediate(() => { Atomics.wait(new Int32Array(flag), 0, 0); process.exit(); });
  });
}`;
const fillers = 4;
const fillMs = 60;

/** Ports where connections get no answer at all, whoever may have listened there before has stopped. Ends with the function returned. */
export async function openBlackholes(places: readonly Place[]): Promise<() => Promise<void>> {
  if (places.length === 0) return async () => undefined;
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(sleeper, { eval: true, workerData: { places, flag } });
  worker.unref();
  await new Promise<void>((ready, fail) => {
    worker.once("message", () => ready());
    worker.once("error", fail);
  });
  const knocks = places.flatMap((place) =>
    Array.from({ length: fillers }, (): Socket => connect(place).on("error", () => undefined)),
  );
  await new Promise((done) => setTimeout(done, fillMs));
  return async () => {
    for (const socket of knocks) socket.destroy();
    Atomics.store(new Int32Array(flag), 0, 1);
    Atomics.notify(new Int32Array(flag), 0);
    await worker.terminate();
  };
}
