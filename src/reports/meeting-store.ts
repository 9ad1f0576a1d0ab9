import type { AuditLog } from "../audit/audit-store.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { MeetingKind, Report } from "./model.ts";

/** A report as a meeting saw it; never altered. */
export interface StoredMeeting {
  /** `evening-2025-07-03-1630`; what was shown again with other facts for the same minute ends in `-2`, `-3`. */
  readonly id: string;
  readonly kind: MeetingKind;
  readonly asOf: Instant;
  readonly knownSeq: number;
  readonly modelSha256: string;
  readonly report: Report;
}

export type MeetingReport = Report & { readonly kind: MeetingKind };

export interface MeetingStore {
  /** Keeps the report with its audit record, and answers with the meeting; the very same report again is the meeting it already is. */
  keep(report: MeetingReport, actor: string): Promise<{ readonly meeting: StoredMeeting; readonly isNew: boolean }>;
  findByHash(modelSha256: string): Promise<StoredMeeting | undefined>;
  find(id: string): Promise<StoredMeeting | undefined>;
  /** The newest one before the instant, of a kind or of any, that knew no more than `knownSeq`. */
  findBefore(at: Instant, knownSeq: number, kind?: MeetingKind): Promise<StoredMeeting | undefined>;
  /** Newest first. */
  list(limit: number): Promise<StoredMeeting[]>;
}

interface MeetingRow {
  readonly id: string;
  readonly kind: MeetingKind;
  readonly as_of: number;
  readonly known_seq: number;
  readonly model_sha256: string;
  readonly model: string;
}

const columns = "id, kind, as_of, known_seq, model_sha256, model";
const newestFirst = "ORDER BY as_of DESC, known_seq DESC, revision DESC";

export function createMeetingStore(database: Database, audit: AuditLog, zone: Zone, now: () => Instant): MeetingStore {
  return {
    async keep(report, actor) {
      const model = await toCanonicalJson(report);
      const modelSha256 = sha256(model);
      const asOf = readInstant(report.asOf, zone) as Instant;
      return database.transaction(async (tx) => {
        const same = await tx.get<MeetingRow>(
          `SELECT ${columns} FROM meeting WHERE kind = ? AND as_of = ? AND model_sha256 = ?`,
          report.kind,
          toSeconds(asOf),
          modelSha256,
        );
        if (same) return { meeting: toMeeting(same), isNew: false };
        const last = await tx.get<{ revision: number | null }>(
          "SELECT max(revision) AS revision FROM meeting WHERE kind = ? AND as_of = ?",
          report.kind,
          toSeconds(asOf),
        );
        const revision = (last?.revision ?? 0) + 1;
        const id = toMeetingId(report, revision);
        await tx.run(
          `INSERT INTO meeting (id, kind, as_of, known_seq, revision, rules_sha256, calendar_version, model_sha256, model, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
          report.kind,
          toSeconds(asOf),
          report.knownSeq,
          revision,
          report.rulesSha256,
          report.calendarVersion,
          modelSha256,
          model,
          toIso(now(), zone),
        );
        const detail = { asOf: report.asOf, knownSeq: report.knownSeq, modelSha256 };
        await audit.append({ actor, action: "report.keep", subject: id, detail }, tx);
        const meeting = { id, kind: report.kind, asOf, knownSeq: report.knownSeq, modelSha256, report: readModel(model) };
        return { meeting, isNew: true };
      });
    },
    async findByHash(modelSha256) {
      const row = await database.get<MeetingRow>(`SELECT ${columns} FROM meeting WHERE model_sha256 = ?`, modelSha256);
      return row && toMeeting(row);
    },
    async find(id) {
      const row = await database.get<MeetingRow>(`SELECT ${columns} FROM meeting WHERE id = ?`, id);
      return row && toMeeting(row);
    },
    async findBefore(at, knownSeq, kind) {
      const row = await database.get<MeetingRow>(
        `SELECT ${columns} FROM meeting WHERE as_of < ? AND known_seq <= ? AND kind IN (?, ?) ${newestFirst} LIMIT 1`,
        toSeconds(at),
        knownSeq,
        kind ?? "morning",
        kind ?? "evening",
      );
      return row && toMeeting(row);
    },
    async list(limit) {
      return (await database.all<MeetingRow>(`SELECT ${columns} FROM meeting ${newestFirst} LIMIT ?`, limit)).map(toMeeting);
    },
  };
}

/** The report of a canonical text, `schema` first as every document of ours begins. */
export function readModel(model: string): Report {
  const { schema, ...rest } = JSON.parse(model) as Report;
  return { schema, ...rest };
}

function toMeetingId({ kind, asOf }: Report, revision: number): string {
  const stem = `${kind}-${asOf.slice(0, 10)}-${asOf.slice(11, 13)}${asOf.slice(14, 16)}`;
  return revision === 1 ? stem : `${stem}-${revision}`;
}

function toMeeting({ id, kind, as_of, known_seq, model_sha256, model }: MeetingRow): StoredMeeting {
  return { id, kind, asOf: as_of * 1000, knownSeq: known_seq, modelSha256: model_sha256, report: readModel(model) };
}

function toSeconds(at: Instant): number {
  return Math.floor(at / 1000);
}
