import fc from "fast-check";
import { expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { listGaps, listIssueGaps, listIssueUnknown } from "../../../src/delegation/gaps.ts";
import { decideIssue } from "../../../src/delegation/issue.ts";
import type { SealReading } from "../../../src/delegation/seals/seal.ts";
import {
  base,
  docType,
  makeFacts,
  makePerson,
  people,
  posts,
  questionArbitrary,
  span,
  types,
  unit,
  worldArbitrary,
} from "../../support/signing-world.ts";

const clerk = { staffId: "CB09", unit, department: "van-phong", position: "van-thu", from: "2025-07-01" };
const certificate = { serial: "5E", notBefore: base - 1000, notAfter: base + 1000 };
const makeSeal = (change: Partial<SealReading> = {}): SealReading => {
  return { unit, at: base - 10, ttlMs: 10_000, recordedAt: base - 10, certificate, ...change };
};
const withClerk = (change: Partial<SigningFacts> = {}): SigningFacts => {
  const facts = makeFacts();
  return { ...facts, posts: [...posts, clerk], people: [...facts.people, makePerson("CB09")], seals: [makeSeal()], ...change };
};
const ask = (facts: SigningFacts, at = base) =>
  decideIssue(createRegister(facts, Math.min(at, base), base), {
    staffId: people.head,
    unit,
    docType: docType("cong-van"),
    at,
    asOf: base,
  });

it("goes out when the head may sign, the seal is usable and a clerk is ready, until the first of them ends", () => {
  expect(ask(withClerk())).toMatchObject({ answer: "ALLOW", failed: [], until: base + 1000, clerks: ["CB09"] });
});

it("names what is wrong with the seal, and never guesses where nothing is known of it", () => {
  const codes = (seals: SealReading[], at = base) => ask(withClerk({ seals }), at).failed.flatMap((premise) => premise.codes);
  expect(codes([makeSeal({ certificate: undefined })])).toEqual(["ISS-SEAL-NONE"]);
  expect(codes([makeSeal({ certificate: { ...certificate, notAfter: base } })])).toEqual(["ISS-SEAL-EXPIRED"]);
  expect(codes([makeSeal({ certificate: { ...certificate, notBefore: base + 1 } })])).toEqual(["ISS-SEAL-NOT-YET"]);
  expect(codes([makeSeal({ certificate: { ...certificate, revokedAt: base } })])).toEqual(["ISS-SEAL-REVOKED"]);
  expect(codes([makeSeal({ certificate: { ...certificate, revokedAt: base + 1 } })])).toEqual([]);
  expect(ask(withClerk({ seals: [] }))).toMatchObject({ answer: "UNKNOWN", failed: [{ name: "seal", codes: ["EVID-NONE"] }] });
  expect(ask(withClerk({ seals: [makeSeal({ ttlMs: 5 })] }))).toMatchObject({
    answer: "UNKNOWN",
    failed: [{ name: "seal", codes: ["EVID-STALE"] }],
  });
});

it("tells apart no clerk, a clerk who is away, one without an account, and one of whom nothing is known", () => {
  const codes = (change: Partial<SigningFacts>) => ask(withClerk(change)).failed.flatMap((premise) => premise.codes);
  expect(codes({ posts })).toEqual(["ISS-CLERK-NONE"]);
  const away = { id: "a", staffId: "CB09", from: base, to: base + 1, recordedAt: base - 1, recordedBy: "x" };
  expect(codes({ absences: [away] })).toEqual(["ISS-CLERK-ABSENT"]);
  const others = makeFacts().people;
  expect(codes({ people: [...others, { ...makePerson("CB09"), account: undefined }] })).toEqual(["ISS-CLERK-ACCOUNT"]);
  expect(codes({ people: others })).toEqual(["EVID-NONE"]);
  // A second clerk who is ready is enough.
  const second = { ...clerk, staffId: "CB10" };
  expect(codes({ posts: [...posts, clerk, second], people: [...others, makePerson("CB10")] })).toEqual([]);
});

it("DENY beats UNKNOWN beats ALLOW, whatever the signature, the seal and the clerk say", () => {
  const seal = fc.constantFrom([], [makeSeal()], [makeSeal({ certificate: undefined })], [makeSeal({ ttlMs: 1 })]);
  const clerks = fc.constantFrom<"ready" | "none" | "unknown">("ready", "none", "unknown");
  fc.assert(
    fc.property(worldArbitrary(), questionArbitrary, seal, clerks, (world, question, seals, state) => {
      const facts = {
        ...world,
        seals,
        posts: state === "none" ? world.posts : [...world.posts, clerk],
        people: state === "ready" ? [...world.people, makePerson("CB09")] : world.people,
      };
      const asked = { ...question, at: base };
      const { answer } = decideIssue(createRegister(facts, base, base), asked);
      const [reading] = seals;
      const parts = [
        decideSigning(facts, asked).answer,
        !reading || reading.ttlMs === 1 ? "UNKNOWN" : reading.certificate ? "ALLOW" : "DENY",
        state === "ready" ? "ALLOW" : state === "none" ? "DENY" : "UNKNOWN",
      ];
      expect(answer).toBe(parts.includes("DENY") ? "DENY" : parts.includes("UNKNOWN") ? "UNKNOWN" : "ALLOW");
    }),
    { numRuns: 300 },
  );
});

it("lists as issue gaps exactly when somebody may sign and seal or clerk are known to fail", () => {
  const seal = fc
    .tuple(fc.integer({ min: -span, max: span }), fc.integer({ min: -span, max: span }))
    .map(([a, b]) =>
      makeSeal({ certificate: { serial: "5E", notBefore: base + Math.min(a, b), notAfter: base + Math.max(a, b) } }),
    );
  fc.assert(
    fc.property(worldArbitrary({ fresh: true }), fc.option(seal, { nil: undefined }), (world, reading) => {
      const facts = {
        ...world,
        seals: reading ? [reading] : [],
        posts: [...posts, clerk],
        people: [...world.people, makePerson("CB09")],
      };
      const register = createRegister(facts, base, base);
      const horizon = { from: base, to: base + span };
      const rows = listIssueGaps(register, [unit], horizon);
      const nobody = listGaps(register, [unit], horizon).filter((gap) => gap.class === "gap");
      for (let at = horizon.from; at < horizon.to; at++) {
        const fails = reading?.certificate && !(reading.certificate.notBefore <= at && at < reading.certificate.notAfter);
        for (const key of types) {
          const isGap = nobody.some((gap) => gap.docType === key && gap.from <= at && at < gap.to);
          const found = rows.filter((gap) => gap.docType === key && gap.from <= at && at < gap.to);
          expect(found.length).toBe(fails && !isGap ? 1 : 0);
        }
      }
      expect(listIssueUnknown(register, [unit], base)).toEqual(reading ? [] : [unit]);
    }),
    { numRuns: 150 },
  );
});
