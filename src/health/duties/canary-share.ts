import { sha256 } from "../../platform/canonical-json.ts";
import type { Instant } from "../../platform/clock.ts";

/** After a longer silence only so much is made up for: a share is never a burst. */
const longestCatchUpMs = 30 * 60_000;
/** The first share of all: as if the last had been a moment ago. */
const firstShareMs = 5 * 60_000;

/**
 * Which units' turn has come since the last share was taken. Each unit has its place in the window, in an order that is the same every time and
 * follows no region; so runs at any times send to each unit once in a window and never to all at once (3,321 wards in 8 hours: one in 8.7 s).
 */
export function listDueUnits(
  units: readonly string[],
  { now, last, windowMs }: { readonly now: Instant; readonly last: Instant | undefined; readonly windowMs: number },
): readonly string[] {
  const since = Math.max(last ?? now - firstShareMs, now - Math.min(longestCatchUpMs, windowMs));
  const order = [...new Set(units)].map((unit) => [sha256(unit), unit] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return order.flatMap(([, unit], place) => {
    const offset = Math.floor((place / order.length) * windowMs);
    // The last turn not after now.
    const turn = Math.floor((now - offset) / windowMs) * windowMs + offset;
    return turn > since ? [unit] : [];
  });
}
