import { describe, expect, it } from "vitest";
import { docTypes, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { listSigningFacts } from "../../../src/readiness/list-signing.ts";
import {
  base,
  makeCarriage,
  makeFacts,
  makeGrant,
  makePerson,
  makeRight,
  people,
  posts,
  unit,
} from "../../support/signing-world.ts";

const clerk = { staffId: "CB06", unit, department: "van-phong", position: "van-thu", from: "2025-07-01" };

function list(change: Partial<SigningFacts>, days = 1) {
  const facts = makeFacts({ posts: [...posts, clerk], ...change });
  return listSigningFacts(createRegister(facts, base, base), unit, { from: base, to: base + days * 86_400_000 });
}

const allPeople = [...Object.values(people), clerk.staffId];

describe("what stands in the way of signing and issuing in a unit", () => {
  it("is a right that was decided and that the document system does not carry, with its types and its holder", () => {
    const facts = list({
      people: allPeople.map((staffId) => makePerson(staffId)),
      grants: [makeGrant({ docTypes: toMask(["cong-van", "thong-bao"]) })],
      carriage: [makeCarriage([makeRight({ docTypes: toMask(["thong-bao"]) })])],
    });
    expect(facts.filter(({ kind }) => kind === "grant")).toMatchObject([
      { code: "DEL-NOT-CARRIED", owner: "province-it", docTypes: ["cong-van"], who: people.chief },
    ]);
  });

  it("is a right whose paper names no clause: the ward's to mend", () => {
    const facts = list({
      people: allPeople.map((staffId) => makePerson(staffId)),
      grants: [makeGrant({ basis: { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", date: base - 1000 } })],
      carriage: [makeCarriage([makeRight()])],
    });
    expect(facts.filter(({ kind }) => kind === "grant")).toMatchObject([{ code: "DEL-TL-NO-REGULATION", owner: "ward" }]);
  });

  it("is no right that was revoked, has run out, or whose holder is away", () => {
    const revoked = { grantId: "g1", kind: "revoked", at: base - 100, recordedAt: base - 100, recordedBy: "x" } as const;
    const common = { people: allPeople.map((staffId) => makePerson(staffId)), carriage: [makeCarriage([])] };
    expect(list({ ...common, grants: [makeGrant()], events: [revoked] }).filter(({ kind }) => kind === "grant")).toEqual([]);
    const over = makeGrant({ validTo: base - 1 });
    expect(list({ ...common, grants: [over] }).filter(({ kind }) => kind === "grant")).toEqual([]);
  });

  it("is that nobody can sign when the head has no account, for every type and for the head's own fault", () => {
    const facts = list({ people: allPeople.map((staffId) => makePerson(staffId, staffId === people.head ? null! : undefined)) });
    expect(facts.filter(({ kind }) => kind === "nobody")[0]).toMatchObject({ code: "ACC-MISSING", owner: "support" });
    expect(facts.filter(({ kind }) => kind === "nobody")[0]?.docTypes).toHaveLength(docTypes.length);
  });

  it("is told ahead: whose certificate ends tomorrow leaves the unit without a signer from then on", () => {
    const ends = base + 3_600_000;
    const account = {
      userName: "u",
      active: true,
      certificate: { serial: "01", notBefore: base - 1, notAfter: ends, bound: true },
    };
    const facts = list({ people: allPeople.map((staffId) => makePerson(staffId, account)) });
    expect(facts.filter(({ kind }) => kind === "nobody")).toMatchObject([{ code: "SIG-EXPIRED", from: ends }]);
    const short = makeFacts({ posts: [...posts, clerk], people: allPeople.map((staffId) => makePerson(staffId, account)) });
    const today = listSigningFacts(createRegister(short, base, base), unit, { from: base, to: ends });
    expect(today.filter(({ kind }) => kind === "nobody")).toEqual([]);
  });

  it("is unknown where nobody has read the accounts, and never taken for well", () => {
    const facts = list({ people: [] });
    expect(facts.some(({ kind }) => kind === "nobody")).toBe(false);
    expect(facts.filter(({ kind }) => kind === "unknown").map(({ code }) => code)).toContain("EVID-NONE");
  });
});
