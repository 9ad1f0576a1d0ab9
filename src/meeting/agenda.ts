import type { Instant } from "../platform/clock.ts";
import { formatCount } from "../platform/format.ts";
import { toLocalDay, type Zone } from "../platform/time.ts";
import { both, type Words } from "../platform/words.ts";
import { type Action, formatActionNumber, isActionOverdue } from "./action.ts";
import { agendaWords as words } from "./agenda-words.ts";
import { compareUrgency, formatIncidentNumber, type Incident, isOpen, isOverdue } from "./incident.ts";

/** In the order in which a meeting takes them: what is late, what is new, what stands to come, what is over. */
export const topics = ["overdue", "action", "incident", "cause", "silent", "signing", "restated", "due", "closed"] as const;
export type Topic = (typeof topics)[number];

export interface AgendaItem {
  readonly topic: Topic;
  /** `VM-12`, `VC-3`, a unit's code. */
  readonly ref?: string;
  readonly text: Words;
}

/** What changed since the last meeting of the kind, as it was shown. Plain JSON. */
export interface Agenda {
  readonly since: Instant;
  readonly at: Instant;
  readonly items: readonly AgendaItem[];
  /** Topics of which nothing is known, with the reason: not the same as nothing new. */
  readonly unknown: readonly { readonly topic: Topic; readonly reason: Words }[];
}

/** What a room answers, or why it could not. */
export type Told<Value> =
  | { readonly state: "known"; readonly value: Value }
  | { readonly state: "unknown"; readonly reason: Words };

export interface AgendaFacts {
  readonly since: Instant;
  readonly at: Instant;
  readonly incidents: readonly Incident[];
  readonly actions: readonly Action[];
  /** Units without figures now, and whether they were so at the last report already. */
  readonly silent: Told<readonly { readonly unit: string; readonly name: Words; readonly isNew: boolean }[]>;
  readonly causes: Told<
    readonly {
      readonly ref: string;
      readonly inWords: Words;
      readonly owner: Words;
      readonly openedAt: Instant;
      readonly isOver: boolean;
    }[]
  >;
  /** Figures that were shown and are known otherwise now. */
  readonly restated: Told<{ readonly figures: number; readonly units: number }>;
  /** Where nobody will be able to sign, from when. */
  readonly gaps: Told<readonly { readonly unit: string; readonly name: Words; readonly what: Words; readonly from: Instant }[]>;
  readonly zone: Zone;
}

/** What is due within the next day is looked at while there is time. */
const soonMs = 86_400_000;

/** Everything that is to be talked about, in order, each once. Pure. */
export function planAgenda(facts: AgendaFacts): Agenda {
  const { since, at, incidents, actions, zone } = facts;
  const open = incidents.filter(isOpen).sort((a, b) => compareUrgency(a, b, at));
  const late = open.filter((one) => isOverdue(one, at));
  const fresh = open.filter((one) => one.openedAt > since && !late.includes(one));
  const soon = open.filter(
    (one) => one.due !== undefined && one.due <= at + soonMs && !late.includes(one) && !fresh.includes(one),
  );
  const over = incidents.filter(({ closed }) => closed !== undefined && closed.at > since).sort((a, b) => a.number - b.number);
  const today = toLocalDay(at, zone);
  // What was given today is not asked for today, unless it is late.
  const due = actions
    .filter((one) => one.state === "open" && (toLocalDay(one.givenAt, zone) < today || isActionOverdue(one, at)))
    .sort((a, b) => (a.due ?? Number.MAX_SAFE_INTEGER) - (b.due ?? Number.MAX_SAFE_INTEGER) || a.number - b.number);
  const ofIncident =
    (topic: Topic, say: (one: Incident) => Words) =>
    (one: Incident): AgendaItem => ({
      topic,
      ref: formatIncidentNumber(one.number),
      text: say(one),
    });
  const items: AgendaItem[] = [
    ...late.map(ofIncident("overdue", (one) => words.incident(one, zone))),
    ...due.map(
      (one): AgendaItem => ({ topic: "action", ref: formatActionNumber(one.number), text: words.action(one, at, zone) }),
    ),
    ...fresh.map(ofIncident("incident", (one) => words.incident(one, zone))),
    ...known(facts.causes)
      .filter(({ openedAt, isOver }) => openedAt > since && !isOver)
      // What a difficulty was opened for is talked of there.
      .filter(({ ref }) => !open.some(({ sources }) => sources.includes(ref)))
      .map(
        ({ ref, inWords, owner }): AgendaItem => ({
          topic: "cause",
          ref,
          text: both((lang) => `${inWords[lang]} → ${owner[lang]}`),
        }),
      ),
    ...known(facts.silent)
      .filter(({ isNew }) => isNew)
      .map(({ unit, name }): AgendaItem => ({ topic: "silent", ref: unit, text: name })),
    ...known(facts.gaps).map(
      ({ unit, name, what, from }): AgendaItem => ({ topic: "signing", ref: unit, text: words.gap(name, what, from, at, zone) }),
    ),
    ...(facts.restated.state === "known" && facts.restated.value.figures > 0 ? [toRestated(facts.restated.value)] : []),
    ...soon.map(ofIncident("due", (one) => words.incident(one, zone))),
    ...over.map(ofIncident("closed", (one) => words.closed(one))),
  ];
  const told = { cause: facts.causes, silent: facts.silent, signing: facts.gaps, restated: facts.restated };
  const unknown = Object.entries(told).flatMap(([topic, answer]) =>
    answer.state === "unknown" ? [{ topic: topic as Topic, reason: answer.reason }] : [],
  );
  return { since, at, items, unknown };
}

function known<Item>(told: Told<readonly Item[]>): readonly Item[] {
  return told.state === "known" ? told.value : [];
}

function toRestated({ figures, units }: { readonly figures: number; readonly units: number }): AgendaItem {
  return {
    topic: "restated",
    text: both((lang) =>
      lang === "vi"
        ? `${formatCount(figures, lang)} số đã báo cáo nay khác, ở ${formatCount(units, lang)} đơn vị`
        : `${formatCount(figures, lang)} figures that were shown are known otherwise now, in ${formatCount(units, lang)} units`,
    ),
  };
}
