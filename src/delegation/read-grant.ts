import type { UnitChoice } from "../directory/chosen-units.ts";
import { defaultDepartments, listDepartments } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import { explainResolution } from "../directory/explain-unit.ts";
import { defaultPositions, findPosition, type Position } from "../directory/position.ts";
import { resolveChosenUnit } from "../directory/resolve-chosen-unit.ts";
import type { Unit } from "../directory/unit.ts";
import type { Fault } from "../platform/failure.ts";
import { findNearest, toToneKey } from "../platform/text.ts";
import { readInstant, startOfLocalDay, toLocalDay, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { basisKinds, basisNames, capacityNames, grantedCapacities } from "./capacity.ts";
import { allDocTypes, docTypes, findDocType, toMask } from "./doc-types.ts";
import { formatPostRef, type Grant, type PostRef, toEffectiveStart } from "./grant.ts";
import type { GrantColumn, GrantText } from "./grant-columns.ts";
import { type JudgedGrant, listCertainFaults, listGrantFaults } from "./judge-grant.ts";
import { readNarrowing } from "./read-narrowing.ts";
import { isInsideScope, type ScopeTree } from "./scope.ts";
import { createScopeBook, type ScopeBook } from "./scope-book.ts";
import { scopeSettings } from "./scope-settings.ts";

export interface ReadingNeeds {
  readonly directory: Directory;
  /** Where to look for units that are given by name. */
  readonly choice: Pick<UnitChoice, "province" | "alsoUnits">;
  readonly zone: Zone;
  /** Departments and groups of procedures; the built-in ones without it. */
  readonly book?: ScopeBook;
  /** What is recorded already, for grants that are passed on. */
  readonly grants: readonly Grant[];
  /** C7, where posts are known. */
  readonly wasInOffice?: (grant: JudgedGrant) => boolean;
  /** Staff ids that exist, of those named in the texts. */
  readonly staffIds: ReadonlySet<string>;
}

/** A grant out of its texts, with everything that is wrong: first what cannot be read, then what the law does not allow. */
export function readGrant(text: GrantText, needs: ReadingNeeds): { readonly grant?: JudgedGrant; readonly faults: Fault[] } {
  const { zone, directory, book = createScopeBook(scopeSettings.parse(undefined), needs.zone) } = needs;
  const faults: Fault[] = [];
  const said = new Set<string>();
  const complain = (column: GrantColumn, message: Words): undefined => {
    said.add(column);
    faults.push({ ...text.place(column), value: text.cells[column] || undefined, message });
  };
  const cell = (column: GrantColumn): string | undefined => text.cells[column] || undefined;
  const needed = (column: GrantColumn): string | undefined =>
    cell(column) ?? complain(column, { vi: `thiếu '${column}'`, en: `'${column}' is missing` });

  const named = needed("unit");
  const found = named === undefined ? undefined : resolveChosenUnit(named, directory, needs.choice);
  const unit = found?.kind === "one" ? found.unit : undefined;
  if (found && found.kind !== "one") complain("unit", explainResolution(named as string, found, directory) as Words);
  const readPost = (column: "from_position" | "to_position"): PostRef | undefined => {
    const given = needed(column);
    if (given === undefined) return undefined;
    const post = toPostRef(given, unit);
    return "position" in post ? post : complain(column, post.fault);
  };
  const from = readPost("from_position");
  const to = readPost("to_position");
  const capacity = readWord(needed("capacity")?.replace(/\.$/, ""), grantedCapacities, capacityNames, (message) =>
    complain("capacity", message),
  );
  const kind = readWord(needed("basis_kind"), basisKinds, basisNames, (message) => complain("basis_kind", message));
  const readDay = (column: "from" | "to" | "basis_date" | "basis_signed_at"): number | undefined => {
    const given = cell(column);
    if (given === undefined) return undefined;
    const at = readInstant(given, zone);
    if (at === undefined) {
      return complain(column, {
        vi: `'${given}' không phải ngày; viết 2025-07-01 hoặc 01/7/2025`,
        en: `'${given}' is not a date; write 2025-07-01 or 01/7/2025`,
      });
    }
    // The last day of a right is a whole day.
    return column === "to" && !given.includes(":") ? startOfLocalDay(toLocalDay(at, zone) + 1, zone) : at;
  };
  const validFrom = needed("from") === undefined ? undefined : readDay("from");
  const validTo = readDay("to");
  const date = readDay("basis_date");
  if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom) {
    complain("to", { vi: "ngày kết thúc trước ngày bắt đầu", en: "it ends before it begins" });
  }
  const signedAt = readDay("basis_signed_at");
  const sha256 = cell("basis_sha256")?.toLowerCase();
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) {
    complain("basis_sha256", {
      vi: "SHA-256 gồm 64 chữ số hệ 16, hoặc đường dẫn tới tệp đã ký",
      en: "a SHA-256 is 64 hexadecimal digits; or give the path of the signed file",
    });
  }
  const types = readTypes(needed("doc_types"), (message) => complain("doc_types", message));
  const except = readTypes(cell("except_types"), (message) => complain("except_types", message));
  const mask = types === undefined ? undefined : (types & ~(except ?? 0)) >>> 0;
  if (mask === 0 && types !== 0) complain("except_types", { vi: "không còn loại nào", en: "it leaves no type at all" });
  const narrowing = readNarrowing(cell, book, mask, complain);
  const person = cell("person");
  if (person !== undefined && !needs.staffIds.has(person)) {
    complain("person", { vi: `không có cán bộ mã '${person}' trong danh bạ`, en: `staff id '${person}' is not in the register` });
  }
  if (!unit || !from || !to || !capacity || !kind || validFrom === undefined || mask === undefined || faults.length > 0) {
    const known = { capacity, from, to, validTo, docTypes: mask, person };
    const basis = { kind, number: cell("basis_number"), date, clause: cell("clause"), legalBasis: cell("legal_basis") };
    for (const { field, message } of listCertainFaults({ ...known, basis })) {
      if (!said.has(field)) complain(field as GrantColumn, message);
    }
    return { faults };
  }
  const bare: JudgedGrant = {
    unit: unit.code,
    from,
    to,
    person,
    capacity,
    docTypes: mask,
    narrowing,
    validFrom,
    validTo,
    basis: {
      kind,
      number: cell("basis_number"),
      date,
      signedAt,
      clause: cell("clause"),
      sha256,
      legalBasis: cell("legal_basis"),
    },
    parent: cell("parent"),
  };
  const grant = { ...bare, parent: bare.parent ?? findParent(bare, needs.grants, book.tree) };
  const unlawful = listGrantFaults(
    grant,
    zone,
    (id) => needs.grants.find((known) => known.id === id),
    needs.wasInOffice,
    book.tree,
  );
  if (unlawful.length === 0) return { grant, faults: [] };
  return {
    faults: unlawful.map(({ field, message }) => ({
      ...text.place(field as GrantColumn),
      value: text.cells[field as GrantColumn] || undefined,
      message,
    })),
  };
}

