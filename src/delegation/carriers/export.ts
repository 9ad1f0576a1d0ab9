import { Failure, type Fault } from "../../platform/failure.ts";
import { findChangedAt } from "../../platform/files.ts";
import { readTableFile, type TableFile } from "../../platform/table-file.ts";
import { readInstant } from "../../platform/time.ts";
import type { Carrier, Listing } from "../carrier.ts";
import type { AccountSeen, CarriedRight } from "../evidence.ts";
import { narrowingMembers } from "../scope.ts";
import type { CarrierNeeds } from "./index.ts";
import { createReader } from "./right-reader.ts";
import type { ExportSystemSettings } from "./system-settings.ts";
import { toExpressibleWindow } from "./window.ts";

type MappedColumn = NonNullable<ExportSystemSettings["columns"]["docTypes"]>;

/**
 * A system that only exports tables: what it carries is read from a CSV or XLSX file and is as old as the file. The file is one listing, so a row that
 * cannot be read is a fault of all of it.
 */
export async function createExportCarrier(settings: ExportSystemSettings, needs: CarrierNeeds): Promise<Carrier> {
  const { system, zone, resolvePath = String } = needs;
  const { columns, expresses, separator } = settings;
  const map = Object.fromEntries(Object.entries(columns).map(([name, mapped]) => [name, toPointers(mapped)]));
  const reader = createReader({ map: map as never, expresses, book: needs.book }, system, zone);
  let accounts: Promise<ReadonlyMap<string, AccountSeen>> | undefined;

  const readRights = async (): Promise<Listing> => {
    const path = resolvePath(settings.path);
    const table = await readTableFile(path, settings.path, settings.sheet);
    assertColumns(table, settings.path, Object.values(columns));
    const rights: CarriedRight[] = [];
    const faults: Fault[] = [];
    for (const { line, cells } of table.rows) {
      const read = reader.readRight(splitLists(cells), line);
      if ("faults" in read) faults.push(...read.faults.map((fault) => ({ ...fault, file: settings.path })));
      else rights.push(read.right);
    }
    if (faults.length > 0) throw reader.refuse(faults);
    if (new Set(rights.map(({ extId }) => extId)).size < rights.length) {
      return { complete: false, reason: { vi: "có mã quyền xuất hiện hai lần", en: "an id is listed twice" } };
    }
    return { complete: true, rights, at: await findChangedAt(path) };
  };

  const splitLists = (cells: Readonly<Record<string, string>>): Record<string, unknown> => {
    const named = (["docTypes", ...narrowingMembers] as const).flatMap((member) => columns[member] ?? []).map(toColumn);
    const lists = named.map((name) => {
      const parts = (cells[name] ?? "").split(separator).map((part) => part.trim());
      return [name, parts.filter((part) => part !== "")] as const;
    });
    return { ...cells, ...Object.fromEntries(lists) };
  };

  const readAccounts = async (): Promise<ReadonlyMap<string, AccountSeen>> => {
    const { path: file, sheet, columns: own } = settings.accounts as NonNullable<typeof settings.accounts>;
    const table = await readTableFile(resolvePath(file), file, sheet);
    assertColumns(table, file, Object.values(own));
    const found = new Map<string, AccountSeen>();
    for (const { cells } of table.rows) {
      const text = (column: string | undefined): string | undefined => (column === undefined ? undefined : cells[column]);
      const instant = (column: string | undefined): number | undefined => {
        const value = text(column);
        return value === undefined ? undefined : readInstant(value, zone);
      };
      const flag = (mapped: MappedColumn, field: string): boolean => reader.readFlag(toPointers(mapped), cells, field);
      const [staffId, serial] = [text(own.staffId), text(own.certSerial)];
      if (staffId === undefined) continue;
      // Two accounts of one person are no answer to which one signs.
      if (found.has(staffId)) throw new Failure("invalid", words.twoAccounts(file, staffId));
      found.set(staffId, {
        userName: text(own.userName) ?? "",
        active: flag(own.active, "active"),
        certificate:
          serial === undefined
            ? undefined
            : {
                serial,
                notBefore: instant(own.certNotBefore),
                notAfter: instant(own.certNotAfter),
                bound: own.bound === undefined || flag(own.bound, "bound"),
              },
      });
    }
    return found;
  };

  const refuse = async (): Promise<never> => {
    throw new Failure("unsafe", words.readsOnly(system));
  };
  return {
    system,
    url: "file://localhost/",
    grade: "export",
    expresses,
    listRights: readRights,
    createRight: refuse,
    endRight: refuse,
    async findAccount(staffId) {
      if (!settings.accounts) throw new Failure("unavailable", words.noAccounts(system));
      accounts ??= readAccounts();
      return (await accounts).get(staffId);
    },
    ...(settings.accounts && { findAccountsAt: () => findChangedAt(resolvePath(settings.accounts!.path)) }),
    toExpressible: (window, now) => toExpressibleWindow(window, now, expresses, zone),
    close: async () => undefined,
  };
}

function toColumn(mapped: MappedColumn): string {
  return typeof mapped === "string" ? mapped : mapped.column;
}

/** A column as a JSON pointer into the row (RFC 6901), with its dictionary. */
function toPointers(mapped: string): string;
function toPointers(mapped: MappedColumn): string | { ptr: string; dict: Record<string, string> };
function toPointers(mapped: MappedColumn): string | { ptr: string; dict: Record<string, string> } {
  const ptr = `/${toColumn(mapped).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return typeof mapped === "string" ? ptr : { ptr, dict: mapped.dict };
}

/** A column that is named and not there is a table of something else, not a table of nothing. */
function assertColumns({ headings }: TableFile, file: string, wanted: readonly (MappedColumn | undefined)[]): void {
  const names = wanted.flatMap((mapped) => (mapped === undefined ? [] : toColumn(mapped)));
  const missing = names.filter((name) => !headings.includes(name));
  if (missing.length === 0) return;
  const faults = missing.map((name): Fault => ({ file, line: 1, value: name, message: words.noColumn(name, headings) }));
  throw new Failure("invalid", words.otherTable(file), { faults });
}

const words = {
  readsOnly: (system: string) => ({
    vi: `${system}: chỉ đọc từ tệp xuất, không ghi được`,
    en: `${system}: only its exports are read; nothing can be written`,
  }),
  noAccounts: (system: string) => ({
    vi: `${system}: chưa khai báo tệp tài khoản (accounts)`,
    en: `${system}: no export of accounts is set up`,
  }),
  twoAccounts: (file: string, staffId: string) => ({
    vi: `${file}: ${staffId} có hai tài khoản`,
    en: `${file}: ${staffId} has two accounts`,
  }),
  otherTable: (file: string) => ({ vi: `${file}: thiếu cột`, en: `${file}: columns are missing` }),
  noColumn: (name: string, headings: readonly string[]) => ({
    vi: `không có cột '${name}'; có: ${headings.join(", ")}`,
    en: `there is no column '${name}'; there are: ${headings.join(", ")}`,
  }),
};
