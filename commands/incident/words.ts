import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const incidentWords = {
  open: {
    vi: "ghi một vướng mắc: từ nguyên nhân của check, chỗ trống, cảnh báo, hay tự ghi",
    en: "open a difficulty: from a check's cause, a gap, a warning, or by hand",
  },
  list: { vi: "các vướng mắc, quá hạn lên đầu", en: "the difficulties, overdue first" },
  title: { vi: "vướng mắc gì, trong một câu", en: "what is the matter, in one sentence" },
  category: { vi: "loại vướng mắc", en: "what it is about" },
  code: { vi: "mã lỗi, ví dụ DEL-NOT-CARRIED", en: "failure code, such as DEL-NOT-CARRIED" },
  unit: { vi: "đơn vị gặp phải: mã hoặc tên (nhắc lại được)", en: "unit it touches: code or name (repeatable)" },
  system: { vi: "hệ thống, tên như trong wardctl.yaml", en: "the system, named as in wardctl.yaml" },
  owner: { vi: "ai chịu trách nhiệm xử lý", en: "who is to mend it" },
  support: { vi: "đơn vị phối hợp", en: "the supporting unit" },
  due: { vi: "hạn: một ngày (đến hết ngày) hay thời điểm", en: "deadline: a day (to its end) or an instant" },
  since: { vi: "bắt đầu từ lúc nào (mặc định: bây giờ)", en: "when it began (default: now)" },
  tried: { vi: "đã thử cách nào", en: "what was tried" },
  stateOption: { vi: "chỉ tình trạng này (mặc định: chưa đóng)", en: "only this state (default: what is open)" },
  all: { vi: "cả những vướng mắc đã đóng", en: "those that are closed as well" },
  ownUnit: { vi: "chỉ của đơn vị này (nhắc lại được)", en: "only of this unit (repeatable)" },
  ownSystem: { vi: "chỉ của hệ thống này", en: "only of this system" },
  ownOwner: { vi: "chỉ của người, cơ quan này", en: "only whose owner this is" },
  ownCode: { vi: "chỉ mã lỗi này, hay nhóm mã (NET)", en: "only this failure code, or family (NET)" },
  overdueOnly: { vi: "chỉ những vướng mắc quá hạn", en: "only what is overdue" },
  sort: { vi: "xếp theo", en: "in which order" },
  asOf: { vi: "như vào thời điểm này (mặc định: bây giờ)", en: "as it stood at this instant (default: now)" },

  numberTitle: { vi: "Số", en: "No." },
  titleTitle: { vi: "Vướng mắc", en: "Difficulty" },
  categoryTitle: { vi: "Loại", en: "Category" },
  groupTitle: { vi: "Nhóm (CĐ 111)", en: "Group (CĐ 111)" },
  codeTitle: { vi: "Mã", en: "Code" },
  unitsTitle: { vi: "Đơn vị", en: "Units" },
  systemTitle: { vi: "Hệ thống", en: "System" },
  ownerTitle: { vi: "Ai xử lý", en: "Owner" },
  supportTitle: { vi: "Phối hợp", en: "Support" },
  dueTitle: { vi: "Hạn", en: "Due" },
  stateTitle: { vi: "Tình trạng", en: "State" },
  ageTitle: { vi: "Đã", en: "Age" },
  overdueTitle: { vi: "Quá hạn", en: "Overdue" },
  late: { vi: "quá hạn", en: "overdue" },
  none: { vi: "Không có vướng mắc nào như vậy.", en: "No such difficulty." },
  noneEver: {
    vi: "Chưa ghi vướng mắc nào. Ghi bằng: wardctl incident open",
    en: "No difficulty is recorded yet. Record one: wardctl incident open",
  },
  units: (first: string, count: number) =>
    both((lang) => (count === 1 ? first : lang === "vi" ? `${first} +${count - 1}` : `${first} +${count - 1}`)),
  below: (open: number, overdue: number, unassigned: number) =>
    both((lang) =>
      lang === "vi"
        ? `${open} đang mở, ${overdue} quá hạn, ${unassigned} chưa có người xử lý`
        : `${open} open, ${overdue} overdue, ${unassigned} without an owner`,
    ),

  opened: (name: string, title: string) =>
    both((lang) => (lang === "vi" ? `Đã ghi ${name}: ${title}` : `Opened ${name}: ${title}`)),
  joined: (name: string, title: string) =>
    both((lang) => (lang === "vi" ? `Đã có ${name}: ${title}; ghi thêm vào đó` : `Joined to ${name}, which is open: ${title}`)),
  reopened: (name: string, title: string) =>
    both((lang) => (lang === "vi" ? `Mở lại ${name}: ${title}` : `Opened ${name} again: ${title}`)),
  same: (name: string, title: string) =>
    both((lang) =>
      lang === "vi" ? `Đã có ${name}, không có gì mới: ${title}` : `${name} stands already, nothing is new: ${title}`,
    ),

  needTitle: { vi: "chưa nói vướng mắc gì", en: "it is not said what the matter is" },
  howToOpen: {
    vi: "ghi một câu, hoặc --from-cause, --from-gap, --from-warning, --from-coverage, --file",
    en: "give a sentence, or --from-cause, --from-gap, --from-warning, --from-coverage, --file",
  },
  needCategory: { vi: "cần --category hoặc --code", en: "--category or --code is needed" },
  badCode: (text: string) => both((lang) => (lang === "vi" ? `'${text}' không phải là mã lỗi` : `'${text}' is no failure code`)),
  codeFamilies: (families: readonly string[]): Words => ({
    vi: `mã gồm chữ hoa, bắt đầu bằng một trong: ${families.join(", ")}; ví dụ PAY-CALLBACK`,
    en: `capitals, beginning with one of ${families.join(", ")}; such as PAY-CALLBACK`,
  }),
  badInstant: (flag: string, text: string) =>
    both((lang) => (lang === "vi" ? `${flag}: '${text}' không phải là một thời điểm` : `${flag}: '${text}' is not an instant`)),
  deadlineShape: { vi: "ghi như 2025-07-04 hoặc '04/7/2025 11:00'", en: "write it as 2025-07-04 or '04/7/2025 11:00'" },
  pastDeadline: (due: string) =>
    both((lang) =>
      lang === "vi" ? `hạn ${due} đã qua: ghi vào là quá hạn ngay` : `the deadline ${due} is past: it is overdue at once`,
    ),
  badNumber: (text: string) =>
    both((lang) => (lang === "vi" ? `'${text}' không phải là số của vướng mắc` : `'${text}' is no difficulty's number`)),
  numberShape: {
    vi: "ghi như VM-12 hoặc 12; xem: wardctl incident list",
    en: "write it as VM-12 or 12; see: wardctl incident list",
  },
  applicantData: (place: string, what: Words): Words => ({
    vi: `${place}: có vẻ chứa ${what.vi} nên không ghi`,
    en: `${place}: this seems to hold ${what.en}, so it is not recorded`,
  }),
  citizenId: { vi: "số căn cước công dân", en: "a citizen's identity number" },
  phone: { vi: "số điện thoại", en: "a telephone number" },
  dossierCode: { vi: "mã hồ sơ", en: "the code of a dossier" },
  nothingOfApplicants: {
    vi: "sổ vướng mắc giữ mãi mãi: không ghi gì về người nộp hồ sơ; ghi thủ tục và số lượng. Số máy của kỹ thuật để ở 'wards import'",
    en: "this record is kept for good: nothing of an applicant in it; say the procedure and how many. Technicians' numbers belong to 'wards import'",
  },
  emptyText: (place: string): Words => ({ vi: `${place}: chưa ghi gì`, en: `${place}: nothing is written` }),
  longText: (place: string): Words => ({ vi: `${place}: dài quá 2.000 chữ`, en: `${place}: longer than 2,000 characters` }),
} satisfies Catalogue;

export const stateWords: Readonly<Record<"unassigned" | "assigned" | "closed", Words>> = {
  unassigned: { vi: "chưa giao", en: "unassigned" },
  assigned: { vi: "đang xử lý", en: "in hand" },
  closed: { vi: "đã đóng", en: "closed" },
};
