import { expect, it } from "vitest";
import { type Kind, kinds } from "../../../src/records/points.ts";
import { toFigures } from "../../../src/records/to-figures.ts";

/** Another number for every kind and channel, so that no two sums of them are alike by chance. */
function createSums(factor: number) {
  const n = (kind: Kind, channel: number): number =>
    factor ** 3 * 7 ** (kind % 4) * 11 ** (kind % 3) + 1000 * kind * factor + channel;
  return (unit: string, kind: Kind, channel?: number): number =>
    unit !== "19753" ? 0 : channel === undefined ? n(kind, 0) + n(kind, 1) + n(kind, 2) : n(kind, channel);
}

it("every column is the sum of the kinds that the definitions name, at the end or between the ends", () => {
  const [before, until] = [createSums(2), createSums(5)];
  const p = (name: keyof typeof kinds): number => before("19753", kinds[name]);
  const t = (name: keyof typeof kinds): number => until("19753", kinds[name]);
  const d = (name: keyof typeof kinds): number => t(name) - p(name);
  const channel = (place: number): number => until("19753", kinds.received, place) - before("19753", kinds.received, place);
  const base = (f: (name: keyof typeof kinds) => number): number =>
    f("received") +
    f("reopened") -
    (f("resolvedEarly") + f("resolvedOnTime") + f("resolvedLate") + f("rejectedInBase") + f("withdrawn"));
  const supplement = t("supplementEnter") - t("supplementLeave");
  const fee = t("feeEnter") - t("feeLeave");
  const stopped = t("stoppedEnter") - t("stoppedLeave");
  const paused = supplement + fee + stopped;
  const overdue = t("overdueEnter") - t("overdueLeave");
  const figures = toFigures("19753", { get: before }, { get: until });
  expect(figures).toEqual({
    carriedOver: base(p),
    received: { total: d("received"), online: channel(0), direct: channel(1), post: channel(2) },
    reopened: d("reopened"),
    resolved: {
      total: d("resolvedEarly") + d("resolvedOnTime") + d("resolvedLate"),
      early: d("resolvedEarly"),
      onTime: d("resolvedOnTime"),
      late: d("resolvedLate"),
    },
    inProgress: { total: base(t) - paused, within: base(t) - paused - overdue, overdue },
    paused: { total: paused, supplement, fee, stopped, overdue: t("overduePausedEnter") - t("overduePausedLeave") },
    returned: {
      total: d("withdrawn") + d("rejectedInBase"),
      withdrawn: d("withdrawn"),
      rejectedInBase: d("rejectedInBase"),
    },
    pendingIntake: t("pendingEnter") - t("pendingLeave"),
    refusedAtIntake: d("refusedAtIntake"),
    resultHandedOver: d("handedOver"),
  });
  const { carriedOver, received, reopened, resolved, inProgress, returned } = figures;
  expect(carriedOver + received.total + reopened).toBe(resolved.total + inProgress.total + figures.paused.total + returned.total);
});
