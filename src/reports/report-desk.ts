import type { AuditLog } from "../audit/audit-store.ts";
import type { Unit } from "../directory/unit.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Counts } from "../records/figures.ts";
import { buildReport } from "./build-report.ts";
import { gatherFacts, type ReportRules } from "./facts.ts";
import { createMeetingStore, type MeetingStore, readModel, type StoredMeeting } from "./meeting-store.ts";
import type { Report, ReportKind } from "./model.ts";
import type { FindUnit } from "./place-name.ts";
import type { ReportQuestions } from "./questions.ts";
import { planWindow } from "./window.ts";

export interface MeetingRequest {
  readonly kind: ReportKind;
  /** A whole minute. */
  readonly asOf: Instant;
  /** A seq, an instant or the id of a meeting; undefined for all that is known. */
  readonly knownAsOf: string | undefined;
  readonly keep: boolean;
  readonly city: string;
  /** Who is expected. */
  readonly units: readonly Unit[];
  readonly findUnit: FindUnit;
  readonly rules: ReportRules & { readonly eveningAt: string };
  readonly expectsDossiers: boolean;
  /** Rules of the rooms that the figures depend on; only their hash is kept. */
  readonly roomRules: unknown;
  readonly questions: ReportQuestions;
}

export interface MadeReport {
  readonly report: Report;
  readonly modelSha256: string;
  /** Undefined when it was not kept. */
  readonly meeting: { readonly id: string; readonly isNew: boolean } | undefined;
}

export interface ReportDesk {
  /** Failure kinds: usage (an unknown meeting or a seq that does not exist yet), and those of the counts. */
  makeMeeting(request: MeetingRequest): Promise<MadeReport>;
  findMeeting(id: string): Promise<StoredMeeting | undefined>;
  /** Newest first. */
  listMeetings(limit: number): Promise<StoredMeeting[]>;
}

export interface DeskTools {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly zone: Zone;
  readonly now: () => Instant;
  readonly actor: string;
}

export function createReportDesk({ database, audit, zone, now, actor }: DeskTools): ReportDesk {
  const store = createMeetingStore(database, audit, zone, now);
  return {
    async makeMeeting({ kind, asOf, keep, city, units, rules, questions, ...request }) {
      const knownSeq = await findKnownSeq(request.knownAsOf, questions.counts, store, zone);
      const lastEvening = kind === "morning" ? await store.findBefore(asOf, knownSeq, "evening") : undefined;
      const { window, windowFrom } = planWindow({ kind, asOf, lastEvening: lastEvening?.asOf, eveningAt: rules.eveningAt, zone });
      const rulesSha256 = sha256(
        await toCanonicalJson(toPlain({ rules, rooms: request.roomRules, units: units.map(({ code }) => code) })),
      );
      const previous = await store.findBefore(asOf, knownSeq);
      const facts = await gatherFacts({
        kind,
        city,
        window,
        windowFrom,
        knownSeq,
        units,
        findUnit: request.findUnit,
        rules: { topN: rules.topN, minimumBase: rules.minimumBase },
        expectsDossiers: request.expectsDossiers,
        rulesSha256,
        previous,
        questions,
        zone,
      });
      const model = await toCanonicalJson(buildReport(facts));
      const report = readModel(model);
      if (!keep) return { report, modelSha256: sha256(model), meeting: undefined };
      const { meeting, isNew } = await store.keep(report, actor);
      return { report, modelSha256: meeting.modelSha256, meeting: { id: meeting.id, isNew } };
    },
    findMeeting: (id) => store.find(id),
    listMeetings: (limit) => store.list(limit),
  };
}

/** Settings as JSON: members that are undefined are not there. */
function toPlain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

async function findKnownSeq(text: string | undefined, counts: Counts, meetings: MeetingStore, zone: Zone): Promise<number> {
  const latest = await counts.findLatestSeq();
  if (text === undefined) return latest;
  if (/^\d+$/.test(text)) {
    if (Number(text) <= latest) return Number(text);
    throw new Failure("usage", {
      vi: `chưa có lần nhập số ${text} (mới nhất: ${latest})`,
      en: `there is no import ${text} yet (newest: ${latest})`,
    });
  }
  const at = readInstant(text, zone);
  if (at !== undefined) return counts.findSeqAt(at);
  const meeting = await meetings.find(text);
  if (meeting) return meeting.knownSeq;
  const recent = (await meetings.list(5)).map(({ id }) => id).join(", ");
  throw new Failure(
    "usage",
    {
      vi: `'${text}' không phải là số lần nhập, thời điểm hay cuộc họp`,
      en: `'${text}' is no import number, instant or meeting`,
    },
    recent === "" ? {} : { hint: { vi: `các cuộc họp gần đây: ${recent}`, en: `recent meetings: ${recent}` } },
  );
}
