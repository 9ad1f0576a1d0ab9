import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DocumentsLie, documentsLies } from "../../../src/city/documents-lies.ts";
import { toDocumentsSettings } from "../../../src/city/documents-settings.ts";
import { cityDocTypes } from "../../../src/city/signing-rights.ts";
import type { Carrier } from "../../../src/delegation/carrier.ts";
import { openCarrier } from "../../../src/delegation/carriers/index.ts";
import { compareCarriage, listDue, planPush } from "../../../src/delegation/compare-carriage.ts";
import { findDocType, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import type { Grant, GrantEvent } from "../../../src/delegation/grant.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { createRandom, type Random } from "../../../src/platform/random.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

/** Each run: random grants are pushed over HTTP to the city's document system, read back and compared; some are revoked; pushed and read back again. */
const honestRuns = 1_000;
const runsOfALie = 12;
const units = [tanBinh, "19777", "19774"];
const now = readInstant("2025-07-03T10:00", vietnamZone)!;
const dayMs = 86_400_000;
const keys = Object.values(cityDocTypes).filter((key) => !findDocType(key)?.certification && key !== "chi-thi");
let world: SigningCity;
let carrier: Carrier;

beforeAll(async () => {
  world = await startSigningCity(units);
  const documents = toDocumentsSettings(world.city.systemUrl("documents"), "env:T", "ca.pem");
  const settings = delegationSettings.parse({ systems: { documents } }).systems["documents"]!;
  carrier = await openCarrier(settings, {
    system: "documents",
    token: world.city.token,
    ca: world.city.ca,
    zone: vietnamZone,
  });
});
afterAll(async () => {
  await carrier.close();
  await world.city.stop();
});

const holders = [
  { capacity: "KT", to: { position: "pho-chu-tich" }, basis: { kind: "phan-cong", number: "02/TB-UBND" } },
  {
    capacity: "TL",
    to: { position: "chanh-van-phong", department: "van-phong" },
    basis: { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", clause: "khoản 2 Điều 7" },
  },
  {
    capacity: "TL",
    to: { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" },
    basis: { kind: "quy-che-van-thu", number: "03/QĐ-UBND", clause: "Điều 9" },
  },
  {
    capacity: "TUQ",
    to: { position: "truong-phong", department: "van-hoa-xa-hoi" },
    basis: { kind: "quyet-dinh", number: "15/QĐ-UBND" },
  },
] as const;

function drawGrants(random: Random, count: number): Grant[] {
  return Array.from({ length: count }, (_, n): Grant => {
    const { capacity, to, basis } = random.pick(holders);
    const start = readInstant("2025-07-01", vietnamZone)! + random.integer(8) * dayMs;
    const ends = capacity === "TUQ" || random.next() < 0.6;
    return {
      id: `g${n}`,
      unit: random.pick(units),
      from: { position: "chu-tich" },
      to,
      capacity,
      docTypes: toMask(random.shuffle(keys).slice(0, 2 + random.integer(4))),
      validFrom: start,
      validTo: ends
        ? start + (5 + random.integer(40)) * dayMs + (random.next() < 0.2 ? 3_600_000 * random.integer(24) : 0)
        : undefined,
      basis: { ...basis, date: start },
      needsApproval: false,
      ruleset: "2025-11-01",
      recordedAt: now - 1,
      recordedBy: "lan",
    };
  });
}

function toFacts(grants: readonly Grant[], events: readonly GrantEvent[]): SigningFacts {
  return {
    posts: world.city.people.flatMap(({ posts }) => posts),
    grants,
    events,
    carriage: [],
    people: [],
    absences: [],
    returns: [],
    seals: [],
    systemOf: () => "documents",
    switches: { tuqLapsesWithGrantor: true, deputyMayDirectCentre: false, tlSurvivesChairman: true },
    twoPerson: [],
    zone: vietnamZone,
  } as unknown as SigningFacts;
}

interface Heard {
  /** What somebody would be told: differences, an incomplete listing, a refusal. */
  readonly alarms: readonly string[];
  readonly writes: number;
}

/** Pushes until nothing is left to write or an alarm stops it, as `delegate push` does, and reads back. */
async function pushAndReadBack(facts: SigningFacts): Promise<Heard> {
  const register = createRegister(facts, now, now);
  const knows = (id: string): boolean => register.findGrant(id) !== undefined;
  const due = listDue(register, units, now, carrier.toExpressible);
  let writes = 0;
  try {
    const before = await carrier.listRights();
    if (!before.complete) return { alarms: [before.reason.en], writes };
    const names = new Map<string, string | undefined>();
    const plan = planPush(due, before.rights, now, knows);
    for (const { staffId } of plan.create)
      if (!names.has(staffId)) names.set(staffId, (await carrier.findAccount(staffId))?.userName);
    for (const { extId } of plan.end) {
      await carrier.endRight(extId, now);
      writes += 1;
    }
    for (const right of plan.create) {
      await carrier.createRight({ ...right, userName: names.get(right.staffId)! });
      writes += 1;
    }
    const after = await carrier.listRights();
    if (!after.complete) return { alarms: [after.reason.en], writes };
    const differences = compareCarriage(due, after.rights, now, knows);
    return { alarms: differences.map(({ kind, cause }) => `${kind} ${cause ?? ""}`), writes };
  } catch (error) {
    return { alarms: [String((error as Error).message)], writes };
  }
}

interface Run {
  readonly first: Heard;
  readonly second: Heard;
}

async function play(random: Random, lie?: DocumentsLie): Promise<Run> {
  world.documents.lies.clear();
  (world.documents.rights as unknown[]).length = 0;
  // More than a page of them where pages are lied about; a lie about an ended right needs one that was made honestly.
  const grants = drawGrants(random, lie && /page|next|list/.test(lie) ? 30 : 1 + random.integer(5));
  const late = lie === "ended-still-active" || lie === "end-ignored";
  if (lie && !late) world.documents.lies.add(lie);
  const first = await pushAndReadBack(toFacts(grants, []));
  if (late) world.documents.lies.add(lie as DocumentsLie);
  const revoked = grants.filter((_, at) => (late ? at === 0 : random.next() < 0.4));
  const events = revoked.map(
    ({ id }): GrantEvent => ({ grantId: id, kind: "revoked", at: now, recordedAt: now, recordedBy: "lan" }),
  );
  const second = await pushAndReadBack(toFacts(grants, events));
  return { first, second };
}

describe("a document system that is read back", () => {
  it(`gives no false alarm in ${honestRuns} honest runs`, async () => {
    const alarms: string[] = [];
    let writes = 0;
    for (let seed = 0; seed < honestRuns; seed++) {
      const { first, second } = await play(createRandom(`honest/${seed}`));
      writes += first.writes + second.writes;
      for (const alarm of [...first.alarms, ...second.alarms]) alarms.push(`seed ${seed}: ${alarm}`);
    }
    expect(alarms).toEqual([]);
    expect(writes).toBeGreaterThan(2 * honestRuns);
  });

  it("is known to lie in at least fifteen ways", () => {
    expect(documentsLies.length).toBeGreaterThanOrEqual(15);
  });

  // What a trial lies about is held in probe.test.ts.
  it.each(documentsLies.filter((lie) => !lie.startsWith("probe-")))("is caught every time when it lies: %s", async (lie) => {
    const silent: number[] = [];
    let told = 0;
    for (let seed = 0; seed < runsOfALie; seed++) {
      const { first, second } = await play(createRandom(`${lie}/${seed}`), lie);
      const honest = await play(createRandom(`${lie}/${seed}`));
      expect([...honest.first.alarms, ...honest.second.alarms]).toEqual([]);
      // A lie that changes nothing in this run is none: no end date to shift, nothing that was ended, one page only.
      if (!(await hasEffect(lie, seed))) continue;
      told += 1;
      if (first.alarms.length + second.alarms.length === 0) silent.push(seed);
    }
    expect(silent).toEqual([]);
    expect(told).toBeGreaterThan(runsOfALie / 3);
  });
});

/** Whether the run gives the lie something to lie about, seen from the grants alone. */
async function hasEffect(lie: DocumentsLie, seed: number): Promise<boolean> {
  const random = createRandom(`${lie}/${seed}`);
  const grants = drawGrants(random, /page|next|list/.test(lie) ? 30 : 1 + random.integer(5));
  const due = listDue(createRegister(toFacts(grants, []), now, now), units, now, carrier.toExpressible);
  const ofFirst = due.filter(({ grantId }) => grantId === "g0");
  if (lie === "end-shifted" || lie === "end-dropped") return due.some(({ to }) => to !== Number.POSITIVE_INFINITY);
  if (lie === "ended-still-active" || lie === "end-ignored") {
    // The first grant's own right must have been made, and no other may cover it.
    return ofFirst.some((right) => {
      const others = due.filter(
        (other) =>
          other.grantId !== "g0" &&
          other.staffId === right.staffId &&
          other.unit === right.unit &&
          other.capacity === right.capacity,
      );
      const covered = others.reduce(
        (mask, other) => (other.from <= right.from && other.to >= right.to ? mask | other.docTypes : mask),
        0,
      );
      return (right.docTypes & ~covered) !== 0;
    });
  }
  return due.length > 0;
}
