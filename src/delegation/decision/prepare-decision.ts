import type { Unit } from "../../directory/unit.ts";
import type { Instant } from "../../platform/clock.ts";
import { formatDocx } from "../../platform/docx.ts";
import { toIsoDate } from "../../platform/time.ts";
import type { Desk } from "../desk.ts";
import type { Grant, PostRef } from "../grant.ts";
import { needGrant } from "../record-events.ts";
import { createScopeBook } from "../scope-book.ts";
import type { Decision } from "./decision.ts";
import { draftDecision, type LogState } from "./draft-decision.ts";
import { layOutDecision } from "./lay-out-decision.ts";

export interface PreparedDecision {
  readonly grant: Grant;
  readonly decision: Decision;
  readonly file: Uint8Array;
}

export interface DecisionOrder {
  readonly grantId: string;
  readonly number?: string;
  readonly date?: Instant;
  readonly place?: string;
  readonly log: LogState;
  /** The unit as it is called on a day. */
  readonly findUnit: (code: string, at: Instant) => Promise<Unit | undefined>;
}

/** The paper of a recorded grant as a Word file, with names as they are on its day, today where it has none. Failure kinds: invalid, usage. */
export async function prepareDecision(desk: Desk, order: DecisionOrder): Promise<PreparedDecision> {
  const grant = await needGrant(desk, order.grantId);
  const at = order.date ?? desk.clock.now();
  const unit = (await order.findUnit(grant.unit, at)) ?? { code: grant.unit, name: grant.unit, kind: "phuong", province: "" };
  const parent = grant.parent === undefined ? undefined : await desk.store.findGrant(grant.parent);
  const [signer] = await listHolders(desk, grant.unit, grant.from, at);
  const grantees =
    grant.person === undefined ? await listHolders(desk, grant.unit, grant.to, at) : await listNames(desk, [grant.person]);
  const { number, date, place, log } = order;
  const book = createScopeBook(desk.settings.scope, desk.zone);
  const decision = draftDecision({ grant, parent, unit, signer, grantees, number, date, place, zone: desk.zone, book, log });
  return { grant, decision, file: await formatDocx(layOutDecision(decision)) };
}

async function listHolders(desk: Desk, unit: string, post: PostRef, at: Instant): Promise<string[]> {
  const posts = await desk.people.listPosts({ unit, at: toIsoDate(at, desk.zone) });
  const held = posts.filter(
    ({ position, department }) => position === post.position && (post.department === undefined || department === post.department),
  );
  return listNames(
    desk,
    held.map(({ staffId }) => staffId),
  );
}

async function listNames(desk: Desk, staffIds: readonly string[]): Promise<string[]> {
  const people = await Promise.all(staffIds.map((staffId) => desk.people.findPerson(staffId)));
  return people.flatMap((person) => person?.fullName ?? []);
}
