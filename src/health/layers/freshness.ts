import { fail, type Layer, type Probe, pass } from "../layer.ts";
import { judgeSignIn } from "./sign-in.ts";

/** Beyond this the server's clock is believed more than ours: it is the one that stamped the sync. */
const clockMarginMs = 60_000;

/** Did the system have its data lately, as its deliveries usually come? */
export const freshnessLayer: Layer = {
  name: "freshness",
  late: "rt.sync",
  share: 1,
  ownLimitMs: ({ duties }) => duties?.limitsMs.readSync ?? 0,
  applies: ({ duties }) => duties?.readSync !== undefined,
  async examine(probe) {
    const { target, trail, progress } = probe;
    const outcome = await target.duties!.readSync!(probe.now());
    progress();
    if (outcome.kind === "no-pass") return judgeSignIn(outcome.outcome, trail);
    if (outcome.kind === "unread") return fail("rt.sync");
    const { last, staleAfterMs } = outcome;
    trail.sync = { lastAt: last, staleAfterMs };
    return toCorrectedNow(probe) - last > staleAfterMs ? fail("rt.stale") : pass;
  },
};

function toCorrectedNow({ now, trail: { serverDate }, clockPinned }: Probe): number {
  if (!serverDate || clockPinned) return now();
  // The Date header has whole seconds.
  const skewMs = serverDate.ours - (serverDate.theirs + 500);
  return Math.abs(skewMs) > clockMarginMs ? now() - skewMs : now();
}
