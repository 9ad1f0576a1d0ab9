import type { Database, Sql } from "../platform/database.ts";
import type { Slip, SlipEvent } from "./slip.ts";

export interface SlipFilter {
  readonly units?: readonly string[];
  readonly plan?: string;
}

/** The ledger of sealed secrets. */
export interface SlipStore {
  /** The newest generation of an operation; undefined: none was ever sealed. */
  findNewest(plan: string, operation: string, sql?: Sql): Promise<Slip | undefined>;
  find(id: string): Promise<Slip | undefined>;
  list(filter?: SlipFilter): Promise<readonly Slip[]>;
  /** Adds a slip; whatever was sealed before for the same account is superseded. */
  add(slip: Omit<Slip, "lastEvent" | "lastEventAt">, sealed: Uint8Array, tx: Sql): Promise<void>;
  /** Whatever was given out for this account opens nothing any more. */
  supersede(account: { readonly system: string; readonly subject: string }, at: string, tx: Sql): Promise<void>;
  addEvent(id: string, event: SlipEvent, at: string, tx: Sql): Promise<void>;
  readSealed(id: string): Promise<Uint8Array | undefined>;
}

type SlipRow = Omit<Slip, "lastEvent" | "lastEventAt"> & {
  readonly lastEvent: SlipEvent | null;
  readonly lastEventAt: string | null;
};

const newestEvent = "(SELECT MAX(n.seq) FROM provision_slip_event n WHERE n.slip = s.id)";
const selectSlips = `SELECT s.id, s.plan, s.operation, s.generation, s.cause, s.system, s.subject, s.unit, s.username, s.recipient,
  s.sealed_at AS "sealedAt", s.expires AS "expiresAt", e.event AS "lastEvent", e.at AS "lastEventAt"
  FROM provision_slip s LEFT JOIN provision_slip_event e ON e.seq = ${newestEvent}`;

export function createSlipStore(database: Database): SlipStore {
  return {
    async findNewest(plan, operation, sql = database) {
      const order = "ORDER BY s.generation DESC LIMIT 1";
      return toSlip(await sql.get<SlipRow>(`${selectSlips} WHERE s.plan = ? AND s.operation = ? ${order}`, plan, operation));
    },
    async find(id) {
      return toSlip(await database.get<SlipRow>(`${selectSlips} WHERE s.id = ?`, id));
    },
    async list({ units, plan } = {}) {
      const rows = await database.all<SlipRow>(`${selectSlips} ORDER BY s.unit, s.subject, s.system, s.sealed_at, s.generation`);
      const wanted = rows.filter((row) => (!units || units.includes(row.unit)) && (plan === undefined || row.plan === plan));
      return wanted.map((row) => toSlip(row) as Slip);
    },
    async add(slip, sealed, tx) {
      await supersede(slip, slip.sealedAt, tx);
      await tx.run(
        `INSERT INTO provision_slip (id, plan, operation, generation, cause, system, subject, unit, username, recipient, sealed, sealed_at,
          expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        slip.id,
        slip.plan,
        slip.operation,
        slip.generation,
        slip.cause,
        slip.system,
        slip.subject,
        slip.unit,
        slip.username,
        slip.recipient,
        sealed,
        slip.sealedAt,
        slip.expiresAt,
      );
    },
    supersede,
    async addEvent(id, event, at, tx) {
      await tx.run("INSERT INTO provision_slip_event (slip, at, event) VALUES (?, ?, ?)", id, at, event);
    },
    async readSealed(id) {
      return (await database.get<{ sealed: Uint8Array }>("SELECT sealed FROM provision_slip WHERE id = ?", id))?.sealed;
    },
  };
}

async function supersede(
  { system, subject }: { readonly system: string; readonly subject: string },
  at: string,
  tx: Sql,
): Promise<void> {
  await tx.run(
    `INSERT INTO provision_slip_event (slip, at, event) SELECT s.id, ?, 'superseded' FROM provision_slip s
      LEFT JOIN provision_slip_event e ON e.seq = ${newestEvent}
      WHERE s.system = ? AND s.subject = ? AND (e.event IS NULL OR e.event NOT IN ('superseded', 'refused'))`,
    at,
    system,
    subject,
  );
}

function toSlip(row: SlipRow | undefined): Slip | undefined {
  return row && { ...row, lastEvent: row.lastEvent ?? undefined, lastEventAt: row.lastEventAt ?? undefined };
}
