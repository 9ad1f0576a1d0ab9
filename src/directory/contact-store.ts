import type { Sql } from "../platform/database.ts";
import type { Contact, Duty } from "./contact.ts";

export interface Contacts {
  findContact(unit: string): Promise<Contact | undefined>;
  /** In order of unit. */
  listContacts(): Promise<readonly Contact[]>;
}

export function createContacts(database: Sql): Contacts {
  return {
    async findContact(unit) {
      const row = await database.get<ContactRow>("SELECT * FROM unit_contact WHERE unit = ?", unit);
      return row && toContact(row, await database.all<DutyRow>(`${selectDuties} WHERE unit = ? ${dutyOrder}`, unit));
    },
    async listContacts() {
      const duties = Map.groupBy(await database.all<DutyRow>(`${selectDuties} ${dutyOrder}`), (row) => row.unit);
      const rows = await database.all<ContactRow>("SELECT * FROM unit_contact ORDER BY unit");
      return rows.map((row) => toContact(row, duties.get(row.unit) ?? []));
    },
  };
}

/** Takes the place of what was known of the units that are named; the others' contacts stay. */
export async function saveContacts(contacts: readonly Contact[], tx: Sql): Promise<void> {
  for (const table of ["unit_contact", "unit_duty"]) {
    await tx.runMany(
      `DELETE FROM ${table} WHERE unit = ?`,
      contacts.map(({ unit }) => [unit]),
    );
  }
  await tx.runMany(
    "INSERT INTO unit_contact (unit, carrier, hotline, centre_phone, source) VALUES (?, ?, ?, ?, ?)",
    contacts.map((contact) => [
      contact.unit,
      contact.carrier ?? null,
      contact.hotline ?? null,
      contact.centrePhone ?? null,
      contact.source ?? null,
    ]),
  );
  await tx.runMany(
    "INSERT INTO unit_duty (unit, technician, phone, starts_at, ends_at) VALUES (?, ?, ?, ?, ?)",
    contacts.flatMap(({ unit, duties }) =>
      duties.map((duty) => [unit, duty.technician, duty.phone ?? null, duty.from ?? null, duty.to ?? null]),
    ),
  );
}

const selectDuties = "SELECT * FROM unit_duty";
const dutyOrder = "ORDER BY COALESCE(starts_at, 0), technician";

interface ContactRow {
  readonly unit: string;
  readonly carrier: string | null;
  readonly hotline: string | null;
  readonly centre_phone: string | null;
  readonly source: string | null;
}

interface DutyRow {
  readonly unit: string;
  readonly technician: string;
  readonly phone: string | null;
  readonly starts_at: number | null;
  readonly ends_at: number | null;
}

function toContact(row: ContactRow, duties: readonly DutyRow[]): Contact {
  return {
    unit: row.unit,
    carrier: row.carrier ?? undefined,
    hotline: row.hotline ?? undefined,
    centrePhone: row.centre_phone ?? undefined,
    source: row.source ?? undefined,
    duties: duties.map(
      (duty): Duty => ({
        technician: duty.technician,
        phone: duty.phone ?? undefined,
        from: duty.starts_at ?? undefined,
        to: duty.ends_at ?? undefined,
      }),
    ),
  };
}
