import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SweepAnswer, SweepOrder } from "./check-probe-process.ts";

/** wardctl's probes in a process of their own: the bench's own work is not theirs. */
export interface Prober {
  sweep(order: SweepOrder): Promise<SweepAnswer>;
  stop(): void;
}

export function startProber(): Prober {
  const child = fork(fileURLToPath(new URL("./check-probe-process.ts", import.meta.url)), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let fail: (error: Error) => void = () => undefined;
  child.once("exit", (code) => fail(new Error(`the prober ended with ${code}`)));
  return {
    sweep: (order) =>
      new Promise((done, failed) => {
        fail = failed;
        child.once("message", (answer) => done(answer as SweepAnswer));
        child.send(order);
      }),
    stop: () => child.disconnect(),
  };
}
