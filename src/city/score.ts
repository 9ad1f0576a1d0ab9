import type { Instant } from "../platform/clock.ts";
import { toFold } from "../platform/text.ts";
import { faultFacts, listFaultySystems } from "./fault-facts.ts";
import type { MendedWho, RehearsalEvent } from "./rehearsal-event.ts";
import type { RehearsalScript, ScriptStep } from "./script.ts";

/** Something that the team's wardctl named, as its cache tells. Empty lists: said of none in particular. */
export interface Sighting {
  readonly at: Instant;
  /** `check`, `ready`, `VM-3`. */
  readonly by: string;
  readonly code: string | undefined;
  /** Words that a cause or an owner goes by: `VNPT`. */
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly systems: readonly string[];
}

/** A difficulty that the team opened. */
export interface Report extends Sighting {
  readonly title: string;
  readonly owner: string | undefined;
}

/** hidden: not yet come · open: there, and nobody named it · found · mended · over: gone by itself. */
export type StepState = "hidden" | "open" | "found" | "mended" | "over";

export interface StepScore {
  readonly step: ScriptStep;
  readonly state: StepState;
  readonly plantedAt: Instant | undefined;
  readonly foundAt: Instant | undefined;
  readonly foundBy: string | undefined;
  readonly reported: { readonly at: Instant; readonly incident: string; readonly owner: string } | undefined;
  readonly mendedAt: Instant | undefined;
  readonly mendedBy: MendedWho | undefined;
  readonly owner: string | undefined;
  /** It came, and went or the day ended, and nobody ever named it. */
  readonly missed: boolean;
}

export interface Score {
  readonly script: RehearsalScript;
  readonly at: Instant;
  readonly ended: boolean;
  readonly steps: readonly StepScore[];
  /** Difficulties about nothing that was planted, in order of time. */
  readonly falseAlarms: readonly Report[];
}

const minuteMs = 60_000;

/** Whole minutes of the city that have passed. */
export function toMinutes(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.floor(Math.max(0, to - from) / minuteMs);
}

/** What the journal and the difficulties come to. Pure. */
export function decideScore(events: readonly RehearsalEvent[], reports: readonly Report[], at: Instant): Score | undefined {
  const begun = events.find((event) => event.kind === "begun");
  if (!begun) return undefined;
  const { script } = begun;
  const ended = events.findLast((event) => event.kind === "ended" || event.kind === "begun")?.kind === "ended";
  const steps = script.steps.map((step, index) => scoreStep(step, events, index, ended));
  const falseAlarms = reports.filter((report) => isFalseAlarm(report, steps));
  return { script, at, ended, steps, falseAlarms: falseAlarms.sort((a, b) => a.at - b.at) };
}

function scoreStep(step: ScriptStep, events: readonly RehearsalEvent[], index: number, ended: boolean): StepScore {
  const find = <Kind extends RehearsalEvent["kind"]>(kind: Kind): Extract<RehearsalEvent, { kind: Kind }> | undefined =>
    events.find((event) => event.kind === kind && "step" in event && event.step === index) as
      | Extract<RehearsalEvent, { kind: Kind }>
      | undefined;
  const planted = find("planted");
  const found = find("found");
  const reported = find("reported");
  const mended = find("mended");
  const over = find("over");
  const state = !planted ? "hidden" : mended ? "mended" : over ? "over" : found ? "found" : "open";
  return {
    step,
    state,
    plantedAt: planted?.at,
    foundAt: found?.at,
    foundBy: found?.by,
    reported: reported && { at: reported.at, incident: reported.incident, owner: reported.owner },
    mendedAt: mended?.at,
    mendedBy: mended?.by,
    owner: mended?.owner,
    missed: planted !== undefined && found === undefined && (over !== undefined || mended?.by === "trainer" || ended),
  };
}

/** About nothing that was there when it was opened. What says nothing that could be compared is no alarm, true or false. */
function isFalseAlarm(report: Report, steps: readonly StepScore[]): boolean {
  const { code, units, systems, names } = report;
  if (code === undefined && units.length === 0 && systems.length === 0 && names.length === 0) return false;
  return !steps.some(({ step, plantedAt }) => plantedAt !== undefined && plantedAt <= report.at && isAbout(step, report));
}

/** Whether it names the fault in a way that counts. */
export function isRightlyNamed({ found, ...step }: ScriptStep, sighting: Sighting): boolean {
  if (!isWhere(step, sighting)) return false;
  const words = sighting.names.flatMap((name) => name.split(/[\s/:|]+/)).map(toFold);
  return found.some((entry) =>
    entry.startsWith("cause:")
      ? words.includes(toFold(entry.slice("cause:".length))) && (sighting.code === undefined || isOfFault(step, sighting.code))
      : sighting.code !== undefined && isCode(entry, sighting.code),
  );
}

/** Whether a difficulty is about the fault: nothing of it speaks against that, and something for it. */
export function isAbout(step: ScriptStep, report: Report): boolean {
  if (
    report.code !== undefined &&
    !isOfFault(step, report.code) &&
    !step.found.some((entry) => isCode(entry, report.code as string))
  )
    return false;
  if (!isWhere(step, report)) return false;
  return report.code !== undefined || report.units.length > 0 || isRightlyNamed(step, report);
}

export function isRightOwner({ mended }: ScriptStep, owner: string): boolean {
  if (mended.by === "wardctl") return false;
  const given = toFold(owner);
  return given !== "" && mended.owners.some((one) => given.includes(toFold(one)) || toFold(one).includes(given));
}

function isWhere({ units, fault, scope }: Pick<ScriptStep, "units" | "fault" | "scope">, sighting: Sighting): boolean {
  const systems = listFaultySystems(fault, scope);
  return overlap(units, sighting.units) && overlap(systems, sighting.systems);
}

function isOfFault({ fault }: Pick<ScriptStep, "fault">, code: string): boolean {
  return faultFacts[fault].codes.some((entry) => isCode(entry, code));
}

function isCode(entry: string, code: string): boolean {
  return entry.endsWith("-") ? code.startsWith(entry) : code === entry;
}

/** One that names none speaks of all. */
function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || others.some((one) => some.includes(one));
}
