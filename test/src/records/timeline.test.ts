import { describe, expect, it } from "vitest";
import { readInstant, toIso, vietnamZone } from "../../../src/platform/time.ts";
import type { KnownObservation } from "../../../src/records/observation.ts";
import { kinds, listPoints } from "../../../src/records/points.ts";
import { createTimeline, type TimelineRules } from "../../../src/records/timeline.ts";

const byDate: TimelineRules = { onTime: "date", dueIncludesPauses: true, offsetSeconds: 25_200 };
const names = new Map(Object.entries(kinds).map(([name, kind]) => [kind, name]));

type Told = Partial<Record<"submitted" | "received" | "due" | "finished" | "handedOver" | "pausedFrom" | "pausedTo", string>> & {
  state: KnownObservation["state"];
  /** When the source changed it. */
  updated: string;
  seq?: number;
  exported?: string;
} & Partial<Pick<KnownObservation, "unit" | "channel">>;

/** `03 10:00` in July 2025. */
function sec(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (readInstant(`2025-07-${text.replace(" ", "T")}`, vietnamZone) as number) / 1000;
}

function observe(told: Told, index: number): KnownObservation {
  const { state, seq = index + 1, unit = "19753", channel = "direct" } = told;
  return {
    unit,
    competentUnit: undefined,
    procedure: "2.000815",
    channel,
    state,
    submitted: sec(told.submitted),
    received: sec(told.received),
    due: sec(told.due),
    finished: sec(told.finished),
    handedOver: sec(told.handedOver),
    pausedFrom: sec(told.pausedFrom),
    pausedTo: sec(told.pausedTo),
    updated: sec(told.updated) as number,
    exported: sec(told.exported) ?? -1,
    seq,
    ord: 1,
  };
}

/** The points of a life, `03 08:00 received`, in order of time. */
function tell(history: readonly Told[], rules = byDate): string[] {
  return listPoints(createTimeline(history.map(observe), rules))
    .sort((a, b) => a.at - b.at || a.kind - b.kind)
    .map(
      ({ at, kind }) =>
        `${toIso(at * 1000, vietnamZone)
          .slice(8, 16)
          .replace("T", " ")} ${names.get(kind)}`,
    );
}

const slip = { received: "03 08:00", due: "04 17:00" };

