import type { Narrowing, Outside, Part } from "../../src/delegation/scope.ts";
import { type NamedKey, type ScopeBook, sayName } from "../../src/delegation/scope-book.ts";
import type { RowPart } from "../../src/delegation/sweep-parts.ts";
import type { Lang } from "../../src/platform/words.ts";
import { scopeWords as words } from "./scope-words.ts";

type Names = Pick<ScopeBook, "departments" | "procedures">;

/** `chỉ Phòng Văn hóa – Xã hội; thủ tục Hộ tịch; trừ thủ tục Đất đai`; empty where nothing limits. */
export function formatNarrowing(narrowing: Narrowing | undefined, { departments, procedures }: Names, lang: Lang): string {
  if (narrowing === undefined) return "";
  const say = (known: readonly NamedKey[], keys: readonly string[]): string => keys.map((key) => sayName(known, key)).join(", ");
  const parts = [
    narrowing.departments && words.only(say(departments, narrowing.departments))[lang],
    narrowing.exceptDepartments && words.except(say(departments, narrowing.exceptDepartments))[lang],
    narrowing.procedures && words.onlyProcedures(say(procedures, narrowing.procedures))[lang],
    narrowing.exceptProcedures && words.exceptProcedures(say(procedures, narrowing.exceptProcedures))[lang],
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

/** Where a document belongs, as part of a line: `Phòng Văn hóa – Xã hội · thủ tục Hộ tịch`. */
export function formatPart({ department, procedure }: Part, { departments, procedures }: Names, lang: Lang): string {
  return [
    department === undefined ? undefined : sayName(departments, department),
    procedure === undefined ? undefined : words.procedure(sayName(procedures, procedure))[lang],
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** Of which documents a row speaks; empty: of all. */
export function formatRowPart(part: RowPart | undefined, names: Names, lang: Lang): string {
  if (part === undefined) return "";
  const { department, procedure } = part;
  const of = (key: string | undefined, rest: string, say: (key: string) => string): string[] =>
    key === "*" ? [] : [key === undefined ? rest : say(key)];
  return [
    ...of(department, words.otherDepartments[lang], (key) => sayName(names.departments, key)),
    ...of(procedure, words.otherProcedures[lang], (key) => words.procedure(sayName(names.procedures, key))[lang]),
  ].join(" · ");
}

export function formatOutside(outside: readonly Outside[], lang: Lang): string {
  return outside.map((each) => words[each === "procedure" ? "procedureOutside" : each][lang]).join(", ");
}
