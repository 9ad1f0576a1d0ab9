import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideReadiness } from "../../../src/readiness/decide-readiness.ts";
import type {
  AccountFact,
  CanaryFact,
  EndpointFact,
  ReadinessRules,
  RecordsFact,
  SigningFact,
  UnitFacts,
} from "../../../src/readiness/facts.ts";
import { type Dimension, dimensions, type Verdict } from "../../../src/readiness/readiness.ts";

const now = 1_751_500_000_000;
const hour = 3_600_000;
const rules: ReadinessRules = {
  at: now,
  freshMs: { accounts: 10 * hour, endpoints: 5 * hour, canary: 20 * hour },
  counted: dimensions,
  roster: "roster.csv",
};

/** A unit at which everything is well. */
const well: UnitFacts = {
  code: "27004",
  staff: 3,
  accounts: [{ system: "documents", account: "CB1", name: "Trần Thị Lan", state: "present", seenAt: now - hour }],
  departments: [{ system: "documents", account: "27004/x/unit", name: "Văn phòng", state: "present", seenAt: now - hour }],
  signing: [],
  endpoints: [
    {
      system: "documents",
      state: "pass",
      at: now - hour,
      reason: undefined,
      layer: undefined,
      meaning: undefined,
      maintenance: false,
    },
  ],
  canaries: [{ system: "documents", at: now - hour, failedAt: undefined }],
  records: { covered: true, looked: true, state: "reporting", lastDeliveryAt: now - hour, warnings: [], command: "wardctl sync" },
  contact: { carrier: "VNPT", phones: ["0000"], onDuty: [], hasDuties: false },
};

