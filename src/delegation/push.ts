import type { Clock, Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Carrier, NewRight } from "./carrier.ts";
import { type PushPlan, planPush } from "./compare-carriage.ts";
import { type Desk, readFacts } from "./desk.ts";
import { listKeys } from "./doc-types.ts";
import { type CarriedRight, nameHolders } from "./evidence.ts";
import { createRegister } from "./facts.ts";
import { createLossStore } from "./loss-store.ts";
import { type Loss, mapDue, toLossKey } from "./lossy-mapping.ts";

export interface ReadyPlan {
  readonly create: readonly NewRight[];
  readonly end: PushPlan["end"];
  readonly foreign: PushPlan["foreign"];
  /** Rights that cannot be carried because their holder has no account (ACC-MISSING). */
  readonly blocked: PushPlan["create"];
  /** What the system cannot say as it was granted. What is wider and not accepted is not written. */
  readonly losses: readonly Loss[];
  /** Wider rights that this push takes upon itself. */
  readonly accepting: readonly Loss[];
}

export interface PushRequest {
  readonly units: readonly string[];
  readonly signal?: AbortSignal;
  /** Rights that the system can only hold wider than granted are written all the same. */
  readonly acceptsWider?: boolean;
}

/**
 * What would have to be written so that the system carries what was granted in these units; nothing is written. Failure kinds:
 * those of the carrier, and unavailable when its listing is not whole.
 */
export async function preparePush(
  desk: Desk,
  carrier: Carrier,
  { units, signal, acceptsWider }: PushRequest,
): Promise<ReadyPlan> {
  const now = desk.clock.now();
  const listing = await carrier.listRights(signal);
  if (!listing.complete) {
    throw new Failure("unavailable", {
      vi: `${carrier.system}: danh sách quyền không đầy đủ (${listing.reason.vi}); chưa ghi gì`,
      en: `${carrier.system}: its listing is not whole (${listing.reason.en}); nothing was written`,
    });
  }
  const register = createRegister(await readFacts(desk, { at: now, asOf: now }), now, now);
  const inScope = new Set(units);
  const known = await createLossStore(desk.database).listAccepted(carrier.system);
  const asIs = mapDue(register, units, now, carrier, known);
  const accepting = acceptsWider ? asIs.losses.filter(({ kind, accepted }) => kind === "over" && !accepted) : [];
  const { due, losses } =
    accepting.length === 0 ? asIs : mapDue(register, units, now, carrier, new Set([...known, ...accepting.map(toLossKey)]));
  const listed = listing.rights.filter((right) => inScope.has(right.unit));
  const findUserName = createNameReader(carrier, signal);
  const owners = new Map<string, string>();
  if (listed.some(({ staffId }) => staffId === undefined)) {
    for (const staffId of new Set(due.map((right) => right.staffId))) owners.set((await findUserName(staffId)) ?? "", staffId);
  }
  const carried = nameHolders(listed, owners);
  const plan = planPush(due, carried, now, (id) => register.findGrant(id) !== undefined, register.tree);
  const names = new Map<string, string | undefined>();
  for (const staffId of new Set(plan.create.map((right) => right.staffId))) {
    names.set(staffId, await findUserName(staffId));
  }
  return {
    end: plan.end,
    foreign: plan.foreign,
    create: plan.create.flatMap((right) => {
      const userName = names.get(right.staffId);
      return userName ? [{ ...right, userName }] : [];
    }),
    blocked: plan.create.filter((right) => !names.get(right.staffId)),
    losses,
    accepting,
  };
}

/** Each account is asked for once. */
function createNameReader(carrier: Carrier, signal: AbortSignal | undefined): (staffId: string) => Promise<string | undefined> {
  const known = new Map<string, string | undefined>();
  return async (staffId) => {
    if (!known.has(staffId)) known.set(staffId, (await carrier.findAccount(staffId, signal))?.userName);
    return known.get(staffId);
  };
}

