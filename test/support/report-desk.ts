import { createAuditLog } from "../../src/audit/audit-store.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { readInstant, toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Counts } from "../../src/records/figures.ts";
import { createReportDesk, type MeetingRequest } from "../../src/reports/report-desk.ts";
import { reportsSettings } from "../../src/reports/settings.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import type { TestDossier } from "./in-memory-counts.ts";

export const at = (text: string) => readInstant(text, vietnamZone)!;

/** A desk over a database in memory, and the request of an evening meeting of three of Huế's units. */
export async function openTestDesk(counts: Counts) {
  const now = at("2025-07-03T18:00");
  const database = await openSqlite(":memory:", allMigrations, () => toIso(now, vietnamZone));
  const audit = createAuditLog(database, () => toIso(now, vietnamZone));
  const desk = createReportDesk({ database, audit, zone: vietnamZone, now: () => now, actor: "Trực IOC" });
  const directory = createDirectory("2025-07-03")!;
  const evening: MeetingRequest = {
    kind: "evening",
    asOf: at("2025-07-03T16:30"),
    knownAsOf: undefined,
    keep: true,
    city: "Huế",
    units: ["19753", "19804", "19867"].map((code) => directory.findUnit(code)!),
    findUnit: (code) => directory.findUnit(code),
    rules: reportsSettings.parse({}),
    isPublic: false,
    expectsDossiers: true,
    roomRules: {},
    questions: { counts },
  };
  return { desk, database, audit, evening };
}

/** `count` dossiers received from a moment on, a minute apart, due at the end of a day. */
export function receive(
  count: number,
  from: string,
  dossier: Partial<TestDossier> & { readonly unit: string; readonly resolvedAt?: string; readonly due?: string },
): TestDossier[] {
  const { resolvedAt, due = "2025-07-09T17:00", ...rest } = dossier;
  return Array.from({ length: count }, (_, index) => ({
    seq: 1,
    channel: "online",
    receivedAt: at(from) + index * 60_000,
    dueAt: at(due),
    ...(resolvedAt !== undefined && { closed: { at: at(resolvedAt), as: "resolved" as const } }),
    ...rest,
  }));
}
