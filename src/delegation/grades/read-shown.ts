import type { UnitChoice } from "../../directory/chosen-units.ts";
import type { Directory } from "../../directory/directory.ts";
import { explainResolution } from "../../directory/explain-unit.ts";
import { resolveChosenUnit } from "../../directory/resolve-chosen-unit.ts";
import { Failure, type Fault } from "../../platform/failure.ts";
import type { TableFile } from "../../platform/table-file.ts";
import { toToneKey } from "../../platform/text.ts";
import { readInstant, startOfLocalDay, toLocalDay, type Zone } from "../../platform/time.ts";
import type { Words } from "../../platform/words.ts";
import { capacityNames, type GrantedCapacity, grantedCapacities } from "../capacity.ts";
import { docTypes, findDocType } from "../doc-types.ts";
import type { Shown } from "./attestation.ts";

/** Columns of a file of what screens show; a Vietnamese heading is as good. */
export const shownColumns = {
  unit: "Mã đơn vị",
  staff_id: "Mã cán bộ",
  capacity: "Thể thức ký",
  doc_types: "Loại văn bản",
  carried: "Màn hình có",
  from: "Từ ngày",
  to: "Đến ngày",
  user_name: "Tài khoản",
  account: "Tài khoản mở",
  serial: "Số hiệu chứng thư",
  serial_to: "Chứng thư đến ngày",
} as const;
type Column = keyof typeof shownColumns;
const needed: readonly Column[] = ["unit", "staff_id", "capacity", "doc_types"];

export interface ShownNeeds {
  readonly directory: Directory;
  readonly choice: Pick<UnitChoice, "province" | "alsoUnits">;
  readonly zone: Zone;
  /** Where a fault is; the file and its line unless said. */
  readonly place?: (name: Column, line: number) => Pick<Fault, "file" | "line">;
  readonly isStaff: (staffId: string) => boolean;
  readonly systemOf: (unit: string) => string | undefined;
  /** Nothing else is known of its accounts. */
  readonly hasScreensOnly: (system: string) => boolean;
}

/** All rows, or every fault with its line. They are of one system. Failure kind: invalid. */
export function readShown(
  table: TableFile,
  file: string,
  needs: ShownNeeds,
): { readonly system: string; readonly shown: Shown[] } {
  const faults: Fault[] = [];
  const headings = new Map((Object.keys(shownColumns) as Column[]).map((name) => [name, findHeading(table, name)]));
  for (const name of needed) {
    if (headings.get(name) === undefined) faults.push({ file, line: 1, value: name, message: words.noColumn(name) });
  }
  if (table.rows.length === 0) faults.push({ file, line: 1, message: words.noRows });
  const place = needs.place ?? ((_name: Column, line: number) => ({ file, line }));
  const systems = new Set<string>();
  const shown = table.rows.flatMap(({ line, cells }): Shown[] => {
    const cell = (name: Column): string | undefined => cells[headings.get(name) ?? ""];
    const before = faults.length;
    const complain = (name: Column, message: Words): undefined => {
      faults.push({ ...place(name, line), value: cell(name), message });
    };
    const named = cell("unit");
    const found = named === undefined ? undefined : resolveChosenUnit(named, needs.directory, needs.choice);
    const unit = found?.kind === "one" ? found.unit.code : undefined;
    if (found && found.kind !== "one") complain("unit", explainResolution(named as string, found, needs.directory) as Words);
    if (!found) complain("unit", words.missing("unit"));
    const system = unit === undefined ? undefined : needs.systemOf(unit);
    if (unit !== undefined && system === undefined) complain("unit", words.noSystem(unit));
    if (system !== undefined) systems.add(system);
    const staffId = cell("staff_id");
    if (staffId === undefined) complain("staff_id", words.missing("staff_id"));
    else if (!needs.isStaff(staffId)) complain("staff_id", words.nobody(staffId));
    const capacity = readCapacity(cell("capacity"));
    if (!capacity || capacity === "Q") complain("capacity", words.noCapacity);
    const types = (cell("doc_types") ?? "").split(/[;,]/).map((text) => text.trim());
    const keys = types.map((text) => findType(text));
    types.forEach((text, at) => void (keys[at] === undefined && complain("doc_types", words.noType(text))));
    const flag = (name: Column): boolean | undefined => {
      const text = cell(name);
      if (text === undefined) return undefined;
      const key = toToneKey(text);
      if (yes.has(key)) return true;
      if (no.has(key)) return false;
      return complain(name, words.noFlag(name));
    };
    const day = (name: Column): number | undefined => {
      const text = cell(name);
      if (text === undefined) return undefined;
      const at = readInstant(text, needs.zone);
      if (at === undefined) return complain(name, words.noDay(text));
      return name !== "from" && !text.includes(":") ? startOfLocalDay(toLocalDay(at, needs.zone) + 1, needs.zone) : at;
    };
    const [carried = true, from, to] = [flag("carried"), day("from"), day("to")];
    if (from !== undefined && to !== undefined && to <= from) complain("to", words.endsBefore);
    const userName = cell("user_name");
    const active = flag("account");
    const account =
      userName === undefined
        ? undefined
        : { userName, active: active ?? true, serial: cell("serial"), notAfter: day("serial_to") };
    if (account && system !== undefined && !needs.hasScreensOnly(system)) complain("user_name", words.accountsAreRead(system));
    if (faults.length > before || !unit || !staffId || !capacity) return [];
    return [{ unit, staffId, capacity, docTypes: keys as string[], carried, from, to, account }];
  });
  if (systems.size > 1) faults.push({ file, message: words.severalSystems([...systems]) });
  const [system] = systems;
  if (faults.length > 0 || system === undefined) throw new Failure("invalid", words.faulty(file, faults.length), { faults });
  return { system, shown };
}

