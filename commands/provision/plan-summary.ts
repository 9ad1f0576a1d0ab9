import type { Directory } from "../../src/directory/directory.ts";
import { formatUnitName } from "../../src/directory/unit.ts";
import { formatCount } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { type Operation, type OperationKind, toSubjectId } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { formatSubject, reasonWords } from "../../src/provision/plan-words.ts";
import { kindMarks, kindWords } from "./operation-words.ts";
import { summaryWords as own } from "./plan-summary-words.ts";

/** More units than this do not fit on a screen person by person. */
const mostUnits = 6;
const closedShown = 20;
const unitsShown = 15;

/** What takes something away from somebody is read first. */
const gravest: readonly OperationKind[] = ["disable", "assign", "enable", "update", "create-group", "create"];

export function isLarge({ operations }: Pick<Plan, "operations">): boolean {
  return new Set(operations.map(({ subject }) => subject.unit)).size > mostUnits;
}

/** A plan of many units: by system, who loses an account, and the units with most changes. Person by person is asked for with --all. */
export function renderSummary({ operations }: Plan, out: Output, directory: Pick<Directory, "findUnit">): string[] {
  const { say, paint, lang } = out;
  const bySystem = [...Map.groupBy(operations, ({ system }) => system)];
  const closed = [
    ...Map.groupBy(
      operations.filter(({ kind }) => kind === "disable"),
      ({ subject }) => formatSubject(subject),
    ),
  ];
  const byUnit = [...Map.groupBy(operations, ({ subject }) => subject.unit)].sort(
    ([a, ofA], [b, ofB]) => weigh(ofB) - weigh(ofA) || ofB.length - ofA.length || (a < b ? -1 : 1),
  );
  const counts = (list: readonly Operation[]): string =>
    gravest
      .map((kind) => [kind, list.filter((operation) => operation.kind === kind).length] as const)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${say(kindWords[kind])} ${formatCount(count, lang)}`)
      .join(" · ");
  return [
    "",
    paint.bold(say(own.bySystem)),
    ...bySystem.map(([system, list]) => `  ${system}: ${counts(list)}`),
    ...(closed.length > 0 ? ["", paint.bold(say(own.closed(closed.length)))] : []),
    ...closed.slice(0, closedShown).map(([who, list]) => {
      const [{ username, reason }] = list as [Operation];
      return `  ${kindMarks.disable} ${username} · ${who} · ${list.map(({ system }) => system).join(", ")} · ${say(reasonWords[reason])}`;
    }),
    ...(closed.length > closedShown ? [`  ${say(own.moreSubjects(closed.length - closedShown))}`] : []),
    "",
    paint.bold(say(own.byUnit)),
    ...byUnit.slice(0, unitsShown).map(([code, list]) => {
      const unit = directory.findUnit(code);
      const subjects = new Set(list.map(({ subject }) => toSubjectId(subject))).size;
      return `  ${code} ${unit ? formatUnitName(unit) : ""} · ${say(own.subjects(subjects))} · ${counts(list)}`;
    }),
    ...(byUnit.length > unitsShown ? [`  ${say(own.moreUnits(byUnit.length - unitsShown))}`] : []),
    say(own.seeAll),
  ];
}

function weigh(list: readonly Operation[]): number {
  return list.filter(({ kind }) => kind === "disable").length;
}
