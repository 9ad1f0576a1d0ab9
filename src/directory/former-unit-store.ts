import type { Sql, SqlValue } from "../platform/database.ts";
import type { FormerFinding, FormerKind, FormerUnit, Successor } from "./former-unit.ts";
import { toNameFold } from "./name-index.ts";
import type { IsoDate } from "./unit.ts";

/** One line of a conversion table: a former unit, or part of it, became part of a unit. */
export interface Merger extends Successor {
  readonly former: FormerUnit;
}

/** A name given up before July 2025, and the former unit that took the place in. */
export interface RetiredName {
  readonly name: string;
  readonly code: string;
  readonly intoCode: string;
}

/** What the imported conversion tables say. Empty answers until one is imported: `isEmpty` tells the two apart. */
export interface FormerUnits {
  isEmpty(): Promise<boolean>;
  /** By the code it had on a day; without a day, whatever former unit had it. */
  findByCode(code: string, at?: IsoDate): Promise<FormerFinding | undefined>;
  /** Former units and names given up whose letters are these, by folds: the caller compares the marks. */
  listByFold(folds: readonly string[]): Promise<readonly FormerFinding[]>;
  /** What a unit was formed from, in order of code. */
  listSources(code: string): Promise<readonly Merger[]>;
}

export function createFormerUnits(database: Sql): FormerUnits {
  const findings = async (where: string, ...values: readonly SqlValue[]): Promise<FormerFinding[]> => {
    const rows = await database.all<MergerRow>(
      `SELECT * FROM merger WHERE ${where} ORDER BY old_code, old_name, new_code`,
      ...values,
    );
    const groups = Map.groupBy(rows.map(toMerger), ({ former }) => `${former.code ?? former.name}|${former.until}`);
    return [...groups.values()].map((mergers) => ({
      former: (mergers[0] as Merger).former,
      successors: mergers.map(({ former: _, ...successor }) => successor),
    }));
  };
  return {
    isEmpty: async () => (await database.get("SELECT 1 AS one FROM merger LIMIT 1")) === undefined,
    async findByCode(code, at = "") {
      const found = await findings("old_code = ? AND until > ?", code, at);
      return found.sort((a, b) => (a.former.until < b.former.until ? -1 : 1))[0];
    },
    async listByFold(folds) {
      const marks = folds.map(() => "?").join(", ");
      const direct = await findings(`old_fold IN (${marks})`, ...folds);
      const retired = await database.all<{ name: string; into_code: string }>(
        `SELECT name, into_code FROM retired_name WHERE fold IN (${marks}) ORDER BY code`,
        ...folds,
      );
      for (const { name, into_code } of retired) {
        const into = await findings("old_code = ?", into_code);
        direct.push(...into.map((finding) => ({ ...finding, retiredName: name })));
      }
      return direct;
    },
    async listSources(code) {
      const rows = await database.all<MergerRow>("SELECT * FROM merger WHERE new_code = ? ORDER BY old_code, old_name", code);
      return rows.map(toMerger);
    },
  };
}

/** Takes the place of what was known of the units and the day that the table names; other units' lines stay. */
export async function saveMergers(mergers: readonly Merger[], tx: Sql): Promise<void> {
  const named = new Map(mergers.map(({ code, former }) => [`${code}|${former.until}`, [code, former.until] as const]));
  await tx.runMany("DELETE FROM merger WHERE new_code = ? AND until = ?", named.values());
  await tx.runMany(
    `INSERT INTO merger (until, new_code, old_code, old_name, old_fold, old_kind, district, province, partial, population_follows, note)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    mergers.map(({ former, ...successor }) => [
      former.until,
      successor.code,
      former.code ?? null,
      former.name,
      toNameFold(former.name),
      former.kind,
      former.district,
      former.province,
      successor.partial ? 1 : 0,
      successor.populationFollows ? 1 : 0,
      successor.note,
    ]),
  );
}

export async function saveRetiredNames(names: readonly RetiredName[], tx: Sql): Promise<void> {
  await tx.runMany(
    "INSERT INTO retired_name (code, name, fold, into_code) VALUES (?, ?, ?, ?) ON CONFLICT (code, name) DO UPDATE SET into_code = excluded.into_code",
    names.map(({ code, name, intoCode }) => [code, name, toNameFold(name), intoCode]),
  );
}

interface MergerRow {
  readonly until: string;
  readonly new_code: string;
  readonly old_code: string | null;
  readonly old_name: string;
  readonly old_kind: FormerKind;
  readonly district: string;
  readonly province: string;
  readonly partial: number;
  readonly population_follows: number;
  readonly note: string;
}

function toMerger(row: MergerRow): Merger {
  return {
    code: row.new_code,
    partial: row.partial === 1,
    populationFollows: row.population_follows === 1,
    note: row.note,
    former: {
      ...(row.old_code === null ? {} : { code: row.old_code }),
      name: row.old_name,
      kind: row.old_kind,
      district: row.district,
      province: row.province,
      until: row.until,
    },
  };
}
