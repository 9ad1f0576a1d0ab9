import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { runProgram } from "../../platform/run-program.ts";
import { readFileLimit } from "../file-limit.ts";

/** What the machine tells about its own net, by Node's interfaces, /proc and registry values alone: no text that a Windows translates. */
export interface LocalMachine {
  /** `linux`, `win32`, `darwin`. */
  readonly platform: string;
  /** Names of interfaces that are up and lead out. */
  listLinks(): readonly string[];
  /** The source address that packets to the world would have; undefined without a route. Sends nothing. */
  findSourceAddress(): Promise<string | undefined>;
  /** Addresses of default gateways; undefined where the system does not tell. */
  listGateways(): Promise<readonly string[] | undefined>;
  /** Soft limit of open files; undefined where there is none or it is not told. */
  findFileLimit(): number | undefined;
  /** Output of `reg query` for the proxy settings of the person; undefined away from Windows or when it cannot be had. */
  readProxyRegistry(): Promise<string | undefined>;
}

const proxyKey = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

export function createLocalMachine(): LocalMachine {
  const { platform } = process;
  return {
    platform,
    listLinks: () =>
      Object.entries(networkInterfaces())
        .filter(([, addresses]) => addresses?.some(({ internal }) => !internal))
        .map(([name]) => name),
    findSourceAddress,
    listGateways: async () => (platform === "linux" ? parseRoutes(await tryRead("/proc/net/route")) : undefined),
    findFileLimit: readFileLimit,
    async readProxyRegistry() {
      if (platform !== "win32") return undefined;
      const run = await runProgram("reg", ["query", proxyKey], { timeoutMs: 2_000 });
      return run?.code === 0 ? run.stdout : undefined;
    },
  };
}

/** Connecting a UDP socket asks the routing table and sends no packet; 192.0.2.1 belongs to nobody (RFC 5737). */
function findSourceAddress(): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = createSocket("udp4");
    const end = (address: string | undefined): void => {
      socket.close();
      done(address);
    };
    socket.once("error", () => end(undefined));
    socket.once("connect", () => end(socket.address().address));
    socket.connect(9, "192.0.2.1");
  });
}

/** Gateways of the default routes of `/proc/net/route`: hexadecimal, in the byte order of the machine (proc(5)). */
export function parseRoutes(text: string): readonly string[] {
  const up = 0x1;
  const viaGateway = 0x2;
  return text
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, to, , flags]) => to === "00000000" && (Number.parseInt(flags ?? "0", 16) & (up | viaGateway)) === (up | viaGateway),
    )
    .map(([, , gateway = ""]) => [...Buffer.from(gateway, "hex")].reverse().join("."));
}

async function tryRead(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
