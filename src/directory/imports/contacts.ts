import type { Instant } from "../../platform/clock.ts";
import { readInstant, vietnamZone } from "../../platform/time.ts";
import type { Contact, Duty } from "../contact.ts";
import { saveContacts } from "../contact-store.ts";
import { type Directory, firstDay } from "../directory.ts";
import { explainResolution } from "../explain-unit.ts";
import { resolveUnit } from "../resolve-unit.ts";
import type { ImportContext, TableImport, TableRow } from "./table-import.ts";

const facts = { carrier: "carrier", hotline: "hotline", centrePhone: "centre_phone", source: "source" } as const;

/** Hotline, carrier and technicians of units; a row for each technician and time. */
export const contacts: TableImport = {
  name: "contacts",
  about: { vi: "liên hệ và lịch trực của đơn vị", en: "contacts and technicians on duty" },
  columns: [
    { key: "unit", headings: ["đơn vị", "mã đơn vị", "unit_code"], required: true },
    { key: "carrier", headings: ["nhà mạng"], required: true },
    { key: "hotline", headings: ["đường dây nóng"] },
    { key: "centre_phone", headings: ["điện thoại trung tâm"] },
    { key: "technician", headings: ["kỹ thuật viên", "cán bộ trực"] },
    { key: "technician_phone", headings: ["điện thoại kỹ thuật viên", "điện thoại trực"] },
    { key: "on_duty_from", headings: ["trực từ"] },
    { key: "on_duty_to", headings: ["trực đến"] },
    { key: "source", headings: ["nguồn"] },
  ],
  plan(rows, context) {
    // Trial runs before the first day are for the units of that day.
    const directory = context.directory(context.today) ?? (context.directory(firstDay) as Directory);
    const read = rows.flatMap((row) => {
      const unit = readUnit(row, directory, context);
      const duty = readDuty(row, context);
      for (const key of ["hotline", "centre_phone"]) assertPhone(row, key, context);
      return unit ? [{ unit, row, duty }] : [];
    });
    const contacts = [...Map.groupBy(read, ({ unit }) => unit)].map(
      ([unit, own]): Contact => ({
        unit,
        ...joinFacts(
          own.map(({ row }) => row),
          context,
        ),
        duties: [...new Map(own.flatMap(({ duty }) => (duty ? [[JSON.stringify(duty), duty] as const] : []))).values()],
      }),
    );
    return {
      counts: {
        rows: rows.length,
        units: contacts.length,
        duties: contacts.reduce((sum, { duties }) => sum + duties.length, 0),
        carriers: new Set(contacts.flatMap(({ carrier }) => carrier ?? [])).size,
      },
      save: (tx) => saveContacts(contacts, tx),
    };
  },
};

function readUnit(row: TableRow, directory: Directory, context: ImportContext): string | undefined {
  const text = row.cell("unit");
  const resolution = resolveUnit(text, directory, { province: context.province });
  const why = explainResolution(text, resolution, directory);
  if (why) context.fault(row, text, why);
  return resolution.kind === "one" ? resolution.unit.code : undefined;
}

/** A unit's rows may leave a fact out that another row gives; two that differ contradict each other. */
function joinFacts(rows: readonly TableRow[], context: ImportContext): Omit<Contact, "unit" | "duties"> {
  const joined = Object.entries(facts).flatMap(([name, key]) => {
    const given = rows.filter((row) => row.cell(key) !== "");
    const [first] = given;
    for (const row of given) {
      if (!first || row.cell(key) === first.cell(key)) continue;
      context.fault(row, row.cell(key), {
        vi: `cột ${key}: '${row.cell(key)}' khác với '${first.cell(key)}' ở dòng ${first.line} của cùng đơn vị`,
        en: `column ${key}: '${row.cell(key)}' differs from '${first.cell(key)}' on line ${first.line} for the same unit`,
      });
    }
    return first ? [[name, first.cell(key)]] : [];
  });
  return Object.fromEntries(joined);
}

function readDuty(row: TableRow, context: ImportContext): Duty | undefined {
  const technician = row.cell("technician");
  const phone = row.cell("technician_phone");
  assertPhone(row, "technician_phone", context);
  const from = readTime(row, "on_duty_from", context);
  const to = readTime(row, "on_duty_to", context);
  if (from !== undefined && to !== undefined && to <= from) {
    context.fault(row, row.cell("on_duty_to"), {
      vi: `trực đến '${row.cell("on_duty_to")}' không sau trực từ '${row.cell("on_duty_from")}'`,
      en: `on_duty_to '${row.cell("on_duty_to")}' is not after on_duty_from '${row.cell("on_duty_from")}'`,
    });
  }
  if (technician === "") {
    const orphan = phone || row.cell("on_duty_from") || row.cell("on_duty_to");
    if (orphan)
      context.fault(row, orphan, {
        vi: "có giờ trực hoặc số điện thoại mà thiếu tên",
        en: "a time or phone on duty without a name",
      });
    return undefined;
  }
  return {
    technician,
    ...(phone === "" ? {} : { phone }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const dayMs = 86_400_000;

/** An end without a time of day means through the end of that day, as people write rosters. */
function readTime(row: TableRow, key: "on_duty_from" | "on_duty_to", context: ImportContext): Instant | undefined {
  const text = row.cell(key);
  if (text === "") return undefined;
  const at = readInstant(text, vietnamZone);
  if (at === undefined) {
    context.fault(row, text, {
      vi: `cột ${key}: '${text}' không phải ngày giờ (2025-07-03T07:30 hoặc 03/7/2025 07:30)`,
      en: `column ${key}: '${text}' is not a time (2025-07-03T07:30 or 03/7/2025 07:30)`,
    });
    return undefined;
  }
  return key === "on_duty_to" && !text.includes(":") ? at + dayMs : at;
}

/** A spreadsheet that took a phone number for a number ate its leading zero; 1800 and 1900 numbers have none. */
function assertPhone(row: TableRow, key: string, context: ImportContext): void {
  const text = row.cell(key);
  if (text === "") return;
  if (!/^\+?[\d .()-]{3,20}$/.test(text)) {
    context.fault(row, text, {
      vi: `cột ${key}: '${text}' không phải số điện thoại`,
      en: `column ${key}: '${text}' is not a phone number`,
    });
  } else if (/^(?!1[89]00)[1-9]\d{8,9}$/.test(text)) {
    context.fault(row, text, {
      vi: `cột ${key}: '${text}' có lẽ mất số 0 ở đầu (0${text}?)`,
      en: `column ${key}: '${text}' has probably lost its leading 0 (0${text}?)`,
    });
  }
}
