import type { Figures } from "./figures.ts";
import { channels } from "./observation.ts";
import { type Kind, kinds } from "./points.ts";
import type { PrefixSums } from "./prefix-sums.ts";

type Sums = Pick<PrefixSums, "get">;

/** The columns of a unit for a window, from the prefix sums at its two ends. Linear: the figures of a sum are the sum of the figures. */
export function toFigures(unit: string, before: Sums, until: Sums): Figures {
  const at = (kind: Kind): number => until.get(unit, kind);
  const within = (kind: Kind, channel?: number): number => until.get(unit, kind, channel) - before.get(unit, kind, channel);
  const received = (channel: (typeof channels)[number]): number => within(kinds.received, channels.indexOf(channel));
  const [early, onTime, late] = [within(kinds.resolvedEarly), within(kinds.resolvedOnTime), within(kinds.resolvedLate)];
  const withdrawn = within(kinds.withdrawn);
  const rejectedInBase = within(kinds.rejectedInBase);
  const paused = {
    supplement: at(kinds.supplementEnter) - at(kinds.supplementLeave),
    fee: at(kinds.feeEnter) - at(kinds.feeLeave),
    stopped: at(kinds.stoppedEnter) - at(kinds.stoppedLeave),
  };
  const pausedTotal = paused.supplement + paused.fee + paused.stopped;
  const inProgress = countBase(unit, until) - pausedTotal;
  const overdue = at(kinds.overdueEnter) - at(kinds.overdueLeave);
  return {
    carriedOver: countBase(unit, before),
    received: { total: within(kinds.received), online: received("online"), direct: received("direct"), post: received("post") },
    reopened: within(kinds.reopened),
    resolved: { total: early + onTime + late, early, onTime, late },
    inProgress: { total: inProgress, within: inProgress - overdue, overdue },
    paused: { total: pausedTotal, ...paused, overdue: at(kinds.overduePausedEnter) - at(kinds.overduePausedLeave) },
    returned: { total: withdrawn + rejectedInBase, withdrawn, rejectedInBase },
    pendingIntake: at(kinds.pendingEnter) - at(kinds.pendingLeave),
    refusedAtIntake: within(kinds.refusedAtIntake),
    resultHandedOver: within(kinds.handedOver),
  };
}

/** Dossiers that are in the unit's hands: received or reopened, and not resolved or returned. */
function countBase(unit: string, sums: Sums): number {
  const left = [kinds.resolvedEarly, kinds.resolvedOnTime, kinds.resolvedLate, kinds.rejectedInBase, kinds.withdrawn];
  return left.reduce((sum, kind) => sum - sums.get(unit, kind), sums.get(unit, kinds.received) + sums.get(unit, kinds.reopened));
}
