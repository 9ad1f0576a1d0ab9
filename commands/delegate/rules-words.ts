import type { Rank } from "../../src/directory/position.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const rulesWords = {
  about: {
    vi: "các quy định về thẩm quyền ký theo ngày hiệu lực, để đối chiếu với văn bản gốc",
    en: "the rules of signing by the day they took effect, to be held against the decrees",
  },
  at: { vi: "chỉ những quy định có hiệu lực vào ngày này", en: "only what is in force on this day" },
  codeTitle: { vi: "Mã", en: "Code" },
  articleTitle: { vi: "Điều khoản", en: "Article" },
  capacityTitle: { vi: "Thể thức", en: "Capacity" },
  fromTitle: { vi: "Ai giao", en: "Who gives" },
  toTitle: { vi: "Ai ký", en: "Who signs" },
  basisTitle: { vi: "Căn cứ cần có", en: "Basis it needs" },
  endTitle: { vi: "Thời hạn", en: "End" },
  onwardTitle: { vi: "Giao lại", en: "Passed on" },
  sinceTitle: { vi: "Hiệu lực từ", en: "In force from" },
  untilTitle: { vi: "đến", en: "to" },
  textTitle: { vi: "Nội dung", en: "Says" },
  office: { vi: "giữ chức vụ", en: "the office itself" },
  endNeeded: { vi: "bắt buộc", en: "needed" },
  endOpen: { vi: "không bắt buộc", en: "may be open" },
  once: { vi: "một lần, cho cấp phó của mình", en: "once, to the own deputy" },
  never: { vi: "không", en: "never" },
  child: { vi: "không (đây là giao lại)", en: "never (this is the passing on)" },
  clause: { vi: "có điều khoản", en: "with its clause" },
  legalBasis: { vi: "và căn cứ pháp luật riêng", en: "and a legal basis of its own" },
  certification: { vi: "gồm cả chứng thực", en: "certification too" },
  switches: {
    vi: "Chỗ luật chưa rõ, không gian làm việc này hiểu là (delegate.switches):",
    en: "Where the law is unclear, this workspace reads it so (delegate.switches):",
  },
  yes: { vi: "có", en: "yes" },
  no: { vi: "không", en: "no" },
  byDefault: { vi: "mặc định", en: "the default" },
  set: { vi: "đặt trong wardctl.yaml", en: "set in wardctl.yaml" },
  none: { vi: "Ngày đó chưa có quy định nào có hiệu lực.", en: "No rule was in force on that day." },
} satisfies Catalogue;

export const rankNames = {
  head: { vi: "người đứng đầu", en: "head" },
  deputy: { vi: "cấp phó của người đứng đầu", en: "deputy of the head" },
  "department-head": { vi: "trưởng đơn vị trực thuộc", en: "head of a department" },
  "department-deputy": { vi: "phó trưởng đơn vị trực thuộc", en: "deputy head of a department" },
  clerk: { vi: "văn thư", en: "clerk" },
  officer: { vi: "công chức", en: "civil servant" },
} satisfies Record<Rank, Words>;
