import fc from "fast-check";
import type { Absence, Return } from "../../src/delegation/absence.ts";
import type { GrantedCapacity } from "../../src/delegation/capacity.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import type { AccountSeen, CarriageReading, CarriedRight, PersonReading } from "../../src/delegation/evidence.ts";
import type { SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant, GrantEvent, PostRef } from "../../src/delegation/grant.ts";
import type { Post } from "../../src/directory/person.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { makeTree, narrowingArbitrary } from "./signing-parts.ts";

/**
 * A ward around one midnight, the one at which posts change hands and Decree 280/2025 comes into force: everything that can happen
 * happens within a few milliseconds of it, so that edges meet.
 */
export const midnight = Date.parse("2025-11-01T00:00:00+07:00");
export const reach = 6;
export const unit = "27004";
export const types = ["cong-van", "bao-cao", "ban-sao"] as const;
export const people = ["old-head", "new-head", "deputy", "chief", "vice-chief", "officer"] as const;

const instant = fc.integer({ min: -reach, max: reach }).map((shift) => midnight + shift);
const window = fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
const mask = fc.subarray([...types], { minLength: 1 }).map((keys) => toMask(keys));
const mostly = fc.integer({ min: 0, max: 5 }).map((n) => n > 0);

const office = { department: "van-phong" };
const places: Readonly<Record<(typeof people)[number], PostRef>> = {
  "old-head": { position: "chu-tich" },
  "new-head": { position: "chu-tich" },
  deputy: { position: "pho-chu-tich" },
  chief: { position: "chanh-van-phong", ...office },
  "vice-chief": { position: "pho-chanh-van-phong", ...office },
  officer: { position: "chuyen-vien", ...office },
};
const centre: PostRef = { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" };

const term = fc.constantFrom(
  { from: "2025-07-01" },
  { from: "2025-07-01" },
  { from: "2025-07-01" },
  { from: "2025-07-01", to: "2025-11-01" },
  { from: "2025-11-01" },
);

const postsArbitrary: fc.Arbitrary<readonly Post[]> = fc
  .record({
    change: fc.constantFrom("none", "none", "successor", "successor", "vacant"),
    terms: fc.tuple(term, term, term, term),
    director: fc.constantFrom("deputy", "chief", undefined),
  })
  .map(({ change, terms, director }) => {
    const first = change === "none" ? { from: "2025-07-01" } : { from: "2025-07-01", to: "2025-11-01" };
    const second = change === "successor" ? { from: "2025-11-01" } : undefined;
    const others = people.slice(2).map((staffId, at) => ({ staffId, unit, ...places[staffId], ...terms[at]! }));
    return [
      { staffId: "old-head", unit, ...places["old-head"], ...first },
      ...(second ? [{ staffId: "new-head", unit, ...places["new-head"], ...second }] : []),
      ...others,
      ...(director ? [{ staffId: director, unit, ...centre, from: "2025-07-01" }] : []),
    ];
  });

const shapes: readonly { readonly capacity: GrantedCapacity; readonly from?: PostRef; readonly to: PostRef }[] = [
  { capacity: "Q", to: places.deputy },
  { capacity: "KT", to: places.deputy },
  { capacity: "TL", to: places.chief },
  { capacity: "TL", to: places.chief },
  { capacity: "TL", to: centre },
  { capacity: "KT", from: places.chief, to: places["vice-chief"] },
  { capacity: "KT", from: places.chief, to: places["vice-chief"] },
  { capacity: "TUQ", to: places.chief },
  { capacity: "TUQ", to: places.officer },
  // Unlawful whatever else they say.
  { capacity: "TUQ", to: places.deputy },
  { capacity: "TL", to: places.officer },
];

const grantArbitrary = fc
  .record({
    shape: fc.constantFrom(...shapes),
    window,
    open: fc.boolean(),
    mask,
    narrowing: narrowingArbitrary,
    signedAt: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, instant),
    clause: mostly,
    legalBasis: mostly,
    basisAt: fc.option(instant, { nil: undefined, freq: 3 }),
    person: fc.option(fc.constantFrom(...people), { nil: undefined, freq: 2 }),
    parent: fc.integer({ min: 0, max: 4 }),
    needsApproval: fc.boolean(),
    recordedAt: fc.constantFrom(-100, -100, -100, 4),
  })
  .map((drawn): Omit<Grant, "id"> => {
    const { shape, window: spanned, open, mask: docTypes, needsApproval } = drawn;
    const { capacity, from = { position: "chu-tich" }, to } = shape;
    const kind = capacity === "TL" ? "quy-che-lam-viec" : capacity === "KT" ? "phan-cong" : "quyet-dinh";
    const ends = !open || capacity === "TUQ";
    return {
      unit,
      from,
      to,
      person: drawn.person ?? (capacity === "Q" ? "deputy" : undefined),
      capacity,
      docTypes: capacity === "TL" || from.position !== "chu-tich" ? docTypes & ~toMask(["ban-sao"]) : docTypes,
      narrowing: drawn.narrowing,
      validFrom: spanned.from,
      validTo: ends ? spanned.to : undefined,
      basis: {
        kind,
        number: "1",
        date: drawn.basisAt ?? midnight - 1000,
        signedAt: drawn.signedAt,
        clause: drawn.clause ? "Điều 7" : undefined,
        legalBasis: drawn.legalBasis ? "Luật 72/2025/QH15" : undefined,
      },
      parent: from.position === "chu-tich" ? undefined : `g${drawn.parent}`,
      needsApproval,
      ruleset: "test",
      recordedAt: midnight + drawn.recordedAt,
      recordedBy: "recorder",
    };
  });

