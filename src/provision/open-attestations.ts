import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { findNearest } from "../platform/text.ts";
import { toIso, toIsoDate, type Zone } from "../platform/time.ts";
import { attestFaults as words } from "./attest-words.ts";
import { type AttestationStanding, judgeAttestations } from "./attestation.ts";
import { createAttestationStore } from "./attestation-store.ts";

/** Functional accounts belong to nobody, so once a year somebody says that each is still needed and who answers for it. */
export interface Attestations {
  /** Those that are due first first. */
  list(): Promise<readonly AttestationStanding[]>;
  /** Failure kinds: usage (no such account), unsafe (nobody answers for it). All of them or none. */
  attest(keys: readonly string[], note: string | undefined): Promise<readonly AttestationStanding[]>;
}

interface AttestationsHost {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
}

export function openAttestations({ database, audit, clock, zone, actor }: AttestationsHost): Attestations {
  const store = createAttestationStore(database);
  const list = async (): Promise<AttestationStanding[]> =>
    judgeAttestations({
      accounts: await store.listKept(),
      attested: await store.listNewest(),
      merged: await store.listMerged(),
      today: toIsoDate(clock.now(), zone),
    });
  return {
    list,
    async attest(keys, note) {
      const before = await list();
      const known = new Map(before.map((standing) => [standing.key, standing]));
      const chosen = keys.map((key) => {
        const found = known.get(key);
        if (!found)
          throw new Failure("usage", words.unknownKey(key, findNearest(key, [...known.keys()])), { hint: words.seeAll });
        if (found.owner === null) throw new Failure("unsafe", words.vacant(found.name), { hint: words.headFirst });
        return { key, owner: found.owner };
      });
      const at = toIso(clock.now(), zone);
      await database.transaction(async (tx) => {
        for (const { key, owner } of chosen) {
          await store.add({ key, at, owner, actor, note }, tx);
          const detail = { owner, ...(note === undefined ? {} : { note }) };
          await audit.append({ actor, action: "provision.attest", subject: key, detail }, tx);
        }
      });
      return (await list()).filter(({ key }) => keys.includes(key));
    },
  };
}
