import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareUrgency, type Incident, isOpen, isOverdue } from "../../../src/meeting/incident.ts";
import {
  applyIncidentEvent,
  type Decision,
  decideAssign,
  decideClose,
  decideOpen,
  decideReopen,
  decideTried,
  decideUpdate,
  findSame,
  type Opening,
} from "../../../src/meeting/incident-events.ts";
import { foldIncidents, type IncidentHistory } from "../../../src/meeting/incident-store.ts";
import { Failure } from "../../../src/platform/failure.ts";

/**
 * The oracle: what a clerk with a sheet of paper keeps. A line a difficulty, with who has it, whether it is crossed out, which units and causes
 * stand on it; he knows nothing of events.
 */
interface Line {
  owner: string | undefined;
  due: number | undefined;
  units: Set<string>;
  causes: Set<string>;
  crossed: string | undefined;
  again: number;
}

const causes = ["cause:carprov VNPT/46", "cause:system dossiers", "gap:27004"];
const units = ["19753", "19774", "19777"];
const owners = ["VNPT", "Viettel", "HueCIT"];

type Order =
  | { readonly do: "open"; readonly cause: string; readonly unit: string; readonly owner: string | undefined }
  | { readonly do: "assign"; readonly line: number; readonly owner: string; readonly due: number | undefined }
  | { readonly do: "widen"; readonly line: number; readonly unit: string }
  | { readonly do: "try"; readonly line: number }
  | { readonly do: "close"; readonly line: number; readonly how: string }
  | { readonly do: "reopen"; readonly line: number };

const line = fc.nat({ max: 3 });
const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    do: fc.constant("open" as const),
    cause: fc.constantFrom(...causes),
    unit: fc.constantFrom(...units),
    owner: fc.option(fc.constantFrom(...owners), { nil: undefined }),
  }),
  fc.record({
    do: fc.constant("assign" as const),
    line,
    owner: fc.constantFrom(...owners),
    due: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  }),
  fc.record({ do: fc.constant("widen" as const), line, unit: fc.constantFrom(...units) }),
  fc.record({ do: fc.constant("try" as const), line }),
  fc.record({ do: fc.constant("close" as const), line, how: fc.constantFrom("mended", "line changed") }),
  fc.record({ do: fc.constant("reopen" as const), line }),
);

function toOpening({ cause, unit, owner }: Extract<Order, { do: "open" }>): Opening {
  return { title: `about ${cause}`, category: "software", units: [unit], owner, sources: [cause] };
}

/** Answers with whether the clerk refuses. */
function writeOnPaper(paper: Line[], step: Order): boolean {
  if (step.do === "open") {
    const known = paper.find(({ causes: own, crossed }) => crossed === undefined && own.has(step.cause));
    if (known) known.units.add(step.unit);
    else
      paper.push({
        owner: step.owner,
        due: undefined,
        units: new Set([step.unit]),
        causes: new Set([step.cause]),
        crossed: undefined,
        again: 0,
      });
    return false;
  }
  const own = paper[step.line];
  if (!own) return true;
  if (step.do === "reopen") {
    if (own.crossed === undefined) return false;
    // One open line for a cause.
    if (paper.some(({ causes: others, crossed }) => crossed === undefined && [...others].some((one) => own.causes.has(one))))
      return true;
    own.again++;
    own.crossed = undefined;
    return false;
  }
  if (step.do === "close") {
    if (own.crossed !== undefined) return own.crossed !== step.how;
    own.crossed = step.how;
    return false;
  }
  if (own.crossed !== undefined) return true;
  if (step.do === "assign") Object.assign(own, { owner: step.owner, due: step.due ?? own.due });
  if (step.do === "widen") own.units.add(step.unit);
  return false;
}

function decide(
  incidents: readonly Incident[],
  step: Order,
): { readonly number: number; readonly decisions: readonly Decision[] } {
  if (step.do === "open") {
    const same = findSame(incidents, toOpening(step));
    return { number: same?.number ?? incidents.length + 1, decisions: decideOpen(same, toOpening(step), "again") };
  }
  const own = incidents[step.line];
  if (!own) throw new Failure("invalid", { vi: "", en: "" });
  const one = {
    assign: (): Decision => (step.do === "assign" ? decideAssign(own, step) : undefined),
    widen: (): Decision => (step.do === "widen" ? decideUpdate(own, { units: [step.unit] }) : undefined),
    try: (): Decision => decideTried(own, "restarted"),
    close: (): Decision => (step.do === "close" ? decideClose(own, { resolution: step.how }) : undefined),
    reopen: (): Decision => decideReopen(own, "not over", incidents),
  }[step.do]();
  return { number: own.number, decisions: [one] };
}

