import type { ListColumn, ListFormat, Output } from "../../src/platform/output.ts";
import type { Lang } from "../../src/platform/words.ts";
import { listDifferences, readState } from "../../src/provision/account.ts";
import { describeMove } from "../../src/provision/attribute-words.ts";
import {
  isAccountOperation,
  listMembershipChange,
  type Operation,
  toAccountState,
  toSubjectId,
} from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { summaryWords as own } from "./plan-summary-words.ts";
import { provisionWords as words } from "./words.ts";

/** For spreadsheets: one row an operation. Text for people and JSON are the plan's own. */
export function isRows(format: ListFormat | undefined, out: Pick<Output, "json">): format is "csv" | "tsv" {
  return !out.json && (format === "csv" || format === "tsv");
}

export async function printRows({ operations }: Plan, format: "csv" | "tsv", out: Output): Promise<void> {
  await out.list({ schema: "wardctl.plan/1", name: "operations", items: operations, columns, format, empty: words.nothingToDo });
}

const columns: readonly ListColumn<Operation>[] = [
  { key: "id", title: words.id, value: ({ id }) => id },
  { key: "unit", title: words.unitColumn, value: ({ subject }) => subject.unit },
  { key: "subject", title: words.subject, value: ({ subject }) => toSubjectId(subject) },
  { key: "name", title: own.name, value: ({ subject }) => subject.name },
  { key: "system", title: words.systemColumn, value: ({ system }) => system },
  { key: "kind", title: words.kind, value: ({ kind }) => kind },
  { key: "username", title: words.username, value: ({ username }) => username },
  { key: "reason", title: words.message, value: ({ reason }) => reason },
  { key: "changes", title: own.changes, value: (operation) => describeChanges(operation, "en") },
];

function toText(value: string | boolean | null | undefined): string {
  return value === undefined || value === null ? "–" : String(value);
}

/** `chức vụ: Văn thư → Chánh Văn phòng`, `+role:doc.read`; nothing for what is made or closed. */
export function describeChanges(operation: Operation, lang: Lang): string[] {
  if (operation.kind === "assign") {
    const { add, remove } = listMembershipChange(operation);
    return [...add.map((one) => `+${one}`), ...remove.map((one) => `-${one}`)];
  }
  if (!isAccountOperation(operation) || !operation.before || operation.kind === "disable") return [];
  const [was, wanted] = [toAccountState(operation.before), toAccountState(operation.after)];
  return listDifferences(was, wanted)
    .filter((key) => key !== "active")
    .map((key) => describeMove({ attribute: key, from: toText(readState(was, key)), to: toText(readState(wanted, key)) })[lang]);
}