/** The one TL. grant of the post that passes it on, when there is exactly one that is wide enough. */
function findParent(grant: JudgedGrant, grants: readonly Grant[], tree: ScopeTree): string | undefined {
  if (grant.capacity !== "KT" || findPosition(grant.from.position)?.rank !== "department-head") return undefined;
  const wide = grants.filter(
    (known) =>
      known.capacity === "TL" &&
      known.unit === grant.unit &&
      known.to.position === grant.from.position &&
      known.to.department === grant.from.department &&
      (grant.docTypes & ~known.docTypes) === 0 &&
      isInsideScope(grant.narrowing, known.narrowing, tree) &&
      toEffectiveStart(known) <= toEffectiveStart(grant) &&
      (known.validTo ?? Number.POSITIVE_INFINITY) >= (grant.validTo ?? Number.POSITIVE_INFINITY),
  );
  return wide.length === 1 ? wide[0]?.id : undefined;
}

/** `chanh-van-phong`, `Chánh Văn phòng`, `van-hoa-xa-hoi/truong-phong`. The department may be left out where only one fits. */
export function toPostRef(given: string, unit: Unit | undefined): PostRef | { readonly fault: Words } {
  const [last = "", department] = given.split("/").reverse();
  const key = toToneKey(last);
  const position = defaultPositions.find((known) => isCalled(known, last));
  if (!position) {
    const keys = defaultPositions.map((known) => known.key);
    const near = findNearest(key, keys);
    return {
      fault: {
        vi: `không có chức vụ '${last}' (${near ? `có phải '${near}'?` : keys.join(", ")})`,
        en: `there is no position '${last}' (${near ? `did you mean '${near}'?` : keys.join(", ")})`,
      },
    };
  }
  if (position.departments.length === 0) return { position: position.key };
  const own = (unit ? listDepartments(unit) : defaultDepartments).map((known) => known.key);
  const possible = position.departments.filter((known) => own.includes(known) && (department ?? known) === known);
  if (possible.length === 1) return { position: position.key, department: possible[0] };
  const choices = position.departments
    .filter((known) => own.includes(known))
    .map((known) => formatPostRef({ position: position.key, department: known }))
    .join(", ");
  return {
    fault: { vi: `'${given}' chưa rõ phòng ban; viết: ${choices}`, en: `'${given}': which department? write: ${choices}` },
  };
}

/** By key, name, or the title above the signature: `chu-tich`, `Chủ tịch UBND`, `Chủ tịch`. */
export function isCalled({ key, name, title }: Position, text: string): boolean {
  const asked = toToneKey(text);
  return key === asked || toToneKey(name.vi) === asked || toToneKey(title) === asked;
}

function readWord<T extends string>(
  given: string | undefined,
  words: readonly T[],
  names: Readonly<Record<string, Words>>,
  complain: (message: Words) => undefined,
): T | undefined {
  if (given === undefined) return undefined;
  const key = toToneKey(given);
  const found = words.find((word) => toToneKey(word) === key || toToneKey(names[word]?.vi ?? "") === key);
  const list = words.map((word) => `${word} (${names[word]?.vi})`).join(", ");
  return found ?? complain({ vi: `'${given}' không có; dùng: ${list}`, en: `'${given}' is not one of: ${words.join(", ")}` });
}

function readTypes(given: string | undefined, complain: (message: Words) => undefined): number | undefined {
  if (given === undefined) return undefined;
  if (given === "*") return allDocTypes;
  const keys = given
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const unknown: string[] = [];
  const found = keys.flatMap((part) => {
    const key = toToneKey(part);
    const type = findDocType(key) ?? docTypes.find((known) => toToneKey(known.name.vi) === key);
    if (!type) unknown.push(part);
    return type ? [type.key] : [];
  });
  if (unknown.length === 0) return toMask(found);
  const near = findNearest(
    unknown[0] ?? "",
    docTypes.map((type) => type.key),
  );
  return complain({
    vi: `không có loại văn bản '${unknown.join("', '")}'${near ? ` (có phải '${near}'?)` : ""}`,
    en: `there is no document type '${unknown.join("', '")}'${near ? ` (did you mean '${near}'?)` : ""}`,
  });
}
