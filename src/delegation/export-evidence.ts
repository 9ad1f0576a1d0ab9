import type { AuditRecord } from "../audit/audit-log.ts";
import { toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { toIso, type Zone } from "../platform/time.ts";
import { toStoredRight } from "./delegation-rows.ts";
import type { Desk } from "./desk.ts";
import { listKeys } from "./doc-types.ts";
import type { Grant, GrantEvent } from "./grant.ts";

export interface EvidenceFile {
  readonly path: string;
  readonly content: string;
}

/**
 * What the register holds, for somebody who has nothing but these files: the grants of each unit with what happened to them, what each document system was
 * last read to carry, and which papers were drafted.
 */
export async function exportEvidence(desk: Desk): Promise<EvidenceFile[]> {
  const { store, audit, clock, zone } = desk;
  const now = clock.now();
  const [grants, events, carriage, drafted] = await Promise.all([
    store.listGrants(),
    store.listEvents(),
    store.listCarriage(now, now),
    audit.list({ actionPrefix: "delegate.decision" }),
  ]);
  const eventsOf = Map.groupBy(events, ({ grantId }) => grantId);
  const units = [...Map.groupBy(grants, ({ unit }) => unit)].map(([unit, own]) => ({
    path: `grants/${unit}.json`,
    value: { unit, grants: own.map((grant) => toGrantValue(grant, eventsOf.get(grant.id) ?? [], zone)) },
  }));
  const systems = carriage.map(({ system, at, ttlMs, hash, grade, rights }) => ({
    path: `carriage/${system}.json`,
    value: {
      system,
      at: toIso(at, zone),
      ttlSeconds: ttlMs / 1000,
      hash,
      ...(grade === undefined ? {} : { grade }),
      rights: rights.map((right) => withoutUndefined(toStoredRight(right))),
    },
  }));
  const decisions = [...Map.groupBy(drafted, ({ subject }) => subject)].map(([grant, records]) => ({
    path: `decisions/${grant}.json`,
    value: { grant, drafts: records.map(toDraft) },
  }));
  const files = [...units, ...systems, ...decisions];
  return Promise.all(files.map(async ({ path, value }) => ({ path, content: `${await toCanonicalJson(value)}\n` })));
}

function toDraft({ seq, at, actor, detail }: AuditRecord): Record<string, unknown> {
  return { seq, at, actor, ...detail };
}

function toGrantValue(grant: Grant, events: readonly GrantEvent[], zone: Zone): Record<string, unknown> {
  const say = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : toIso(at, zone));
  const { docTypes, validFrom, validTo, basis, recordedAt, from, to, ...rest } = grant;
  return withoutUndefined({
    ...rest,
    from: withoutUndefined({ ...from }),
    to: withoutUndefined({ ...to }),
    docTypes: listKeys(docTypes),
    validFrom: say(validFrom),
    validTo: say(validTo),
    basis: withoutUndefined({ ...basis, date: say(basis.date), signedAt: say(basis.signedAt) }),
    recordedAt: say(recordedAt),
    events: events.map(({ kind, at, until, reason, recordedAt: knownAt, recordedBy }) =>
      withoutUndefined({ kind, at: say(at), until: say(until), reason, recordedAt: say(knownAt), recordedBy }),
    ),
  });
}

/** Canonical JSON knows no undefined. */
function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
