import type { AuditLog } from "../audit/audit-store.ts";
import { formatUnitName, type Unit } from "../directory/unit.ts";
import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Counts } from "../records/figures.ts";
import { buildReport } from "./build-report.ts";
import { gatherFacts, type ReportRequest } from "./facts.ts";
import { createMeetingStore, type MeetingStore, readModel, type StoredMeeting } from "./meeting-store.ts";
import type { LayoutName, MeetingKind, Report } from "./model.ts";
import type { FindUnit } from "./place-name.ts";
import type { ReportQuestions } from "./questions.ts";
import type { ReportSettings } from "./settings.ts";
import { findCumulativeStart, planWindow } from "./window.ts";

/** What every report is asked with. */
export interface ReportOrder {
  /** A whole minute. */
  readonly asOf: Instant;
  /** A seq, an instant or the id of a meeting; undefined for all that is known. */
  readonly knownAsOf: string | undefined;
  readonly city: string;
  /** Who is expected. */
  readonly units: readonly Unit[];
  readonly findUnit: FindUnit;
  readonly rules: ReportSettings;
  /** Made to be published: small counts and codes are left out. */
  readonly isPublic: boolean;
  readonly expectsDossiers: boolean;
  /** Rules of the rooms that the figures depend on; only their hash is kept. */
  readonly roomRules: unknown;
  readonly questions: ReportQuestions;
}

export interface MeetingRequest extends ReportOrder {
  readonly kind: MeetingKind;
  readonly keep: boolean;
  /** Throws where the report cannot be printed as it was asked for: then nothing is kept either. */
  readonly beforeKeep?: (report: Report) => Promise<void>;
}

/** One unit on its day, or any window; neither is a meeting, so neither is kept. */
export type LookRequest = ReportOrder &
  ({ readonly kind: "unit" } | { readonly kind: "range"; readonly from: Instant; readonly layout: LayoutName | undefined });

export interface MadeReport {
  readonly report: Report;
  readonly modelSha256: string;
  /** Undefined when it was not kept. */
  readonly meeting: { readonly id: string; readonly isNew: boolean } | undefined;
}

export interface ReportDesk {
  /** Failure kinds: usage (an unknown meeting or a seq that does not exist yet), and those of the counts. */
  makeMeeting(request: MeetingRequest): Promise<MadeReport>;
  makeLook(request: LookRequest): Promise<MadeReport>;
  /** The import up to which something was known. Failure kind: usage. */
  findKnownSeq(text: string | undefined, counts: Counts): Promise<number>;
  findMeetingByHash(modelSha256: string): Promise<StoredMeeting | undefined>;
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

type Asked = Pick<ReportRequest, "kind" | "knownSeq" | "window" | "windowFrom" | "layout">;

export function createReportDesk({ database, audit, zone, now, actor }: DeskTools): ReportDesk {
  const store = createMeetingStore(database, audit, zone, now);
  const make = async (order: ReportOrder, asked: Asked): Promise<{ readonly report: Report; readonly model: string }> => {
    const { asOf, city, units, rules, questions, isPublic } = order;
    const { knownSeq } = asked;
    const rulesSha256 = sha256(
      await toCanonicalJson(toPlain({ rules, rooms: order.roomRules, units: units.map(({ code }) => code) })),
    );
    const facts = await gatherFacts({
      ...asked,
      city: asked.kind === "unit" && units[0] ? `${formatUnitName(units[0])}, ${city}` : city,
      units,
      findUnit: order.findUnit,
      rules: { topN: rules.topN, minimumBase: rules.minimumBase },
      isPublic,
      procedureNames: rules.procedures,
      cumulativeFrom: findCumulativeStart(asOf, rules.cumulativeFrom, zone),
      expectsDossiers: order.expectsDossiers,
      rulesSha256,
      // What happens in a window of the past is no news since a meeting.
      previous: asked.kind === "range" ? undefined : await store.findBefore(asOf, knownSeq),
      questions,
      zone,
    });
    const model = await toCanonicalJson(buildReport(facts));
    return { report: readModel(model), model };
  };
  return {
    async makeMeeting(request) {
      const { kind, asOf, keep, beforeKeep, rules, questions } = request;
      const knownSeq = await findKnownSeq(request.knownAsOf, questions.counts, store, zone);
      const evening = kind === "morning" ? await store.findBefore(asOf, knownSeq, "evening") : undefined;
      // Since an instant that cannot be counted any more there is no window.
      const lastEvening = evening && (await questions.counts.isCountable(evening.asOf)) ? evening : undefined;
      const window = planWindow({ kind, asOf, lastEvening: lastEvening?.asOf, eveningAt: rules.eveningAt, zone });
      const { report, model } = await make(request, { kind, knownSeq, layout: undefined, ...window });
      if (!keep) return { report, modelSha256: sha256(model), meeting: undefined };
      await beforeKeep?.(report);
      const { meeting, isNew } = await store.keep({ ...report, kind }, actor);
      return { report, modelSha256: meeting.modelSha256, meeting: { id: meeting.id, isNew } };
    },
    async makeLook(request) {
      const { kind, asOf, questions } = request;
      const knownSeq = await findKnownSeq(request.knownAsOf, questions.counts, store, zone);
      const asked: Asked =
        request.kind === "range"
          ? { kind, knownSeq, window: { start: request.from, end: asOf }, windowFrom: "asked", layout: request.layout }
          : { kind, knownSeq, layout: undefined, ...planWindow({ kind, asOf, lastEvening: undefined, eveningAt: "", zone }) };
      const { report, model } = await make(request, asked);
      return { report, modelSha256: sha256(model), meeting: undefined };
    },
    findKnownSeq: (text, counts) => findKnownSeq(text, counts, store, zone),
    findMeetingByHash: (modelSha256) => store.findByHash(modelSha256),
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
