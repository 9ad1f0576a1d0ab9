import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { fileURLToPath } from "node:url";
import { decode, encode } from "dns-packet";
import { createNameServer } from "../../src/health/name-server.ts";
import { type Bench, median } from "./bench.ts";

const delayMs = 50;
const inFlight = 64;

/**
 * Distinct names asked all at once of a name server that takes 50 ms, against the ideal of 64 in flight (check.md §17 A18). Each name is asked
 * for IPv4 and IPv6.
 */
export const bench: Bench = {
  name: "check-names",
  unit: "ratio",
  goal: 1.5,
  better: "lower",
  async run(quick) {
    const count = quick ? 500 : 2_000;
    const ideal = (count * delayMs) / inFlight;
    const child = fork(fileURLToPath(import.meta.url), ["serve"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    try {
      const port = await new Promise<number>((done) => child.once("message", (message) => done(message as number)));
      const took: number[] = [];
      let cpuMs = 0;
      for (let round = 0; round < (quick ? 1 : 5); round++) {
        const names = createNameServer([`127.0.0.1:${port}`], 1_200, { inFlight });
        const cpu = process.cpuUsage();
        const from = performance.now();
        const answers = await Promise.all(Array.from({ length: count }, (_, at) => names.resolve(`n${at}-${round}.bench.test`)));
        took.push(performance.now() - from);
        const used = process.cpuUsage(cpu);
        cpuMs = (used.user + used.system) / 1000;
        names.close();
        const lost = answers.filter(({ kind }) => kind !== "addresses").length;
        if (lost > 0) throw new Error(`${lost} of ${count} names without an answer`);
      }
      return {
        value: median(took) / ideal,
        rows: [
          ["names", String(count)],
          ["ideal, 64 in flight", `${ideal.toFixed(0)} ms`],
          ["wardctl", `${median(took).toFixed(0)} ms`],
          ["CPU per name, both families", `${((cpuMs * 1000) / count).toFixed(0)} µs`],
        ],
      };
    } finally {
      child.disconnect();
    }
  },
};

if (process.argv[2] === "serve") {
  const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 21 });
  socket.on("message", (bytes, from) => {
    const { id, questions = [] } = decode(bytes);
    const name = questions[0]?.name ?? "";
    const answers = questions[0]?.type === "A" ? [{ type: "A" as const, name, ttl: 60, data: "127.0.0.1" }] : [];
    setTimeout(
      () => socket.send(encode({ type: "response", id: id ?? 0, questions, answers }), from.port, from.address),
      delayMs,
    );
  });
  socket.bind(0, "127.0.0.1", () => process.send?.(socket.address().port));
  process.once("disconnect", () => process.exit());
}
