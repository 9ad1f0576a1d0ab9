import { isIP } from "node:net";
import type { Directory } from "../directory/directory.ts";
import { unitCodeShape } from "../directory/unit.ts";
import { sha256 } from "../platform/canonical-json.ts";
import { type CsvRecord, parseCsv } from "../platform/csv.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { readTableRecords } from "../platform/table-file.ts";
import { findNearest } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import { type Endpoint, toEndpointId } from "./endpoint.ts";
import { readExpectation } from "./read-expectation.ts";

/** Which endpoints there are and what they share: the only source of topology. */
export interface Inventory {
  readonly endpoints: readonly Endpoint[];
  /** SHA-256 of the content: two sweeps of one digest asked the same. */
  readonly digest: string;
}

const columns = [
  "unit",
  "system",
  "url",
  "host",
  "port",
  "address",
  "carrier",
  "province",
  "instance",
  "dc",
  "sso",
  "dns_zone",
  "probe_host",
  "function",
  "expect_status",
  "expect_text",
  "expect_json",
] as const;
type Column = (typeof columns)[number];
const needed: readonly Column[] = ["unit", "system", "url"];

/** Reads the endpoints of a CSV or XLSX file whole or not at all. Failure kinds: invalid (every fault with file, line and column), denied. */
export async function readInventory(path: string, shownAs: string, directory: Directory): Promise<Inventory> {
  return toInventory(await readTableRecords(path, shownAs), shownAs, directory);
}

/** The same from text. */
export async function parseInventory(text: string, file: string, directory: Directory): Promise<Inventory> {
  return toInventory(await parseCsv(text, file), file, directory);
}

function toInventory(records: readonly CsvRecord[], file: string, directory: Directory): Inventory {
  const [head, ...rows] = records;
  const faults: Fault[] = [];
  const positions = readHead(head, file, faults);
  if (faults.length > 0) throw invalid(file, faults);
  const seen = new Map<string, number>();
  const endpoints = rows.flatMap((row) => {
    const found = readRow(row, { file, positions, directory, seen }, faults);
    return found ? [found] : [];
  });
  if (faults.length === 0 && endpoints.length === 0) {
    faults.push({ file, line: 1, message: { vi: "không có dòng nào dưới tiêu đề", en: "there are no rows under the heading" } });
  }
  if (faults.length > 0) throw invalid(file, faults);
  return { endpoints, digest: sha256(JSON.stringify(endpoints)) };
}

function readHead(head: CsvRecord | undefined, file: string, faults: Fault[]): ReadonlyMap<Column, number> {
  const positions = new Map<Column, number>();
  // A spreadsheet's rows may run on into columns that nobody filled.
  const width = (head?.cells ?? []).findLastIndex((cell) => cell.trim() !== "") + 1;
  for (const [at, cell] of (head?.cells ?? []).slice(0, width).entries()) {
    const name = cell.trim().toLowerCase();
    const place = { file, line: head?.line ?? 1, column: at + 1, value: cell };
    const known = columns.find((column) => column === name);
    const near = findNearest(name, columns);
    if (!known) {
      faults.push({
        ...place,
        message: {
          vi: `không có cột '${cell}'${near ? ` (có phải '${near}'?)` : `; các cột: ${columns.join(", ")}`}`,
          en: `no column is called '${cell}'${near ? ` (did you mean '${near}'?)` : `; the columns are: ${columns.join(", ")}`}`,
        },
      });
    } else if (positions.has(known)) {
      faults.push({ ...place, message: { vi: `cột '${cell}' có hai lần`, en: `column '${cell}' stands there twice` } });
    } else positions.set(known, at);
  }
  for (const column of needed) {
    if (positions.has(column)) continue;
    faults.push({ file, line: head?.line ?? 1, message: { vi: `thiếu cột '${column}'`, en: `column '${column}' is missing` } });
  }
  return positions;
}

interface RowRules {
  readonly file: string;
  readonly positions: ReadonlyMap<Column, number>;
  readonly directory: Directory;
  readonly seen: Map<string, number>;
}

