import { fork } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { Bench } from "./bench.ts";
import { startProber } from "./check-prober.ts";
import { listAddresses } from "./check-target.ts";

const delayMs = 20;

/**
 * How far the time to the first byte is off a known delay of 20 ms, 64 in flight on one machine (check.md §17 A8): the 95th percentile of those
 * that are not flagged as spoilt by our own load.
 */
export const bench: Bench = {
  name: "check-timing",
  unit: "ms",
  goal: 10,
  better: "lower",
  async run(quick) {
    const child = fork(fileURLToPath(import.meta.url), ["serve"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const prober = startProber();
    try {
      const port = await new Promise<number>((done) => child.once("message", (message) => done(message as number)));
      const addresses = listAddresses(quick ? 1_000 : 5_000);
      const order = { scheme: "http", port, addresses, concurrency: 64, deadlineMs: 3_000 } as const;
      await prober.sweep({ ...order, addresses: addresses.slice(0, 500) });
      const { firstBytes } = await prober.sweep(order);
      const off = (only: boolean): number[] =>
        firstBytes.filter(([, comparable]) => comparable || !only).map(([ms]) => Math.abs(ms - delayMs));
      const p95 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
      const kept = off(true);
      return {
        value: p95(kept),
        rows: [
          ["probes", String(firstBytes.length)],
          ["flagged as spoilt by our own load", String(firstBytes.length - kept.length)],
          ["error p95, flagged ones left out", `${p95(kept).toFixed(1)} ms`],
          ["error p95, all", `${p95(off(false)).toFixed(1)} ms`],
        ],
      };
    } finally {
      prober.stop();
      child.disconnect();
    }
  },
};

if (process.argv[2] === "serve") {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    // setTimeout rounds down to whole milliseconds of a clock of its own: the delay is counted from here.
    socket.once("data", () => setTimeout(() => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), delayMs));
  });
  server.listen({ host: "0.0.0.0", port: 0, backlog: 4_096 }, () => process.send?.((server.address() as AddressInfo).port));
  process.once("disconnect", () => process.exit());
}
