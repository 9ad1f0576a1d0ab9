import type { Sql } from "../platform/database.ts";
import { type DossierCode, formatDossierCode, packDossierCode, unpackDossierCode } from "./dossier-code.ts";

/** Ids that this cache gave to texts. They are kept: ids given anew each run would make every unchanged row look changed. */
export interface Codes {
  unitId(code: string): number;
  procedureId(code: string): number;
  dossierId(code: DossierCode): number;
  unitCode(id: number): string;
  procedureCode(id: number): string;
  /** Writes what is new. Call before writing rows that use the ids. */
  save(tx: Sql): Promise<void>;
}

export async function readCodes(tx: Sql): Promise<Codes> {
  const [units, procedures, agencies, odd] = await Promise.all([
    readDictionary(tx, "record_unit", 1),
    readDictionary(tx, "record_proc", 1),
    readDictionary(tx, "record_agency", 1),
    readDictionary(tx, "odd_code", -1),
  ]);
  return {
    unitId: units.idOf,
    procedureId: procedures.idOf,
    unitCode: units.textOf,
    procedureCode: procedures.textOf,
    dossierId: (code) => packDossierCode(code, agencies.idOf(code.agency)) ?? odd.idOf(formatDossierCode(code)),
    async save(tx) {
      for (const dictionary of [units, procedures, agencies, odd]) await dictionary.save(tx);
    },
  };
}

/** The code of a stored dossier, as the source wrote it. */
export async function readDossierCodes(sql: Sql, ids: readonly number[]): Promise<string[]> {
  const agencies = await readDictionary(sql, "record_agency", 1);
  const odd = await readDictionary(sql, "odd_code", -1);
  return ids.map((id) => {
    if (id < 0) return odd.textOf(id);
    const { day, agencyId, serial } = unpackDossierCode(id);
    return formatDossierCode({ agency: agencies.textOf(agencyId), day, serial });
  });
}

async function readDictionary(sql: Sql, table: "record_unit" | "record_proc" | "record_agency" | "odd_code", step: 1 | -1) {
  const rows = await sql.all<{ id: number; code: string }>(`SELECT id, code FROM ${table}`);
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  const texts = new Map(rows.map((row) => [row.id, row.code]));
  let last = rows.reduce((far, row) => (Math.abs(row.id) > Math.abs(far) ? row.id : far), 0);
  let added: [number, string][] = [];
  return {
    idOf(text: string): number {
      const known = ids.get(text);
      if (known !== undefined) return known;
      last += step;
      ids.set(text, last);
      texts.set(last, text);
      added.push([last, text]);
      return last;
    },
    textOf: (id: number): string => texts.get(id) as string,
    async save(tx: Sql): Promise<void> {
      await tx.runMany(`INSERT INTO ${table} (id, code) VALUES (?, ?)`, added);
      added = [];
    },
  };
}
