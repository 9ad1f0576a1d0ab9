import { readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { listGaps } from "../../src/delegation/gaps.ts";
import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import { type Agenda, type AgendaFacts, planAgenda, type Told } from "../../src/meeting/agenda.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import type { SessionKind } from "../../src/meeting/session.ts";
import { listActions, listSessions } from "../../src/meeting/session-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { startOfLocalDay, toLocalDay } from "../../src/platform/time.ts";
import { both, verbatim, type Words } from "../../src/platform/words.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { StoredMeeting } from "../../src/reports/meeting-store.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { listEpisodes } from "../check/list-episodes.ts";
import type { Context } from "../context.ts";
import { openDesk as openSigningDesk } from "../delegate/room.ts";
import { formatTypes } from "../delegate/type-names.ts";
import { openDesk } from "../report/desk.ts";
import { openOrder } from "../report/meeting.ts";
import { meetingWords as words } from "./words.ts";

export type AgendaContext = Pick<Context, "workspace" | "clock" | "ids">;

/** Nobody wants to hear today of a signer who is missing in a month. */
const gapDays = 3;
const dayMs = 86_400_000;

/** What changed since the last meeting of the kind, from every room; a room that cannot answer is named with its reason. */
export async function readAgenda(kind: SessionKind, context: AgendaContext): Promise<Agenda> {
  const workspace = await context.workspace();
  const { zone } = workspace;
  const at = context.clock.now();
  const database = await workspace.database();
  const kept = (await (await openDesk(workspace, context.clock)).listMeetings(100)).find(
    (one) => one.kind === kind && one.asOf < at,
  );
  const last = (await listSessions(database)).findLast((one) => one.kind === kind && one.openedAt < at);
  const since = last?.closed?.at ?? last?.openedAt ?? kept?.asOf ?? startOfLocalDay(toLocalDay(at, zone) - 1, zone);
  const figures = await tell(() => readFigures(kind, at, kept, workspace, context));
  const facts: AgendaFacts = {
    since,
    at,
    incidents: await listIncidents(database, { at }),
    actions: await listActions(database, at),
    causes: await tell(() => readCauses(workspace, context)),
    gaps: await tell(() => readGaps(at, workspace, context)),
    silent: figures.state === "known" ? { state: "known", value: figures.value.silent } : figures,
    restated: figures.state === "known" ? { state: "known", value: figures.value.restated } : figures,
    zone,
  };
  return planAgenda(facts);
}

async function tell<Value>(ask: () => Promise<Value | Words>): Promise<Told<Value>> {
  try {
    const answer = await ask();
    return isReason(answer) ? { state: "unknown", reason: answer } : { state: "known", value: answer as Value };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: "unknown", reason: error.words };
  }
}

function isReason(answer: unknown): answer is Words {
  return typeof answer === "object" && answer !== null && "vi" in answer && "en" in answer;
}

interface FigureNews {
  readonly silent: readonly { readonly unit: string; readonly name: Words; readonly isNew: boolean }[];
  readonly restated: { readonly figures: number; readonly units: number };
}

/** From the counts alone, as a report of this minute would show them; nothing is kept of it. */
async function readFigures(
  kind: SessionKind,
  at: Instant,
  kept: StoredMeeting | undefined,
  workspace: Workspace,
  { clock }: AgendaContext,
): Promise<FigureNews | Words> {
  const { records } = workspace.settings;
  if (Object.keys(records.sources).length === 0) return words.noRecords;
  const asOf = Math.floor(at / 60_000) * 60_000;
  const order = await openOrder({
    workspace,
    asOf,
    options: {},
    clock,
    openQuestions: async ({ directory }) => ({
      counts: createCounts(await workspace.database(), records, { zone: workspace.zone, directory }),
    }),
  });
  const { report } = await (await openDesk(workspace, clock)).makeMeeting({ ...order, kind, keep: false });
  const wasSilent = new Set(kept?.report.units.flatMap(({ code, state }) => (state === "silent" ? [code] : [])));
  return {
    silent: report.units
      .filter(({ state }) => state === "silent")
      .map(({ code, name }) => ({ unit: code, name: verbatim(name), isNew: !wasSilent.has(code) })),
    restated: { figures: report.restated.length, units: new Set(report.restated.map(({ unit }) => unit)).size },
  };
}

async function readCauses(
  { settings }: Workspace,
  context: AgendaContext,
): Promise<AgendaFacts["causes"] extends Told<infer Value> ? Value | Words : never> {
  if (settings.check.inventory === undefined) return words.noInventory;
  const episodes = await listEpisodes(context);
  return episodes.map(({ key, inWords, owner, openedAt, resolvedAt }) => ({
    ref: `episode:${key}`,
    inWords,
    owner,
    openedAt,
    isOver: resolvedAt !== undefined,
  }));
}

async function readGaps(
  at: Instant,
  workspace: Workspace,
  context: AgendaContext,
): Promise<AgendaFacts["gaps"] extends Told<infer Value> ? Value | Words : never> {
  const facts = await readFacts(await openSigningDesk(context), { at, asOf: at });
  if (facts.carriage.length === 0) return words.neverRead;
  const directory = await workspace.directory();
  const units = listChosenUnits(directory, workspace.settings).map(({ code }) => code);
  const gaps = listGaps(createRegister(facts, at, at), units, { from: at, to: at + gapDays * dayMs });
  // What nobody can sign already is not news; it is one line.
  const coming = Map.groupBy(
    gaps.filter(({ class: kind, from }) => kind === "gap" && from > at),
    ({ unit, from }) => `${unit} ${from}`,
  );
  const now = new Set(gaps.filter(({ class: kind, from }) => kind === "gap" && from === at).map(({ unit }) => unit));
  const name = (code: string): Words => {
    const unit = directory.findUnit(code);
    return unit ? { vi: formatUnitName(unit), en: formatEnglishUnitName(unit) } : verbatim(code);
  };
  return [
    ...(now.size > 0 ? [{ unit: [...now][0] as string, name: words.unitsNow(now.size), what: words.cannotSign, from: at }] : []),
    ...[...coming.values()].map((own) => {
      const [{ unit, from }] = own as [(typeof own)[0]];
      const types = toMask(own.map(({ docType }) => docType));
      return { unit, name: name(unit), what: both((lang) => formatTypes(types, lang)), from };
    }),
  ];
}
