import { Failure, type Fault } from "../../platform/failure.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import type { Zone } from "../../platform/time.ts";
import { type GrantedCapacity, grantedCapacities } from "../capacity.ts";
import { allDocTypes, findDocType, toMask } from "../doc-types.ts";
import type { CarriedRight } from "../evidence.ts";
import { type Narrowing, narrowingMembers, toNarrowing } from "../scope.ts";
import { createScopeBook, type ScopeBook } from "../scope-book.ts";
import { scopeSettings } from "../scope-settings.ts";
import type { Expresses, RestSystemSettings } from "./system-settings.ts";
import { readEnd, readStart } from "./window.ts";

type RightMap = RestSystemSettings["listGrants"]["map"];
type Mapped = NonNullable<RightMap["docTypes"]>;

export interface ReaderSettings {
  readonly map: RightMap;
  readonly expresses: Expresses;
  /** Departments and groups that there are; without it the built-in ones. */
  readonly book?: ScopeBook;
}

/** Turns a system's own words into ours and back, by the dictionaries of its settings. A row of a table is read as a document of its columns. */
export function createReader({ map, expresses, book }: ReaderSettings, system: string, zone: Zone) {
  const { tree, departments, procedures } = book ?? createScopeBook(scopeSettings.parse(undefined), zone);
  const refuse = (faults: readonly Fault[]): Failure =>
    new Failure(
      "invalid",
      { vi: `${system}: có giá trị chưa biết dịch`, en: `${system}: there are values with no translation` },
      {
        faults,
        hint: {
          vi: `thêm các giá trị này vào 'dict' của delegate.systems.${system} trong wardctl.yaml`,
          en: `add these values to 'dict' of delegate.systems.${system} in wardctl.yaml`,
        },
      },
    );
  const toFault = (field: string, value: unknown, line?: number): Fault => ({
    file: system,
    line,
    value: String(value),
    message: {
      vi: `trường '${field}': không hiểu giá trị '${String(value)}'`,
      en: `field '${field}': value '${String(value)}' is not understood`,
    },
  });

  const toOwn = (mapped: Mapped, value: unknown): string =>
    typeof mapped === "string"
      ? String(value)
      : Object.hasOwn(mapped.dict, String(value))
        ? (mapped.dict[String(value)] as string)
        : "";
  const at = (mapped: Mapped): string => (typeof mapped === "string" ? mapped : mapped.ptr);

  const readFlag = (mapped: Mapped, item: unknown, field: string): boolean => {
    const raw = readPointer(item, at(mapped));
    const own = toOwn(mapped, raw);
    if (own !== "true" && own !== "false") throw refuse([toFault(field, raw)]);
    return own === "true";
  };

  const readTypes = (mapped: Mapped, item: unknown, refuseType: (raw: unknown) => void): string[] =>
    [readPointer(item, at(mapped))].flat().map((raw) => {
      const key = toOwn(mapped, raw);
      if (!findDocType(key)) refuseType(raw);
      return key;
    });

  /** Undefined where the system says nothing of it or names nothing: not limited. */
  const readKeys = (member: keyof Narrowing, item: unknown, refuseKey: (raw: unknown) => void): string[] | undefined => {
    const mapped = map[member];
    const raw = mapped === undefined ? undefined : readPointer(item, at(mapped));
    const given = [raw ?? []].flat().filter((each) => each !== "");
    if (mapped === undefined || given.length === 0) return undefined;
    const known = member === "departments" || member === "exceptDepartments" ? departments : procedures;
    return given.map((each) => {
      const key = toOwn(mapped, each);
      const found = known.find((one) => one.key === (tree.renamed.get(key) ?? key))?.key;
      if (found === undefined) refuseKey(each);
      return found ?? "";
    });
  };

  return {
    refuse,
    readFlag,
    /** Our word → the system's. */
    toForeign(mapped: Mapped | undefined, own: string, field: string): string {
      if (mapped === undefined || typeof mapped === "string") return own;
      const entry = Object.entries(mapped.dict).find(([, value]) => value === own);
      if (!entry) throw refuse([toFault(field, own)]);
      return entry[0];
    },
    /** `line` is the item's place in the listing, for the message. */
    readRight(item: unknown, line: number): { readonly right: CarriedRight } | { readonly faults: readonly Fault[] } {
      const faults: Fault[] = [];
      const text = (pointer: string | undefined): string | undefined => {
        const value = pointer === undefined ? undefined : readPointer(item, pointer);
        return value === undefined ? undefined : String(value);
      };
      const needed = (field: "extId" | "unit" | "from"): string => {
        const value = text(map[field]);
        if (value === undefined) faults.push(toFault(field, undefined, line));
        return value ?? "";
      };
      const { docTypes: typesAt, capacity: capacityAt } = map;
      const types =
        typesAt === undefined ? undefined : readTypes(typesAt, item, (raw) => void faults.push(toFault("docTypes", raw, line)));
      const narrowing = toNarrowing(
        Object.fromEntries(
          narrowingMembers.map((member) => [
            member,
            readKeys(member, item, (raw) => void faults.push(toFault(member, raw, line))),
          ]),
        ),
      );
      const rawCapacity = capacityAt === undefined ? undefined : readPointer(item, at(capacityAt));
      const capacity =
        capacityAt === undefined
          ? expresses.onlyCapacity
          : grantedCapacities.find((known) => known === toOwn(capacityAt, rawCapacity));
      if (!capacity) faults.push(toFault("capacity", rawCapacity, line));
      // Without dates a right has always been there and has no end.
      const from = map.from === undefined ? 0 : readStart(needed("from"), zone);
      if (from === undefined && text(map.from) !== undefined) faults.push(toFault("from", text(map.from), line));
      const end = text(map.to);
      const to = end === undefined ? Number.POSITIVE_INFINITY : readEnd(end, expresses, zone);
      if (to === undefined) faults.push(toFault("to", end, line));
      const rawActive = map.active === undefined ? "true" : readPointer(item, at(map.active));
      const active = map.active === undefined ? "true" : toOwn(map.active, rawActive);
      if (active !== "true" && active !== "false") faults.push(toFault("active", rawActive, line));
      const [extId, unit] = [needed("extId"), needed("unit")];
      if (faults.length > 0) return { faults };
      return {
        right: {
          extId,
          key: text(map.key),
          unit,
          staffId: text(map.staffId),
          userName: text(map.userName),
          capacity: capacity as GrantedCapacity,
          docTypes: types === undefined ? allDocTypes : toMask(types),
          narrowing,
          from: from as number,
          to: to as number,
          active: active === "true",
        },
      };
    },
  };
}
