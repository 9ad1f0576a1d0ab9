import type { IsoDate } from "../directory/unit.ts";
import type { Sql } from "../platform/database.ts";
import type { Attestation, KeptAccount } from "./attestation.ts";
import type { Origin } from "./subject-facts.ts";

export interface AttestationStore {
  /** Functional accounts that are linked and did not end in a merger. */
  listKept(): Promise<readonly KeptAccount[]>;
  listNewest(): Promise<ReadonlyMap<string, Attestation>>;
  /** The last day on which some other unit's accounts came into one. */
  listMerged(): Promise<ReadonlyMap<string, IsoDate>>;
  add(attestation: Attestation, tx: Sql): Promise<void>;
}

interface KeptRow {
  readonly system: string;
  readonly subject: string;
  readonly unit: string;
  readonly since: string;
  readonly owner: string | null;
  readonly body: string | null;
}

const prefix = "functional/";

export function createAttestationStore(database: Sql): AttestationStore {
  return {
    async listKept() {
      const rows = await database.all<KeptRow>(
        `SELECT l.system, l.subject, l.unit, l.since, o.owner, o.body FROM provision_link l
          LEFT JOIN provision_origin o ON o.subject = l.subject
          LEFT JOIN provision_declared d ON d.subject = l.subject AND d.kind = 'leave'
          WHERE l.subject LIKE 'functional/%' AND d.subject IS NULL ORDER BY l.subject, l.system`,
      );
      return [...Map.groupBy(rows, ({ subject }) => subject)].map(([subject, own]): KeptAccount => {
        const [first] = own as [KeptRow];
        const key = subject.slice(prefix.length);
        return {
          key,
          name: first.body === null ? key : (JSON.parse(first.body) as Origin).name,
          unit: first.unit,
          owner: first.owner,
          systems: own.map(({ system }) => system),
          since: own.map(({ since }) => since.slice(0, 10)).sort()[0] as IsoDate,
        };
      });
    },
    async listNewest() {
      const rows = await database.all<Omit<Attestation, "note"> & { readonly note: string | null }>(
        `SELECT subject_key AS "key", at, owner, actor, note FROM provision_attestation ORDER BY seq`,
      );
      return new Map(rows.map(({ note, ...row }) => [row.key, { ...row, note: note ?? undefined }]));
    },
    async listMerged() {
      const rows = await database.all<{ unit: string; effective: string }>(
        `SELECT unit, MAX(effective) AS effective FROM provision_declared
          WHERE kind = 'leave' AND unit IS NOT NULL AND subject LIKE 'functional/%' GROUP BY unit`,
      );
      return new Map(rows.map(({ unit, effective }) => [unit, effective]));
    },
    async add({ key, at, owner, actor, note }, tx) {
      await tx.run(
        "INSERT INTO provision_attestation (subject_key, at, owner, actor, note) VALUES (?, ?, ?, ?, ?)",
        key,
        at,
        owner,
        actor,
        note ?? null,
      );
    },
  };
}
