import { describe, expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import { type DenyCode, denyCodes } from "../../../src/delegation/deny-codes.ts";
import { allDocTypes, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import type { Grant } from "../../../src/delegation/grant.ts";
import { listSigners } from "../../../src/delegation/list-signers.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import {
  base,
  docType,
  goodAccount,
  makeCarriage,
  makeFacts,
  makeGrant,
  makePerson,
  makeRight,
  people,
  posts,
  unit,
} from "../../support/signing-world.ts";

const ask = (facts: SigningFacts, staffId: string = people.chief, key = "cong-van", at = base) =>
  decideSigning(facts, { staffId, unit, docType: docType(key), at, asOf: base });

const noAccount = Object.values(people).map((staffId) => ({ ...makePerson(staffId), account: undefined }));

describe("the three things that can be missing", () => {
  const cases = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ legal: (n & 1) === 0, carried: (n & 2) === 0, ready: (n & 4) === 0 }));

  it.each(cases)(
    "are told apart alone and together: legal $legal, carried $carried, ready $ready",
    ({ legal, carried, ready }) => {
      const facts = makeFacts({
        grants: legal ? [makeGrant()] : [],
        carriage: [makeCarriage(carried ? [makeRight()] : [])],
        ...(ready ? {} : { people: noAccount }),
      });
      const { answer, codes } = ask(facts);
      expect(codes).toEqual([
        ...(legal ? [] : ["DEL-TL-NO-REGULATION", "DEL-NO-GRANT"]),
        ...(carried ? [] : ["DEL-NOT-CARRIED"]),
        ...(ready ? [] : ["ACC-MISSING"]),
      ]);
      expect(answer).toBe(legal && carried && ready ? "ALLOW" : "DENY");
      const sides = new Set(codes.map((code) => denyCodes[code as DenyCode].side));
      expect([sides.has("legal"), sides.has("configuration"), sides.has("readiness")]).toEqual([!legal, !carried, !ready]);
    },
  );

  it("names the certificate apart from the account", () => {
    const withCertificate = (change: object) =>
      makeFacts({
        grants: [makeGrant()],
        carriage: [makeCarriage([makeRight()])],
        people: [makePerson(people.chief, { ...goodAccount, certificate: { ...goodAccount.certificate!, ...change } })],
      });
    expect(ask(withCertificate({ notAfter: base })).codes).toEqual(["SIG-EXPIRED"]);
    expect(ask(withCertificate({ notAfter: base + 1 })).answer).toBe("ALLOW");
    expect(ask(withCertificate({ notBefore: base + 1 })).codes).toEqual(["SIG-NOT-YET"]);
    expect(ask(withCertificate({ bound: false })).codes).toEqual(["SIG-UNBOUND"]);
    expect(ask(withCertificate({ bound: false, notAfter: base })).repair.map(({ action }) => action)).toEqual([
      "renew-certificate",
      "bind-certificate",
    ]);
  });

  it("is UNKNOWN, never ALLOW and never a refusal, when the evidence is old or missing", () => {
    const grants = [makeGrant()];
    const good = { carriage: [makeCarriage([makeRight()])] };
    const aged = (ttlMs: number) => ({ carriage: [makeCarriage([makeRight()], { at: base - 10, ttlMs })] });
    expect(ask(makeFacts({ grants, ...aged(11) })).answer).toBe("ALLOW");
    expect(ask(makeFacts({ grants, ...aged(10) }))).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-STALE"] });
    expect(ask(makeFacts({ grants, carriage: [] }))).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-NONE"] });
    expect(ask(makeFacts({ grants, ...good, people: [] }))).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-NONE"] });
    expect(ask(makeFacts({ grants, ...good, people: [] })).repair).toEqual([{ action: "refresh-evidence", owner: "support" }]);
  });

  it("does not take what the system carries today as proof of an earlier day", () => {
    const facts = makeFacts({ grants: [makeGrant()], carriage: [makeCarriage([makeRight()])] });
    expect(ask(facts, people.chief, "cong-van", base - 500)).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-NONE"] });
    expect(ask(facts, people.chief, "cong-van", base + 500)).toMatchObject({ answer: "ALLOW", forecast: true });
  });
});

