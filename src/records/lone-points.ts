import { dossierStates } from "./observation.ts";
import { type Kind, kinds } from "./points.ts";
import type { RowBatch } from "./row-batch.ts";
import type { TimelineRules } from "./timeline.ts";

const place = (state: (typeof dossierStates)[number]): number => dossierStates.indexOf(state);
const pending = place("pending");
const refused = place("refused");
const inProgress = place("in_progress");
const handedOver = place("handed_over");
const withdrawn = place("withdrawn");
const rejected = place("rejected");
const paused = new Set([place("supplement"), place("fee"), place("stopped")]);
const daySeconds = 86_400;

/**
 * The points of a dossier that is known by one row without a pause: what listPoints says of createTimeline of it, without making either.
 * By far the most rows of a first import are such. False, and nothing put, for any other row.
 */
export function putLonePoints(batch: RowBatch, n: number, rules: TimelineRules, put: (at: number, kind: Kind) => void): boolean {
  const state = batch.state[n] as number;
  if (paused.has(state) || isSaid(batch.pausedFrom[n] as number) || isSaid(batch.pausedTo[n] as number)) return false;
  const submitted = batch.submitted[n] as number;
  const received = batch.received[n] as number;
  const updated = batch.updated[n] as number;
  const finished = batch.finished[n] as number;
  const closed = isSaid(finished) ? finished : updated;
  if (state === refused) {
    if (submitted < closed) {
      put(submitted, kinds.pendingEnter);
      put(closed, kinds.pendingLeave);
    }
    put(isSaid(submitted) ? Math.max(closed, submitted) : closed, kinds.refusedAtIntake);
    return true;
  }
  const waiting = state === pending && !isSaid(submitted) ? updated : submitted;
  if (state === pending || !isSaid(received)) {
    if (isSaid(waiting)) put(waiting, kinds.pendingEnter);
    return true;
  }
  if (waiting < received) {
    put(waiting, kinds.pendingEnter);
    put(received, kinds.pendingLeave);
  }
  put(received, kinds.received);
  const due = batch.due[n] as number;
  const { onTime, offsetSeconds } = rules;
  const dueDayStart = Math.floor((due + offsetSeconds) / daySeconds) * daySeconds - offsetSeconds;
  // NaN without an appointment: no comparison with it holds.
  const lateFrom = onTime === "instant" ? due + 1 : dueDayStart + daySeconds;
  if (state === inProgress) {
    if (isSaid(lateFrom)) put(Math.max(received, lateFrom), kinds.overdueEnter);
    return true;
  }
  const end = Math.max(closed, received);
  if (state === handedOver) {
    const handed = batch.handedOver[n] as number;
    put(isSaid(handed) ? handed : updated, kinds.handedOver);
  }
  if (state === withdrawn) put(end, kinds.withdrawn);
  else if (state === rejected) put(end, kinds.rejectedInBase);
  else if (end >= lateFrom) put(end, kinds.resolvedLate);
  else put(end, end < dueDayStart ? kinds.resolvedEarly : kinds.resolvedOnTime);
  const enter = Math.max(received, lateFrom);
  if (enter < end) {
    put(enter, kinds.overdueEnter);
    put(end, kinds.overdueLeave);
  }
  return true;
}

function isSaid(at: number): boolean {
  return !Number.isNaN(at);
}
