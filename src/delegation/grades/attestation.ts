import { sha256, toCanonicalJson } from "../../platform/canonical-json.ts";
import type { Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import { toIso } from "../../platform/time.ts";
import type { GrantedCapacity } from "../capacity.ts";
import type { Desk } from "../desk.ts";
import { toMask } from "../doc-types.ts";
import type { PersonReading } from "../evidence.ts";
import { createAttestationStore } from "./attestation-store.ts";
import type { Sight } from "./sight.ts";
import { createSightStore } from "./sight-store.ts";

/** One line of what a screen shows. Plain JSON, as it is kept and hashed. */
export interface Shown {
  readonly unit: string;
  readonly staffId: string;
  readonly capacity: GrantedCapacity;
  readonly docTypes: readonly string[];
  /** The screen shows that the person has it, or that the person does not. */
  readonly carried: boolean;
  readonly from?: Instant;
  readonly to?: Instant;
  /** The person's account, on a system that nothing else is known of. */
  readonly account?: {
    readonly userName: string;
    readonly active: boolean;
    readonly serial?: string;
    readonly notAfter?: Instant;
  };
}

/** What one operator saw on a system's screens. It is no evidence until another one confirms it. */
export interface Attestation {
  readonly id: string;
  readonly system: string;
  /** When the screens were looked at. */
  readonly at: Instant;
  readonly shown: readonly Shown[];
  readonly sha256: string;
  readonly note?: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly confirmedAt?: Instant;
  readonly confirmedBy?: string;
}

export interface NewAttestation {
  readonly system: string;
  readonly at: Instant;
  readonly shown: readonly Shown[];
  readonly note?: string;
}

/** Writes down what one person saw. Failure kind: invalid (seen in the future, or so long ago that it counts no more). */
export async function recordAttestation(desk: Desk, entry: NewAttestation): Promise<Attestation> {
  const { database, audit, clock, actor, ids, zone, settings } = desk;
  const now = clock.now();
  if (entry.at > now) throw new Failure("invalid", words.future);
  if (now >= entry.at + settings.attestedFor) throw new Failure("invalid", words.tooOld);
  const hash = sha256(await toCanonicalJson(JSON.parse(JSON.stringify(entry.shown)) as object));
  const attestation: Attestation = { ...entry, id: ids.next(), sha256: hash, recordedAt: now, recordedBy: actor };
  await database.transaction(
    async (tx) => {
      await createAttestationStore(database).add(attestation, tx);
      const { system, at, note = null } = attestation;
      const detail = { id: attestation.id, at: toIso(at, zone), lines: entry.shown.length, sha256: hash, note };
      await audit.append({ actor, action: "delegate.attest", subject: system, detail }, tx);
    },
    { durability: "full" },
  );
  return attestation;
}

/**
 * A second person saw the same: from now on it counts, as of when it was looked at first. Failure kinds: invalid (no such one, confirmed before, too old),
 * unsafe (by whoever recorded it).
 */
export async function confirmAttestation(desk: Desk, id: string): Promise<Attestation> {
  const { database, audit, clock, actor, settings, store } = desk;
  const attestations = createAttestationStore(database);
  const now = clock.now();
  const ttlMs = settings.attestedFor;
  return database.transaction(
    async (tx) => {
      const attestation = await attestations.find(id, tx);
      if (!attestation) throw new Failure("invalid", words.noSuch(id), { hint: words.listThem });
      if (attestation.confirmedBy !== undefined) throw new Failure("invalid", words.already(id, attestation.confirmedBy));
      if (attestation.recordedBy === actor) throw new Failure("unsafe", words.ownOne(actor), { hint: words.askAnother });
      if (now >= attestation.at + ttlMs) throw new Failure("invalid", words.tooOld);
      await attestations.confirm(id, { at: now, by: actor }, tx);
      await createSightStore(database).add(toSights(attestation, ttlMs, now), tx);
      await store.addPeople(toPeople(attestation, ttlMs, now), tx);
      const { system, recordedBy, sha256: hash } = attestation;
      await audit.append(
        { actor, action: "delegate.attest.confirm", subject: system, detail: { id, recordedBy, sha256: hash } },
        tx,
      );
      return { ...attestation, confirmedAt: now, confirmedBy: actor };
    },
    { durability: "full" },
  );
}

function toSights({ system, at, shown }: Attestation, ttlMs: number, now: Instant): Sight[] {
  return shown.map(({ unit, staffId, capacity, docTypes, carried, from = at, to = Number.POSITIVE_INFINITY }) => ({
    system,
    unit,
    staffId,
    capacity,
    docTypes: toMask(docTypes),
    grade: "attested",
    carried,
    from,
    to,
    at,
    ttlMs,
    recordedAt: now,
  }));
}

function toPeople({ system, at, shown }: Attestation, ttlMs: number, now: Instant): PersonReading[] {
  const people = new Map<string, PersonReading>();
  for (const { staffId, account } of shown) {
    if (!account) continue;
    const { userName, active, serial, notAfter } = account;
    const certificate = serial === undefined ? undefined : { serial, notAfter, bound: true };
    const reading = { system, staffId, at, ttlMs, recordedAt: now, grade: "attested" as const };
    people.set(staffId, { ...reading, account: { userName, active, certificate } });
  }
  return [...people.values()];
}

const words = {
  future: { vi: "thời điểm xem màn hình nằm trong tương lai", en: "the screens cannot have been looked at in the future" },
  tooOld: {
    vi: "xem màn hình đã quá lâu (delegate.attestedFor); hãy xem lại và ghi lại",
    en: "the screens were looked at too long ago (delegate.attestedFor); look again and record it anew",
  },
  noSuch: (id: string) => ({ vi: `không có lần ghi màn hình '${id}'`, en: `there is no attestation '${id}'` }),
  listThem: { vi: "xem các lần đang chờ: wardctl delegate attest", en: "those that wait: wardctl delegate attest" },
  already: (id: string, by: string) => ({ vi: `${id} đã được ${by} xác nhận`, en: `${id} was confirmed by ${by} before` }),
  ownOne: (actor: string) => ({
    vi: `${actor} đã ghi lần này nên không thể tự xác nhận`,
    en: `${actor} recorded it and cannot confirm it too`,
  }),
  askAnother: {
    vi: "người thứ hai (operator khác trong wardctl.yaml) xem màn hình rồi xác nhận",
    en: "a second person (another operator in wardctl.yaml) looks at the screens and confirms it",
  },
};
