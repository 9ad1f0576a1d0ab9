import fc from "fast-check";
import type { Absence } from "../../src/delegation/absence.ts";
import { findDocType, toMask } from "../../src/delegation/doc-types.ts";
import type { AccountSeen, CarriageReading, CarriedRight, PersonReading } from "../../src/delegation/evidence.ts";
import type { SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant, GrantEvent } from "../../src/delegation/grant.ts";
import type { Post } from "../../src/directory/person.ts";
import { toInstant, vietnamZone } from "../../src/platform/time.ts";
import { makeTree, narrowingArbitrary, partArbitrary, toPartOf } from "./signing-parts.ts";

/** A ward small enough to be drawn at random: five people, a few types, and instants a few milliseconds apart, so that edges meet. */
export const unit = "27004";
/** 2 December 2025, 10:00: every rule of the table is in force. */
export const base = toInstant({ year: 2025, month: 12, day: 2, hour: 10 }, vietnamZone)!;
export const span = 12;

export const people = {
  head: "CB01",
  deputy: "CB02",
  chief: "CB03",
  officer: "CB04",
  director: "CB05",
} as const;

export const posts: readonly Post[] = [
  { staffId: people.head, unit, position: "chu-tich", from: "2025-07-01" },
  { staffId: people.deputy, unit, position: "pho-chu-tich", from: "2025-07-01" },
  { staffId: people.chief, unit, department: "van-phong", position: "chanh-van-phong", from: "2025-07-01" },
  { staffId: people.officer, unit, department: "van-phong", position: "chuyen-vien", from: "2025-07-01" },
  { staffId: people.director, unit, department: "trung-tam-pvhcc", position: "giam-doc-trung-tam", from: "2025-07-01" },
];

export const types = ["cong-van", "bao-cao", "ban-sao"] as const;

export function docType(key: string) {
  return findDocType(key)!;
}

