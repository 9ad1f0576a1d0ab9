import type { Instant } from "../platform/clock.ts";
import type { ProbeResult, ProbeState } from "./probe-result.ts";
import { findReasonByCode, layerNames, type Reason, reasons } from "./reason.ts";

/*
 * Four bytes an endpoint (check.md §11): reason code (0 passed, 254 unknown, 255 not tested); whole milliseconds, uint16 little-endian
 * (65534 saturates, 65535 none); flags: layer in three bits, hard, not comparable, maintenance, flapping, and in the last bit that the next
 * sweep decides. `hard` without a verdict: it was down before.
 */
const bytesEach = 4;
const unknownCode = 254;
const untestedCode = 255;
const hardFlag = 8;
const notComparableFlag = 16;
const maintenanceFlag = 32;
const flappingFlag = 64;
const pendingFlag = 128;

export function packResults(results: readonly ProbeResult[]): Uint8Array {
  const blob = Buffer.alloc(results.length * bytesEach);
  for (const [at, result] of results.entries()) {
    const offset = at * bytesEach;
    blob[offset] = toCode(result.state, result.reason);
    blob.writeUInt16LE(result.state === "untested" ? 65_535 : Math.min(65_534, Math.round(result.totalMs)), offset + 1);
    const layer = result.layer ? layerNames.indexOf(result.layer) : layerNames.length;
    blob[offset + 3] =
      layer |
      (result.hard ? hardFlag : 0) |
      (result.comparable ? 0 : notComparableFlag) |
      (result.maintenance ? maintenanceFlag : 0) |
      (result.flapping ? flappingFlag : 0) |
      (result.recovering || result.pendingDown ? pendingFlag : 0);
  }
  return blob;
}

export function unpackResults(blob: Uint8Array, endpoints: readonly string[], at: Instant): readonly ProbeResult[] {
  return endpoints.map((endpoint, index) => unpackResult(blob, index, endpoint, at));
}

/** One endpoint's four bytes. */
export function unpackResult(blob: Uint8Array, index: number, endpoint: string, at: Instant): ProbeResult {
  const offset = index * bytesEach;
  const code = blob[offset] as number;
  const totalMs = (blob[offset + 1] as number) + (blob[offset + 2] as number) * 256;
  const flags = blob[offset + 3] as number;
  const [unit = "", system = ""] = endpoint.split("/");
  const state = toState(code);
  const pending = (flags & pendingFlag) !== 0;
  const recovering = pending && (state === "pass" || (flags & hardFlag) !== 0);
  return {
    at,
    endpoint,
    unit,
    system,
    state,
    layer: layerNames[flags & 7],
    reason: findReasonByCode(code),
    hard: (flags & hardFlag) !== 0,
    attempts: code === untestedCode ? 0 : 1,
    totalMs: totalMs === 65_535 ? 0 : totalMs,
    loopLagMs: 0,
    comparable: (flags & notComparableFlag) === 0,
    recovering: recovering || undefined,
    pendingDown: (pending && !recovering) || undefined,
    maintenance: (flags & maintenanceFlag) !== 0 || undefined,
    flapping: (flags & flappingFlag) !== 0 || undefined,
  };
}

function toCode(state: ProbeState, reason: Reason | undefined): number {
  if (state === "pass") return 0;
  if (state === "untested") return untestedCode;
  return state === "fail" && reason ? reasons[reason].code : unknownCode;
}

function toState(code: number): ProbeState {
  if (code === 0) return "pass";
  if (code === untestedCode) return "untested";
  return code === unknownCode ? "unknown" : "fail";
}
