import { connect, createServer, type Server, type Socket } from "node:net";
import { readMonotonicMs } from "../../platform/clock.ts";

/** What a line does to the bytes that come back over it. */
export interface LineFaults {
  /** Each piece later by this. */
  readonly delayMs?: number;
  /** And by up to this, as `chance` draws. */
  readonly jitterMs?: number;
  readonly bytesPerSecond?: number;
  /** No piece longer than this. */
  readonly pieceBytes?: number;
  /** So many bytes come back, then `end` happens. */
  readonly afterBytes?: number;
  /** cut: an orderly end without the rest. half-close: the same, but it goes on taking what is sent. */
  readonly end?: "cut" | "reset" | "half-close" | "stall";
  /** The byte at this place is turned over. */
  readonly flipAt?: number;
}

export interface RelayOptions {
  readonly to: { readonly host: string; readonly port: number };
  readonly faults?: LineFaults;
  /** Filled with the open connections, so that who holds them can cut them. */
  readonly sockets?: Set<Socket>;
  readonly chance?: () => number;
}

/** A line: a TCP relay in this process. Not yet listening. */
export function createRelay({ to, faults = {}, sockets = new Set(), chance = () => 0.5 }: RelayOptions): Server {
  return createServer({ noDelay: true, allowHalfOpen: true }, (outside) => {
    const inside = connect({ ...to, noDelay: true });
    for (const socket of [outside, inside]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    outside.on("error", () => inside.destroy());
    inside.on("error", () => outside.destroy());
    outside.on("close", () => inside.destroy());
    outside.pipe(inside);
    if (Object.keys(faults).length === 0) inside.pipe(outside);
    else carryBadly(inside, outside, faults, chance);
  });
}

function carryBadly(from: Socket, to: Socket, faults: LineFaults, chance: () => number): void {
  const { delayMs = 0, jitterMs = 0, bytesPerSecond, pieceBytes, afterBytes = Number.POSITIVE_INFINITY } = faults;
  const waiting: { readonly bytes: Buffer; readonly notBeforeMs: number }[] = [];
  let state: "idle" | "busy" | "over" = "idle";
  let ended = false;
  let sent = 0;
  let seen = 0;
  let timer: NodeJS.Timeout | undefined;

  const finish = (): void => {
    state = "over";
    if (faults.end === "stall") return;
    if (faults.end === "reset") to.resetAndDestroy();
    else to.end();
    if (faults.end !== "half-close") from.destroy();
  };
  const pump = (): void => {
    if (state === "over" || to.destroyed) return;
    state = "busy";
    const next = waiting[0];
    if (!next) {
      state = "idle";
      if (ended) to.end();
      return;
    }
    const earlyMs = next.notBeforeMs - readMonotonicMs();
    if (earlyMs > 0) {
      timer = setTimeout(pump, earlyMs);
      return;
    }
    waiting.shift();
    const bytes = next.bytes.subarray(0, Math.max(0, afterBytes - sent));
    sent += bytes.length;
    to.write(bytes, () => {
      if (sent >= afterBytes) return finish();
      timer = setTimeout(pump, bytesPerSecond ? (bytes.length / bytesPerSecond) * 1000 : 0);
    });
  };

  from.on("data", (bytes: Buffer) => {
    const flip = faults.flipAt === undefined ? -1 : faults.flipAt - seen;
    if (flip >= 0 && flip < bytes.length) bytes[flip] = (bytes[flip] as number) ^ 0xff;
    seen += bytes.length;
    const notBeforeMs = readMonotonicMs() + delayMs + jitterMs * chance();
    const step = pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += step) waiting.push({ bytes: bytes.subarray(at, at + step), notBeforeMs });
    if (state === "idle") pump();
  });
  from.on("end", () => {
    ended = true;
    if (state === "idle") pump();
  });
  to.on("close", () => clearTimeout(timer));
}