describe("the decision", () => {
  it("evaluates every grant: an expired one does not hide a later one", () => {
    const grants = [makeGrant({ id: "a", validTo: base - 1 }), makeGrant({ id: "b" })];
    const facts = makeFacts({ grants, carriage: [makeCarriage([makeRight()])] });
    expect(ask(facts)).toMatchObject({ answer: "ALLOW", candidate: { grant: { id: "b" } } });
  });

  it("gives no authority before the day of the paper, whatever first day was written", () => {
    const grant = makeGrant({ validFrom: base - 1000, basis: { ...makeGrant().basis, date: base + 5 } });
    const facts = makeFacts({ grants: [grant], carriage: [makeCarriage([makeRight()])] });
    expect(ask(facts)).toMatchObject({ answer: "DENY", codes: ["DEL-NOT-YET"], nextAllowAt: base + 5 });
  });

  it("prefers KT over TL, then the narrower scope, then the later basis, then the id", () => {
    const carriage = [makeCarriage([makeRight({ docTypes: allDocTypes })])];
    const wide = makeGrant({ id: "a", docTypes: toMask(["cong-van", "thong-bao"]) });
    const narrow = makeGrant({ id: "z" });
    const newer = makeGrant({ id: "y", basis: { ...narrow.basis, date: base - 5 }, validFrom: base - 5 });
    const chosen = (grants: Grant[]) => ask(makeFacts({ grants, carriage })).candidate.grant?.id;
    expect(chosen([wide, narrow])).toBe("z");
    expect(chosen([wide, narrow, newer])).toBe("y");
    expect(chosen([makeGrant({ id: "n" }), makeGrant({ id: "m" })])).toBe("m");
    const limited = makeGrant({ id: "z", narrowing: { exceptDepartments: ["kinh-te"] } });
    expect(chosen([makeGrant({ id: "a" }), limited])).toBe("z");
  });

  it("follows the post, not the person: the successor may sign, the predecessor may not", () => {
    const moved = posts.filter(({ position }) => position !== "chanh-van-phong");
    const post = { unit, department: "van-phong", position: "chanh-van-phong" };
    const facts = makeFacts({
      posts: [
        ...moved,
        { ...post, staffId: "OLD", from: "2025-07-01", to: "2025-12-02" },
        { ...post, staffId: "NEW", from: "2025-12-02" },
      ],
      grants: [makeGrant()],
      carriage: [makeCarriage([makeRight({ staffId: "NEW" }), makeRight({ staffId: "OLD", extId: "r2" })])],
      people: [makePerson("NEW"), makePerson("OLD")],
    });
    expect(ask(facts, "NEW").answer).toBe("ALLOW");
    expect(ask(facts, "OLD").codes).toEqual(["DEL-NO-POST"]);
  });

  it("lets a TUQ lapse when its giver leaves office, and a TL stand, unless the switches say otherwise", () => {
    const gone = posts.map((post) => (post.position === "chu-tich" ? { ...post, to: "2025-12-02" } : post));
    const before = readInstant("2025-11-20", vietnamZone)!;
    const tuq = makeGrant({
      capacity: "TUQ",
      validFrom: before,
      validTo: base + 1000,
      basis: { kind: "quyet-dinh", number: "9", date: before },
    });
    const tl = makeGrant({ validFrom: before, basis: { ...makeGrant().basis, date: before } });
    const carriage = [makeCarriage([makeRight({ capacity: "TUQ" }), makeRight({ extId: "r2" })])];
    const { switches } = makeFacts();
    expect(ask(makeFacts({ posts: gone, grants: [tuq], carriage })).codes).toEqual(["DEL-LAPSED"]);
    expect(ask(makeFacts({ grants: [tuq], carriage })).answer).toBe("ALLOW");
    expect(ask(makeFacts({ posts: gone, grants: [tl], carriage })).answer).toBe("ALLOW");
    const strict = { ...switches, tlSurvivesChairman: false };
    expect(ask(makeFacts({ posts: gone, grants: [tl], carriage, switches: strict })).codes).toEqual(["DEL-LAPSED"]);
    const lenient = { ...switches, tuqLapsesWithGrantor: false };
    expect(ask(makeFacts({ posts: gone, grants: [tuq], carriage, switches: lenient })).answer).toBe("ALLOW");
  });

  it("does not let a Vice Chairman sign as director of the centre unless the switch says so", () => {
    const to = { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" };
    const both = [
      ...posts.filter(({ position }) => position !== to.position),
      { staffId: people.deputy, unit, ...to, from: "2025-07-01" },
    ];
    const carriage = [makeCarriage([makeRight({ staffId: people.deputy })])];
    const facts = makeFacts({ posts: both, grants: [makeGrant({ to })], carriage });
    expect(ask(facts, people.deputy).answer).toBe("DENY");
    expect(ask({ ...facts, switches: { ...facts.switches, deputyMayDirectCentre: true } }, people.deputy).answer).toBe("ALLOW");
  });

  it("gives certification to a civil servant only from 1 November 2025", () => {
    const edge = readInstant("2025-11-01T00:00", vietnamZone)!;
    const early = readInstant("2025-10-01", vietnamZone)!;
    const grant = makeGrant({
      capacity: "TUQ",
      to: { position: "chuyen-vien", department: "van-phong" },
      docTypes: toMask(["ban-sao"]),
      validFrom: early,
      validTo: base,
      basis: { kind: "quyet-dinh", number: "9", date: early, legalBasis: "Nghị định 280/2025/NĐ-CP" },
      recordedAt: early,
    });
    const seen = { at: early, recordedAt: early, ttlMs: Number.MAX_SAFE_INTEGER };
    const facts = makeFacts({
      grants: [grant],
      carriage: [
        makeCarriage([makeRight({ staffId: people.officer, capacity: "TUQ", docTypes: toMask(["ban-sao"]), from: early })], seen),
      ],
      people: [makePerson(people.officer, { ...goodAccount, certificate: { serial: "1", bound: true } }, seen)],
    });
    const at = (instant: number) => ask(facts, people.officer, "ban-sao", instant);
    expect(at(edge - 1)).toMatchObject({ answer: "DENY", codes: ["DEL-CAPACITY"], nextAllowAt: edge });
    expect(at(edge).answer).toBe("ALLOW");
    expect(at(edge - 1).repair.map(({ action }) => action)).toEqual(["head-signs"]);
  });

  it("lets an acting head sign as the head, with no setting in the software", () => {
    const grant = makeGrant({
      capacity: "Q",
      to: { position: "pho-chu-tich" },
      person: people.deputy,
      docTypes: allDocTypes,
      basis: { kind: "quyet-dinh", number: "3", date: base - 5 },
    });
    const decision = ask(makeFacts({ grants: [grant] }), people.deputy, "bao-cao");
    expect(decision.answer).toBe("ALLOW");
    expect(decision.signatureBlock).toEqual(["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]);
  });

  it("passes a standing order on once, to the holder's own deputy, and only as long as it lives", () => {
    const to = { position: "pho-chanh-van-phong", department: "van-phong" };
    const child = makeGrant({
      id: "c",
      capacity: "KT",
      from: makeGrant().to,
      to,
      parent: "g1",
      basis: { kind: "phan-cong", number: "2", date: base - 5 },
    });
    const revoked = { grantId: "g1", kind: "revoked" as const, at: base + 3, recordedAt: base - 5, recordedBy: "x" };
    const facts = makeFacts({
      posts: [...posts, { staffId: "CB06", unit, ...to, from: "2025-07-01" }],
      grants: [makeGrant(), child],
      events: [revoked],
      carriage: [makeCarriage([makeRight({ staffId: "CB06", capacity: "KT" })])],
      people: [makePerson("CB06")],
    });
    const decision = ask(facts, "CB06");
    expect(decision).toMatchObject({ answer: "ALLOW", until: base + 3, untilCodes: ["DEL-REVOKED"] });
    expect(decision.signatureBlock).toEqual(["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]);
  });

  it("knows who else may sign, whoever asks", () => {
    const facts = makeFacts({ grants: [makeGrant()], carriage: [makeCarriage([makeRight()])] });
    const question = { staffId: people.officer, unit, docType: docType("cong-van"), at: base, asOf: base };
    expect(listSigners(createRegister(facts, base, base), question)).toEqual({
      may: [
        { staffId: people.head, capacity: "HEAD" },
        { staffId: people.chief, capacity: "TL" },
      ],
      unknown: [],
    });
    const unread = { ...facts, people: facts.people.filter(({ staffId }) => staffId !== people.head) };
    expect(listSigners(createRegister(unread, base, base), question)).toEqual({
      may: [{ staffId: people.chief, capacity: "TL" }],
      unknown: [people.head],
    });
  });

  it("says so when somebody holds no post in the unit", () => {
    expect(ask(makeFacts(), "CB99")).toMatchObject({ answer: "DENY", repair: [{ action: "record-post", owner: "ward" }] });
  });
});
