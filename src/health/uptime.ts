import type { Instant } from "../platform/clock.ts";
import type { ProbeResult } from "./probe-result.ts";

/** What a look says of the time after it. */
export type Seen = "up" | "down" | "unknown" | "maintenance";

/** Milliseconds of each; together the window. Down and unknown are never one. */
export interface Uptime {
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  /** Planned work, whatever was seen in it. */
  readonly maintenanceMs: number;
}

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** Working time in [from, to), in milliseconds. */
export type MeasureHours = (from: Instant, to: Instant) => number;

/** Adds up one endpoint's time, look by look in order of time. */
export interface UptimeTally {
  look(at: Instant, seen: Seen): void;
  /** As if the window ended here. */
  total(): { readonly always: Uptime; readonly office: Uptime; readonly looks: number; readonly failed: number };
}

/** Slow is not down (check.md §10); what was not judged is unknown. */
export function toSeen({ state, reason, maintenance }: Pick<ProbeResult, "state" | "reason" | "maintenance">): Seen {
  if (maintenance) return "maintenance";
  if (state === "pass" || (state === "fail" && reason === "http.slow")) return "up";
  return state === "fail" ? "down" : "unknown";
}

const names = { up: "upMs", down: "downMs", unknown: "unknownMs", maintenance: "maintenanceMs" } as const;

/**
 * Time-weighted: a look speaks until the next one, but no longer than `holdMs`; the rest is unknown. Looks before the window count for what
 * they still say in it. Pure but for its own sum.
 */
export function createUptimeTally({ from, to }: Window, holdMs: number, measureHours: MeasureHours): UptimeTally {
  const always = { upMs: 0, downMs: 0, unknownMs: 0, maintenanceMs: 0 };
  const office = { ...always };
  let last: { readonly at: Instant; readonly seen: Seen } = { at: from, seen: "unknown" };
  let looks = 0;
  let failed = 0;
  const add = (start: Instant, end: Instant, seen: Seen): void => {
    const [a, b] = [Math.max(start, from), Math.min(end, to)];
    if (b <= a) return;
    always[names[seen]] += b - a;
    office[names[seen]] += measureHours(a, b);
  };
  const advance = (at: Instant): void => {
    const held = Math.min(at, last.at + holdMs);
    add(last.at, held, last.seen);
    add(Math.max(held, last.at), at, "unknown");
  };
  return {
    look(at, seen) {
      if (at > to) return;
      advance(Math.max(at, last.at));
      last = { at: Math.max(at, last.at), seen };
      if (at < from) last = { at, seen };
      else if (seen === "up" || seen === "down") {
        looks++;
        if (seen === "down") failed++;
      }
    },
    total() {
      const before = { always: { ...always }, office: { ...office } };
      advance(Math.max(to, last.at));
      const result = { always: { ...always }, office: { ...office }, looks, failed };
      Object.assign(always, before.always);
      Object.assign(office, before.office);
      return result;
    },
  };
}

/** The share of judged time that was up; undefined when nothing was judged. */
export function toUpShare({ upMs, downMs }: Uptime): number | undefined {
  return upMs + downMs === 0 ? undefined : upMs / (upMs + downMs);
}

export function addUptime(a: Uptime, b: Uptime): Uptime {
  return {
    upMs: a.upMs + b.upMs,
    downMs: a.downMs + b.downMs,
    unknownMs: a.unknownMs + b.unknownMs,
    maintenanceMs: a.maintenanceMs + b.maintenanceMs,
  };
}

const z95 = 1.959963984540054;

/** Wilson's interval (JASA 22, 1927) at 95 %: what a share of few looks is worth. Undefined for none. */
export function findWilson(good: number, of: number): { readonly low: number; readonly high: number } | undefined {
  if (of === 0) return undefined;
  const share = good / of;
  const square = z95 * z95;
  const middle = share + square / (2 * of);
  const half = z95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  const scale = 1 + square / of;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

/** How many times faster than allowed the error budget goes; undefined when nothing was judged. */
export function toBurnRate(uptime: Uptime, targetPercent: number): number | undefined {
  const share = toUpShare(uptime);
  return share === undefined ? undefined : (1 - share) / (1 - targetPercent / 100);
}
