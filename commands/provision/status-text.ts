import type { Output } from "../../src/platform/output.ts";
import type { Words } from "../../src/platform/words.ts";
import { isOpen, type PlanStanding, type SubjectStanding } from "../../src/provision/plan-standing.ts";
import { formatSubject } from "../../src/provision/plan-words.ts";
import { kindWords } from "./operation-words.ts";
import { statusWords as own, progressWords } from "./status-words.ts";

const subjectsShown = 10;

/** Who is left half done or not done at all, system by system, and what to do next. Nothing is done by itself. */
export function renderOpenPlan(
  standing: PlanStanding,
  { out, all, resumable }: { readonly out: Output; readonly all: boolean; readonly resumable: string | undefined },
): string[] {
  const { say, paint } = out;
  const { stored, open } = standing;
  const shown = all ? open : open.slice(0, subjectsShown);
  return [
    paint.bold(say(own.plan(stored.id, stored.plan.roster.file))),
    ...shown.map((subject) => `  ${describeStanding(subject, out)}`),
    ...(open.length > shown.length ? [`  ${say(own.more(open.length - shown.length, stored.id))}`] : []),
    ...listNextSteps(standing, resumable).map(({ text }) => `  → ${say(text)}`),
  ];
}

function describeStanding({ subject, parts, state }: SubjectStanding, { say }: Output): string {
  const systems = parts.map(({ operation, state: part, overtaken, detail }) => {
    const why = detail === undefined || overtaken ? "" : ` (${detail})`;
    const what = operation.kind === "assign" ? ` (${say(kindWords.assign)})` : "";
    return `${operation.system}${what} ${say(overtaken ? own.overtaken : progressWords[part])}${why}`;
  });
  return `${state === "half-done" ? "◐" : "○"} ${formatSubject(subject)}: ${systems.join(", ")}`;
}

export interface NextStep {
  readonly text: Words;
  readonly command: string;
}

export function listNextSteps({ stored, parts, open }: PlanStanding, resumable: string | undefined): NextStep[] {
  const failed = parts.some((part) => isOpen(part) && part.state === "failed");
  const resume = stored.id === resumable ? "wardctl provision apply --resume" : `wardctl provision apply --resume ${stored.id}`;
  const undo = `wardctl provision compensate ${stored.id} --save undo.json`;
  return [
    { text: failed ? own.mendFirst(resume) : own.goOn(resume), command: resume },
    ...(open.some(({ state }) => state === "half-done") ? [{ text: own.undo(undo), command: undo }] : []),
  ];
}
