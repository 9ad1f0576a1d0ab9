import { createHash } from "node:crypto";
import type { ColumnWords, Database, Migration, Row, SqlValue, Transaction } from "./database.ts";
import { Failure } from "./failure.ts";

export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * Copies every row of every table from one store to another, whatever their engines: one state of the one, in one transaction of the
 * other, which is kept only if every row arrived as it left. Failure kinds: unsafe (the target holds rows already), those of the stores.
 */
export async function copyDatabase(
  from: Database,
  to: Database,
  migrations: readonly Migration[],
  onTable: (copied: CopiedTable) => void = () => undefined,
): Promise<readonly CopiedTable[]> {
  const { tables, seeded } = listTables(migrations);
  const copyAll = async (source: Transaction, target: Transaction): Promise<readonly CopiedTable[]> => {
    await assertEmpty(
      target,
      tables.filter((table) => !seeded.has(table)),
    );
    const copied: CopiedTable[] = [];
    for (const table of tables) {
      if (seeded.has(table)) await target.run(`DELETE FROM ${table}`);
      const sent = createSum();
      for await (const batch of source.stream(`SELECT * FROM ${table}`)) {
        for (const row of batch) sent.add(row);
        await insertRows(target, table, batch);
      }
      const arrived = createSum();
      for await (const batch of target.stream(`SELECT * FROM ${table}`)) for (const row of batch) arrived.add(row);
      if (sent.value() !== arrived.value()) throw new Error(`the rows of ${table} did not arrive as they left`);
      if (to.engine === "postgres") await moveCounter(target, table);
      copied.push({ table, rows: sent.rows() });
      onTable({ table, rows: sent.rows() });
    }
    return copied;
  };
  return from.transaction((source) => to.transaction((target) => copyAll(source, target), { durability: "full" }), {
    snapshot: true,
  });
}

const anyColumns: ColumnWords = { int: "", real: "", text: "", bytes: "", serial: "", strict: "STRICT" };

/** In the order in which they were made, so that what others refer to comes first; and those that migrations put rows into. */
function listTables(migrations: readonly Migration[]): {
  readonly tables: readonly string[];
  readonly seeded: ReadonlySet<string>;
} {
  const statements = migrations.flatMap((migration) => migration.statements(anyColumns));
  const named = (shape: RegExp): string[] => statements.flatMap((sql) => shape.exec(sql.trim())?.[1] ?? []);
  const dropped = new Set(named(/^DROP TABLE (\w+)/));
  return {
    tables: named(/^CREATE TABLE (\w+)/).filter((table) => !dropped.has(table)),
    seeded: new Set(named(/^INSERT INTO (\w+)/)),
  };
}

async function assertEmpty(target: Transaction, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { n } = (await target.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)) ?? { n: 0 };
    if (n === 0) continue;
    throw new Failure(
      "unsafe",
      {
        vi: `nơi đến không trống: bảng ${table} đã có ${n} dòng; chưa chép gì`,
        en: `the target is not empty: its table ${table} has ${n} row${n === 1 ? "" : "s"}; nothing was copied`,
      },
      {
        hint: {
          vi: "chọn một schema khác (?schema=) hoặc một thư mục khác: hai kho không bao giờ được trộn vào nhau",
          en: "choose another schema (?schema=) or another folder: two stores are never mixed",
        },
      },
    );
  }
}

async function insertRows(target: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const marks = names.map(() => "?").join(", ");
  await target.runMany(
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`,
    rows.map((row) => names.map((name) => row[name] as SqlValue)),
  );
}

/** A key that PostgreSQL counts up goes on after the highest that was copied. */
async function moveCounter(target: Transaction, table: string): Promise<void> {
  const key = await target.get<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'YES'",
    table,
  );
  if (!key) return;
  await target.get(
    `SELECT setval(pg_get_serial_sequence('${table}', '${key.name}'), (SELECT COALESCE(MAX(${key.name}), 0) + 1 FROM ${table}), false) AS next`,
  );
}

/** The same for the same rows in any order, on any engine. */
function createSum(): { add(row: Row): void; rows(): number; value(): string } {
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      const cells = Object.keys(row)
        .sort()
        .map((name) => [name, toCell(row[name] as SqlValue)]);
      sum += createHash("sha256").update(JSON.stringify(cells)).digest().readBigUInt64BE(0);
      rows += 1;
    },
    rows: () => rows,
    value: () => `${rows}:${BigInt.asUintN(64, sum)}`,
  };
}

function toCell(value: SqlValue): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  return typeof value === "bigint" ? Number(value) : value;
}