const eventArbitrary: fc.Arbitrary<GrantEvent> = fc
  .record({
    grant: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom(
      "approved" as const,
      "approved" as const,
      "approved" as const,
      "revoked" as const,
      "suspended" as const,
    ),
    window,
    open: fc.boolean(),
    by: fc.constantFrom("recorder", "second", "second"),
    recordedAt: fc.constantFrom(-100, -100, -100, 4),
  })
  .map(({ grant, kind, window: { from, to }, open, by, recordedAt }) => ({
    grantId: `g${grant}`,
    kind,
    at: from,
    until: kind === "suspended" && !open ? to : undefined,
    recordedAt: midnight + recordedAt,
    recordedBy: by,
  }));

const rightArbitrary: fc.Arbitrary<Omit<CarriedRight, "extId">> = fc
  .record({
    who: fc.constantFrom(
      { staffId: "deputy", capacity: "KT" as const },
      { staffId: "chief", capacity: "TL" as const },
      { staffId: "deputy", capacity: "TL" as const },
      { staffId: "chief", capacity: "TUQ" as const },
      { staffId: "vice-chief", capacity: "KT" as const },
      { staffId: "officer", capacity: "TUQ" as const },
    ),
    mask,
    narrowing: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, narrowingArbitrary),
    window,
    wide: fc.boolean(),
    active: mostly,
  })
  .map(({ who, mask: docTypes, narrowing, window: { from, to }, wide, active }) => ({
    ...who,
    unit,
    narrowing,
    docTypes,
    from: wide ? midnight - 1000 : from,
    to: wide ? Number.POSITIVE_INFINITY : to,
    active,
  }));

const seenArbitrary = fc.record({
  at: fc.constantFrom(-20, -20, -20, -2, 3),
  ttlMs: fc.constantFrom(1_000, 1_000, 1_000, 17, 4),
  late: fc.constantFrom(0, 0, 0, 7),
});

function toSeen<T extends object>(what: T, { at, ttlMs, late }: { at: number; ttlMs: number; late: number }) {
  return { system: "documents", ...what, at: midnight + at, ttlMs, recordedAt: midnight + at + late };
}

const carriageArbitrary: fc.Arbitrary<CarriageReading> = fc
  .tuple(fc.array(rightArbitrary, { minLength: 2, maxLength: 10 }), seenArbitrary)
  .map(([rights, seen]) => toSeen({ hash: "h", rights: rights.map((right, at) => ({ ...right, extId: `r${at}` })) }, seen));

const usable: AccountSeen = { userName: "user", active: true, certificate: { serial: "01", bound: true } };
const accountArbitrary: fc.Arbitrary<AccountSeen | undefined> = fc.option(
  fc
    .record({ active: mostly, bound: mostly, certified: mostly, window })
    .map(({ active, bound, certified, window: { from, to } }) => ({
      userName: "user",
      active,
      certificate: certified ? { serial: "01", notBefore: from, notAfter: to, bound } : undefined,
    })),
  { nil: undefined, freq: 5 },
);
const readingsArbitrary = (staffId: string): fc.Arbitrary<PersonReading[]> =>
  fc
    .array(fc.tuple(fc.oneof({ weight: 3, arbitrary: fc.constant(usable) }, accountArbitrary), seenArbitrary), {
      minLength: 1,
      maxLength: 2,
    })
    .map((readings) => readings.map(([account, seen]) => toSeen({ staffId, account }, seen)));

const absenceArbitrary = fc
  .record({ staffId: fc.constantFrom(...people), window, recordedAt: fc.constantFrom(-100, -100, 4) })
  .map(({ staffId, window: { from, to }, recordedAt }): Omit<Absence, "id"> => {
    return { staffId, from, to, recordedAt: midnight + recordedAt, recordedBy: "recorder" };
  });
const returnArbitrary = fc
  .record({ absenceId: fc.constantFrom("a0", "a1"), at: instant, recordedAt: fc.constantFrom(-90, -90, 4) })
  .map((drawn): Return => ({ ...drawn, recordedAt: midnight + drawn.recordedAt, recordedBy: "recorder" }));

/** Heads that change, offices that end and begin, every kind of grant, events and readings known early or late. */
export const worldOfPosts: fc.Arbitrary<SigningFacts> = fc
  .record({
    posts: postsArbitrary,
    grants: fc.array(grantArbitrary, { maxLength: 5 }),
    events: fc.array(eventArbitrary, { maxLength: 5 }),
    carriage: fc.array(carriageArbitrary, { minLength: 1, maxLength: 2 }),
    people: fc.tuple(...people.map(readingsArbitrary)),
    absences: fc.array(absenceArbitrary, { maxLength: 2 }),
    returns: fc.array(returnArbitrary, { maxLength: 1 }),
    switches: fc.record({
      tuqLapsesWithGrantor: fc.boolean(),
      deputyMayDirectCentre: fc.boolean(),
      tlSurvivesChairman: fc.boolean(),
    }),
  })
  .map(({ grants, people: readings, absences, ...rest }) => ({
    ...rest,
    absences: absences.map((absence, at) => ({ ...absence, id: `a${at}` })),
    seals: [],
    grants: grants.map((grant, at) => ({ ...grant, id: `g${at}` })),
    people: readings.flat(),
    systemOf: () => "documents",
    twoPerson: ["TUQ"],
    zone: vietnamZone,
    tree: makeTree(midnight + 1),
  }));
