import type { Uptime } from "./uptime.ts";

/** What is left of an endpoint's day when its runs are forgotten. */
export interface DayTotals {
  readonly always: Uptime;
  readonly office: Uptime;
  readonly looks: number;
  readonly failed: number;
}

/*
 * Twenty bytes an endpoint, uint16 little-endian: up, down, unknown, maintenance of the whole day and of opening hours, in units of two seconds
 * (a day has 43,200); looks and failed looks.
 */
const bytesEach = 20;
const unitMs = 2_000;

export function packDays(totals: readonly DayTotals[]): Uint8Array {
  const blob = Buffer.alloc(totals.length * bytesEach);
  for (const [at, { always, office, looks, failed }] of totals.entries()) {
    const times = [always, office].flatMap(({ upMs, downMs, unknownMs, maintenanceMs }) => [
      upMs,
      downMs,
      unknownMs,
      maintenanceMs,
    ]);
    for (const [place, value] of [...times.map((ms) => Math.round(ms / unitMs)), looks, failed].entries()) {
      blob.writeUInt16LE(Math.min(65_535, value), at * bytesEach + place * 2);
    }
  }
  return blob;
}

export function unpackDay(blob: Uint8Array, index: number): DayTotals {
  const read = (place: number): number => {
    const offset = index * bytesEach + place * 2;
    return (blob[offset] as number) + (blob[offset + 1] as number) * 256;
  };
  const uptime = (first: number): Uptime => ({
    upMs: read(first) * unitMs,
    downMs: read(first + 1) * unitMs,
    unknownMs: read(first + 2) * unitMs,
    maintenanceMs: read(first + 3) * unitMs,
  });
  return { always: uptime(0), office: uptime(4), looks: read(8), failed: read(9) };
}