const yes = new Set(["yes", "true", "1", "có", "mở", "on"].map(toToneKey));
const no = new Set(["no", "false", "0", "không", "khóa", "off"].map(toToneKey));

function findHeading({ headings }: TableFile, name: Column): string | undefined {
  const keys = [name, shownColumns[name]].map(toToneKey);
  return headings.find((heading) => keys.includes(toToneKey(heading)));
}

function readCapacity(text: string | undefined): GrantedCapacity | undefined {
  const key = toToneKey((text ?? "").replace(/\.$/, ""));
  return grantedCapacities.find((known) => toToneKey(known) === key || toToneKey(capacityNames[known].vi) === key);
}

function findType(text: string): string | undefined {
  const key = toToneKey(text);
  return (findDocType(key) ?? docTypes.find(({ name }) => toToneKey(name.vi) === key))?.key;
}

const words = {
  faulty: (file: string, count: number) => ({
    vi: `${file}: ${count} chỗ sai, chưa ghi gì`,
    en: `${file}: ${count} fault${count === 1 ? "" : "s"}, nothing was recorded`,
  }),
  noRows: { vi: "không có dòng nào", en: "there is no row" },
  noColumn: (name: Column) => ({
    vi: `thiếu cột '${name}' (${shownColumns[name]})`,
    en: `the column '${name}' (${shownColumns[name]}) is missing`,
  }),
  missing: (name: Column) => ({ vi: `thiếu '${name}'`, en: `'${name}' is missing` }),
  noSystem: (unit: string) => ({
    vi: `đơn vị ${unit} chưa có phần mềm văn bản trong delegate.systems`,
    en: `unit ${unit} has no document system under delegate.systems`,
  }),
  nobody: (staffId: string) => ({ vi: `không có cán bộ mã '${staffId}'`, en: `there is nobody with the staff id '${staffId}'` }),
  noCapacity: { vi: "thể thức ký phải là KT, TL hoặc TUQ", en: "the capacity must be KT, TL or TUQ" },
  noType: (text: string) => ({
    vi: `không có loại văn bản '${text}'; có: ${docTypes.map(({ key }) => key).join(", ")}`,
    en: `there is no document type '${text}'; there are: ${docTypes.map(({ key }) => key).join(", ")}`,
  }),
  noFlag: (name: Column) => ({ vi: `'${name}' phải là có hoặc không`, en: `'${name}' must be yes or no` }),
  noDay: (text: string) => ({
    vi: `'${text}' không phải ngày; viết 2025-07-01 hoặc 01/7/2025`,
    en: `'${text}' is not a date; write 2025-07-01 or 01/7/2025`,
  }),
  endsBefore: { vi: "ngày kết thúc trước ngày bắt đầu", en: "it ends before it begins" },
  accountsAreRead: (system: string) => ({
    vi: `tài khoản của ${system} đọc được từ hệ thống, không nhận từ màn hình`,
    en: `accounts of ${system} are read from the system itself, not from screens`,
  }),
  severalSystems: (systems: readonly string[]) => ({
    vi: `một tệp chỉ nói về một phần mềm; tệp này có ${systems.join(", ")}`,
    en: `one file is about one system; this one has ${systems.join(", ")}`,
  }),
};
