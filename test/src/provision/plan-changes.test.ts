import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/provision/account.ts";
import { createAnswers, type Decision } from "../../../src/provision/decision.ts";
import { assignUsernames, type RegisteredName } from "../../../src/provision/name-register.ts";
import { planChanges } from "../../../src/provision/plan-changes.ts";
import type { Subject } from "../../../src/provision/subject.ts";
import type { Link } from "../../../src/provision/subject-facts.ts";

const lan: Subject = {
  key: "person/CB1",
  kind: "person",
  externalId: "CB1",
  name: "Trần Thị Lan",
  unit: "27004",
  attributes: { displayName: "Trần Thị Lan", title: "Văn thư", department: null },
  systems: ["documents"],
  entitled: true,
  usernameBase: "lantt",
  since: "2025-07-01",
};

const account = (change: Partial<Account> = {}): Account => ({
  id: "a1",
  externalId: "CB1",
  userName: "lantt",
  active: true,
  attributes: { displayName: "Trần Thị Lan", title: "Văn thư", department: null },
  ...change,
});

const link: Link = { system: "documents", subject: "person/CB1", targetId: "a1", unit: "27004" };

interface Case {
  readonly subject?: Subject;
  readonly accounts?: readonly Account[];
  readonly links?: readonly Link[];
  readonly register?: readonly RegisteredName[];
  readonly recreate?: readonly string[];
  readonly twins?: readonly (readonly string[])[];
  readonly decisions?: readonly Decision[];
}

function plan({ subject = lan, accounts = [], links = [], register = [], recreate = [], twins = [], decisions = [] }: Case) {
  const names = assignUsernames({ subjects: [subject], register, accounts, seen: [], denied: new Set(["admin"]) });
  const actual = new Map([["documents", accounts]]);
  const { changes, questions, none, found } = planChanges({
    subjects: [subject],
    names,
    actual,
    links,
    twins,
    recreate: new Set(recreate),
    answers: createAnswers(decisions),
  });
  return {
    changes: changes.map(({ kind, situation, wanted }) => ({ kind, situation, userName: wanted.userName })),
    questions: questions.map(({ code, situation }) => ({ code, situation })),
    none,
    links: found.map(({ targetId }) => targetId),
  };
}

const nothing = { changes: [], questions: [], none: 1 };