describe("an incident", () => {
  it("is after any orders what a clerk with a sheet of paper has, and refuses when he does", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), (orders) => {
        const paper: Line[] = [];
        const history: IncidentHistory[number][] = [];
        for (const [at, step] of orders.entries()) {
          const known = foldIncidents(history);
          let refused = false;
          try {
            const { number, decisions } = decide(known, step);
            for (const decision of decisions) {
              if (!decision) continue;
              const nth = history.filter((event) => event.number === number).length + 1;
              history.push({ number, nth, at, by: "desk", event: decision.event });
            }
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
            refused = true;
          }
          expect(refused).toBe(writeOnPaper(paper, step));
        }
        const now = foldIncidents(history);
        expect(
          now.map(({ owner, due, units: own, sources, state, closed, reopened }) => ({
            ...{ owner, due, units: [...own], causes: [...sources], crossed: closed?.resolution, again: reopened },
            state,
          })),
        ).toEqual(
          paper.map(({ owner, due, units: own, causes: refs, crossed, again }) => ({
            ...{ owner, due, units: [...own].sort(), causes: [...refs], crossed, again },
            state: crossed !== undefined ? "closed" : owner === undefined ? "unassigned" : "assigned",
          })),
        );
        // At most one open incident of a cause, whatever was ordered.
        for (const cause of causes)
          expect(now.filter((one) => isOpen(one) && one.sources.includes(cause)).length).toBeLessThan(2);
        // As it stood at any moment is what had happened by then.
        const middle = Math.floor(orders.length / 2);
        expect(foldIncidents(history.filter(({ at }) => at <= middle)).length).toBeLessThanOrEqual(now.length);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same one when the occurrence it was closed for goes on, and another one when the cause comes back later", () => {
    const opening: Opening = {
      title: "line down",
      category: "infrastructure",
      units: ["19777"],
      sources: ["episode:4", "cause:ward 19777"],
    };
    const opened = applyIncidentEvent(undefined, { kind: "opened", ...opening }, { number: 1, at: 10, by: "a" });
    const closed = applyIncidentEvent(opened, { kind: "closed", resolution: "mended" }, { number: 1, at: 20, by: "a" });
    expect(findSame([closed], opening)?.number).toBe(1);
    expect(decideOpen(closed, opening, "still on").map((decision) => decision?.event.kind)).toEqual(["reopened"]);
    expect(findSame([closed], { ...opening, sources: ["episode:9", "cause:ward 19777"] })).toBeUndefined();
  });

  it("written by hand with the same words is not doubled, whichever way its tones are placed", () => {
    const opening: Opening = { title: "Máy quét hỏng ở Hòa An", category: "infrastructure", units: ["19777"], sources: [] };
    const opened = applyIncidentEvent(undefined, { kind: "opened", ...opening }, { number: 1, at: 10, by: "a" });
    expect(findSame([opened], { ...opening, title: "máy quét hỏng ở Hoà An" })?.number).toBe(1);
    expect(findSame([opened], { ...opening, units: ["19774"] })).toBeUndefined();
  });

  it("stands in the list by urgency: overdue first, the longest overdue before all", () => {
    const make = (number: number, due: number | undefined, isClosed = false): Incident => {
      const opened = applyIncidentEvent(
        undefined,
        { kind: "opened", title: `${number}`, category: "people", units: [], due, sources: [] },
        { number, at: number, by: "a" },
      );
      return isClosed ? applyIncidentEvent(opened, { kind: "closed", resolution: "x" }, { number, at: 50, by: "a" }) : opened;
    };
    const all = [make(1, undefined), make(2, 200), make(3, 90), make(4, 20), make(5, 10, true)];
    expect([...all].sort((a, b) => compareUrgency(a, b, 100)).map(({ number }) => number)).toEqual([4, 3, 2, 1, 5]);
    expect(all.filter((one) => isOverdue(one, 100)).map(({ number }) => number)).toEqual([3, 4]);
    expect(isOverdue(make(6, 100), 99)).toBe(false);
    expect(isOverdue(make(6, 100), 100)).toBe(true);
  });
});
