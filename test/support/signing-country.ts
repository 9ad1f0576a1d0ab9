import type { GrantedCapacity } from "../../src/delegation/capacity.ts";
import { type DocTypeMask, docTypes, toMask } from "../../src/delegation/doc-types.ts";
import type { CarriedRight, PersonReading } from "../../src/delegation/evidence.ts";
import type { SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant, GrantEvent, PostRef } from "../../src/delegation/grant.ts";
import type { Narrowing } from "../../src/delegation/scope.ts";
import type { Post } from "../../src/directory/person.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";
import { vietnamZone } from "../../src/platform/time.ts";

/** A whole country of made-up grants: twelve people a unit, windows and certificates that end at any minute of the month. */
export interface Country {
  readonly units: readonly string[];
  /** Facts of each unit by itself: what one unit answers rests on nothing of another. */
  readonly factsOf: ReadonlyMap<string, SigningFacts>;
  readonly facts: SigningFacts;
  readonly start: number;
}

const minute = 60_000;
const start = Date.parse("2026-03-02T00:00:00+07:00");
const year = 365 * 86_400_000;

const places: readonly PostRef[] = [
  { position: "chu-tich" },
  { position: "pho-chu-tich" },
  { position: "pho-chu-tich" },
  { position: "chanh-van-phong", department: "van-phong" },
  { position: "pho-chanh-van-phong", department: "van-phong" },
  { position: "van-thu", department: "van-phong" },
  { position: "truong-phong", department: "van-hoa-xa-hoi" },
  { position: "truong-phong", department: "kinh-te" },
  { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" },
  { position: "chuyen-vien", department: "van-phong" },
  { position: "chuyen-vien", department: "van-hoa-xa-hoi" },
  { position: "chuyen-vien", department: "kinh-te" },
];
const shapes: readonly { readonly capacity: GrantedCapacity; readonly to: PostRef }[] = [
  { capacity: "KT", to: places[1]! },
  { capacity: "TL", to: places[3]! },
  { capacity: "TL", to: places[6]! },
  { capacity: "TL", to: places[7]! },
  { capacity: "TL", to: places[8]! },
  { capacity: "TUQ", to: places[3]! },
  { capacity: "TUQ", to: places[9]! },
];
const certification = toMask(["ban-sao"]);

function pickLimit(random: Random): Narrowing {
  const departments = ["van-phong", "van-hoa-xa-hoi", "kinh-te", "trung-tam-pvhcc"];
  const one = [departments[random.integer(departments.length)] as string];
  const group = [["ho-tich", "dat-dai", "chung-thuc"][random.integer(3)] as string];
  const kinds: Narrowing[] = [
    { departments: one },
    { exceptDepartments: one },
    { procedures: group },
    { departments: one, exceptProcedures: group },
  ];
  return kinds[random.integer(kinds.length)] as Narrowing;
}

/** `limited`: one grant in so many is limited to departments or procedures; none without it. */
export function makeCountry({ units: count = 3_321, grants: grantCount = 100_000, days = 30, limited = 0 } = {}): Country {
  const random = createRandom("country");
  // A stream of its own, so that the country is the same with limits as without.
  const limits = createRandom("limits");
  const units = Array.from({ length: count }, (_, at) => String(10_000 + at));
  const inMonth = (): number => start + random.integer(days * 1440) * minute;
  const parts = units.map((unit, at) => {
    const posts: Post[] = places.map((place, n) => ({
      staffId: `${unit}-${n}`,
      unit,
      ...place,
      from: "2025-07-01",
      ...(n > 0 && random.integer(200) === 0 ? { to: "2026-03-15" } : {}),
    }));
    const share = Math.floor(((at + 1) * grantCount) / count) - Math.floor((at * grantCount) / count);
    const grants: Grant[] = [];
    const events: GrantEvent[] = [];
    const rights: CarriedRight[] = [];
    for (let n = 0; n < share; n++) {
      const { capacity, to } = shapes[random.integer(shapes.length)] as (typeof shapes)[number];
      let mask: DocTypeMask = 0;
      for (let types = 1 + random.integer(5); types > 0; types--) mask = (mask | (1 << random.integer(docTypes.length))) >>> 0;
      mask = capacity === "KT" ? mask : (mask & ~certification) >>> 0 || 1;
      const from = random.integer(4) === 0 ? inMonth() : start - random.integer(200) * 1440 * minute;
      const open = capacity !== "TUQ" && random.integer(3) === 0;
      const validTo = open ? undefined : Math.max(from + minute, inMonth());
      const id = `${unit}/${n}`;
      const kind = capacity === "TL" ? "quy-che-lam-viec" : capacity === "KT" ? "phan-cong" : "quyet-dinh";
      const date = Date.parse("2025-07-10T00:00:00+07:00");
      const basis = { kind, number: `${n}/QĐ-UBND`, date, clause: "khoản 2 Điều 7", legalBasis: "Luật 72/2025/QH15" } as const;
      const record = { recordedAt: start - year, recordedBy: "recorder" };
      const narrowing = limited > 0 && limits.integer(limited) === 0 ? pickLimit(limits) : undefined;
      grants.push({
        id,
        unit,
        from: places[0]!,
        to,
        capacity,
        docTypes: mask,
        narrowing,
        validFrom: from,
        validTo,
        basis,
        needsApproval: capacity === "TUQ",
        ruleset: "bench",
        ...record,
      });
      const event = { grantId: id, recordedAt: start - year, recordedBy: "second" };
      if (capacity === "TUQ") events.push({ ...event, kind: "approved", at: start - year });
      if (random.integer(50) === 0) events.push({ ...event, kind: "revoked", at: inMonth() });
      if (random.integer(50) === 0) {
        const a = inMonth();
        events.push({ ...event, kind: "suspended", at: a, until: a + (1 + random.integer(5000)) * minute });
      }
      if (random.integer(20) === 0) continue;
      for (const [holder, place] of places.entries()) {
        if (place.position !== to.position || place.department !== to.department) continue;
        const right = {
          extId: `${id}/${holder}`,
          unit,
          staffId: `${unit}-${holder}`,
          capacity,
          docTypes: mask,
          narrowing,
          active: true,
        };
        rights.push({ ...right, from, to: validTo ?? Number.POSITIVE_INFINITY });
      }
    }
    const people = places.map((_, n): PersonReading => {
      const notAfter = random.integer(6) === 0 ? inMonth() : start + year;
      const certificate = { serial: "1", notBefore: start - year, notAfter, bound: random.integer(50) > 0 };
      const account = { userName: `${unit}-${n}`, active: random.integer(60) > 0, certificate };
      return { system: unit, staffId: `${unit}-${n}`, at: start - minute, ttlMs: year, recordedAt: start - minute, account };
    });
    const reading = { system: unit, at: start - minute, ttlMs: year, hash: "h", rights, recordedAt: start - minute };
    const away = inMonth();
    const absences =
      random.integer(3) === 0
        ? [
            {
              id: unit,
              staffId: `${unit}-0`,
              from: away,
              to: away + (1 + random.integer(4000)) * minute,
              recordedAt: start - minute,
              recordedBy: "recorder",
            },
          ]
        : [];
    return [unit, { posts, grants, events, people, carriage: [reading], absences }] as const;
  });
  const rest = {
    returns: [],
    seals: [],
    systemOf: (unit: string) => unit,
    switches: { tuqLapsesWithGrantor: true, deputyMayDirectCentre: false, tlSurvivesChairman: true },
    twoPerson: ["TUQ"],
    zone: vietnamZone,
  };
  const all = parts.map(([, part]) => part);
  return {
    units,
    start,
    factsOf: new Map(parts.map(([unit, part]) => [unit, { ...part, ...rest }])),
    facts: {
      posts: all.flatMap(({ posts }) => posts),
      grants: all.flatMap(({ grants }) => grants),
      events: all.flatMap(({ events }) => events),
      people: all.flatMap(({ people }) => people),
      carriage: all.flatMap(({ carriage }) => carriage),
      absences: all.flatMap(({ absences }) => absences),
      ...rest,
    },
  };
}
