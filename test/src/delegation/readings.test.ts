import { expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import type { SigningFacts } from "../../../src/delegation/facts.ts";
import { listRules } from "../../../src/delegation/list-rules.ts";
import { capacityRules, citations, switchRules } from "../../../src/delegation/rules.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import {
  base,
  docType,
  makeCarriage,
  makeFacts,
  makeGrant,
  makeRight,
  people,
  posts,
  unit,
} from "../../support/signing-world.ts";

const ask = (facts: SigningFacts, staffId: string = people.chief) =>
  decideSigning(facts, { staffId, unit, docType: docType("cong-van"), at: base, asOf: base });
const carriage = [
  makeCarriage([makeRight(), makeRight({ extId: "r2", capacity: "TUQ" }), makeRight({ extId: "r3", staffId: people.deputy })]),
];
const before = readInstant("2025-11-20", vietnamZone)!;
const gone = posts.map((post) => (post.position === "chu-tich" ? { ...post, to: "2025-12-02" } : post));

it("has in the settings the defaults that the rules print", () => {
  const { switches } = delegationSettings.parse(undefined);
  for (const { setting, byDefault } of Object.values(switchRules)) expect(switches[setting]).toBe(byDefault);
});

it("names s1 where a TUQ. outlives its giver, whichever way it is read, and not where the giver is in office", () => {
  const tuq = makeGrant({
    capacity: "TUQ",
    validFrom: before,
    validTo: base + 1000,
    basis: { kind: "quyet-dinh", number: "9", date: before },
  });
  const lapsing = makeFacts({ posts: gone, grants: [tuq], carriage });
  const standing = { ...lapsing, switches: { ...lapsing.switches, tuqLapsesWithGrantor: false } };
  expect(ask(lapsing)).toMatchObject({ answer: "DENY", switches: ["s1"] });
  expect(ask(standing)).toMatchObject({ answer: "ALLOW", switches: ["s1"] });
  expect(ask({ ...lapsing, posts })).toMatchObject({ answer: "ALLOW", switches: [] });
});

it("names s3 where a TL. outlives the chairman who signed the regulation", () => {
  const tl = makeGrant({ validFrom: before, basis: { ...makeGrant().basis, date: before } });
  const facts = makeFacts({ posts: gone, grants: [tl], carriage });
  expect(ask(facts)).toMatchObject({ answer: "ALLOW", switches: ["s3"] });
  expect(ask({ ...facts, posts })).toMatchObject({ answer: "ALLOW", switches: [] });
});

it("names s2 where a Vice Chairman sits as director of the centre", () => {
  const to = { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" };
  const both = [
    ...posts.filter(({ position }) => position !== to.position),
    { staffId: people.deputy, unit, ...to, from: "2025-07-01" },
  ];
  const facts = makeFacts({ posts: both, grants: [makeGrant({ to })], carriage });
  expect(ask(facts, people.deputy)).toMatchObject({ answer: "DENY", switches: ["s2"] });
  const read = { ...facts, switches: { ...facts.switches, deputyMayDirectCentre: true } };
  expect(ask(read, people.deputy)).toMatchObject({ answer: "ALLOW", switches: ["s2"] });
});

it("shows every row of the law, each with an article, a sentence in both languages and the day it took effect", () => {
  const rules = listRules(vietnamZone);
  expect(rules).toHaveLength(capacityRules.length + 2);
  for (const rule of rules) {
    expect(citations[rule.code].vi).toBeTruthy();
    expect(rule.text.vi.length).toBeGreaterThan(20);
    expect(rule.text.en.length).toBeGreaterThan(20);
    expect(listRules(vietnamZone, rule.from - 1)).not.toContainEqual(rule);
    expect(listRules(vietnamZone, rule.from)).toContainEqual(rule);
  }
  // The decree's own words as a table: who may be given what, and what it must rest on.
  const row = (capacity: string, to: string) =>
    rules.filter((rule) => rule.capacity === capacity && rule.toRanks.some((rank) => rank === to)).map(({ code }) => code);
  expect(row("TUQ", "deputy")).toEqual([]);
  expect(row("KT", "deputy")).toEqual(["D30-13.1"]);
  expect(row("TL", "officer")).toEqual([]);
  expect(row("TUQ", "officer")).toEqual(["L72-UQ", "D280-UQ"]);
  expect(rules.filter(({ capacity }) => capacity === "TUQ").every(({ needsEnd, onward }) => needsEnd && onward === "never")).toBe(
    true,
  );
  expect(
    rules.filter(({ capacity }) => capacity === "TL").every(({ needsClause, onward }) => needsClause && onward === "once"),
  ).toBe(true);
});
