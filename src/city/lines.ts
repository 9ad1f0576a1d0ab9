import type { Server, Socket } from "node:net";
import type { Unit } from "../directory/unit.ts";
import { createRelay } from "../health/fault-kit/relay.ts";
import { carrierOf, listHalf } from "./carriers.ts";
import type { Faults } from "./faults.ts";

const loopback = "127.0.0.1";

/** Every unit's own line into the city: a TCP relay on a loopback port of its own. */
export interface CityLines {
  /** The same for as long as the city runs. Throws for a unit that is not of the city. */
  portOf(unit: string): number;
  /** When every line is as the faults want it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

interface Line {
  readonly unit: string;
  readonly port: number;
  server: Server;
  readonly sockets: Set<Socket>;
}

/**
 * Opens a line for each unit to the city's HTTPS port. While `carrier-down` names its carrier (`VNPT`), half of the carrier
 * (`VNPT/half`) or the unit itself, a line does not listen and what was connected is cut; afterwards it comes back on its port.
 */
export async function startLines(
  { units, faults }: { readonly units: readonly Unit[]; readonly faults: Faults },
  cityPort: number,
): Promise<CityLines> {
  const lines = new Map<string, Line>();
  for (const { code } of units) lines.set(code, await openLine(code, cityPort));
  const isDown = (unit: string): boolean => {
    const carrier = carrierOf(unit);
    const half = faults.has("carrier-down", `${carrier}/half`) && listHalf(carrier, units).includes(unit);
    return half || faults.has("carrier-down", carrier, unit);
  };
  let stopped = false;
  const bringToState = async (): Promise<void> => {
    for (const line of lines.values()) {
      const down = stopped || isDown(line.unit);
      if (down && line.server.listening) await closeLine(line);
      else if (!down && !line.server.listening) await reopenLine(line, cityPort);
    }
  };
  // One change after the other: a line that is just closing cannot be opened.
  let tail = bringToState();
  const change = (): Promise<void> => {
    tail = tail.then(bringToState);
    return tail;
  };
  faults.watch(() => void change());
  await tail;
  return {
    portOf(unit) {
      const line = lines.get(unit);
      if (!line) throw new RangeError(`${unit} has no line into this city`);
      return line.port;
    },
    settled: () => tail,
    stop() {
      stopped = true;
      return change();
    },
  };
}

/** Below what systems give to outgoing connections (Linux from 32768, RFC 6335 from 49152): a closed line's port stays its own. */
const linePorts = { first: 20_000, count: 12_000 };

async function openLine(unit: string, cityPort: number): Promise<Line> {
  const sockets = new Set<Socket>();
  for (let tries = 1; ; tries++) {
    const server = createRelay({ to: { host: loopback, port: cityPort }, sockets });
    // Cities that run at once start from different numbers, as their own ports differ.
    const port = linePorts.first + ((cityPort * 61 + Number(unit) + tries) % linePorts.count);
    try {
      await listen(server, port);
      return { unit, port, server, sockets };
    } catch (error) {
      if (tries === linePorts.count) throw error;
    }
  }
}

const reopenTries = 40;
const reopenPauseMs = 50;

/** The port may be held for a moment by what was just cut. */
async function reopenLine(line: Line, cityPort: number): Promise<void> {
  for (let tries = 1; ; tries++) {
    line.server = createRelay({ to: { host: loopback, port: cityPort }, sockets: line.sockets });
    try {
      return await listen(line.server, line.port);
    } catch (error) {
      if (tries === reopenTries) throw error;
      await new Promise((next) => setTimeout(next, reopenPauseMs));
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((ready, fail) => {
    server.once("error", fail);
    server.listen(port, loopback, () => ready());
  });
}

function closeLine(line: Line): Promise<void> {
  return new Promise((done) => {
    line.server.close(() => done());
    for (const socket of line.sockets) socket.destroy();
  });
}
