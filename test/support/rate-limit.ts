/** Ways in which services count; all of them allow so many requests a second in the long run. */
export type LimitKind = "token-bucket" | "fixed-window" | "sliding-window";

export interface RateLimit {
  /** True when the request at this moment is allowed. */
  take(nowMs: number): boolean;
}

export function createRateLimit(kind: LimitKind, perSecond: number): RateLimit {
  if (kind === "token-bucket") {
    let tokens = perSecond;
    let lastMs: number | undefined;
    return {
      take(nowMs) {
        tokens = Math.min(perSecond, tokens + ((nowMs - (lastMs ?? nowMs)) * perSecond) / 1000);
        lastMs = nowMs;
        if (tokens < 1) return false;
        tokens -= 1;
        return true;
      },
    };
  }
  const counts = kind === "fixed-window" ? isSameSecond : isLastSecond;
  let taken: number[] = [];
  return {
    take(nowMs) {
      taken = taken.filter((atMs) => counts(atMs, nowMs));
      if (taken.length >= perSecond) return false;
      taken.push(nowMs);
      return true;
    },
  };
}

const isSameSecond = (atMs: number, nowMs: number): boolean => Math.floor(atMs / 1000) === Math.floor(nowMs / 1000);
const isLastSecond = (atMs: number, nowMs: number): boolean => nowMs - atMs < 1000;