function readRow(row: CsvRecord, { file, positions, directory, seen }: RowRules, faults: Fault[]): Endpoint | undefined {
  const before = faults.length;
  const read = (column: Column): string => row.cells[positions.get(column) ?? -1]?.trim() ?? "";
  const label = (column: Column): string | undefined => read(column) || undefined;
  const complain = (column: Column, message: Words, shown = read(column)): void => {
    faults.push({ file, line: row.line, column: (positions.get(column) ?? 0) + 1, value: shown, message });
  };
  const unit = read("unit");
  if (!unitCodeShape.test(unit) || !directory.findUnit(unit)) complain("unit", describeUnit(unit, directory));
  const system = read("system");
  if (!/^[\p{L}\p{N}][^/\s]*$/u.test(system)) {
    complain("system", {
      vi: `tên hệ thống '${system}' phải có, không chứa dấu cách hay '/'`,
      en: `system '${system}' must be a name without spaces or '/'`,
    });
  }
  const url = readUrl(read("url"), (message, secret) => complain("url", message, secret ? "…" : undefined));
  const port = readPort(read("port"), url, (message) => complain("port", message));
  const addresses = read("address")
    .split(/[;\s]+/)
    .filter(Boolean);
  for (const address of addresses) {
    if (isIP(address) === 0)
      complain("address", { vi: `'${address}' không phải địa chỉ IP`, en: `'${address}' is not an IP address` });
  }
  if (read("carrier").includes("/"))
    complain("carrier", { vi: "tên nhà mạng không chứa '/'", en: "a carrier's name has no '/'" });
  const expect = readExpectation(
    { status: read("expect_status"), text: read("expect_text"), json: read("expect_json") },
    (what, message) => complain(`expect_${what}`, message),
  );
  const id = toEndpointId(unit, system);
  const earlier = seen.get(id);
  if (earlier !== undefined) {
    complain("system", { vi: `${id} đã có ở dòng ${earlier}`, en: `${id} already stands on line ${earlier}` });
  }
  seen.set(id, earlier ?? row.line);
  if (faults.length > before || !url) return undefined;
  return {
    id,
    unit,
    system,
    url: url.href,
    host: (label("host") ?? url.hostname).replace(/^\[|\]$/g, ""),
    port,
    addresses,
    carrier: label("carrier"),
    province: label("province"),
    instance: label("instance"),
    dc: label("dc"),
    sso: label("sso"),
    dnsZone: label("dns_zone"),
    probeHost: label("probe_host"),
    function: label("function"),
    expect,
  };
}

function describeUnit(code: string, directory: Directory): Words {
  const near =
    code.length >= 3
      ? findNearest(
          code,
          directory.listUnits().map((unit) => unit.code),
          1,
        )
      : undefined;
  const name = near ? directory.findUnit(near)?.name : undefined;
  return {
    vi: `mã đơn vị '${code}' không có${near ? ` (có phải ${near} ${name}?)` : "; cần 5 chữ số"}`,
    en: `unit code '${code}' is not a unit${near ? ` (did you mean ${near} ${name}?)` : "; five digits are needed"}`,
  };
}

function readUrl(text: string, complain: (message: Words, secret?: boolean) => void): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url !== undefined && /^https?:$/.test(url.protocol);
  if (url?.username || url?.password || (!isWeb && /:[^/\s]*@|\/\/[^/\s]*@/.test(text))) {
    // What stands there is a secret: it is not repeated.
    complain({ vi: "không để tên và mật khẩu trong địa chỉ", en: "no name or password may stand in the address" }, true);
    return undefined;
  }
  if (!isWeb) {
    complain({ vi: `'${text}' không phải địa chỉ http:// hay https://`, en: `'${text}' is not an http:// or https:// address` });
    return undefined;
  }
  return url;
}

function readPort(text: string, url: URL | undefined, complain: (message: Words) => void): number {
  if (text === "") return Number(url?.port) || (url?.protocol === "http:" ? 80 : 443);
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535) {
    complain({ vi: `cổng '${text}' phải là số từ 1 đến 65535`, en: `port '${text}' must be a number from 1 to 65535` });
  }
  return Number(text);
}

function invalid(file: string, faults: readonly Fault[]): Failure {
  return new Failure(
    "invalid",
    {
      vi: `${file}: ${faults.length} lỗi, chưa kiểm tra gì`,
      en: `${file}: ${faults.length} fault${faults.length === 1 ? "" : "s"}, nothing was checked`,
    },
    { faults },
  );
}