describe("desired against actual", () => {
  it("ABSENT: creates", () => {
    expect(plan({})).toEqual({
      changes: [{ kind: "create", situation: "ABSENT", userName: "lantt" }],
      questions: [],
      none: 0,
      links: [],
    });
  });

  it("CONFIRMED: nothing when all is as it should be, an update when a managed attribute differs", () => {
    expect(plan({ accounts: [account()], links: [link] })).toEqual({ ...nothing, links: ["a1"] });
    const differs = account({ attributes: { displayName: "Trần Thị Lan", title: "Chuyên viên", department: null } });
    expect(plan({ accounts: [differs], links: [link] }).changes).toEqual([
      { kind: "update", situation: "CONFIRMED", userName: "lantt" },
    ]);
  });

  it("CONFIRMED and disabled: enables, never makes a second one", () => {
    expect(plan({ accounts: [account({ active: false })], links: [link] }).changes).toEqual([
      { kind: "enable", situation: "CONFIRMED", userName: "lantt" },
    ]);
  });

  it("FOUND: links by external id without a change; attributes nobody manages are no difference", () => {
    const richer = account({ attributes: { ...account().attributes, phone: "0901", email: "x@y.vn" } });
    expect(plan({ accounts: [richer] })).toEqual({ ...nothing, links: ["a1"] });
  });

  it("AMBIGUOUS: asks when two accounts carry the staff id, and touches neither", () => {
    expect(plan({ accounts: [account(), account({ id: "a2", userName: "lantt2" })] })).toMatchObject({
      changes: [],
      questions: [{ code: "several-accounts", situation: "AMBIGUOUS" }],
    });
  });

  it("AMBIGUOUS: a recorded account that now says it is somebody else's", () => {
    expect(plan({ accounts: [account({ externalId: "CB9" })], links: [link] }).questions).toEqual([
      { code: "several-accounts", situation: "AMBIGUOUS" },
    ]);
  });

  it("MISSING: asks, and makes it again under the same name only when told to", () => {
    const register: RegisteredName[] = [{ name: "lantt7", owner: "person/CB1", state: "issued" }];
    expect(plan({ links: [link], register })).toMatchObject({ changes: [], questions: [{ code: "account-gone" }] });
    expect(plan({ links: [link], register, recreate: ["CB1"] }).changes).toEqual([
      { kind: "create", situation: "MISSING", userName: "lantt7" },
    ]);
  });

  it("UNQUALIFIED: disables what is there, makes nothing where there is nothing, leaves a disabled one alone", () => {
    const subject = { ...lan, entitled: false };
    expect(plan({ subject, accounts: [account()] }).changes).toEqual([
      { kind: "disable", situation: "UNQUALIFIED", userName: "lantt" },
    ]);
    expect(plan({ subject })).toMatchObject(nothing);
    expect(plan({ subject, accounts: [account({ active: false })] })).toMatchObject(nothing);
  });

  it("UNASSIGNED: leaves others' accounts alone and gives a name that is free beside them", () => {
    const other = account({ id: "b", externalId: "CB2", attributes: { displayName: "Trần Thanh Lan" } });
    expect(plan({ accounts: [other] }).changes).toEqual([{ kind: "create", situation: "ABSENT", userName: "lantt2" }]);
  });

  it("weak evidence alone is a question, never a link and never a second account", () => {
    const byHand = account({ id: "h", externalId: undefined, userName: "lan.tran" });
    expect(plan({ accounts: [byHand] })).toMatchObject({
      changes: [],
      questions: [{ code: "weak-match", situation: "AMBIGUOUS" }],
      links: [],
    });
  });

  it("the roster's own username settles it: the account gets the staff id, and keeps its name", () => {
    const byHand = account({ id: "h", externalId: undefined, userName: "lan.tran" });
    expect(plan({ subject: { ...lan, usernameGiven: "lan.tran" }, accounts: [byHand] })).toMatchObject({
      changes: [{ kind: "update", situation: "FOUND", userName: "lan.tran" }],
      questions: [],
    });
  });

  it("a name the roster asks for that is somebody else's is a question", () => {
    const register: RegisteredName[] = [{ name: "lan.tran", owner: "person/CB2", state: "retired" }];
    expect(plan({ subject: { ...lan, usernameGiven: "lan.tran" }, register }).questions).toEqual([
      { code: "name-taken", situation: "AMBIGUOUS" },
    ]);
  });

  it("a staff id that is on the account of quite another name is a question; a corrected name is an update", () => {
    const named = (displayName: string) => account({ attributes: { ...account().attributes, displayName } });
    expect(plan({ accounts: [named("Đặng Hữu Khánh")] })).toMatchObject({ changes: [], questions: [{ code: "other-name" }] });
    const same = { ...lan, usernameGiven: "lantt" };
    expect(plan({ subject: same, accounts: [named("Đặng Hữu Khánh")] })).toMatchObject({
      changes: [{ kind: "update" }],
      questions: [],
    });
    expect(plan({ accounts: [named("Trần Thị Làn")] })).toMatchObject({ changes: [{ kind: "update" }], questions: [] });
  });

  it("never gives a leaver's name or one of the deny list to another", () => {
    const register: RegisteredName[] = [{ name: "lantt", owner: "person/CB0", state: "retired" }];
    expect(plan({ register }).changes[0]?.userName).toBe("lantt2");
    expect(plan({ subject: { ...lan, usernameBase: "admin" } }).changes[0]?.userName).toBe("admin2");
  });

  it("two people of one name and birthday wait for an answer", () => {
    expect(plan({ twins: [["CB1", "CB2"]] })).toMatchObject({ changes: [], questions: [{ code: "same-name-and-birthday" }] });
    expect(plan({ twins: [["CB1", "CB2"]], accounts: [account()] })).toMatchObject(nothing);
  });

  it("what a person answered goes before weak evidence, and never over another's id", () => {
    const theirs: Decision = { subject: "person/CB1", kind: "theirs", system: "documents", about: "lan.tran" };
    const byHand = account({ id: "h", externalId: undefined, userName: "lan.tran" });
    expect(plan({ accounts: [byHand], decisions: [theirs] })).toMatchObject({
      changes: [{ kind: "update" }],
      questions: [],
      links: ["h"],
    });
    const since = plan({ accounts: [account({ id: "h", externalId: "CB9", userName: "lan.tran" })], decisions: [theirs] });
    expect([since.links, since.changes]).toEqual([[], [{ kind: "create", situation: "ABSENT", userName: "lantt" }]]);
    const not: Decision = { ...theirs, kind: "not-theirs" };
    expect(plan({ accounts: [byHand], decisions: [not] })).toMatchObject({ changes: [{ kind: "create" }], questions: [] });
  });

  it("somebody else's account of the very name that was issued stays a question: no other name is given", () => {
    const register: RegisteredName[] = [{ name: "lantt", owner: "person/CB1", state: "issued" }];
    const stranger = account({ id: "h", externalId: undefined });
    const not: Decision = { subject: "person/CB1", kind: "not-theirs", system: "documents", about: "lantt" };
    expect(plan({ register, accounts: [stranger], decisions: [not] })).toMatchObject({
      changes: [],
      questions: [{ code: "name-taken" }],
    });
  });

  it("a name of a DOMAIN and another case is the same name", () => {
    expect(plan({ accounts: [account({ userName: "PRIMARY/LANTT" })] })).toMatchObject(nothing);
  });
});
