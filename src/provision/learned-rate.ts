/** How many requests a second a system that told us to wait seems to allow. */
export interface LearnedRate {
  /** Never more than is configured; infinite while nothing is known. */
  find(nowMs: number): number;
  accepted(nowMs: number): void;
  /** The system asked for silence: what it took since the last time, over all the time that took, is what it allows. */
  throttled(nowMs: number, holdMs: number): void;
}

/** So few say nothing of a rate: a proxy that is restarted refuses once. */
const fewestAccepted = 10;
const firstPlateauMs = 10_000;
const longestPlateauMs = 60_000;
/** After a plateau without a refusal it may be more: so much more each second. */
const growthPerSecond = 1.1;
const backOff = 0.95;

/**
 * AIMD at a time cannot find a rate: where a request takes a millisecond, one at a time is far above twenty a second. So the rate is taken from what was
 * accepted, kept for a while, and tried upwards; each refusal that confirms it doubles the while.
 */
export function createLearnedRate(configured = Number.POSITIVE_INFINITY): LearnedRate {
  let learned: number | undefined;
  let since: number | undefined;
  let accepted = 0;
  let quietUntil = 0;
  let plateauMs = firstPlateauMs;
  const find = (nowMs: number): number => {
    if (learned === undefined || since === undefined) return configured;
    const beyondMs = Math.max(0, nowMs - since - plateauMs);
    return Math.min(configured, learned * growthPerSecond ** (beyondMs / 1000));
  };
  return {
    find,
    accepted(nowMs) {
      since ??= nowMs;
      accepted += 1;
    },
    throttled(nowMs, holdMs) {
      // Those that were under way with the first that was refused tell nothing new.
      if (holdMs === 0 || nowMs < quietUntil) return;
      quietUntil = nowMs + holdMs;
      // Too few to tell: they count with the next.
      if (accepted < fewestAccepted || since === undefined) return;
      const tried = find(nowMs);
      const took = nowMs - since;
      // At first all is sent at once, and the silence is what it took. Later it lies between what went well on the whole and what was too much.
      const rate = Number.isFinite(tried)
        ? Math.min(tried * backOff, (tried + (accepted * 1000) / took) / 2)
        : (accepted * 1000) / Math.max(took, holdMs);
      const confirmed = learned !== undefined && Math.abs(rate - learned) < learned / 4;
      plateauMs = confirmed ? Math.min(2 * plateauMs, longestPlateauMs) : firstPlateauMs;
      learned = rate;
      since = quietUntil;
      accepted = 0;
    },
  };
}
