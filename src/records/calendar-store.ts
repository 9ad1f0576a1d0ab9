import type { DayKind, WorkingCalendar } from "../directory/working-calendar.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Migration, Sql } from "../platform/database.ts";
import { readInstant, toLocalDay, type Zone } from "../platform/time.ts";
import type { KnownDays, ProcedureTerm } from "./due-term.ts";

export const calendarMigration: Migration = {
  name: "records/0005-calendar",
  statements: (c) => [
    // A version holds from an import on; which it is follows from the seq that is known, so that an old report finds its own again.
    `CREATE TABLE calendar_version (
      version ${c.int} PRIMARY KEY, seq ${c.int} NOT NULL, terms ${c.text} NOT NULL, sha256 ${c.text} NOT NULL
    ) ${c.strict}`,
    // day: local days since 1970-01-01 · closes: when counters close, seconds since the day's start.
    `CREATE TABLE calendar (
      version ${c.int} NOT NULL, day ${c.int} NOT NULL, kind ${c.text} NOT NULL CHECK (kind IN ('work', 'half', 'off', 'swap')),
      closes ${c.int} NOT NULL, note ${c.text} NOT NULL, PRIMARY KEY (version, day)
    ) ${c.strict === "" ? "" : `${c.strict}, WITHOUT ROWID`}`,
  ],
};

/** What wardctl's own due dates are counted by: the working calendar and how long procedures may take. */
export interface DueRules {
  readonly calendar: WorkingCalendar;
  readonly terms: Readonly<Record<string, ProcedureTerm>>;
  readonly zone: Zone;
}

export interface CalendarVersion {
  /** From 1. */
  readonly version: number;
  readonly days: KnownDays;
  /** How many procedures have a term. */
  readonly terms: number;
}

/** The version of these rules, stored under this seq where they are not the newest one's. */
export async function ensureCalendar(
  tx: Sql,
  { calendar, terms, zone }: DueRules,
  seq: number,
): Promise<CalendarVersion & { readonly isNew: boolean }> {
  const first = toLocalDay(readInstant(calendar.knownFrom, zone) as number, zone);
  const last = toLocalDay(readInstant(calendar.knownUntil, zone) as number, zone);
  const days = Array.from({ length: last - first + 1 }, (_, index) => calendar.describeDay(first + index));
  const digest = sha256(await toCanonicalJson({ first, days, terms }));
  const known = { days: { first, days }, terms: Object.keys(terms).length };
  const newest = await findVersion(tx, seq);
  if (newest?.sha256 === digest) return { ...known, version: newest.version, isNew: false };
  const version = (newest?.version ?? 0) + 1;
  await tx.run(
    "INSERT INTO calendar_version (version, seq, terms, sha256) VALUES (?, ?, ?, ?)",
    version,
    seq,
    JSON.stringify(terms),
    digest,
  );
  await tx.runMany(
    "INSERT INTO calendar (version, day, kind, closes, note) VALUES (?, ?, ?, ?, ?)",
    days.map(({ kind, closes, from }, index) => [version, first + index, kind, closes / 1000, from === "week" ? "" : from]),
  );
  return { ...known, version, isNew: true };
}

/** The version that held at a seq; undefined where no import had one yet. */
export async function readCalendar(sql: Sql, knownSeq: number): Promise<CalendarVersion | undefined> {
  const found = await findVersion(sql, knownSeq);
  if (!found) return undefined;
  const rows = await sql.all<{ day: number; kind: DayKind; closes: number }>(
    "SELECT day, kind, closes FROM calendar WHERE version = ? ORDER BY day",
    found.version,
  );
  const days = rows.map(({ kind, closes }) => ({ kind, closes: closes * 1000 }));
  const terms = Object.keys(JSON.parse(found.terms) as object).length;
  return { version: found.version, days: { first: (rows[0] as { day: number }).day, days }, terms };
}

interface VersionRow {
  readonly version: number;
  readonly terms: string;
  readonly sha256: string;
}

async function findVersion(sql: Sql, knownSeq: number): Promise<VersionRow | undefined> {
  return sql.get("SELECT version, terms, sha256 FROM calendar_version WHERE seq <= ? ORDER BY version DESC LIMIT 1", knownSeq);
}
