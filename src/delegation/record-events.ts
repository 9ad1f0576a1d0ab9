import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Desk } from "./desk.ts";
import type { Grant } from "./grant.ts";
import { listGrantees } from "./grantees.ts";

/** Revoking is an event on one grant: the same right may be granted again later. Failure kinds: invalid (no such grant, revoked already). */
export async function revokeGrant(desk: Desk, id: string, at: Instant, reason: string): Promise<Grant> {
  const { database, store, audit, clock, actor, zone } = desk;
  const grant = await needGrant(desk, id);
  await database.transaction(
    async (tx) => {
      const events = (await store.listEvents(grant.unit, tx)).filter((event) => event.grantId === id && event.kind === "revoked");
      if (events.length > 0) {
        throw new Failure("invalid", { vi: `quyền ${id} đã bị thu hồi trước đó`, en: `grant ${id} was revoked before` });
      }
      const event = { grantId: id, kind: "revoked" as const, at, reason, recordedAt: clock.now(), recordedBy: actor };
      await store.addEvents([event], tx);
      await audit.append(
        {
          actor,
          action: "delegate.revoke",
          subject: id,
          detail: { unit: grant.unit, at: toIso(at, zone), reason, recordedAt: toIso(event.recordedAt, zone) },
        },
        tx,
      );
    },
    { durability: "full" },
  );
  return grant;
}

export interface Suspension {
  readonly from: Instant;
  /** Undefined: until a new grant takes its place. */
  readonly to?: Instant;
  readonly reason: string;
}

/**
 * Takes the effect of a grant away for a while; afterwards it is what it was. The same again records nothing. Failure kinds: invalid
 * (no such grant, revoked before).
 */
export async function suspendGrant(desk: Desk, id: string, { from, to, reason }: Suspension): Promise<Grant> {
  const { database, store, audit, clock, actor, zone } = desk;
  const grant = await needGrant(desk, id);
  await database.transaction(
    async (tx) => {
      const events = (await store.listEvents(grant.unit, tx)).filter((event) => event.grantId === id);
      if (events.some(({ kind, at }) => kind === "revoked" && at <= from)) {
        throw new Failure("invalid", { vi: `quyền ${id} đã bị thu hồi`, en: `grant ${id} was revoked` });
      }
      if (events.some(({ kind, at, until }) => kind === "suspended" && at === from && until === to)) return;
      const event = {
        grantId: id,
        kind: "suspended" as const,
        at: from,
        until: to,
        reason,
        recordedAt: clock.now(),
        recordedBy: actor,
      };
      await store.addEvents([event], tx);
      const detail = {
        unit: grant.unit,
        from: toIso(from, zone),
        to: to === undefined ? null : toIso(to, zone),
        reason,
        recordedAt: toIso(event.recordedAt, zone),
      };
      await audit.append({ actor, action: "delegate.suspend", subject: id, detail }, tx);
    },
    { durability: "full" },
  );
  return grant;
}

/**
 * The second person's word. Failure kinds: invalid (nothing to approve, approved or revoked before), unsafe (the recorder, or the one
 * who gains by it).
 */
export async function approveGrant(desk: Desk, id: string): Promise<Grant> {
  const { database, store, audit, clock, actor, zone } = desk;
  const grant = await needGrant(desk, id);
  if (!grant.needsApproval) {
    throw new Failure("invalid", { vi: `quyền ${id} không cần duyệt`, en: `grant ${id} needs no approval` });
  }
  if (grant.recordedBy === actor || (await listGrantees(desk, grant)).includes(actor)) {
    throw new Failure(
      "unsafe",
      {
        vi: `${actor} không thể duyệt quyền này: phải là người thứ hai`,
        en: `${actor} cannot approve this grant: it takes a second person`,
      },
      {
        hint: {
          vi: "người khác chạy lệnh này, 'operator' trong wardctl.yaml là tên của họ",
          en: "let another person run it, with their name as 'operator' in wardctl.yaml",
        },
      },
    );
  }
  await database.transaction(
    async (tx) => {
      const now = clock.now();
      const events = (await store.listEvents(grant.unit, tx)).filter((event) => event.grantId === id);
      if (events.some(({ kind }) => kind === "revoked")) {
        throw new Failure("invalid", { vi: `quyền ${id} đã bị thu hồi`, en: `grant ${id} was revoked` });
      }
      if (events.some(({ kind, recordedBy }) => kind === "approved" && recordedBy !== grant.recordedBy)) {
        throw new Failure("invalid", { vi: `quyền ${id} đã được duyệt trước đó`, en: `grant ${id} was approved before` });
      }
      await store.addEvents([{ grantId: id, kind: "approved", at: now, recordedAt: now, recordedBy: actor }], tx);
      await audit.append(
        {
          actor,
          action: "delegate.approve",
          subject: id,
          detail: { unit: grant.unit, recordedBy: grant.recordedBy, recordedAt: toIso(now, zone) },
        },
        tx,
      );
    },
    { durability: "full" },
  );
  return grant;
}

export async function needGrant({ store }: Desk, id: string): Promise<Grant> {
  const grant = await store.findGrant(id);
  if (grant) return grant;
  throw new Failure(
    "invalid",
    { vi: `không có quyền ký mã '${id}'`, en: `there is no grant '${id}'` },
    { hint: { vi: "xem mã bằng 'wardctl delegate list'", en: "see the ids with 'wardctl delegate list'" } },
  );
}
