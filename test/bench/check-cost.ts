import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bench, median } from "./bench.ts";
import { type Prober, startProber } from "./check-prober.ts";
import {
  benchText,
  benchZone,
  listAddresses,
  listMissing,
  makeChain,
  readCpuMs,
  runMeasured,
  startNginx,
  startProcess,
} from "./check-target.ts";

const rivals = {
  "prometheus-blackbox-exporter": "/usr/bin/prometheus-blackbox-exporter",
  wrk: "/usr/bin/wrk",
  "monitoring-plugins": "/usr/lib/nagios/plugins/check_http",
  nginx: "/usr/sbin/nginx",
  openssl: "/usr/bin/openssl",
};
const httpPort = 18_480;
const httpsPort = 18_443;
const blackboxPort = 18_415;
const inFlight = 64;

/** Per probe. */
interface Cost {
  readonly cpuUs: number;
  readonly perSecond: number;
}

interface Round {
  readonly ours: Readonly<Record<"http" | "https", Cost>>;
  readonly blackbox: Readonly<Record<"http" | "https", Cost>>;
  readonly wrk: Cost;
  readonly checkHttp: Cost;
}

interface Figure {
  readonly name: string;
  readonly goal: number;
  readonly better: "lower" | "higher";
  readonly of: (round: Round) => number;
}

/** check.md §17, A1–A5. */
const figures: readonly Figure[] = [
  {
    name: "A1 CPU https ÷ blackbox",
    goal: 0.8,
    better: "lower",
    of: ({ ours, blackbox }) => ours.https.cpuUs / blackbox.https.cpuUs,
  },
  {
    name: "A2 CPU http ÷ blackbox",
    goal: 0.4,
    better: "lower",
    of: ({ ours, blackbox }) => ours.http.cpuUs / blackbox.http.cpuUs,
  },
  { name: "A3 CPU https ÷ wrk", goal: 1.7, better: "lower", of: ({ ours, wrk }) => ours.https.cpuUs / wrk.cpuUs },
  {
    name: "A4 rate https ÷ blackbox",
    goal: 1.3,
    better: "higher",
    of: ({ ours, blackbox }) => ours.https.perSecond / blackbox.https.perSecond,
  },
  {
    name: "A4 rate http ÷ blackbox",
    goal: 3,
    better: "higher",
    of: ({ ours, blackbox }) => ours.http.perSecond / blackbox.http.perSecond,
  },
  {
    name: "A5 CPU https ÷ check_http",
    goal: 0.2,
    better: "lower",
    of: ({ ours, checkHttp }) => ours.https.cpuUs / checkHttp.cpuUs,
  },
];

/**
 * What a probe costs, fresh connection, chain verified, body looked through: ours with its whole result against blackbox_exporter, wrk
 * (new connections, nothing verified: the floor) and check_http, interleaved on one nginx. The figure is the worst share of a goal.
 */
