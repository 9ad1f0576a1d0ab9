import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Desk } from "./desk.ts";
import { listKeys } from "./doc-types.ts";
import { formatPostRef, type Grant, toEffectiveStart } from "./grant.ts";
import { listGrantees } from "./grantees.ts";
import type { JudgedGrant } from "./judge-grant.ts";
import { rulesetVersion } from "./rules.ts";

/** A grant that is about to be recorded; `draftId` is what others of the same list name it by. */
export type Draft = JudgedGrant & { readonly draftId?: string };

export interface Recorded {
  readonly recorded: readonly Grant[];
  /** Already there, word for word, and not revoked: not recorded again. */
  readonly same: readonly Grant[];
}

/**
 * Records grants that were judged lawful, each with its audit record, all or none. The same file again records nothing. A parent may be
 * a grant of the same list, by its draft id. Failure kind: unsafe (whoever records would gain by one of them).
 */
export async function recordGrants(desk: Desk, drafts: readonly Draft[]): Promise<Recorded> {
  await assertNotOwn(desk, drafts);
  return desk.database.transaction((tx) => recordGrantsIn(desk, drafts, tx), { durability: "full" });
}

/** The same inside a transaction of the caller, who has called `assertNotOwn` before. */
export async function recordGrantsIn(desk: Desk, drafts: readonly Draft[], tx: Sql): Promise<Recorded> {
  const { store, audit, clock, ids, actor, settings, zone } = desk;
  const now = clock.now();
  const events = await store.listEvents(undefined, tx);
  const revoked = new Set(events.filter(({ kind }) => kind === "revoked").map(({ grantId }) => grantId));
  const standing = (await store.listGrants(undefined, tx)).filter(({ id }) => !revoked.has(id));
  const known = new Map(standing.map((grant) => [toContentKey(grant), grant]));
  const recorded: Grant[] = [];
  const same: Grant[] = [];
  const idOf = new Map<string, string>();
  for (const { draftId, ...bare } of sortByParent(drafts)) {
    const draft = { ...bare, parent: idOf.get(bare.parent ?? "") ?? bare.parent };
    const before = known.get(toContentKey(draft));
    const grant: Grant = before ?? {
      ...draft,
      id: ids.next(),
      needsApproval: settings.twoPerson.includes(draft.capacity),
      ruleset: rulesetVersion,
      recordedAt: now,
      recordedBy: actor,
    };
    if (draftId !== undefined) idOf.set(draftId, grant.id);
    known.set(toContentKey(draft), grant);
    (before ? same : recorded).push(grant);
  }
  await store.addGrants(recorded, tx);
  for (const grant of recorded) {
    const detail = toAuditDetail(grant, (at) => toIso(at, zone));
    await audit.append({ actor, action: "delegate.grant", subject: grant.id, detail }, tx);
  }
  return { recorded, same };
}

/** Those that others are passed on from come first. */
function sortByParent(drafts: readonly Draft[]): Draft[] {
  return [...drafts.filter(({ parent }) => parent === undefined), ...drafts.filter(({ parent }) => parent !== undefined)];
}

/** I7: nobody records a right of their own. Failure kind: unsafe. */
export async function assertNotOwn(desk: Desk, drafts: readonly Draft[]): Promise<void> {
  const posts = new Map(drafts.map((draft) => [JSON.stringify([draft.unit, draft.to, draft.person]), draft]));
  for (const draft of posts.values()) {
    if (!(await listGrantees(desk, draft)).includes(desk.actor)) continue;
    throw new Failure(
      "unsafe",
      {
        vi: `${desk.actor} không thể tự ghi nhận quyền ký cho mình`,
        en: `${desk.actor} cannot record a right of their own`,
      },
      {
        hint: {
          vi: "người khác ghi nhận, 'operator' trong wardctl.yaml là tên của họ",
          en: "let another person record it, with their name as 'operator' in wardctl.yaml",
        },
      },
    );
  }
}

function toContentKey(grant: JudgedGrant): string {
  const { unit, from, to, person, capacity, docTypes, narrowing, validFrom, validTo, basis, parent } = grant;
  const { kind, number, date, signedAt, clause, sha256, legalBasis } = basis;
  return JSON.stringify([
    unit,
    formatPostRef(from),
    formatPostRef(to),
    person ?? null,
    capacity,
    docTypes,
    narrowing ?? null,
    validFrom,
    validTo ?? null,
    [kind, number ?? null, date ?? null, signedAt ?? null, clause ?? null, sha256 ?? null, legalBasis ?? null],
    parent ?? null,
  ]);
}

/** Everything there is to know of it, so that the log alone gives the grants again (I20). */
function toAuditDetail(grant: Grant, say: (at: Instant) => string): Record<string, unknown> {
  const { basis } = grant;
  return {
    unit: grant.unit,
    from: formatPostRef(grant.from),
    to: formatPostRef(grant.to),
    person: grant.person ?? null,
    capacity: grant.capacity,
    docTypes: listKeys(grant.docTypes),
    narrowing: grant.narrowing ?? null,
    validFrom: say(grant.validFrom),
    start: say(toEffectiveStart(grant)),
    end: grant.validTo === undefined ? null : say(grant.validTo),
    basis: {
      kind: basis.kind,
      number: basis.number ?? null,
      date: basis.date === undefined ? null : say(basis.date),
      signedAt: basis.signedAt === undefined ? null : say(basis.signedAt),
      clause: basis.clause ?? null,
      sha256: basis.sha256 ?? null,
      legalBasis: basis.legalBasis ?? null,
    },
    parent: grant.parent ?? null,
    needsApproval: grant.needsApproval,
    ruleset: grant.ruleset,
    recordedAt: say(grant.recordedAt),
  };
}
