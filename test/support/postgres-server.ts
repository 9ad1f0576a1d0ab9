import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** A private PostgreSQL of the machine's package: own folder, own port, a password, gone with the test file. */
export interface PostgresServer {
  readonly port: number;
  /** `postgresql://…?schema=<name>`, a schema that nobody has used. */
  urlFor(schema: string): string;
  /** From here on the process that works for this connection may write no file beyond a megabyte (a segment of the log here). */
  stopGrowth(pid: number): void;
  /** The server as a power cut ends it. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const root = "/usr/lib/postgresql";
const version = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a))[0] : undefined;
const password = "postgres-canary-0815";

/** 15 or newer. */
export const hasPostgres = version !== undefined && Number(version) >= 15;
if (!hasPostgres) console.warn("SKIPPED: PostgreSQL 15 or newer is not installed (Debian: apt-get install postgresql)");

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  // PostgreSQL does not run as root; whoever it runs as must be able to come into its own folder.
  const owner = process.getuid?.() === 0 ? readOwner() : undefined;
  if (owner) {
    chmodSync(tmpdir(), 0o711);
    chownSync(folder, owner.uid, owner.gid);
  }
  const word = join(folder, "password");
  writeFileSync(word, password);
  if (owner) chownSync(word, owner.uid, owner.gid);
  const bin = (program: string): string => join(root, version as string, "bin", program);
  const data = join(folder, "data");
  const make = [
    "-D",
    data,
    "-U",
    "postgres",
    "--auth=scram-sha-256",
    `--pwfile=${word}`,
    "--no-sync",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
  ];
  execFileSync(bin("initdb"), [...make, "--wal-segsize=1"], { stdio: "ignore", cwd: folder, ...owner });
  const port = await findFreePort();
  const options = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
  const quick = ["-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "max_wal_size=64MB", "-c", "min_wal_size=8MB"];
  // Its log is read while this process has a turn: what waits for a child meanwhile (benches) would leave the server waiting on a full pipe.
  const quiet = ["-c", "log_checkpoints=off", "-c", "checkpoint_warning=0", "-c", "log_min_messages=log"];
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    server = spawn(bin("postgres"), [...options, ...quick, ...quiet], {
      stdio: ["ignore", "ignore", "pipe"],
      cwd: folder,
      ...owner,
    });
    const said: string[] = [];
    await new Promise<void>((ready, fail) => {
      server.once("exit", (code) => fail(new Error(`postgres ended with ${code}: ${said.join("")}`)));
      server.stderr?.on("data", (part: Buffer) => {
        said.push(part.toString());
        if (/database system is ready to accept connections/.test(said.join(""))) ready();
      });
    });
  };
  await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, "exit");
  };
  return {
    port,
    urlFor: (schema) => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?schema=${schema}`,
    stopGrowth: (pid) => void execFileSync("prlimit", ["--pid", String(pid), `--fsize=${1024 * 1024}`], { ...owner }),
    start,
    crash: () => end("SIGQUIT"),
    stop: () => end("SIGINT"),
  };
}

/** For a whole test file; a new schema with every call of `makeUrl`. */
export function usePostgres(): { readonly server: () => PostgresServer; readonly makeUrl: () => string } {
  let server: PostgresServer | undefined;
  let n = 0;
  beforeAll(async () => {
    if (hasPostgres) server = await startPostgres();
  });
  afterAll(() => server?.stop());
  return {
    server: () => server as PostgresServer,
    makeUrl: () => (server as PostgresServer).urlFor(`s${++n}`),
  };
}

function readOwner(): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
