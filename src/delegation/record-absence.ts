import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Absence } from "./absence.ts";
import type { Desk } from "./desk.ts";
import type { Grant } from "./grant.ts";
import { assertNotOwn, type Draft, recordGrantsIn } from "./record-grants.ts";

export interface AbsenceRequest {
  readonly staffId: string;
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly reason?: string;
  readonly cover?: { readonly staffId: string; readonly name: string; readonly grant: Draft };
}

export interface AbsenceRecorded {
  readonly absence: Absence;
  /** The grant of who stands in. */
  readonly grant?: Grant;
  /** It stood there before, word for word: nothing was recorded. */
  readonly isSame: boolean;
}

/**
 * Somebody is away, and who stands in gets a grant for just that time, both in one transaction and both names in one record of the log.
 * Failure kind: unsafe (who records would stand in).
 */
export async function recordAbsence(desk: Desk, request: AbsenceRequest): Promise<AbsenceRecorded> {
  const { database, store, audit, clock, ids, actor, zone } = desk;
  const { staffId, name, from, to, reason, cover } = request;
  if (cover) await assertNotOwn(desk, [cover.grant]);
  return database.transaction(
    async (tx) => {
      const returned = new Set((await store.listReturns(tx)).map(({ absenceId }) => absenceId));
      const before = (await store.listAbsences(tx)).find(
        (known) =>
          known.staffId === staffId &&
          known.from === from &&
          known.to === to &&
          known.cover?.staffId === cover?.staffId &&
          !returned.has(known.id),
      );
      const made = cover && (await recordGrantsIn(desk, [cover.grant], tx));
      const grant = made?.recorded[0] ?? made?.same[0];
      if (before) return { absence: before, grant, isSame: true };
      const absence: Absence = {
        id: ids.next(),
        staffId,
        from,
        to,
        reason,
        cover: cover && grant && { staffId: cover.staffId, grantId: grant.id },
        recordedAt: clock.now(),
        recordedBy: actor,
      };
      await store.addAbsence(absence, tx);
      const detail = {
        name,
        from: toIso(from, zone),
        to: toIso(to, zone),
        reason: reason ?? null,
        id: absence.id,
        cover: cover?.staffId ?? null,
        coverName: cover?.name ?? null,
        grant: grant?.id ?? null,
        recordedAt: toIso(absence.recordedAt, zone),
      };
      await audit.append({ actor, action: "delegate.absence", subject: staffId, detail }, tx);
      return { absence, grant, isSame: false };
    },
    { durability: "full" },
  );
}

/**
 * Somebody is back before the absence is over: it ends, and with it the grant of who stood in. Failure kind: invalid (not away then).
 */
export async function recordReturn(
  desk: Desk,
  { staffId, name, at }: { readonly staffId: string; readonly name: string; readonly at: Instant },
): Promise<readonly Absence[]> {
  const { database, store, audit, clock, actor, zone } = desk;
  return database.transaction(
    async (tx) => {
      const returns = await store.listReturns(tx);
      const ended = (await store.listAbsences(tx)).filter((absence) => {
        const back = returns.filter(({ absenceId }) => absenceId === absence.id).map((each) => each.at);
        return absence.staffId === staffId && absence.from <= at && at < Math.min(absence.to, ...back);
      });
      if (ended.length === 0) {
        throw new Failure("invalid", {
          vi: `${name} không có lần vắng mặt nào vào lúc đó`,
          en: `${name} is not away at that instant`,
        });
      }
      const now = clock.now();
      const events = await store.listEvents(undefined, tx);
      for (const absence of ended) {
        await store.addReturn({ absenceId: absence.id, at, recordedAt: now, recordedBy: actor }, tx);
        const grantId = absence.cover?.grantId;
        const isOpen = grantId !== undefined && !events.some((event) => event.grantId === grantId && event.kind === "revoked");
        const detail = { name, at: toIso(at, zone), absence: absence.id, grant: grantId ?? null, recordedAt: toIso(now, zone) };
        await audit.append({ actor, action: "delegate.return", subject: staffId, detail }, tx);
        if (!isOpen) continue;
        const reason = `${name}: ${toIso(at, zone)}`;
        await store.addEvents([{ grantId, kind: "revoked", at, reason, recordedAt: now, recordedBy: actor }], tx);
        const revoked = { at: toIso(at, zone), reason, recordedAt: toIso(now, zone) };
        await audit.append({ actor, action: "delegate.revoke", subject: grantId, detail: revoked }, tx);
      }
      return ended;
    },
    { durability: "full" },
  );
}
