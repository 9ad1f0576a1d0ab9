import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, applyActionEvent } from "../../../src/meeting/action.ts";
import { type AgendaFacts, planAgenda, topics } from "../../../src/meeting/agenda.ts";
import type { Incident } from "../../../src/meeting/incident.ts";
import { applyIncidentEvent } from "../../../src/meeting/incident-events.ts";
import { applySessionEvent, findSessionOf, type Session, toSessionId } from "../../../src/meeting/session.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { verbatim } from "../../../src/platform/words.ts";

const hour = 3_600_000;
const at = readInstant("2025-07-03T16:30", vietnamZone) as number;
const since = at - 9 * hour;

interface Shape {
  readonly openedAgo: number;
  readonly dueIn: number | undefined;
  readonly closedAgo: number | undefined;
}

function makeIncident(number: number, { openedAgo, dueIn, closedAgo }: Shape): Incident {
  const due = dueIn === undefined ? undefined : at + dueIn * hour;
  const opened = applyIncidentEvent(
    undefined,
    { kind: "opened", title: `${number}`, category: "people", units: [], due, sources: [] },
    { number, at: at - openedAgo * hour, by: "a" },
  );
  if (closedAgo === undefined) return opened;
  return applyIncidentEvent(opened, { kind: "closed", resolution: "x" }, { number, at: at - closedAgo * hour, by: "a" });
}

const facts: AgendaFacts = {
  since,
  at,
  incidents: [],
  actions: [],
  silent: { state: "known", value: [] },
  causes: { state: "known", value: [] },
  restated: { state: "known", value: { figures: 0, units: 0 } },
  gaps: { state: "known", value: [] },
  zone: vietnamZone,
};

describe("an agenda", () => {
  it("names each difficulty once, under the first topic that it fits, and none that is neither new, late, due nor closed", () => {
    const shape = fc
      .record({
        openedAgo: fc.integer({ min: 0, max: 60 }),
        dueIn: fc.option(fc.integer({ min: -30, max: 60 }), { nil: undefined }),
        closedShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      })
      .map(({ openedAgo, dueIn, closedShare }): Shape => {
        const closedAgo = closedShare === undefined ? undefined : Math.floor(openedAgo * closedShare);
        return { openedAgo, dueIn, closedAgo };
      });
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), (shapes) => {
        const incidents = shapes.map((own, index) => makeIncident(index + 1, own));
        const { items } = planAgenda({ ...facts, incidents });
        // The oracle: a table of the cases, from the numbers the difficulties were made of.
        const expected = shapes.flatMap(({ openedAgo, dueIn, closedAgo }, index) => {
          const ref = `VM-${index + 1}`;
          if (closedAgo !== undefined) return closedAgo < 9 ? [[ref, "closed"]] : [];
          if (dueIn !== undefined && dueIn <= 0) return [[ref, "overdue"]];
          if (openedAgo < 9) return [[ref, "incident"]];
          return dueIn !== undefined && dueIn <= 24 ? [[ref, "due"]] : [];
        });
        expect(new Map(items.map(({ ref, topic }) => [ref, topic]))).toEqual(new Map(expected as [string, string][]));
        expect(items).toHaveLength(expected.length);
        const places = items.map(({ topic }) => topics.indexOf(topic));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it("asks for what earlier days gave, and for what was given today only when it is late", () => {
    const give = (number: number, givenAt: number, due: number | undefined): Action =>
      applyActionEvent(
        undefined,
        { kind: "given", text: `${number}`, owner: "VNPT", due, session: "x" },
        { number, at: givenAt, by: "a" },
      );
    const done = applyActionEvent(give(4, at - 30 * hour, undefined), { kind: "done" }, { number: 4, at, by: "a" });
    const actions = [give(1, at - 30 * hour, undefined), give(2, at - hour, undefined), give(3, at - hour, at - 1), done];
    expect(planAgenda({ ...facts, actions }).items.map(({ ref }) => ref)).toEqual(["VC-3", "VC-1"]);
  });

  it("tells what newly fell silent or broke, leaves out what a difficulty stands for, and says what is not known", () => {
    const cause = (ref: string, openedAgo: number) => ({
      ref,
      inWords: verbatim(ref),
      owner: verbatim("VNPT"),
      openedAt: at - openedAgo * hour,
      isOver: false,
    });
    const opened = applyIncidentEvent(
      undefined,
      { kind: "opened", title: "x", category: "people", units: [], sources: ["episode:1"] },
      { number: 1, at: at - 60 * hour, by: "a" },
    );
    const { items, unknown } = planAgenda({
      ...facts,
      incidents: [opened],
      causes: { state: "known", value: [cause("episode:1", 1), cause("episode:2", 1), cause("episode:3", 20)] },
      silent: {
        state: "known",
        value: [
          { unit: "19753", name: verbatim("Phú Xuân"), isNew: true },
          { unit: "19777", name: verbatim("Vỹ Dạ"), isNew: false },
        ],
      },
      restated: { state: "unknown", reason: verbatim("no source") },
    });
    expect(items.map(({ topic, ref }) => [topic, ref])).toEqual([
      ["cause", "episode:2"],
      ["silent", "19753"],
    ]);
    expect(unknown.map(({ topic }) => topic)).toEqual(["restated"]);
  });
});

describe("a report and its meeting", () => {
  const open = (number: number, time: string, kind: "morning" | "evening", known: readonly Session[]): Session => {
    const when = readInstant(time, vietnamZone) as number;
    const id = toSessionId(kind, when, known, vietnamZone);
    const agenda = { since: 0, at: when, items: [], unknown: [] };
    return applySessionEvent(undefined, { kind: "opened", id, of: kind, present: [], agenda }, { number, at: when, by: "a" });
  };

  it("find each other by kind and day, though figures are read before the meeting begins", () => {
    const all: Session[] = [];
    for (const [time, kind] of [
      ["2025-07-02T16:31", "evening"],
      ["2025-07-03T07:30", "morning"],
      ["2025-07-03T16:33", "evening"],
      ["2025-07-03T19:00", "evening"],
    ] as const)
      all.push(open(all.length + 1, time, kind, all));
    expect(all.map(({ id }) => id)).toEqual([
      "evening-2025-07-02",
      "morning-2025-07-03",
      "evening-2025-07-03",
      "evening-2025-07-03-2",
    ]);
    const find = (kind: string, time: string) =>
      findSessionOf(all, kind, readInstant(time, vietnamZone) as number, vietnamZone)?.id;
    expect(find("evening", "2025-07-03T16:30")).toBe("evening-2025-07-03");
    expect(find("evening", "2025-07-03T17:30")).toBe("evening-2025-07-03");
    expect(find("evening", "2025-07-03T19:00")).toBe("evening-2025-07-03-2");
    // A report of the morning's figures has no minutes of the evening.
    expect(find("evening", "2025-07-03T10:00")).toBeUndefined();
    expect(find("morning", "2025-07-03T16:30")).toBe("morning-2025-07-03");
    // Midnight closes its day.
    expect(find("evening", "2025-07-04T00:00")).toBe("evening-2025-07-03-2");
  });
});