describe("the timeline of a dossier", () => {
  it("holds an open dossier from its receipt, and its overdue point before that day comes", () => {
    expect(tell([{ ...slip, state: "in_progress", updated: "03 08:05" }])).toEqual([
      "03 08:00 received",
      "05 00:00 overdueEnter",
    ]);
  });

  it("judges a result by its day: before the appointed day early, on it on time to its last minute, after it late", () => {
    const end = (finished: string) => tell([{ ...slip, finished, state: "resolved", updated: "09 08:00" }]);
    expect(end("03 16:00")).toEqual(["03 08:00 received", "03 16:00 resolvedEarly"]);
    expect(end("04 23:59")).toEqual(["03 08:00 received", "04 23:59 resolvedOnTime"]);
    expect(end("05 00:00")).toEqual(["03 08:00 received", "05 00:00 resolvedLate"]);
    expect(end("07 09:00")).toEqual([
      "03 08:00 received",
      "05 00:00 overdueEnter",
      "07 09:00 resolvedLate",
      "07 09:00 overdueLeave",
    ]);
  });

  it("judges lateness to the second under the rule by instant, and a result of the appointed day as on time, of a day before as early", () => {
    const rules: TimelineRules = { ...byDate, onTime: "instant" };
    const end = (finished: string) => tell([{ ...slip, finished, state: "resolved", updated: "09 08:00" }], rules);
    expect(end("03 23:59")[1]).toBe("03 23:59 resolvedEarly");
    expect(end("04 00:00")[1]).toBe("04 00:00 resolvedOnTime");
    expect(end("04 17:00")[1]).toBe("04 17:00 resolvedOnTime");
    expect(end("04 17:01")).toEqual([
      "03 08:00 received",
      "04 17:00 overdueEnter",
      "04 17:01 resolvedLate",
      "04 17:01 overdueLeave",
    ]);
  });

  it("takes a result without an appointment as on time, and a closing without its instant at the row's update", () => {
    expect(tell([{ received: "03 08:00", state: "resolved", updated: "03 11:00" }])).toEqual([
      "03 08:00 received",
      "03 11:00 resolvedOnTime",
    ]);
  });

  it("never ends before it began: a date without time is midnight", () => {
    expect(tell([{ ...slip, finished: "03 00:00", state: "resolved", updated: "03 11:00" }])).toEqual([
      "03 08:00 received",
      "03 08:00 resolvedEarly",
    ]);
  });

  it("reopens: the old closing stays true, the second life starts at the update", () => {
    const history: Told[] = [
      { ...slip, finished: "03 10:00", state: "resolved", updated: "03 10:00" },
      { ...slip, state: "in_progress", updated: "03 14:00" },
      { ...slip, finished: "04 09:00", state: "resolved", updated: "04 09:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 10:00 resolvedEarly",
      "03 14:00 reopened",
      "04 09:00 resolvedOnTime",
    ]);
  });

  it("takes a closing of what is closed as a correction of its end and kind", () => {
    const history: Told[] = [
      { ...slip, finished: "03 10:00", state: "resolved", updated: "03 10:00" },
      { ...slip, finished: "03 11:30", state: "withdrawn", updated: "03 15:00" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "03 11:30 withdrawn"]);
  });

  it("does not make a unit late by the citizen who collects late", () => {
    const history: Told[] = [
      { ...slip, finished: "04 16:00", state: "resolved", updated: "04 16:00" },
      { ...slip, state: "handed_over", handedOver: "09 09:00", updated: "09 09:01" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "04 16:00 resolvedOnTime", "09 09:00 handedOver"]);
    expect(tell([{ ...slip, finished: "04 16:00", state: "handed_over", handedOver: "09 09:00", updated: "09 09:01" }])).toEqual([
      "03 08:00 received",
      "04 16:00 resolvedOnTime",
      "09 09:00 handedOver",
    ]);
  });

  it("cuts pauses out, from the source's own dates where it gives them, else from its updates", () => {
    const history: Told[] = [
      { ...slip, state: "in_progress", updated: "03 08:05" },
      { ...slip, state: "supplement", updated: "03 09:00" },
      { ...slip, state: "in_progress", updated: "03 15:00" },
      { ...slip, state: "fee", pausedFrom: "03 15:30", updated: "03 16:00" },
      { ...slip, state: "in_progress", pausedFrom: "03 15:30", pausedTo: "04 08:00", updated: "04 09:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 09:00 supplementEnter",
      "03 15:00 supplementLeave",
      "03 15:30 feeEnter",
      "04 08:00 feeLeave",
      "05 00:00 overdueEnter",
    ]);
  });

  it("ends a pause with the closing, even when its end was never seen", () => {
    const history: Told[] = [
      { ...slip, state: "supplement", updated: "03 09:00" },
      { ...slip, state: "withdrawn", finished: "03 14:00", updated: "03 16:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 09:00 supplementEnter",
      "03 14:00 withdrawn",
      "03 14:00 supplementLeave",
    ]);
  });

  it("counts a pause as overdue only if the dossier was overdue when it began, each of two that touch by its own start", () => {
    const history: Told[] = [
      { ...slip, state: "supplement", updated: "04 10:00" },
      { ...slip, state: "fee", updated: "05 10:00" },
      { ...slip, state: "in_progress", updated: "06 10:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "04 10:00 supplementEnter",
      "05 10:00 supplementLeave",
      "05 10:00 feeEnter",
      "05 10:00 overduePausedEnter",
      "06 10:00 overdueEnter",
      "06 10:00 feeLeave",
      "06 10:00 overduePausedLeave",
    ]);
  });

  it("does not count a pause as overdue that begins in the very second from which a result is late", () => {
    const history: Told[] = [
      { ...slip, state: "in_progress", updated: "03 09:00" },
      { ...slip, state: "fee", updated: "05 00:00" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "05 00:00 feeEnter"]);
  });

  it("takes the dates of a pause that come later, and lets a foretold end give way to what happened", () => {
    const seen: Told = { ...slip, state: "supplement", updated: "03 09:00" };
    const later: Told = { ...slip, state: "in_progress", pausedFrom: "03 08:30", pausedTo: "03 11:00", updated: "03 12:00" };
    const dated = ["03 08:00 received", "03 08:30 supplementEnter", "03 11:00 supplementLeave", "05 00:00 overdueEnter"];
    expect(tell([seen, later])).toEqual(dated);
    expect(tell([seen, { ...slip, state: "in_progress", updated: "03 12:00" }, { ...later, updated: "03 14:00" }])).toEqual(
      dated,
    );
    const foretold: Told = { ...slip, state: "supplement", pausedFrom: "03 09:00", pausedTo: "04 17:00", updated: "03 09:05" };
    const end = (...next: Told[]) => tell([foretold, ...next]).find((line) => line.endsWith("supplementLeave"));
    expect(end()).toBe("04 17:00 supplementLeave");
    expect(end({ ...slip, state: "in_progress", updated: "03 12:00" })).toBe("03 12:00 supplementLeave");
    expect(end({ ...slip, state: "fee", updated: "03 13:00" })).toBe("03 13:00 supplementLeave");
    expect(end({ ...slip, state: "fee", updated: "04 18:00" })).toBe("04 17:00 supplementLeave");
    expect(end({ ...foretold, pausedTo: "03 18:00", updated: "03 10:00" })).toBe("03 18:00 supplementLeave");
    expect(end({ ...foretold, pausedTo: undefined, updated: "03 10:00" })).toBeUndefined();
    expect(end({ ...slip, state: "supplement", updated: "03 10:00" })).toBe("04 17:00 supplementLeave");
    expect(end({ ...slip, state: "supplement", pausedTo: "04 09:00", updated: "03 10:00" })).toBe("04 09:00 supplementLeave");
    expect(end({ ...slip, state: "resolved", finished: "06 09:00", updated: "06 09:00" })).toBe("04 17:00 supplementLeave");
    expect(end({ ...slip, state: "resolved", finished: "04 09:00", updated: "04 09:00" })).toBe("04 09:00 supplementLeave");
    expect(end({ ...foretold, state: "in_progress", pausedTo: "03 11:00", updated: "03 12:00" })).toBe(
      "03 11:00 supplementLeave",
    );
    expect(end({ ...foretold, state: "in_progress", pausedTo: "05 08:00", updated: "05 09:00" })).toBe(
      "05 08:00 supplementLeave",
    );
  });

  it("does not take the dates of an earlier pause for those of the one that lasts", () => {
    const old = { pausedFrom: "03 09:00", pausedTo: "03 10:00" };
    const history: Told[] = [
      { ...slip, state: "supplement", pausedFrom: "03 09:00", updated: "03 09:00" },
      { ...slip, ...old, state: "in_progress", updated: "03 10:00" },
      { ...slip, state: "fee", updated: "03 14:00" },
      { ...slip, ...old, state: "in_progress", updated: "03 16:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 09:00 supplementEnter",
      "03 10:00 supplementLeave",
      "03 14:00 feeEnter",
      "03 16:00 feeLeave",
      "05 00:00 overdueEnter",
    ]);
  });

  it("takes an end of before the beginning for one that was left standing: the pause lasts", () => {
    const paused = (dates: Partial<Told>): Told => ({ ...slip, ...dates, state: "supplement", updated: "03 12:00" });
    const lines = (...history: Told[]) => tell(history).filter((line) => line.includes("supplement"));
    expect(lines(paused({ pausedFrom: "03 12:00", pausedTo: "03 09:00" }))).toEqual(["03 12:00 supplementEnter"]);
    expect(lines(paused({ pausedTo: "03 09:00" }))).toEqual(["03 12:00 supplementEnter"]);
    const again = { ...paused({ pausedFrom: "03 12:00", pausedTo: "03 09:00" }), updated: "03 13:00" };
    expect(lines(paused({ pausedFrom: "03 12:00" }), again)).toEqual(["03 12:00 supplementEnter"]);
    expect(lines(paused({ pausedFrom: "03 12:00" }), { ...again, state: "in_progress", updated: "03 15:00" })).toEqual([
      "03 12:00 supplementEnter",
      "03 15:00 supplementLeave",
    ]);
  });

  it("lets a pause last to the closing, also where the closing is corrected to a later instant", () => {
    const history: Told[] = [
      { ...slip, state: "stopped", updated: "03 09:00" },
      { ...slip, state: "rejected", finished: "03 14:00", updated: "03 14:00" },
      { ...slip, state: "rejected", finished: "03 15:00", updated: "03 16:00" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 09:00 stoppedEnter",
      "03 15:00 rejectedInBase",
      "03 15:00 stoppedLeave",
    ]);
  });

  it("counts a pause once that is told again with other dates when it moves the appointment", () => {
    const history: Told[] = [
      { ...slip, state: "supplement", pausedFrom: "03 12:00", pausedTo: "05 12:00", updated: "03 12:00" },
      { ...slip, state: "in_progress", pausedFrom: "03 13:00", pausedTo: "04 13:00", updated: "04 13:00" },
    ];
    // 24 hours, not 24 and 48: from the 4th, 17:00 to the 5th, 17:00.
    expect(tell(history, { ...byDate, dueIncludesPauses: false }).at(-1)).toBe("06 00:00 overdueEnter");
    const again: Told = { ...slip, state: "fee", pausedFrom: "04 15:00", pausedTo: "05 15:00", updated: "05 15:00" };
    expect(tell([...history, again], { ...byDate, dueIncludesPauses: false }).at(-1)).toBe("07 00:00 overdueEnter");
    // One that begins where the other ends is another one.
    const next: Told = { ...slip, state: "fee", pausedFrom: "04 13:00", pausedTo: "05 13:00", updated: "05 15:00" };
    expect(tell([...history, next], { ...byDate, dueIncludesPauses: false }).at(-1)).toBe("07 00:00 overdueEnter");
    const before: Told = { ...slip, state: "fee", pausedFrom: "03 11:00", pausedTo: "03 13:00", updated: "05 15:00" };
    expect(tell([...history, before], { ...byDate, dueIncludesPauses: false }).at(-1)).toBe("06 00:00 overdueEnter");
  });

  it("moves the appointment by a pause only where the source gives both dates and does not move it itself", () => {
    const pause = { pausedFrom: "03 12:00", pausedTo: "05 12:00" };
    const history: Told[] = [
      { ...slip, state: "supplement", pausedFrom: "03 12:00", updated: "03 12:00" },
      { ...slip, ...pause, state: "resolved", finished: "06 09:00", updated: "06 09:00" },
    ];
    for (const dates of [{ pausedFrom: "03 12:00" }, { pausedTo: "05 12:00" }]) {
      const one: Told[] = [{ ...slip, ...dates, state: "in_progress", updated: "05 13:00" }];
      expect(tell(one, { ...byDate, dueIncludesPauses: false })).toEqual(["03 08:00 received", "05 00:00 overdueEnter"]);
    }
    expect(tell(history).at(-2)).toBe("06 09:00 resolvedLate");
    expect(tell(history, { ...byDate, dueIncludesPauses: false }).at(-1)).toBe("06 09:00 resolvedOnTime");
  });

  it("counts a submission as pending until accepted, even if first seen accepted, and never as received when refused", () => {
    expect(tell([{ ...slip, submitted: "03 06:30", state: "in_progress", updated: "03 08:05" }]).slice(0, 3)).toEqual([
      "03 06:30 pendingEnter",
      "03 08:00 received",
      "03 08:00 pendingLeave",
    ]);
    const refused: Told[] = [
      { submitted: "03 06:30", state: "pending", updated: "03 06:31" },
      { submitted: "03 06:30", state: "refused", updated: "03 09:00" },
    ];
    expect(tell(refused)).toEqual(["03 06:30 pendingEnter", "03 09:00 pendingLeave", "03 09:00 refusedAtIntake"]);
    expect(tell([{ state: "pending", updated: "03 06:31" }])).toEqual(["03 06:31 pendingEnter"]);
  });

  it("refuses when the source says that it was finished, no earlier than it was submitted, and a correction moves that", () => {
    const sent: Told = { submitted: "03 06:30", state: "pending", updated: "03 06:31" };
    const refuse = (finished: string | undefined, updated: string): Told => ({
      submitted: "03 06:30",
      state: "refused",
      ...(finished === undefined ? {} : { finished }),
      updated,
    });
    const at = (instant: string): string[] => ["03 06:30 pendingEnter", `${instant} pendingLeave`, `${instant} refusedAtIntake`];
    expect(tell([sent, refuse("03 09:00", "05 01:00")])).toEqual(at("03 09:00"));
    expect(tell([sent, refuse("03 00:00", "05 01:00")])).toEqual(["03 06:30 refusedAtIntake"]);
    expect(tell([sent, refuse(undefined, "04 01:00"), refuse("03 09:00", "05 01:00")])).toEqual(at("03 09:00"));
    expect(tell([sent, refuse("03 09:00", "04 01:00"), refuse(undefined, "05 01:00")])).toEqual(at("03 09:00"));
  });

  it("counts a refusal after acceptance inside the base, as returned", () => {
    const history: Told[] = [
      { ...slip, state: "in_progress", updated: "03 08:05" },
      { ...slip, state: "refused", updated: "03 13:00" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "03 13:00 rejectedInBase"]);
  });

  it("fills a gap from a stale export, whatever the order of arrival", () => {
    const morning: Told = { ...slip, state: "supplement", updated: "03 09:00" };
    const noon: Told = { ...slip, state: "in_progress", updated: "03 12:00" };
    expect(tell([noon, morning])).toEqual(tell([morning, noon]));
    expect(tell([noon, morning])).toContain("03 09:00 supplementEnter");
  });

  it("leaves out the loser of two rows with one update: the older export, then the earlier import", () => {
    const one: Told = { ...slip, state: "in_progress", updated: "03 09:00", exported: "03 12:00" };
    const other: Told = { ...slip, state: "withdrawn", finished: "03 09:00", updated: "03 09:00", exported: "03 11:00" };
    expect(tell([one, other])).toEqual(["03 08:00 received", "05 00:00 overdueEnter"]);
    expect(tell([one, { ...other, exported: "03 12:00" }])).toEqual(["03 08:00 received", "03 09:00 withdrawn"]);
  });

  it("takes unit, channel and dates of the last row for the whole life", () => {
    const history: Told[] = [
      { ...slip, state: "in_progress", updated: "03 09:00" },
      { ...slip, received: "03 07:30", unit: "19777", channel: "online", state: "in_progress", updated: "03 10:00" },
    ];
    const timeline = createTimeline(history.map(observe), byDate);
    expect([timeline.unit, timeline.channel]).toEqual(["19777", "online"]);
    expect(tell(history)[0]).toBe("03 07:30 received");
  });

  it("judges a result of the first second of the appointed day as on time", () => {
    expect(tell([{ ...slip, finished: "04 00:00", state: "resolved", updated: "04 00:10" }])).toEqual([
      "03 08:00 received",
      "04 00:00 resolvedOnTime",
    ]);
  });

  it("opens a dossier again no earlier than it was closed, whatever the row says", () => {
    const due = "09 17:00";
    const history: Told[] = [
      { ...slip, due, finished: "06 09:00", state: "resolved", updated: "05 08:00" },
      { ...slip, due, state: "in_progress", updated: "05 12:00" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "06 09:00 resolvedEarly", "06 09:00 reopened", "10 00:00 overdueEnter"]);
  });

  it("keeps the end for a citizen who collects late only where there was a result", () => {
    const history: Told[] = [
      { ...slip, finished: "03 10:00", state: "withdrawn", updated: "03 10:30" },
      { ...slip, state: "handed_over", updated: "03 15:00" },
    ];
    expect(tell(history)).toEqual(["03 08:00 received", "03 15:00 resolvedEarly", "03 15:00 handedOver"]);
  });

  it("counts a refusal before acceptance at intake alone", () => {
    const history: Told[] = [
      { submitted: "03 07:00", state: "refused", updated: "03 07:30" },
      { ...slip, submitted: "03 07:00", state: "in_progress", updated: "03 08:05" },
    ];
    expect(tell(history)).toEqual([
      "03 07:00 pendingEnter",
      "03 07:30 pendingLeave",
      "03 07:30 refusedAtIntake",
      "03 08:00 received",
      "05 00:00 overdueEnter",
    ]);
  });

  it("knows no waiting, and no pause, of no length", () => {
    const open: Told = { ...slip, submitted: "03 08:00", state: "in_progress", updated: "03 08:05" };
    expect(tell([open])).toEqual(["03 08:00 received", "05 00:00 overdueEnter"]);
    const empty: Told = { ...slip, state: "supplement", pausedFrom: "03 10:00", pausedTo: "03 10:00", updated: "03 10:05" };
    expect(tell([empty])).toEqual(["03 08:00 received", "05 00:00 overdueEnter"]);
  });

  it("lets a pause begin where the one before it ends", () => {
    const history: Told[] = [
      { ...slip, state: "supplement", pausedFrom: "03 09:00", pausedTo: "03 12:00", updated: "03 12:30" },
      { ...slip, state: "fee", pausedFrom: "03 11:00", pausedTo: "03 14:00", updated: "03 14:30" },
    ];
    expect(tell(history)).toEqual([
      "03 08:00 received",
      "03 09:00 supplementEnter",
      "03 12:00 supplementLeave",
      "03 12:00 feeEnter",
      "03 14:00 feeLeave",
      "05 00:00 overdueEnter",
    ]);
  });
});
