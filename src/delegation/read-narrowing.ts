import type { Words } from "../platform/words.ts";
import { type DocTypeMask, listKeys, proceduralTypes } from "./doc-types.ts";
import { type Narrowing, narrowingMembers, toNarrowing } from "./scope.ts";
import { findNamed, findNearNamed, type NamedKey, type ScopeBook } from "./scope-book.ts";

type Member = (typeof narrowingMembers)[number];

/** The column of a grants file that each member stands in. */
export const narrowingColumns = {
  departments: "departments",
  exceptDepartments: "except_departments",
  procedures: "procedures",
  exceptProcedures: "except_procedures",
} as const satisfies Record<Member, string>;

export type NarrowingColumn = (typeof narrowingColumns)[Member];

/** What a grant is limited to, out of its texts; complains of every key that nobody knows. */
export function readNarrowing(
  cell: (column: NarrowingColumn) => string | undefined,
  { departments, procedures, tree }: ScopeBook,
  docTypes: DocTypeMask | undefined,
  complain: (column: NarrowingColumn, message: Words) => void,
): Narrowing | undefined {
  const given = narrowingMembers.map((member) => {
    const column = narrowingColumns[member];
    const isDepartment = member === "departments" || member === "exceptDepartments";
    const keys = splitList(cell(column))?.flatMap((text) => {
      const known = isDepartment ? departments : procedures;
      const key = findNamed(known, text, isDepartment ? tree : undefined);
      if (key === undefined) complain(column, noSuch(text, known, isDepartment));
      return key ?? [];
    });
    return [member, keys] as const;
  });
  const narrowing = toNarrowing(Object.fromEntries(given));
  const others = docTypes === undefined ? 0 : (docTypes & ~proceduralTypes) >>> 0;
  if (narrowing?.procedures && others !== 0) complain("procedures", notOfProcedures(listKeys(others)));
  return narrowing;
}

/** Undefined for an empty cell: what is not said does not limit. */
export function splitList(given: string | undefined): string[] | undefined {
  const keys = given
    ?.split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return keys === undefined || keys.length === 0 ? undefined : keys;
}

export function noSuch(text: string, known: readonly NamedKey[], isDepartment: boolean): Words {
  const near = findNearNamed(known, text);
  const list = known.map(({ key }) => key).join(", ");
  const thing = isDepartment
    ? { vi: "phòng, ban", en: "department", setting: "delegate.scope.departments" }
    : { vi: "nhóm thủ tục", en: "group of procedures", setting: "delegate.scope.procedures" };
  return {
    vi: `không có ${thing.vi} '${text}' (${near ? `có phải '${near}'?` : `có: ${list}`}; thêm ở ${thing.setting})`,
    en: `there is no ${thing.en} '${text}' (${near ? `did you mean '${near}'?` : `there are: ${list}`}; more under ${thing.setting})`,
  };
}

function notOfProcedures(keys: readonly string[]): Words {
  return {
    vi: `loại '${keys.join(", ")}' không phải kết quả thủ tục hành chính; tách ra một quyền riêng`,
    en: `'${keys.join(", ")}' is not the result of a procedure; make it a grant of its own`,
  };
}
