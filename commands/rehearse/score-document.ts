import { faultFacts } from "../../src/city/fault-facts.ts";
import { type Score, type StepScore, toMinutes } from "../../src/city/score.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatCount, formatTime } from "../../src/platform/format.ts";
import type { ListColumn, Output } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { both, type Words } from "../../src/platform/words.ts";
import { stateNames, scoreWords as words } from "./score-words.ts";

const iso = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : toIso(at, vietnamZone));
const clock = (at: Instant | undefined): string => (at === undefined ? "" : formatTime(at, vietnamZone));

/** Steps that have come: what is still to come is nobody's to know. */
export function listShown({ steps }: Score): readonly StepScore[] {
  return steps.filter(({ state }) => state !== "hidden");
}

export const scoreColumns: readonly ListColumn<StepScore>[] = [
  {
    key: "plantedAt",
    title: words.planted,
    value: ({ plantedAt }) => iso(plantedAt),
    text: ({ plantedAt }) => clock(plantedAt),
  },
  {
    key: "fault",
    title: words.fault,
    value: ({ step }) => `${step.fault}=${step.scope}`,
    text: ({ step }, lang) => `${faultFacts[step.fault].title[lang]} (${step.scope})`,
  },
  { key: "state", title: words.state, value: toState, text: (score, lang) => stateNames[toState(score)][lang] },
  {
    key: "foundAt",
    title: words.found,
    value: ({ foundAt }) => iso(foundAt),
    text: ({ foundAt, foundBy }) => (foundAt === undefined ? "" : `${clock(foundAt)} ${foundBy}`),
  },
  { key: "foundBy", title: words.foundBy, machineOnly: true, value: ({ foundBy }) => foundBy },
  {
    key: "minutesToFind",
    title: words.minutes,
    align: "right",
    value: ({ plantedAt, foundAt }) => toMinutes(plantedAt, foundAt),
  },
  {
    key: "incident",
    title: words.incident,
    machineOnly: true,
    value: ({ reported }) => reported?.incident,
  },
  {
    key: "mendedAt",
    title: words.mended,
    value: ({ mendedAt }) => iso(mendedAt),
    text: (score, lang) => (score.mendedAt === undefined ? "" : `${clock(score.mendedAt)} ${nameMender(score)[lang]}`),
  },
  { key: "mendedBy", title: words.mendedBy, machineOnly: true, value: ({ mendedBy }) => mendedBy },
  { key: "owner", title: words.owner, machineOnly: true, value: ({ owner }) => owner },
  {
    key: "minutesToMend",
    title: words.minutes,
    align: "right",
    value: ({ plantedAt, mendedAt }) => toMinutes(plantedAt, mendedAt),
  },
];

export function toTotals(score: Score) {
  const shown = listShown(score);
  const count = (is: (one: StepScore) => boolean): number => shown.filter(is).length;
  return {
    planted: shown.length,
    toCome: score.steps.length - shown.length,
    found: count(({ foundAt }) => foundAt !== undefined),
    mended: count(({ state, mendedBy }) => state === "mended" && mendedBy !== "trainer"),
    missed: count(({ missed }) => missed),
    falseAlarms: score.falseAlarms.length,
    medianMinutesToFind: findMedian(shown.flatMap(({ plantedAt, foundAt }) => toMinutes(plantedAt, foundAt) ?? [])),
    medianMinutesToMend: findMedian(shown.flatMap(({ plantedAt, mendedAt }) => toMinutes(plantedAt, mendedAt) ?? [])),
  };
}

/** Members of the document beside its faults. */
export function toScoreExtra(score: Score) {
  return {
    script: score.script.name,
    title: score.script.title,
    at: toIso(score.at, vietnamZone),
    ended: score.ended,
    totals: toTotals(score),
    falseAlarms: score.falseAlarms.map(({ by, title, at }) => ({ incident: by, title, openedAt: toIso(at, vietnamZone) })),
  };
}

export function toScoreDocument(score: Score): Readonly<Record<string, unknown>> {
  const faults = listShown(score).map((one) =>
    Object.fromEntries(scoreColumns.map(({ key, value }) => [key, value(one) ?? null])),
  );
  return { schema: "wardctl.rehearsal-score/1", ...toScoreExtra(score), faults };
}

/** Lines under the table. */
export function listSums(score: Score): Words[] {
  const { planted, toCome, found, mended, missed, medianMinutesToFind, medianMinutesToMend } = toTotals(score);
  return [
    words.sum({ planted, found, mended, missed }),
    ...(medianMinutesToFind === null ? [] : [words.speed(medianMinutesToFind, medianMinutesToMend)]),
    ...score.falseAlarms.map(({ by, title, at }) => words.falseAlarm(by, clock(at), title)),
    ...(toCome > 0 && !score.ended ? [words.toCome(toCome)] : []),
  ];
}

/** The scoreboard as people read it. */
export function renderScore(score: Score, out: Output): string {
  const { lang } = out;
  const shown = scoreColumns.filter(({ machineOnly }) => !machineOnly);
  const rows = listShown(score).map((one) =>
    shown.map(({ value, text }) => {
      const plain = value(one);
      return text ? text(one, lang) : typeof plain === "number" ? formatCount(plain, lang) : String(plain ?? "");
    }),
  );
  const head = out.say(words.head(score.script.title, clock(score.at), score.ended));
  const table =
    rows.length === 0
      ? out.say(words.nothingYet)
      : out.table(
          shown.map(({ title, align }) => ({ title: title[lang], ...(align && { align }) })),
          rows,
        );
  return [head, "", table.trimEnd(), "", ...listSums(score).map((line) => out.say(line))].join("\n");
}

function toState({ state, missed }: StepScore): keyof typeof stateNames {
  return missed ? "missed" : state === "hidden" ? "open" : state;
}

function nameMender({ mendedBy, owner }: StepScore): Words {
  return mendedBy === "trainer" ? words.trainer : both(() => (mendedBy === "owner" ? (owner ?? "") : "wardctl"));
}

function findMedian(minutes: readonly number[]): number | null {
  if (minutes.length === 0) return null;
  const sorted = [...minutes].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
