import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Every name of the bench is below this one; the leaf is for all of them. */
export const benchZone = "bench.test";
export const benchText = "wardctl-bench-page";

/** Root → intermediate → P-256 leaf, made by openssl: all three are verified in each probe (check.md §3). */
export async function makeChain(folder: string): Promise<{ readonly ca: string; readonly chain: string; readonly key: string }> {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]) => run("openssl", args, { cwd: folder });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
  await writeFile(at("ca.ext"), authority);
  await writeFile(at("leaf.ext"), `subjectAltName=DNS:*.${benchZone}\nextendedKeyUsage=serverAuth\n`);
  await openssl("req", "-x509", ...key, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=bench root", "-days", "30");
  const issue = async (name: string, subject: string, by: string, extensions: string): Promise<void> => {
    await openssl("req", "-new", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", subject);
    const signed = ["-CA", `${by}.pem`, "-CAkey", `${by}.key`, "-CAcreateserial", "-days", "20", "-extfile", extensions];
    await openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.pem`, ...signed);
  };
  await issue("middle", "/CN=bench intermediate", "root", "ca.ext");
  await issue("leaf", `/CN=*.${benchZone}`, "middle", "leaf.ext");
  await writeFile(at("chain.pem"), (await readFile(at("leaf.pem"), "utf8")) + (await readFile(at("middle.pem"), "utf8")));
  return { ca: at("root.pem"), chain: at("chain.pem"), key: at("leaf.key") };
}

export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

/** One nginx worker on all addresses of 127/8, with and without TLS. */
export async function startNginx(
  folder: string,
  { chain, key }: { readonly chain: string; readonly key: string },
  { http, https }: { readonly http: number; readonly https: number },
): Promise<Running> {
  await mkdir(join(folder, "tmp"), { recursive: true });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/tmp/${name};`,
  );
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit;
events { worker_connections 8192; }
http { access_log off; ${temporary.join(" ")} default_type text/html;
server { listen ${http} backlog=8192; listen ${https} ssl backlog=8192; ssl_certificate ${chain}; ssl_certificate_key ${key};
ssl_session_cache off; ssl_session_tickets off; location / { return 200 "<html>${benchText} ${"x".repeat(900)}</html>"; } } }
`,
  );
  return startProcess("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], http);
}

/** Starts a server and waits until its port answers. */
export async function startProcess(command: string, args: readonly string[], port: number): Promise<Running> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (bytes: Buffer) => {
    told += bytes.toString();
  });
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`${command} does not start:\n${told}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return { pid: child.pid!, stop: () => stopProcess(child) };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("error", () => done(false));
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
  });
}

function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}

/** User and system time of a process so far, from /proc/PID/stat; ticks are 10 ms. */
export async function readCpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Runs a shell line and gives its output with the CPU time of all it started. */
export async function runMeasured(line: string): Promise<{ readonly stdout: string; readonly cpuMs: number }> {
  const script = `${line}\nread -a wardctl_stat < /proc/$$/stat; echo "cpu \${wardctl_stat[15]} \${wardctl_stat[16]}"`;
  const { stdout } = await run("bash", ["-c", script], { maxBuffer: 64 * 1024 * 1024 });
  const [, user, system] = /^cpu (\d+) (\d+)$/m.exec(stdout) ?? [];
  return { stdout, cpuMs: (Number(user) + Number(system)) * 10 };
}

/** What of these is not installed. */
export function listMissing(paths: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(paths)
    .filter(([, path]) => !existsSync(path))
    .map(([name]) => name);
}

/** Distinct addresses of 127/8, spread over its networks. */
export function listAddresses(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, at) => `127.${1 + Math.floor(at / 62_500)}.${Math.floor(at / 250) % 250}.${1 + (at % 250)}`,
  );
}
