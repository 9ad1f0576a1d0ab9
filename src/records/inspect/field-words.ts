import { toFold } from "../../platform/text.ts";
import type { Field } from "../source.ts";

/** How offices head the columns of dossiers, without marks. The first of each is the plainest. */
const fieldWords: Readonly<Record<Field, readonly string[]>> = {
  code: ["ma ho so", "so ho so", "ma so ho so", "so bien nhan", "ma bien nhan", "ma hs", "so hs", "dossier code"],
  unit: [
    "ma don vi",
    "ma don vi tiep nhan",
    "don vi tiep nhan",
    "ma dvhc",
    "ma xa",
    "ma phuong",
    "don vi",
    "co quan tiep nhan",
    "unit",
  ],
  procedure: ["ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma dich vu cong", "thu tuc", "procedure"],
  channel: ["kenh", "kenh tiep nhan", "hinh thuc nop", "hinh thuc tiep nhan", "phuong thuc nop", "channel"],
  status: ["trang thai", "tinh trang", "trang thai ho so", "ma trang thai", "tinh trang ho so", "status"],
  received: ["ngay tiep nhan", "thoi gian tiep nhan", "ngay nhan", "tiep nhan", "tiep nhan luc", "received"],
  due: ["ngay hen tra", "hen tra", "hen tra ket qua", "ngay hen", "han xu ly", "han tra", "thoi han", "due"],
  finished: [
    "ngay ket thuc",
    "ngay ket thuc xu ly",
    "ngay hoan thanh",
    "ngay xu ly xong",
    "ngay co ket qua",
    "ket thuc",
    "finished",
  ],
  updated: ["cap nhat", "cap nhat luc", "ngay cap nhat", "thoi gian cap nhat", "lan sua cuoi", "updated"],
  submitted: ["ngay nop", "thoi gian nop", "ngay dang ky", "nop luc", "submitted"],
  handedOver: ["ngay tra", "ngay tra ket qua", "tra ket qua", "ngay tra thuc te"],
  competentUnit: ["ma don vi giai quyet", "don vi giai quyet", "co quan giai quyet", "don vi xu ly"],
  pausedFrom: ["tam dung tu", "ngay tam dung", "ngay dung"],
  pausedTo: ["tam dung den", "ngay tiep tuc"],
  exportedAt: ["thoi diem xuat", "ngay xuat", "xuat luc"],
};

/** What a heading of a table of totals ends on, and what must stand above it; the first that fits is taken. */
const metricWords: readonly (readonly [metric: string, ends: RegExp, above?: RegExp])[] = [
  ["received.online", /truc tuyen/],
  ["received.post", /bcci|buu chinh/],
  ["received.direct", /truc tiep/],
  ["carriedOver", /ky truoc|ton dau/],
  ["inProgress.overdue", /qua han|tre han/, /dang/],
  ["inProgress.within", /trong han/, /dang/],
  ["resolved.late", /qua han|tre han/],
  ["resolved.onTime", /^dung han$/],
  // Early and on time in one column is neither of the two.
  ["resolved.early", /^(?!.*dung han).*(truoc han|som han)/],
  ["inProgress.total", /tong|^dang/, /dang (giai quyet|xu ly)/],
  ["resolved.total", /tong|^(da )?(giai quyet|xu ly)/, /giai quyet|xu ly/],
  ["received.total", /tong|^(so ho so )?tiep nhan/, /tiep nhan/],
];

const personalWords = [
  "ho ten",
  "ho va ten",
  "ten nguoi nop",
  "nguoi nop",
  "nguoi nop ho so",
  "chu ho so",
  "nguoi yeu cau",
  "to chuc ca nhan",
  "cccd",
  "cmnd",
  "can cuoc",
  "so dinh danh",
  "giay to",
  "dien thoai",
  "sdt",
  "so dt",
  "email",
  "thu dien tu",
  "dia chi",
  "ngay sinh",
  "gioi tinh",
  "ho chieu",
  "ma so thue",
  "thuong tru",
  "cu tru",
  "ghi chu",
  "noi dung",
  "trich yeu",
  "full name",
  "phone",
  "address",
];

export const fields = Object.keys(fieldWords) as Field[];

/** 1 the heading is this field's, 0.6 it holds its words, 0 it says nothing of it. */
export function rateHeading(field: Field, heading: string): number {
  const last = toFold(heading.split(" / ").at(-1) ?? "");
  const whole = toFold(heading.replaceAll(" / ", " "));
  if (fieldWords[field].some((word) => last === word || whole === word)) return 1;
  const held = fieldWords[field].some((word) => holds(last, word) || holds(whole, word));
  return held ? 0.6 : 0;
}

export function isPersonalHeading(heading: string): boolean {
  const text = toFold(heading);
  return personalWords.some((word) => holds(text, word));
}

export function isKnownHeading(heading: string): boolean {
  if (heading === "") return false;
  return (
    isPersonalHeading(heading) || fields.some((field) => rateHeading(field, heading) > 0) || findMetric(heading) !== undefined
  );
}

/** What a table of totals states under this heading. */
export function findMetric(heading: string): string | undefined {
  const levels = heading.split(" / ").map(toFold);
  const last = levels.at(-1) ?? "";
  const whole = levels.join(" ");
  // "Trực tiếp, dịch vụ bưu chính" of form II.06a is two channels in one: neither of them.
  if (/truc tiep.*(bcci|buu chinh)|(bcci|buu chinh).*truc tiep/.test(last)) return undefined;
  return metricWords.find(([, ends, above]) => ends.test(last) && (above === undefined || above.test(whole)))?.[0];
}

function holds(text: string, words: string): boolean {
  return ` ${text.replaceAll(/[^a-z0-9]+/g, " ")} `.includes(` ${words} `);
}
