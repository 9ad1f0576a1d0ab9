import { expect, it } from "vitest";
import { type Action, compareActions, isActionOverdue } from "../../../src/meeting/action.ts";
import { categories, toGroup } from "../../../src/meeting/category.ts";
import { formatAge, formatDeadline, readDeadline } from "../../../src/meeting/deadline.ts";
import { applyIncidentEvent, decideClose } from "../../../src/meeting/incident-events.ts";
import { findSessionOf, type Session, toSessionId } from "../../../src/meeting/session.ts";
import { readInstant, vietnamZone as zone } from "../../../src/platform/time.ts";

const at = (text: string): number => readInstant(text, zone)!;
const hourMs = 3_600_000;

function makeAction(number: number, change: Partial<Action> = {}): Action {
  return {
    ...{ number, text: "x", owner: "VNPT", support: undefined, due: undefined, incident: undefined, session: "s" },
    ...{ state: "open", givenAt: 0, givenBy: "x", changedAt: 0, events: 1, notes: [], ended: undefined },
    ...change,
  };
}

it("an action is overdue from its deadline on, and never once it ended", () => {
  expect([99, 100, 101].map((now) => isActionOverdue(makeAction(1, { due: 100 }), now))).toEqual([false, true, true]);
  expect(isActionOverdue(makeAction(1, { due: 100, state: "done" }), 101)).toBe(false);
  expect(isActionOverdue(makeAction(1), 101)).toBe(false);
});

it("actions stand by deadline, those without one last, and after the open ones what ended, the newest first", () => {
  const ended = (number: number, when: number) =>
    makeAction(number, { state: "done", ended: { at: when, by: "x", result: undefined } });
  const actions = [ended(1, 10), ended(2, 20), makeAction(3), makeAction(4, { due: 200 }), makeAction(5, { due: 100 })];
  expect(actions.sort(compareActions).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
});

it("an age is told in the largest unit that is full, days from two on", () => {
  const told = [0, 59, 60, 119, 120, 2_879, 2_880, 4_320].map((minutes) => formatAge(minutes * 60_000, "en"));
  expect(told).toEqual(["0 minutes", "59 minutes", "1 hour", "1 hour", "2 hours", "47 hours", "2 days", "3 days"]);
  expect(formatAge(2_880 * 60_000, "vi")).toBe("2 ngày");
});

it("a day alone is a deadline to its end, and is shown as that day again", () => {
  const due = readDeadline("2025-07-04", zone)!;
  expect(due).toBe(at("2025-07-05T00:00"));
  expect(formatDeadline(due, zone, "vi")).toBe("04/7/2025");
  expect(formatDeadline(readDeadline("2025-07-04 11:00", zone)!, zone, "vi")).toBe("11:00 04/7/2025");
});

it("the six categories fall into the four groups of dispatch 111/CĐ-TTg", () => {
  expect(Object.fromEntries(categories.map((category) => [category, toGroup(category)]))).toEqual({
    infrastructure: 1,
    software: 2,
    accounts: 2,
    procedures: 3,
    people: 3,
    guidance: 4,
  });
});

const session = (id: string, openedAt: number): Session =>
  ({ id, kind: id.startsWith("morning") ? "morning" : "evening", openedAt }) as Session;

it("a report is of the meeting of its day that was opened by the end of its minute, else of the first soon after", () => {
  const [cut, late] = [at("2025-07-03T16:30"), at("2025-07-03T16:30") + 59_999];
  const find = (known: readonly Session[], asOf = cut) => findSessionOf(known, "evening", asOf, zone)?.id;
  expect(find([session("evening-a", cut - hourMs), session("evening-b", late)])).toBe("evening-b");
  expect(find([session("evening-a", cut - hourMs), session("evening-b", late + 1)])).toBe("evening-a");
  expect(find([session("evening-b", cut + hourMs)])).toBe("evening-b");
  expect(find([session("evening-b", cut + 2 * hourMs)])).toBeUndefined();
  expect(find([session("morning-a", cut)])).toBeUndefined();
  // Midnight closes the day before it.
  expect(find([session("evening-a", cut)], at("2025-07-04T00:00"))).toBe("evening-a");
  expect(find([session("evening-a", cut)], at("2025-07-04T00:01"))).toBeUndefined();
});

it("the second meeting of its kind on a day is told apart", () => {
  const now = at("2025-07-03T16:30");
  const first = session("evening-2025-07-03", now);
  expect(toSessionId("evening", now, [], zone)).toBe("evening-2025-07-03");
  expect(toSessionId("evening", now, [first, session("morning-2025-07-03", now)], zone)).toBe("evening-2025-07-03-2");
  expect(toSessionId("evening", now, [first, session("evening-2025-07-03-2", now)], zone)).toBe("evening-2025-07-03-3");
});

it("a difficulty closed again in the same words is so already; with another lesson it is refused", () => {
  const stamp = { number: 1, at: 0, by: "x" };
  const opening = { kind: "opened", title: "x", category: "software", units: [], sources: [] } as const;
  const close = { resolution: "sửa xong", lesson: "thử trước" };
  const closed = applyIncidentEvent(applyIncidentEvent(undefined, opening, stamp), { kind: "closed", ...close }, stamp);
  expect(decideClose(closed, close)).toBeUndefined();
  expect(() => decideClose(closed, { ...close, lesson: "điều khác" })).toThrow();
});