/** A lawful TL. grant to the Chief of Office. */
export function makeGrant(change: Partial<Grant> = {}): Grant {
  return {
    id: "g1",
    unit,
    from: { position: "chu-tich" },
    to: { position: "chanh-van-phong", department: "van-phong" },
    capacity: "TL",
    docTypes: toMask(["cong-van"]),
    validFrom: base - 1000,
    basis: { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", date: base - 1000, clause: "khoản 2 Điều 7" },
    needsApproval: false,
    ruleset: "test",
    recordedAt: base - 1000,
    recordedBy: "recorder",
    ...change,
  };
}

export function makeRight(change: Partial<CarriedRight> = {}): CarriedRight {
  return {
    extId: "r1",
    unit,
    staffId: people.chief,
    capacity: "TL",
    docTypes: toMask(["cong-van"]),
    from: base - 1000,
    to: Number.POSITIVE_INFINITY,
    active: true,
    ...change,
  };
}

export function makeCarriage(rights: readonly CarriedRight[], change: Partial<CarriageReading> = {}): CarriageReading {
  return { system: "documents", at: base - 10, ttlMs: 86_400_000, hash: "h", rights, recordedAt: base - 10, ...change };
}

export const goodAccount: AccountSeen = {
  userName: "user",
  active: true,
  certificate: { serial: "01", notBefore: base - 1_000_000, notAfter: base + 1_000_000, bound: true },
};

export function makePerson(
  staffId: string,
  account: AccountSeen | undefined = goodAccount,
  change: Partial<PersonReading> = {},
): PersonReading {
  return { system: "documents", staffId, at: base - 10, ttlMs: 86_400_000, account, recordedAt: base - 10, ...change };
}

export function makeFacts(change: Partial<SigningFacts> = {}): SigningFacts {
  return {
    posts,
    grants: [],
    events: [],
    carriage: [makeCarriage([])],
    people: Object.values(people).map((staffId) => makePerson(staffId)),
    absences: [],
    returns: [],
    seals: [],
    systemOf: () => "documents",
    switches: { tuqLapsesWithGrantor: true, deputyMayDirectCentre: false, tlSurvivesChairman: true },
    twoPerson: ["TUQ"],
    zone: vietnamZone,
    tree: makeTree(base + 3),
    ...change,
  };
}

const instant = fc.integer({ min: -span, max: span }).map((n) => base + n);
const window = fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
const mask = fc.subarray([...types], { minLength: 1 }).map((keys) => toMask(keys));

const shapes = [
  { capacity: "KT", to: { position: "pho-chu-tich" } },
  { capacity: "TL", to: { position: "chanh-van-phong", department: "van-phong" } },
  { capacity: "TUQ", to: { position: "chanh-van-phong", department: "van-phong" } },
  { capacity: "TL", to: { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" } },
  { capacity: "TUQ", to: { position: "chuyen-vien", department: "van-phong" } },
  // Unlawful whatever else it says.
  { capacity: "TUQ", to: { position: "pho-chu-tich" } },
] as const;

const grantArbitrary = fc
  .record({
    shape: fc.constantFrom(...shapes),
    window,
    open: fc.boolean(),
    mask,
    narrowing: narrowingArbitrary,
    clause: fc.boolean(),
    needsApproval: fc.boolean(),
    late: fc.boolean(),
  })
  .map(({ shape, window: { from, to }, open, mask: docTypes, narrowing, clause, needsApproval, late }): Omit<Grant, "id"> => {
    const tl = shape.capacity === "TL";
    return {
      ...makeGrant(),
      ...shape,
      docTypes,
      narrowing,
      validFrom: from,
      validTo: open && shape.capacity !== "TUQ" ? undefined : to,
      basis: {
        kind: tl ? "quy-che-lam-viec" : "quyet-dinh",
        number: "1",
        date: base - 1000,
        clause: tl && clause ? "Điều 7" : undefined,
        legalBasis: "Luật 72/2025/QH15",
      },
      needsApproval,
      recordedAt: late ? base + 100 : base - 1000,
    };
  });

const eventArbitrary = (ids: readonly string[]) =>
  fc
    .record({
      grantId: fc.constantFrom(...ids),
      kind: fc.constantFrom("approved" as const, "approved" as const, "revoked" as const, "suspended" as const),
      window,
      by: fc.constantFrom("recorder", "second"),
    })
    .map(
      ({ grantId, kind, window: { from, to }, by }): GrantEvent => ({
        grantId,
        kind,
        at: from,
        until: kind === "suspended" ? to : undefined,
        recordedAt: base - 500,
        recordedBy: by,
      }),
    );

const rightArbitrary = fc
  .record({
    staffId: fc.constantFrom(...Object.values(people)),
    capacity: fc.constantFrom("KT" as const, "TL" as const, "TUQ" as const),
    mask,
    narrowing: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, narrowingArbitrary),
    window,
    open: fc.boolean(),
    active: fc.boolean(),
  })
  .map(
    ({ mask: docTypes, window: { from, to }, open, ...rest }): Omit<CarriedRight, "extId"> => ({
      ...rest,
      unit,
      docTypes,
      from,
      to: open ? Number.POSITIVE_INFINITY : to,
    }),
  );

const accountArbitrary: fc.Arbitrary<AccountSeen | undefined> = fc.option(
  fc.record({
    userName: fc.constant("user"),
    active: fc.boolean(),
    certificate: fc.option(
      fc.record({ window, long: fc.boolean(), bound: fc.boolean() }).map(({ window: { from, to }, long, bound }) => ({
        serial: "01",
        notBefore: long ? base - 1000 : from,
        notAfter: long ? base + 1000 : to,
        bound,
      })),
      { nil: undefined },
    ),
  }),
  { nil: undefined },
);

const absenceArbitrary = fc
  .record({ staffId: fc.constantFrom(...Object.values(people)), window })
  .map(({ staffId, window: { from, to } }): Absence => {
    return { id: "a", staffId, from, to, recordedAt: base - 100, recordedBy: "recorder" };
  });

export interface WorldOptions {
  /** Evidence is always there and fresh. */
  readonly fresh?: boolean;
}

/** Facts about the ward at random: lawful and unlawful grants, events, what the system carries, who is ready. */
export function worldArbitrary({ fresh = false }: WorldOptions = {}): fc.Arbitrary<SigningFacts> {
  const ttl = fresh ? fc.constant(86_400_000) : fc.constantFrom(86_400_000, 86_400_000, 86_400_000, 1);
  return fc
    .array(grantArbitrary, { maxLength: 5 })
    .map((grants) => grants.map((grant, at) => ({ ...grant, id: `g${at}` })))
    .chain((grants) =>
      fc
        .record({
          events: grants.length === 0 ? fc.constant([]) : fc.array(eventArbitrary(grants.map(({ id }) => id)), { maxLength: 4 }),
          rights: fc.array(rightArbitrary, { maxLength: 8 }),
          carriageTtl: ttl,
          accounts: fc.tuple(
            ...Object.values(people).map(() => fc.tuple(fc.oneof(fc.constant(goodAccount), accountArbitrary), ttl)),
          ),
          seen: fresh ? fc.constant(true) : fc.boolean(),
          absences: fc.array(absenceArbitrary, { maxLength: 1 }),
        })
        .map(({ events, rights, carriageTtl, accounts, seen, absences }) =>
          makeFacts({
            grants,
            absences,
            events,
            carriage: seen
              ? [
                  makeCarriage(
                    rights.map((right, at) => ({ ...right, extId: `r${at}` })),
                    { ttlMs: carriageTtl },
                  ),
                ]
              : [],
            people: Object.values(people).map((staffId, at) => {
              const [account, ttlMs] = accounts[at]!;
              return { ...makePerson(staffId), account, ttlMs };
            }),
          }),
        ),
    );
}

export const questionArbitrary = fc
  .record({
    staffId: fc.constantFrom(...Object.values(people)),
    docType: fc.constantFrom(...types).map(docType),
    part: partArbitrary,
    at: instant,
  })
  .map(({ part, ...asked }) => ({ ...asked, ...toPartOf(asked.docType.key, part), unit, asOf: base }));
