import type { Sql } from "../platform/database.ts";
import { type DossierCode, formatDossierCode, isSealed, packDossierCode, unpackDossierCode } from "./dossier-code.ts";
import { untold } from "./told-value.ts";

/** Ids that this cache gave to texts. They are kept: ids given anew each run would make every unchanged row look changed. */
export interface Codes {
  unitId(code: string): number;
  procedureId(code: string): number;
  dossierId(code: DossierCode): number;
  /** Of a dossier code that does not pack, as the source wrote it. */
  oddId(code: string): number;
  agencyId(agency: string): number;
  unitCode(id: number): string;
  procedureCode(id: number): string;
  /** The code behind a dossier's id, as the source wrote it; "…" once it was dropped. */
  dossierCode(id: number): string;
  /** Writes what is new. Call before writing rows that use the ids. */
  save(tx: Sql): Promise<void>;
  /** All of them, for another thread that goes on with them. */
  list(): CodeEntries;
  /** What is new, once: whoever saves them takes them over by `adopt`. */
  takeNew(): CodeEntries;
  adopt(entries: CodeEntries): void;
}

export type CodeEntries = Readonly<Record<"units" | "procedures" | "agencies" | "odd", readonly Entry[]>>;

export async function readCodes(tx: Sql): Promise<Codes> {
  return createCodes({
    units: await readEntries(tx, "record_unit"),
    procedures: await readEntries(tx, "record_proc"),
    agencies: await readEntries(tx, "record_agency"),
    odd: await readEntries(tx, "odd_code"),
  });
}

export function createCodes(entries: CodeEntries): Codes {
  const units = createDictionary("record_unit", 1, entries.units);
  const procedures = createDictionary("record_proc", 1, entries.procedures);
  const agencies = createDictionary("record_agency", 1, entries.agencies);
  const odd = createDictionary("odd_code", -1, entries.odd);
  return {
    unitId: units.idOf,
    procedureId: procedures.idOf,
    agencyId: agencies.idOf,
    unitCode: units.textOf,
    procedureCode: procedures.textOf,
    dossierId: (code) => packDossierCode(code, agencies.idOf(code.agency)) ?? odd.idOf(formatDossierCode(code)),
    oddId: odd.idOf,
    dossierCode: (id) => toCode(id, agencies, odd),
    async save(tx) {
      for (const dictionary of [units, procedures, agencies, odd]) await dictionary.save(tx);
    },
    list: () => ({ units: units.list(), procedures: procedures.list(), agencies: agencies.list(), odd: odd.list() }),
    takeNew: () => ({
      units: units.takeNew(),
      procedures: procedures.takeNew(),
      agencies: agencies.takeNew(),
      odd: odd.takeNew(),
    }),
    adopt(given) {
      units.adopt(given.units);
      procedures.adopt(given.procedures);
      agencies.adopt(given.agencies);
      odd.adopt(given.odd);
    },
  };
}

/** The codes of stored dossiers, as the source wrote them; "…" of those that were dropped. */
export async function readDossierCodes(sql: Sql, ids: readonly number[]): Promise<string[]> {
  const agencies = createDictionary("record_agency", 1, await readEntries(sql, "record_agency"));
  const odd = createDictionary("odd_code", -1, await readEntries(sql, "odd_code"));
  return ids.map((id) => toCode(id, agencies, odd));
}

type Dictionary = ReturnType<typeof createDictionary>;

function toCode(id: number, agencies: Dictionary, odd: Dictionary): string {
  if (isSealed(id)) return untold;
  if (id < 0) return odd.textOf(id);
  const { day, agencyId, serial } = unpackDossierCode(id);
  return formatDossierCode({ agency: agencies.textOf(agencyId), day, serial });
}

interface Entry {
  readonly id: number;
  readonly code: string;
}

type Table = "record_unit" | "record_proc" | "record_agency" | "odd_code";

async function readEntries(sql: Sql, table: Table): Promise<readonly Entry[]> {
  return sql.all<Entry>(`SELECT id, code FROM ${table} ORDER BY id`);
}

/** A cache may hold a great many odd codes: a list of texts, and what finds their ids only where somebody looks for one. */
function createDictionary(table: Table, step: 1 | -1, entries: readonly Entry[]) {
  /** By the size of their ids. */
  const texts: string[] = [];
  let ids: Map<string, number> | undefined;
  let last = 0;
  let added: Entry[] = [];
  const keep = ({ id, code }: Entry): void => {
    if (Math.abs(id) > Math.abs(last)) last = id;
    texts[Math.abs(id)] = code;
    ids?.set(code, id);
  };
  // The smallest first, so that the list grows at its end.
  for (const entry of step > 0 ? entries : entries.toReversed()) keep(entry);
  const index = (): Map<string, number> => {
    const found = new Map<string, number>();
    texts.forEach((code, size) => {
      found.set(code, size * step);
    });
    return found;
  };
  const add = (entry: Entry): void => {
    keep(entry);
    added.push(entry);
  };
  return {
    idOf(text: string): number {
      ids ??= index();
      const known = ids.get(text);
      if (known !== undefined) return known;
      add({ id: last + step, code: text });
      return last;
    },
    textOf: (id: number): string => texts[Math.abs(id)] as string,
    async save(tx: Sql): Promise<void> {
      const rows = added.map(({ id, code }) => [id, code] as const);
      await tx.runMany(`INSERT INTO ${table} (id, code) VALUES (?, ?)`, rows);
      added = [];
    },
    list(): readonly Entry[] {
      const listed: Entry[] = [];
      texts.forEach((code, size) => {
        listed.push({ id: size * step, code });
      });
      return listed;
    },
    takeNew(): readonly Entry[] {
      const taken = added;
      added = [];
      return taken;
    },
    adopt: (given: readonly Entry[]): void => given.forEach(add),
  };
}