/**
 * Writes the plan, ends first, so that nobody holds more than was granted in between. Each write has its audit record before it is
 * sent: a killed process leaves a record of a write that may have happened, never a write without a record. Stops between two
 * writes when the signal says so (Failure: cancelled). What the system then carries only a read-back can tell.
 */
export async function applyPush(
  desk: Desk,
  carrier: Carrier,
  plan: ReadyPlan,
  { signal, reason = "" }: { readonly signal?: AbortSignal; readonly reason?: string } = {},
): Promise<void> {
  assertMayWrite(carrier, desk.clock);
  await recordAccepted(desk, carrier.system, plan.accepting, reason);
  const say = (at: Instant): string | null => (at === Number.POSITIVE_INFINITY ? null : toIso(at, desk.zone));
  const note = (action: string, subject: string, detail: Record<string, unknown>) =>
    desk.audit.append({ actor: desk.actor, action, subject, detail: { system: carrier.system, ...detail } });
  const describe = ({ unit, staffId, capacity, docTypes, narrowing }: NewRight | CarriedRight) => ({
    unit,
    staffId: staffId ?? null,
    capacity,
    docTypes: listKeys(docTypes),
    ...(narrowing && { narrowing }),
  });
  let written = 0;
  try {
    for (const right of plan.end) {
      assertGoingOn(signal);
      await note("delegate.push.end", right.key ?? right.extId, { extId: right.extId, ...describe(right) });
      await carrier.endRight(right.extId, desk.clock.now());
      written++;
    }
    for (const right of plan.create) {
      assertGoingOn(signal);
      await note("delegate.push.create", right.key, { ...describe(right), from: say(right.from), to: say(right.to) });
      await carrier.createRight(right);
      written++;
    }
  } catch (error) {
    throw toStopped(error, written, plan.end.length + plan.create.length);
  }
}

/** Who took it upon themselves that a right is wider there than granted, and why, before it is. */
async function recordAccepted(desk: Desk, system: string, losses: readonly Loss[], reason: string): Promise<void> {
  if (losses.length === 0) return;
  const { database, audit, actor, clock } = desk;
  await database.transaction(
    async (tx) => {
      await createLossStore(database).add(system, losses, { reason, at: clock.now(), actor }, tx);
      for (const { grantId, what, unit, staffId } of losses) {
        const detail = { system, what, unit, staffId, reason };
        await audit.append({ actor, action: "delegate.push.accept", subject: grantId, detail }, tx);
      }
    },
    { durability: "full" },
  );
}

/** What somebody wants to know when it stops halfway: how far it came, and that nothing of it is lost. */
function toStopped(error: unknown, written: number, total: number): unknown {
  if (!(error instanceof Failure) || (error.kind !== "unavailable" && error.kind !== "cancelled")) return error;
  const hint = {
    vi: `đã gửi ${written}/${total} lệnh ghi, không mất gì; chạy lại đúng lệnh này, chỉ phần còn thiếu được ghi`,
    en: `${written} of ${total} writes were sent and nothing is lost; run the same command again, it writes what is left`,
  };
  return new Failure(error.kind, error.words, { hint, faults: error.faults, cause: error });
}

function assertGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" });
}

/** A clock that was set by hand is for rehearsals: it may write to nothing but this machine. */
function assertMayWrite({ url, system }: Carrier, clock: Clock): void {
  const { hostname } = new URL(url);
  const loopback = hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
  if (!clock.pinned || loopback) return;
  throw new Failure(
    "unsafe",
    {
      vi: `WARDCTL_NOW đang đặt giờ giả, không ghi vào ${system}`,
      en: `WARDCTL_NOW sets the clock, so nothing is written to ${system}`,
    },
    { hint: { vi: "bỏ WARDCTL_NOW rồi chạy lại", en: "unset WARDCTL_NOW and run again" } },
  );
}
