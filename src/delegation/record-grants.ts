import type { Instant } from "../platform/clock.ts";
import type { Sql } from "../platform/database.ts";
import { toIso } from "../platform/time.ts";
import type { Desk } from "./desk.ts";
import { listKeys } from "./doc-types.ts";
import { formatPostRef, type Grant, toEffectiveStart } from "./grant.ts";
import type { JudgedGrant } from "./judge-grant.ts";
import { rulesetVersion } from "./rules.ts";

export interface Recorded {
  readonly recorded: readonly Grant[];
  /** Already there, word for word, and not revoked: not recorded again. */
  readonly same: readonly Grant[];
}

/** Records grants that were judged lawful, each with its audit record, all or none. The same file again records nothing. */
export async function recordGrants(desk: Desk, drafts: readonly JudgedGrant[]): Promise<Recorded> {
  const { database, store, audit, clock, ids, actor, settings, zone } = desk;
  const now = clock.now();
  const work = async (tx: Sql): Promise<Recorded> => {
    const events = await store.listEvents(undefined, tx);
    const revoked = new Set(events.filter(({ kind }) => kind === "revoked").map(({ grantId }) => grantId));
    const standing = (await store.listGrants(undefined, tx)).filter(({ id }) => !revoked.has(id));
    const known = new Map(standing.map((grant) => [toContentKey(grant), grant]));
    const recorded: Grant[] = [];
    const same: Grant[] = [];
    for (const draft of drafts) {
      const before = known.get(toContentKey(draft));
      if (before) {
        same.push(before);
        continue;
      }
      const needsApproval = settings.twoPerson.includes(draft.capacity);
      const grant: Grant = {
        ...draft,
        id: ids.next(),
        needsApproval,
        ruleset: rulesetVersion,
        recordedAt: now,
        recordedBy: actor,
      };
      known.set(toContentKey(draft), grant);
      recorded.push(grant);
    }
    await store.addGrants(recorded, tx);
    for (const grant of recorded) {
      const detail = toAuditDetail(grant, (at) => toIso(at, zone));
      await audit.append({ actor, action: "delegate.grant", subject: grant.id, detail }, tx);
    }
    return { recorded, same };
  };
  return database.transaction(work, { durability: "full" });
}

function toContentKey(grant: JudgedGrant): string {
  const { unit, from, to, person, capacity, docTypes, validFrom, validTo, basis, parent } = grant;
  const { kind, number, date, clause, legalBasis } = basis;
  return JSON.stringify([
    unit,
    formatPostRef(from),
    formatPostRef(to),
    person ?? null,
    capacity,
    docTypes,
    validFrom,
    validTo ?? null,
    [kind, number ?? null, date ?? null, clause ?? null, legalBasis ?? null],
    parent ?? null,
  ]);
}

function toAuditDetail(grant: Grant, say: (at: Instant) => string): Record<string, unknown> {
  return {
    unit: grant.unit,
    from: formatPostRef(grant.from),
    to: formatPostRef(grant.to),
    person: grant.person ?? null,
    capacity: grant.capacity,
    docTypes: listKeys(grant.docTypes),
    start: say(toEffectiveStart(grant)),
    end: grant.validTo === undefined ? null : say(grant.validTo),
    basis: { kind: grant.basis.kind, number: grant.basis.number ?? null, clause: grant.basis.clause ?? null },
    needsApproval: grant.needsApproval,
  };
}
