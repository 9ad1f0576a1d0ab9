import type { FindDoubt } from "../../src/directory/find-units.ts";
import { type FormerUnit, formatFormerName, type Successor } from "../../src/directory/former-unit.ts";
import { formatProvinceName, type IsoDate, type Province } from "../../src/directory/unit.ts";
import { formatCount, formatDate, formatDateTime } from "../../src/platform/format.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import { both, type Catalogue, type Lang, type Words } from "../../src/platform/words.ts";

/** `01/7/2025`, `1 July 2025`. */
export function formatDay(day: IsoDate, lang: Lang): string {
  const at = readInstant(day, vietnamZone);
  return at === undefined ? day : formatDate(at, vietnamZone, lang);
}

const doubts: Readonly<Record<FindDoubt, Words>> = {
  marks: { vi: "dấu không khớp", en: "the diacritics do not fit" },
  kind: { vi: "loại đơn vị không khớp", en: "the kind of unit does not fit" },
  address: { vi: "phần địa chỉ phía sau không rõ", en: "the rest of the address is not understood" },
  code: { vi: "đây là mã của đơn vị cũ", en: "this is the code of a former unit" },
  retired: { vi: "tên này đã bỏ trước 01/7/2025", en: "this name was given up before 1 July 2025" },
};

export const wardsWords = {
  list: { vi: "các đơn vị, theo tỉnh hay loại", en: "the units, by province or kind" },
  show: {
    vi: "một đơn vị: tên cũ, phòng ban, liên hệ, ai đang trực",
    en: "one unit: former units, departments, contacts, who is on duty",
  },
  find: { vi: "tìm đơn vị theo tên, tên cũ hoặc mã", en: "find a unit by name, former name or code" },
  import: { vi: "nhập bảng chuyển đổi, thay đổi hoặc liên hệ", en: "take in conversion tables, changes or contacts" },
  province: { vi: "mã hoặc tên tỉnh, thành phố: 46, 'Huế'", en: "code or name of a province: 46, 'Huế'" },
  kind: { vi: "loại: phuong, xa, dac-khu", en: "kind: phuong, xa, dac-khu" },
  workspaceUnits: { vi: "chỉ các đơn vị của thư mục làm việc", en: "only the workspace's units" },
  at: { vi: "theo ngày này (mặc định: hôm nay)", en: "as of this day (default: today)" },
  findText: { vi: "tên, tên cũ hoặc mã", en: "name, former name or code" },
  unitArgument: { vi: "mã hoặc tên đầy đủ", en: "code or full name" },
  importFile: {
    vi: "tệp CSV: bảng chuyển đổi, thay đổi, tên đã bỏ, hoặc liên hệ",
    en: "CSV file: conversion table, changes, names given up, or contacts",
  },
  effective: { vi: "ngày có hiệu lực, khi tệp không cho biết", en: "the day it holds from, when the file does not say" },

  empty: { vi: "Không có đơn vị nào.", en: "No units." },
  code: { vi: "Mã", en: "Code" },
  name: { vi: "Tên", en: "Name" },
  kindTitle: { vi: "Loại", en: "Kind" },
  provinceTitle: { vi: "Tỉnh, thành phố", en: "Province" },
  formerTitle: { vi: "Đơn vị cũ:", en: "Former units:" },
  codeBeforeHeading: { vi: "Mã này đến hết 30/6/2025:", en: "This code until 30 June 2025:" },
  oldCode: { vi: "Mã cũ", en: "Old code" },
  oldName: { vi: "Tên cũ", en: "Former name" },
  oldPlace: { vi: "Thuộc", en: "In" },
  nowIn: { vi: "Nay thuộc", en: "Now in" },
  isProvince: (name: string, code: string) => ({
    vi: `${name} là cấp tỉnh; các đơn vị ở đó: wardctl wards list --province ${code}`,
    en: `${name} is a province; its units: wardctl wards list --province ${code}`,
  }),
  match: { vi: "Mức khớp", en: "Match" },
  shareTitle: { vi: "Phần", en: "Share" },

  badDay: (flag: string, text: string) => ({
    vi: `${flag}: '${text}' không phải là một ngày`,
    en: `${flag}: '${text}' is not a day`,
  }),
  dayShapes: { vi: "ghi 2025-07-01 hoặc 01/7/2025", en: "write 2025-07-01 or 01/7/2025" },
  unknownProvince: (text: string) => ({
    vi: `--province: không có tỉnh, thành phố '${text}'`,
    en: `--province: there is no province '${text}'`,
  }),
  provinceHint: (near: Province | undefined, count: number) =>
    near
      ? {
          vi: `có phải ${near.code} ${formatProvinceName(near)}?`,
          en: `did you mean ${near.code} ${formatProvinceName(near)}?`,
        }
      : {
          vi: `ghi mã hai chữ số hoặc tên một trong ${count} tỉnh, thành phố từ 01/7/2025`,
          en: `write the two-digit code or the name of one of the ${count} provinces since 1 July 2025`,
        },
  beforeFirstDay: (day: IsoDate) =>
    both((lang) =>
      lang === "vi"
        ? `ngày ${formatDay(day, lang)} chưa có các đơn vị này: chúng có từ 01/7/2025`
        : `on ${formatDay(day, lang)} these units did not exist: they are of 1 July 2025`,
    ),
  findFormerHint: (day: IsoDate, text = "TÊN") => ({
    vi: `tìm đơn vị cũ: wardctl wards find "${text}" --at ${day}`,
    en: `for a former unit: wardctl wards find "${text === "TÊN" ? "NAME" : text}" --at ${day}`,
  }),
  findHint: (text: string) => ({ vi: `tìm: wardctl wards find "${text}"`, en: `search: wardctl wards find "${text}"` }),

  exactly: (place: string) => ({ vi: place, en: place }),
  perhaps: (place: string, doubt: FindDoubt) => ({
    vi: `Có phải ${place}? Chỉ là gợi ý: ${doubts[doubt].vi}.`,
    en: `Perhaps ${place}. Only a proposal: ${doubts[doubt].en}.`,
  }),
  many: (text: string, count: number) =>
    both((lang) =>
      lang === "vi"
        ? `'${text}' có thể là ${formatCount(count, lang)} đơn vị; hãy dùng mã:`
        : `'${text}' may be ${formatCount(count, lang)} units; use the code:`,
    ),
  manyThen: (day: IsoDate, text: string, count: number) =>
    both((lang) =>
      lang === "vi"
        ? `Ngày ${formatDay(day, lang)} có ${formatCount(count, lang)} đơn vị là '${text}'.`
        : `On ${formatDay(day, lang)} there were ${formatCount(count, lang)} units '${text}'.`,
    ),
  wasThen: (day: IsoDate, text: string, former: FormerUnit, sure: boolean) =>
    both((lang) => {
      const place = [formatFormerName(former), former.district, former.province].filter((part) => part !== "").join(", ");
      const code = former.code ?? "–";
      if (lang === "vi") return `Ngày ${formatDay(day, lang)}, '${text}' ${sure ? "là" : "có thể là"} ${code} ${place}.`;
      return `On ${formatDay(day, lang)}, '${text}' ${sure ? "was" : "may have been"} ${code} ${place}.`;
    }),
  notFound: (text: string, near: number, before: IsoDate | undefined) =>
    both((lang) => {
      const then =
        before === undefined ? "" : lang === "vi" ? ` vào ngày ${formatDay(before, lang)}` : ` on ${formatDay(before, lang)}`;
      if (lang === "vi") return `Không có đơn vị nào là '${text}'${then}.${near > 0 ? " Gần giống:" : ""}`;
      return `No unit is '${text}'${then}.${near > 0 ? " Nearly the same:" : ""}`;
    }),
  importFormer: (inWorkspace: boolean) =>
    inWorkspace
      ? {
          vi: "Tên và mã cũ chưa được nhập: wardctl wards import merges.csv",
          en: "Former names and codes are not imported yet: wardctl wards import merges.csv",
        }
      : {
          vi: "Tên và mã cũ chỉ tìm được trong một thư mục làm việc đã nhập bảng chuyển đổi (wardctl init, wardctl wards import).",
          en: "Former names and codes need a workspace with a conversion table (wardctl init, wardctl wards import).",
        },
  share: ({ partial, populationFollows }: Pick<Successor, "partial" | "populationFollows">) => {
    if (!partial) return { vi: "toàn bộ", en: "whole" };
    return populationFollows
      ? { vi: "một phần đất, toàn bộ dân", en: "part of the land, all people" }
      : { vi: "một phần", en: "part" };
  },
  alreadyImported: (file: string, at: string) =>
    both((lang) => {
      const when = formatDateTime(readInstant(at, vietnamZone) ?? 0, vietnamZone, lang);
      if (lang === "vi") return `${file} đã được nhập lúc ${when}; không có gì thay đổi.`;
      return `${file} was already imported at ${when}; nothing changed.`;
    }),

  versionsTitle: { vi: "Loại và tên", en: "Kind and name" },
  formedFromTitle: { vi: "Hình thành từ", en: "Formed from" },
  codeBeforeTitle: { vi: "Mã này trước đó", en: "The code before" },
  departmentsTitle: { vi: "Phòng ban", en: "Departments" },
  carrierTitle: { vi: "Nhà mạng", en: "Carrier" },
  hotlineTitle: { vi: "Đường dây nóng", en: "Hotline" },
  centrePhoneTitle: { vi: "Trung tâm", en: "Centre" },
  onDutyTitle: { vi: "Đang trực", en: "On duty" },
  nextOnDutyTitle: { vi: "Trực tiếp theo", en: "Next on duty" },
  sourceTitle: { vi: "Nguồn liên hệ", en: "Contact source" },
  since: (day: IsoDate, basis: string | undefined) =>
    both((lang) => {
      const of = basis === undefined ? "" : ` (${basis})`;
      return lang === "vi" ? `từ ${formatDay(day, lang)}${of}` : `since ${formatDay(day, lang)}${of}`;
    }),
  knownUntil: (day: IsoDate) =>
    both((lang) =>
      lang === "vi" ? `(thay đổi được biết đến ${formatDay(day, lang)})` : `(changes are known until ${formatDay(day, lang)})`,
    ),
  noMergers: {
    vi: "chưa nhập bảng chuyển đổi (wardctl wards import)",
    en: "no conversion table imported (wardctl wards import)",
  },
  noContacts: { vi: "chưa nhập liên hệ (wardctl wards import)", en: "no contacts imported (wardctl wards import)" },
  nobody: { vi: "không có ai", en: "nobody" },
  dutyTime: (from: string | undefined, to: string | undefined) => {
    if (from === undefined && to === undefined) return { vi: "", en: "" };
    if (from === undefined) return { vi: `đến ${to}`, en: `until ${to}` };
    if (to === undefined) return { vi: `từ ${from}`, en: `from ${from}` };
    return { vi: `${from} – ${to}`, en: `${from} – ${to}` };
  },
} satisfies Catalogue;
