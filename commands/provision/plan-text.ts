import type { Directory } from "../../src/directory/directory.ts";
import { formatUnitName } from "../../src/directory/unit.ts";
import { formatCount } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { listAnswers } from "../../src/provision/answer-words.ts";
import { describeFailed } from "../../src/provision/failed-words.ts";
import { formatMembership } from "../../src/provision/membership-words.ts";
import { type AssignOperation, listMembershipChange, type Operation, toSubjectId } from "../../src/provision/operation.ts";
import type { Plan, PlanSystem } from "../../src/provision/plan.ts";
import { describeGuard, describeQuestion, formatSubject, reasonWords } from "../../src/provision/plan-words.ts";
import { kindMarks, kindWords } from "./operation-words.ts";
import { describeChanges } from "./plan-rows.ts";
import { isLarge, renderSummary } from "./plan-summary.ts";
import { summaryWords } from "./plan-summary-words.ts";
import { planWords } from "./plan-words.ts";
import { provisionWords as words } from "./words.ts";

interface Surroundings {
  readonly out: Output;
  readonly directory: Pick<Directory, "findUnit">;
  /** Everything instead of the first lines. */
  readonly all: boolean;
  /** A plan about a few accounts: how many others there are says nothing. */
  readonly few?: boolean;
}

const linesShown = 60;
/** Of a plan that goes on below them. */
const questionsShown = 20;
/** Ways to answer one question. */
const waysShown = 3;

/** Totals first, then what a person must decide, then the changes unit by unit, departments before people. */
export function renderPlan(plan: Plan, { out, directory, all, few = false }: Surroundings): string {
  const { say, paint } = out;
  const questions = plan.questions.map((question) =>
    [
      `? ${say(describeQuestion(question))}`,
      ...listAnswers(question)
        .slice(0, waysShown)
        .map((line) => `    → ${line}`),
    ].join("\n"),
  );
  const guards = plan.guards.filter(({ tripped }) => tripped).map((guard) => `! ${say(describeGuard(guard))}`);
  const large = !all && isLarge(plan);
  const changes = large ? renderSummary(plan, out, directory) : listChangeLines(plan, out, directory);
  const cut = <T>(lines: readonly T[], most = linesShown): readonly T[] => (all ? lines : lines.slice(0, most));
  const more = (lines: readonly unknown[], most = linesShown): string[] =>
    all || lines.length <= most ? [] : [`  ${say(planWords.more(lines.length - most))}`];
  const isDeclared = (plan.declared ?? []).length > 0 || plan.merger !== undefined;
  return [
    paint.bold(say(planWords.planHead(plan.planId, plan.roster.file, isDeclared ? undefined : plan.roster.people))),
    paint.bold(say(planWords.totals(plan.totals))),
    ...describeSystems(plan.systems, few, out),
    ...(guards.length > 0 ? ["", paint.bold(say(planWords.guards)), ...guards] : []),
    ...(questions.length > 0
      ? ["", paint.bold(say(planWords.questions)), ...cut(questions, questionsShown), ...more(questions, questionsShown)]
      : []),
    ...(large ? changes : [...cut(changes), ...more(changes)]),
    ...(plan.operations.length === 0 ? ["", say(words.nothingToDo)] : []),
  ].join("\n");
}

function describeSystems(systems: readonly PlanSystem[], few: boolean, { say }: Output): string[] {
  const read = systems.filter(({ state }) => state === "read");
  const failed = systems.filter(({ state }) => state === "failed");
  const out = systems.filter(({ state }) => state === "left-out");
  return [
    ...(read.length === 0
      ? []
      : [
          `${say(planWords.systemsRead)}: ${read.map(({ name, accounts, unmanaged }) => say(planWords.systemRead(name, accounts, few ? 0 : unmanaged))).join(" · ")}`,
        ]),
    ...describeFailed(failed.map(({ name, message }) => ({ system: name, message: message ?? planWords.systemFailed }))).map(
      (said) => `${say(planWords.systemFailed)}: ${say(said)}`,
    ),
    ...(out.length > 0 ? [`${say(planWords.systemLeftOut)}: ${out.map(({ name }) => name).join(", ")}`] : []),
  ];
}

function listChangeLines({ operations }: Plan, out: Output, directory: Surroundings["directory"]): string[] {
  const { say, paint } = out;
  const byUnit = [...Map.groupBy(operations, ({ subject }) => subject.unit)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byUnit.flatMap(([code, own]) => {
    const unit = directory.findUnit(code);
    const bySubject = [...Map.groupBy(own, ({ subject, kind }) => `${toSubjectId(subject)} ${kind}`).values()];
    const departments = bySubject.filter(([first]) => first?.subject.functionalKey !== undefined);
    const groups = bySubject.filter(([first]) => first?.subject.group !== undefined);
    const people = bySubject.filter(([first]) => first?.subject.staffId !== undefined);
    const countSubjects = (list: readonly Operation[][]): number =>
      new Set(list.map(([first]) => toSubjectId((first as Operation).subject))).size;
    const counts = [
      [countSubjects(departments), countSubjects(departments) === 1 ? summaryWords.department : planWords.departments] as const,
      [countSubjects(groups), planWords.groups] as const,
      [countSubjects(people), countSubjects(people) === 1 ? summaryWords.person : planWords.people] as const,
    ].filter(([count]) => count > 0);
    const head = `${code} ${unit ? formatUnitName(unit) : ""} · ${counts.map(([count, what]) => `${formatCount(count, out.lang)} ${say(what)}`).join(", ")}`;
    return ["", paint.bold(head), ...[...departments, ...groups, ...people].map((group) => describeSubject(group, out))];
  });
}

function describeSubject(group: readonly Operation[], { say, lang }: Output): string {
  const first = group[0] as Operation;
  const { kind, username, subject, reason } = first;
  const assigned = group.filter((one) => one.kind === "assign");
  if (assigned.length > 0) return describeAssignments(assigned, { say, lang });
  const systems = group.map(({ system }) => system).join(", ");
  const changes = [...new Set(group.flatMap((operation) => describeChanges(operation, lang)))].join(", ");
  if (kind === "create-group") return `  ${kindMarks[kind]} ${say(kindWords[kind])} ${subject.name} · ${systems}`;
  const who = subject.staffId === undefined ? subject.name : `${subject.name} (${subject.staffId})`;
  const vacant = subject.owner === null ? `; ${say(planWords.vacant)}` : "";
  return `  ${kindMarks[kind]} ${say(kindWords[kind])} ${username} · ${who} · ${systems} · ${changes || say(reasonWords[reason])}${vacant}`;
}

/** One person, system by system: what is given, what is taken, and why where everything is taken. */
function describeAssignments(group: readonly AssignOperation[], { say, lang }: Pick<Output, "say" | "lang">): string {
  const { kind, username, subject } = group[0] as AssignOperation;
  const parts = group.map((operation) => {
    const { add, remove } = listMembershipChange(operation);
    const changes = [
      ...add.map((one) => `+${formatMembership(one, lang)}`),
      ...remove.map((one) => `−${formatMembership(one, lang)}`),
    ];
    const why = operation.reason === "memberships-differ" ? "" : ` (${say(reasonWords[operation.reason])})`;
    return `${operation.system}: ${changes.join(", ")}${why}`;
  });
  return `  ${kindMarks[kind]} ${say(kindWords[kind])} ${username} · ${formatSubject(subject)} · ${parts.join("; ")}`;
}
