import { expect, it } from "vitest";
import { toMask } from "../../../src/delegation/doc-types.ts";
import { listExpiring } from "../../../src/delegation/expiring.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { createWorkingCalendar } from "../../../src/directory/working-calendar.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import {
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

const at = (text: string) => readInstant(text, vietnamZone)!;
const now = at("2025-12-01T08:00");
const calendar = createWorkingCalendar(vietnamZone);
const chiefOnly = posts.filter(({ position }) => position === "chanh-van-phong");
const far = at("2027-01-01");
const account = { ...goodAccount, certificate: { serial: "1", notBefore: now - 1e9, notAfter: far, bound: true } };
const seen = { at: now - 10, recordedAt: now - 10, ttlMs: 1e12 };
const basis = { kind: "quy-che-lam-viec", number: "1", date: now - 1000, clause: "Điều 7" } as const;
const toGrant = (id: string, key: string, validTo: string | undefined) =>
  makeGrant({
    id,
    docTypes: toMask([key]),
    validFrom: now - 1000,
    validTo: validTo === undefined ? undefined : at(validTo),
    basis,
    recordedAt: now - 1000,
  });
const world = (change: Partial<SigningFacts>): SigningFacts =>
  makeFacts({
    posts: chiefOnly,
    people: [makePerson(people.chief, account, seen)],
    carriage: [makeCarriage([makeRight({ docTypes: toMask(["cong-van", "thong-bao", "giay-moi"]), from: now - 1e6 })], seen)],
    ...change,
  });
const list = (facts: SigningFacts, days = 30) =>
  listExpiring(createRegister(facts, now, now), [unit], { from: now, days }, calendar);

it("lists the ends that leave nobody, most working hours lost first, each over as many days after it", () => {
  const grants = [
    toGrant("late", "thong-bao", "2025-12-30"),
    toGrant("early", "cong-van", "2025-12-08"),
    // Somebody takes over on Thursday: three working days are lost.
    toGrant("bridged", "giay-moi", "2025-12-15"),
    { ...toGrant("later", "giay-moi", undefined), validFrom: at("2025-12-18") },
  ];
  const found = list(world({ grants }));
  expect(found.map(({ grantId, codes }) => [grantId, codes.join()])).toEqual([
    // Thirty days each: the later ones hold fewer holidays and a Saturday that is worked in full.
    ["late", "DEL-EXPIRED"],
    ["early", "DEL-EXPIRED"],
    ["bridged", "DEL-EXPIRED"],
  ]);
  expect(found[2]).toMatchObject({ endsAt: at("2025-12-15"), gapTo: at("2025-12-18"), workingMs: 24 * 3_600_000 });
  expect(found[0]?.workingMs).toBe(calendar.measure(at("2025-12-30"), at("2026-01-29")));
  expect(found[1]?.gapTo).toBe(Number.POSITIVE_INFINITY);
});

it("says nothing of an end after which somebody else can sign, nor of one beyond the days asked for", () => {
  const two = [toGrant("a", "cong-van", "2025-12-08"), toGrant("b", "cong-van", undefined)];
  expect(list(world({ grants: two }))).toEqual([]);
  expect(list(world({ grants: [toGrant("a", "cong-van", "2025-12-08")] }), 5)).toEqual([]);
});

it("names the certificate, the office and the absence as what ends, one line for all types", () => {
  const grants = [toGrant("a", "cong-van", undefined), toGrant("b", "thong-bao", undefined)];
  const soon = { ...account, certificate: { ...account.certificate, notAfter: at("2025-12-09") } };
  expect(
    list(world({ grants, people: [makePerson(people.chief, soon, seen)] })).map(({ codes, docTypes }) => [codes, docTypes]),
  ).toEqual([
    [["SIG-EXPIRED"], ["cong-van"]],
    [["SIG-EXPIRED"], ["thong-bao"]],
  ]);
  const away = {
    id: "x",
    staffId: people.chief,
    from: at("2025-12-10"),
    to: at("2025-12-12"),
    recordedAt: now - 1,
    recordedBy: "x",
  };
  expect(list(world({ grants: grants.slice(0, 1), absences: [away] }))).toMatchObject([
    { codes: ["PER-ABSENT"], gapTo: at("2025-12-12"), workingMs: 16 * 3_600_000 },
  ]);
  const head = { staffId: people.head, unit, position: "chu-tich", from: "2025-07-01", to: "2025-12-20" };
  const own = list(world({ posts: [head], people: [makePerson(people.head, account, seen)] }));
  // All fifteen types in one line, those of the collective body among them.
  expect(own).toMatchObject([{ capacity: "HEAD", grantId: undefined, codes: ["DEL-NO-POST"] }]);
  expect(own[0]?.docTypes.length).toBe(15);
  expect(own[0]?.lostMs).toBe(15 * own[0]!.workingMs);
});
