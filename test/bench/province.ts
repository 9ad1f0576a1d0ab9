import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { toScimUser } from "../../src/provision/connectors/scim-user.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { Bench } from "./bench.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

interface City {
  readonly people: number;
  readonly token: string;
  readonly ca: string;
  readonly urls: readonly (readonly [string, string])[];
}

interface Ran {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Said by the command's own process as it ends. */
const tellUsage = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write("\\nusage " + (userCPUTime + systemCPUTime) / 1000 + " " + maxRSS / 1024 + "\\n"); })',
)}`;

/** A whole command, from `node` to its exit. */
function run(folder: string, line: string, codes: readonly number[]): Ran {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", tellUsage, entry, ...line.split(" ")], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
    env: { ...process.env, WARDCTL_NOW: "2025-07-03T10:00:00+07:00", WARDCTL_LANG: "en" },
  });
  const wallMs = performance.now() - start;
  if (!codes.includes(status ?? -1)) throw new Error(`wardctl ${line}: exit ${status}\n${stderr.slice(-2000)}`);
  const [, cpuMs = "0", rssMb = "0"] = /usage ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return { wallMs, cpuMs: Number(cpuMs), rssMb: Number(rssMb) };
}

/** The same creates by undici, eight at a time and system, all systems side by side. */
async function sendRaw({ operations }: Plan, { token, ca, urls }: City): Promise<number> {
  const start = performance.now();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  await Promise.all(
    urls.map(async ([system, url]) => {
      const dispatcher = new Agent({ connections: 8, connect: { ca } });
      const queue = operations
        .filter(isAccountOperation)
        .filter((operation) => operation.system === system)
        .map(({ after }) => JSON.stringify(toScimUser(toAccountState(after))));
      const work = async (): Promise<void> => {
        for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
          const answer = await request(`${url}/scim/v2/Users`, { method: "POST", headers, body, dispatcher });
          await answer.body.text();
          if (answer.statusCode !== 201) throw new Error(`raw: ${answer.statusCode}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      await dispatcher.destroy();
    }),
  );
  return performance.now() - start;
}

/**
 * A province from nothing: every ward's staff and departments on five systems, as an operator does it, by the commands themselves. The figure is
 * plan and apply together; the systems share one process and one core.
 */
export const bench: Bench = {
  name: "province",
  unit: "ms",
  goal: 60_000,
  better: "lower",
  async run(quick) {
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const args = [folder, quick ? "40" : "168", "20"];
    const child = fork(fileURLToPath(new URL("province-city-process.ts", import.meta.url)), args);
    const ask = async (message: string): Promise<number> => {
      const answer = once(child, "message");
      child.send(message);
      return ((await answer) as [{ count: number }])[0].count;
    };
    try {
      const [city] = (await once(child, "message")) as [City];
      const probes = city.urls.map(([system]) => run(folder, `provision probe ${system} --allow-writes --yes`, [0]));
      const plan = run(folder, "provision plan roster.csv --save plan.json", [8]);
      const apply = run(folder, "provision apply plan.json --yes", [0, 8]);
      const accounts = await ask("count");
      const again = run(folder, "provision plan roster.csv", [0, 8]);
      const saved = JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as Plan;
      if (accounts !== saved.operations.length) throw new Error(`${accounts} accounts of ${saved.operations.length}`);
      await ask("reset");
      const rawMs = await sendRaw(saved, city);
      const show = ({ wallMs, cpuMs, rssMb }: Ran): string =>
        `${(wallMs / 1000).toFixed(1)} s, ${(cpuMs / 1000).toFixed(1)} s CPU, ${rssMb.toFixed(0)} MB`;
      const sum = (pick: (one: Ran) => number): number => probes.reduce((all, one) => all + pick(one), 0);
      return {
        value: plan.wallMs + apply.wallMs,
        rows: [
          ["units, people, accounts", `${args[1]}, ${city.people}, ${accounts}`],
          ["provision probe, five systems", `${(sum(({ wallMs }) => wallMs) / 1000).toFixed(1)} s`],
          ["provision plan --save", show(plan)],
          ["provision apply", show(apply)],
          ["provision plan once more", show(again)],
          ["raw undici, the same creates", `${(rawMs / 1000).toFixed(1)} s`],
          ["apply against raw undici", (apply.wallMs / rawMs).toFixed(2)],
        ],
      };
    } finally {
      child.disconnect();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
