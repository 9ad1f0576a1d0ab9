import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCityCore } from "../../src/city/city.ts";
import { formatCityRoster } from "../../src/city/seed-accounts.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { createRandom } from "../../src/platform/random.ts";
import { type CrashServer, startKeycloakCrashServer, startScimCrashServer } from "./crash-server.ts";
import { type FaultProxy, type FaultRates, noFaults, startFaultProxy } from "./fault-proxy.ts";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";

export interface FaultWorkspace {
  readonly folder: string;
  readonly proxy: FaultProxy;
  readonly server: CrashServer;
  readonly env: Readonly<Record<string, string>>;
  run(line: string): Promise<RunResult>;
  /** Everybody's row has another telephone number. */
  giveNumbers(): Promise<void>;
  stop(): Promise<void>;
}

const now = "2025-07-03T10:00:00+07:00";

/** Two wards' people and departments, one empty system, and a line to it that can be spoilt. */
export async function startFaultWorkspace({
  kind,
  seed,
  units = ["27004", "26740", "26743", "25747"],
  deadlineMs = 800,
  templates = "",
}: {
  readonly kind: "scim" | "keycloak";
  readonly seed: string;
  readonly units?: readonly string[];
  /** Of one request. */
  readonly deadlineMs?: number;
  /** YAML below `provision:`, each line indented by two. */
  readonly templates?: string;
}): Promise<FaultWorkspace> {
  const server = kind === "scim" ? await startScimCrashServer() : await startKeycloakCrashServer();
  const proxy = await startFaultProxy(server.address.url, createRandom(seed));
  const folder = await makeTestFolder();
  const directory = createDirectory("2025-07-03")!;
  const chosen = units.map((code) => directory.findUnit(code)!);
  const core = createCityCore({ units: chosen, clock: createPinnedClock(Date.parse(now)) });
  await writeFile(join(folder, "roster.csv"), formatCityRoster(core));
  const system =
    kind === "scim"
      ? 'kind: scim, token: "env:SYSTEM_SECRET"'
      : 'kind: rest, definition: keycloak, secrets: { client: "env:SYSTEM_SECRET" }, variables: { realm: phuong, client: wardctl }';
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Test\nprovince: "${chosen[0]?.province}"\nunits: ${JSON.stringify(units)}\noperator: tester\nprovision:\n${templates}  systems:
    documents: { url: "${proxy.url}", deadlineMs: ${deadlineMs}, ${system} }\n`,
  );
  const env = { WARDCTL_NOW: now, SYSTEM_SECRET: server.address.secret };
  return {
    folder,
    proxy,
    server,
    env,
    run: (line) => runWardctl(line, { cwd: folder, env }),
    async giveNumbers() {
      const [head, ...rows] = formatCityRoster(core).trimEnd().split("\r\n");
      const numbered = rows.map((row, at) => `${row.slice(0, -2)},09${String(at).padStart(8, "0")},`);
      await writeFile(join(folder, "roster.csv"), `${[head, ...numbered].join("\r\n")}\r\n`);
    },
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}

export interface Converged {
  /** Runs of apply, the first included. */
  readonly runs: number;
  /** Operations of the plan. */
  readonly operations: number;
  /** In the server's own store, whatever the plan was about. */
  readonly duplicates: number;
  readonly lost: number;
  /** Requests beyond one for each operation, and faults that were made. */
  readonly extraWrites: number;
  readonly faults: number;
}

/** Plans without faults, applies with them, and goes on as somebody would until it is done. */
export async function applyUntilDone(
  { run, proxy, server }: FaultWorkspace,
  rates: FaultRates,
  mostRuns: number,
): Promise<Converged> {
  let planned = await run("provision plan roster.csv --save plan.json --json");
  // On a loaded machine a list may take longer than the short deadline.
  for (let tries = 1; planned.code === 5 && tries < mostRuns; tries++) {
    planned = await run("provision plan roster.csv --save plan.json --json");
  }
  if (planned.code !== 8) throw new Error(`plan: exit ${planned.code} ${planned.stderr}`);
  const all = JSON.parse(planned.stdout).operations as readonly { readonly kind: string; readonly username: string }[];
  const wanted = all.filter(({ kind }) => kind !== "create-group");
  const countWrites = (): number => proxy.counts.posts + proxy.counts.otherWrites;
  const countFaults = (): number => Object.values(proxy.faults).reduce((sum, count) => sum + count, 0);
  const before = { writes: countWrites(), faults: countFaults() };
  proxy.rates = rates;
  for (let runs = 1; ; runs++) {
    const { code, stderr } = await run(runs === 1 ? "provision apply plan.json --yes" : "provision apply --resume --yes");
    if (code !== 0 && (![5, 7].includes(code) || runs === mostRuns)) throw new Error(`apply ${runs}: exit ${code} ${stderr}`);
    if (code !== 0) continue;
    proxy.rates = noFaults;
    const stored = server.dump();
    const persons = Map.groupBy(stored, ({ person }) => person);
    const names = new Set(stored.map(({ userName }) => userName));
    return {
      runs,
      operations: all.length,
      duplicates: [...persons.values()].filter((own) => own.length > 1).length,
      lost: wanted.filter(({ username }) => !names.has(username)).length,
      extraWrites: countWrites() - before.writes - all.length,
      faults: countFaults() - before.faults,
    };
  }
}
