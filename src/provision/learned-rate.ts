/** How many requests a second a system that told us to wait seems to allow. */
export interface LearnedRate {
  /** Undefined while it never told us, or only now and then. */
  find(nowMs: number): number | undefined;
  accepted(): void;
  /** The system asked for silence: what it took since the last time, over all the time that took, is what it allows. */
  throttled(nowMs: number, holdMs: number): void;
}

/** So few say nothing of a rate: a proxy that is restarted refuses once. */
const fewestAccepted = 10;
const firstPlateauMs = 5_000;
const longestPlateauMs = 60_000;
/** After a plateau without a refusal it may be more: so much more each second. */
const growthPerSecond = 1.1;
const backOff = 0.95;

/**
 * AIMD at a time cannot find a rate: where a request takes a millisecond, one at a time is far above twenty a second. So the rate is taken from what was
 * accepted, kept for a while, and tried upwards; each refusal that confirms it doubles the while.
 */
export function createLearnedRate(startMs: number): LearnedRate {
  let learned: number | undefined;
  let since = startMs;
  let accepted = 0;
  let quietUntil = startMs;
  let plateauMs = firstPlateauMs;
  const find = (nowMs: number): number | undefined => {
    if (learned === undefined) return undefined;
    const beyondMs = nowMs - since - plateauMs;
    return beyondMs <= 0 ? learned : learned * growthPerSecond ** (beyondMs / 1000);
  };
  return {
    find,
    accepted() {
      accepted += 1;
    },
    throttled(nowMs, holdMs) {
      // Those that were under way with the first that was refused tell nothing new.
      if (holdMs === 0 || nowMs < quietUntil) return;
      quietUntil = nowMs + holdMs;
      // Too few to tell: they count with the next.
      if (accepted < fewestAccepted) return;
      const tried = find(nowMs);
      // The first time all was sent at once and the silence belongs to it; later the silence is only the price of having tried more.
      const rate =
        tried === undefined
          ? (accepted * 1000) / (nowMs + holdMs - since)
          : Math.min(tried * backOff, (accepted * 1000) / (nowMs - since));
      const confirmed = learned !== undefined && Math.abs(rate - learned) < learned / 4;
      plateauMs = confirmed ? Math.min(2 * plateauMs, longestPlateauMs) : firstPlateauMs;
      learned = rate;
      since = quietUntil;
      accepted = 0;
    },
  };
}