export const bench: Bench = {
  name: "check-cost",
  unit: "ratio",
  goal: 1,
  better: "lower",
  async run(quick) {
    const missing = listMissing(rivals);
    if (missing.length > 0) return { value: undefined, rows: [], skipped: `SKIPPED: not installed: ${missing.join(", ")}` };
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const chain = await makeChain(folder);
    await writeFile(join(folder, "blackbox.yml"), formatModules(chain.ca));
    const nginx = await startNginx(folder, chain, { http: httpPort, https: httpsPort });
    const address = `127.0.0.1:${blackboxPort}`;
    const args = [`--config.file=${join(folder, "blackbox.yml")}`, `--web.listen-address=${address}`, "--log.level=error"];
    const blackbox = await startProcess(rivals["prometheus-blackbox-exporter"], args, blackboxPort);
    const prober = startProber();
    try {
      const arms: Arms = { prober, blackboxPid: blackbox.pid, ca: chain.ca, addresses: listAddresses(quick ? 500 : 2_000) };
      await runRound(arms, 100);
      const rounds: Round[] = [];
      for (let at = 0; at < (quick ? 2 : 5); at++) rounds.push(await runRound(arms, quick ? 100 : 400));
      return toResult(rounds);
    } finally {
      prober.stop();
      await blackbox.stop();
      await nginx.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function toResult(rounds: readonly Round[]) {
  const reached = figures.map((figure) => ({ ...figure, value: median(rounds.map(figure.of)) }));
  const shares = reached.map(({ value, goal, better }) => (better === "lower" ? value / goal : goal / value));
  const cost = (name: string, of: (round: Round) => Cost): [string, string] => [
    name,
    `${median(rounds.map((round) => of(round).cpuUs)).toFixed(0)} µs CPU, ${median(rounds.map((round) => of(round).perSecond)).toFixed(0)}/s`,
  ];
  return {
    value: Math.max(...shares),
    rows: [
      cost("wardctl https", ({ ours }) => ours.https),
      cost("blackbox_exporter https", ({ blackbox }) => blackbox.https),
      cost("wrk https, Connection: close", ({ wrk }) => wrk),
      cost("check_http https, 32 processes", ({ checkHttp }) => checkHttp),
      cost("wardctl http", ({ ours }) => ours.http),
      cost("blackbox_exporter http", ({ blackbox }) => blackbox.http),
      ...reached.map(({ name, value, goal, better }): [string, string] => [
        name,
        `${value.toFixed(2)} (goal ${better === "lower" ? "at most" : "at least"} ${goal})`,
      ]),
    ],
  };
}

interface Arms {
  readonly prober: Prober;
  readonly blackboxPid: number;
  readonly ca: string;
  readonly addresses: readonly string[];
}

async function runRound(arms: Arms, forks: number): Promise<Round> {
  const https = { ours: await runOurs(arms, "https"), blackbox: await runBlackbox(arms, "https") };
  const wrk = await runWrk();
  const checkHttp = await runCheckHttp(forks);
  const http = { ours: await runOurs(arms, "http"), blackbox: await runBlackbox(arms, "http") };
  return {
    ours: { http: http.ours, https: https.ours },
    blackbox: { http: http.blackbox, https: https.blackbox },
    wrk,
    checkHttp,
  };
}

async function runOurs({ prober, ca, addresses }: Arms, scheme: "http" | "https"): Promise<Cost> {
  const port = scheme === "http" ? httpPort : httpsPort;
  const { wallMs, cpuMs, states } = await prober.sweep({
    scheme,
    port,
    addresses,
    text: benchText,
    ca,
    concurrency: inFlight,
    deadlineMs: 8_000,
  });
  if (states["pass"] !== addresses.length) throw new Error(`ours: ${JSON.stringify(states)} of ${addresses.length}`);
  return toCost(addresses.length, cpuMs, wallMs);
}

async function runBlackbox({ blackboxPid, addresses }: Arms, scheme: "http" | "https"): Promise<Cost> {
  const port = scheme === "http" ? httpPort : httpsPort;
  const paths = addresses.map(
    (address) => `/probe?module=${scheme}&target=${encodeURIComponent(`${scheme}://${address}:${port}/`)}`,
  );
  const before = await readCpuMs(blackboxPid);
  const from = performance.now();
  const passed = await driveKeepAlive(paths);
  const wallMs = performance.now() - from;
  // On a busy machine one of thousands may time out there; its cost hardly changes.
  if (passed < addresses.length * 0.99) throw new Error(`blackbox: ${passed} of ${addresses.length} passed`);
  return toCost(addresses.length, (await readCpuMs(blackboxPid)) - before, wallMs);
}

/** Asks blackbox over 64 kept connections, each one request at a time: the driver costs next to nothing. */
async function driveKeepAlive(paths: readonly string[]): Promise<number> {
  let next = 0;
  let passed = 0;
  const drive = (): Promise<void> =>
    new Promise((done, fail) => {
      const socket = connect({ host: "127.0.0.1", port: blackboxPort, noDelay: true });
      let text = "";
      const ask = (): void => {
        const path = paths[next++];
        text = "";
        if (path === undefined) {
          socket.end();
          return done();
        }
        socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      };
      socket.once("connect", ask);
      socket.once("error", fail);
      socket.on("data", (bytes: Buffer) => {
        text += bytes.toString("latin1");
        if (!isWhole(text)) return;
        if (/^probe_success 1$/m.test(text)) passed++;
        ask();
      });
    });
  await Promise.all(Array.from({ length: inFlight }, drive));
  return passed;
}

function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith("\r\n0\r\n\r\n") : text.length >= head + 4 + Number(length);
}

async function runWrk(): Promise<Cost> {
  const seconds = 2;
  const { stdout, cpuMs } = await runMeasured(
    `${rivals.wrk} -t1 -c${inFlight} -d${seconds}s -H 'Connection: close' https://127.0.0.1:${httpsPort}/`,
  );
  const count = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return toCost(count, cpuMs, seconds * 1000);
}

async function runCheckHttp(forks: number): Promise<Cost> {
  const from = performance.now();
  const line = `${rivals["monitoring-plugins"]} -I 127.0.0.1 -H n1.${benchZone} -p ${httpsPort} --ssl --sni -s ${benchText}`;
  const { stdout, cpuMs } = await runMeasured(`seq ${forks} | xargs -P 32 -I{} ${line}`);
  const passed = stdout.match(/^HTTP OK/gm)?.length ?? 0;
  if (passed !== forks) throw new Error(`check_http: ${passed} of ${forks} passed\n${stdout.slice(0, 500)}`);
  return toCost(forks, cpuMs, performance.now() - from);
}

function toCost(count: number, cpuMs: number, wallMs: number): Cost {
  return { cpuUs: (cpuMs * 1000) / count, perSecond: (count * 1000) / wallMs };
}

function formatModules(ca: string): string {
  const module = (name: string, tls: string): string => `  ${name}:
    prober: http
    timeout: 8s
    http:
      preferred_ip_protocol: ip4
      headers: { Host: n1.${benchZone} }
      fail_if_body_not_matches_regexp: ["${benchText}"]
${tls}`;
  const trust = `      tls_config: { ca_file: ${ca}, server_name: n1.${benchZone} }\n`;
  return `modules:\n${module("http", "")}${module("https", trust)}`;
}