const age = fc.constantFrom(undefined, 0, 1, 4, 5, 6, 9, 10, 11, 19, 20, 21);
const instant = age.map((hours) => (hours === undefined ? undefined : now - hours * hour));
const system = fc.constantFrom("documents", "dossiers");
const account: fc.Arbitrary<AccountFact> = fc.record({
  system,
  account: fc.constantFrom("CB1", "CB2"),
  name: fc.constant("Lê Văn Bình"),
  state: fc.constantFrom("present", "missing", "disabled", "unknown"),
  seenAt: instant,
});
const maybe = <T>(list: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly T[] | undefined> =>
  fc.option(list, { nil: undefined, freq: 6 });
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.array(one, { maxLength: 3 });
const signing: fc.Arbitrary<SigningFact> = fc.record({
  kind: fc.constantFrom("nobody", "grant", "single", "unknown"),
  code: fc.constantFrom("DEL-NOT-CARRIED", "EVID-NONE", "ISS-SEAL-NONE"),
  owner: fc.constantFrom("ward", "province-it"),
  docTypes: fc.constant(["cong-van"]),
  who: fc.option(fc.constant("CB1"), { nil: undefined }),
  meaning: fc.constant({ vi: "x", en: "x" }),
});
const endpoint: fc.Arbitrary<EndpointFact> = fc.record({
  system,
  state: fc.constantFrom("pass", "fail", "unknown", "untested"),
  at: instant,
  reason: fc.constantFrom(undefined, "net.timeout", "http.slow"),
  layer: fc.constantFrom(undefined, "network", "http"),
  meaning: fc.constant(undefined),
  maintenance: fc.boolean(),
});
const canary: fc.Arbitrary<CanaryFact> = fc.record({ system, at: instant, failedAt: fc.constantFrom(undefined, "arrive") });
const records: fc.Arbitrary<RecordsFact> = fc.record({
  covered: fc.boolean(),
  looked: fc.boolean(),
  state: fc.constantFrom("reporting", "zero", "stale", "silent"),
  lastDeliveryAt: instant,
  warnings: few(fc.record({ code: fc.constant("W-ORDER"), count: fc.constant(2), attention: fc.boolean() })),
  command: fc.constant("wardctl sync"),
});
const contact = fc.record({
  carrier: fc.constantFrom(undefined, "VNPT"),
  phones: few(fc.constant("0000")),
  onDuty: few(fc.record({ name: fc.constant("An"), phone: fc.constantFrom(undefined, "0000") })),
  hasDuties: fc.boolean(),
});
const facts: fc.Arbitrary<UnitFacts> = fc.record({
  code: fc.constant("27004"),
  staff: fc.constantFrom(0, 5),
  accounts: maybe(few(account)),
  departments: maybe(few(account)),
  signing: maybe(few(signing)),
  endpoints: maybe(few(endpoint)),
  canaries: few(canary),
  records: fc.option(records, { nil: undefined, freq: 6 }),
  contact: fc.oneof(contact, fc.constant(undefined), fc.constant("no-list" as const)),
});

/** The rules again, written as what a person in the meeting would ask: is something known to be wrong, is something not known? */
const isOld = (seenAt: number | undefined, hours: number): boolean => seenAt === undefined || seenAt < now - hours * hour;
const wrong: Record<Dimension, (unit: UnitFacts) => boolean> = {
  accounts: ({ staff, accounts }) => staff > 0 && hasFault(accounts),
  departments: ({ departments }) => hasFault(departments),
  signing: ({ staff, signing: own }) => staff > 0 && (own ?? []).some(({ kind }) => kind === "nobody" || kind === "grant"),
  endpoints: ({ endpoints, canaries }) =>
    (endpoints?.length ?? 0) > 0 &&
    ((endpoints ?? []).some(({ state, at, maintenance }) => state === "fail" && !maintenance && !isOld(at, 5)) ||
      canaries.some(({ at, failedAt }) => failedAt !== undefined && !isOld(at, 20))),
  records: ({ records: own }) =>
    own?.covered === true &&
    own.looked &&
    (own.state === "stale" || own.state === "silent" || own.warnings.some((warning) => warning.attention)),
  contacts: ({ contact: own }) =>
    own !== "no-list" && (own === undefined || (own.phones.length === 0 && own.onDuty.every(({ phone }) => phone === undefined))),
};
const open: Record<Dimension, (unit: UnitFacts) => boolean> = {
  accounts: ({ staff, accounts }) => accounts === undefined || staff === 0 || hasDoubt(accounts),
  departments: ({ departments }) => departments === undefined || hasDoubt(departments),
  signing: ({ staff, signing: own }) => own === undefined || staff === 0 || own.some(({ kind }) => kind === "unknown"),
  endpoints: ({ endpoints, canaries }) =>
    endpoints === undefined ||
    endpoints.length === 0 ||
    endpoints.some(
      ({ state, at, maintenance }) =>
        state === "untested" || state === "unknown" || isOld(at, 5) || (state === "fail" && maintenance),
    ) ||
    canaries.some(({ at }) => isOld(at, 20)),
  records: ({ records: own }) => own === undefined || !own.covered || !own.looked,
  contacts: ({ contact: own }) => own === "no-list",
};

function hasFault(list: readonly AccountFact[] | undefined): boolean {
  return (list ?? []).some(({ state, seenAt }) => (state === "missing" || state === "disabled") && !isOld(seenAt, 10));
}

function hasDoubt(list: readonly AccountFact[]): boolean {
  return list.some(({ state, seenAt }) => state === "unknown" || isOld(seenAt, 10));
}

function expectVerdict(unit: UnitFacts, dimension: Dimension): Verdict {
  return wrong[dimension](unit) ? "no-go" : open[dimension](unit) ? "unknown" : "go";
}

describe("whether a unit is ready", () => {
  it("is go where everything was looked at lately and is well", () => {
    const own = decideReadiness(well, rules);
    expect([own.verdict, own.first, Object.values(own.dimensions).map(({ verdict }) => verdict)]).toEqual([
      "go",
      undefined,
      ["go", "go", "go", "go", "go", "go"],
    ]);
  });

  it("is what its dimensions say, each by its own question, whatever the facts", () => {
    fc.assert(
      fc.property(facts, (unit) => {
        const own = decideReadiness(unit, rules);
        const expected = dimensions.map((dimension) => expectVerdict(unit, dimension));
        expect(dimensions.map((dimension) => own.dimensions[dimension].verdict)).toEqual(expected);
        expect(own.verdict).toBe(expected.includes("no-go") ? "no-go" : expected.includes("unknown") ? "unknown" : "go");
      }),
      { numRuns: 2000 },
    );
  });

  it("always says why it is not go, who mends it, and what comes first is as bad as the unit", () => {
    fc.assert(
      fc.property(facts, (unit) => {
        const own = decideReadiness(unit, rules);
        for (const { verdict, reasons } of Object.values(own.dimensions)) {
          expect(verdict === "go" || reasons[0]?.verdict === verdict).toBe(true);
          for (const { code, detail, commands } of reasons) {
            expect(code).toMatch(/^[A-Z]+(-[A-Z0-9]+)+$/);
            expect([detail.vi, detail.en].every((text) => text.length > 0 && !text.includes("undefined"))).toBe(true);
            expect(commands.every((command) => command.startsWith("wardctl "))).toBe(true);
          }
        }
        expect(own.first?.verdict ?? "go").toBe(own.verdict);
      }),
      { numRuns: 500 },
    );
  });

  it("hangs on the dimensions that count, and shows the others all the same", () => {
    const unit = { ...well, contact: undefined, departments: undefined };
    const own = decideReadiness(unit, { ...rules, counted: ["accounts", "endpoints"] });
    expect([own.verdict, own.first, own.dimensions.contacts.verdict]).toEqual(["go", undefined, "no-go"]);
  });

  it("names the line before accounts, and what is wrong before what is not known", () => {
    const missing = { system: "documents", account: "CB1", name: "Lan", state: "missing", seenAt: now } as const;
    const down = { ...(well.endpoints?.[0] as EndpointFact), state: "fail", reason: "net.timeout", layer: "network" } as const;
    const both = decideReadiness({ ...well, accounts: [missing], endpoints: [down] }, rules);
    expect(both.first).toMatchObject({ dimension: "endpoints", code: "NET-TIMEOUT", owner: "carrier" });
    const one = decideReadiness({ ...well, accounts: [missing], endpoints: undefined }, rules);
    expect(one.first).toMatchObject({
      dimension: "accounts",
      code: "ACC-MISSING",
      commands: [
        "wardctl provision plan roster.csv --only unit=27004 --save mend-27004.json",
        "wardctl provision apply mend-27004.json",
      ],
    });
  });
});
