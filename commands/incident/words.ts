import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const incidentWords = {
  open: {
    vi: "ghi một vướng mắc: từ nguyên nhân của check, chỗ trống, cảnh báo, hay tự ghi",
    en: "open a difficulty: from a check's cause, a gap, a warning, or by hand",
  },
  update: {
    vi: "ghi thêm: đã thử gì, thêm đơn vị, đổi hạn, mở lại",
    en: "add to it: what was tried, more units, another deadline, open again",
  },
  assign: { vi: "giao người xử lý, hạn", en: "give it to somebody, with a deadline" },
  close: { vi: "đóng: đã xử lý thế nào, rút ra điều gì", en: "close it: how it was mended, what was learned" },
  show: { vi: "một vướng mắc và mọi việc đã xảy ra với nó", en: "one difficulty and all that happened to it" },
  incident: { vi: "số của vướng mắc, ví dụ VM-12", en: "number of the difficulty, such as VM-12" },
  fromCause: { vi: "từ nguyên nhân của check: carprov:VNPT/46, #12", en: "from a check's cause: carprov:VNPT/46, #12" },
  fromGap: {
    vi: "từ chỗ không ai ký được của đơn vị này (nhắc lại được)",
    en: "from a gap of signing in this unit (repeatable)",
  },
  fromCoverage: {
    vi: "từ phòng ban thiếu tài khoản của đơn vị này (nhắc lại được)",
    en: "from departments without accounts in this unit (repeatable)",
  },
  fromWarning: {
    vi: "từ cảnh báo của báo cáo đã lưu: W-SILENT, W-SILENT/19777",
    en: "from a kept report's warning: W-SILENT, W-SILENT/19777",
  },
  report: { vi: "báo cáo nào có cảnh báo đó (mặc định: mới nhất)", en: "which report has that warning (default: the newest)" },
  file: { vi: "tệp CSV, XLSX các vướng mắc phường, xã gửi lên", en: "CSV or XLSX of difficulties that wards sent in" },
  addUnit: { vi: "thêm đơn vị: mã hoặc tên (nhắc lại được)", en: "add a unit: code or name (repeatable)" },
  withoutUnit: { vi: "bỏ đơn vị ghi nhầm (nhắc lại được)", en: "take away a unit that does not belong to it (repeatable)" },
  reopen: { vi: "mở lại, vì sao", en: "open it again, and why" },
  how: { vi: "đã xử lý thế nào", en: "how it was mended" },
  lesson: { vi: "rút kinh nghiệm", en: "what was learned" },
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

  sinceTitle: { vi: "Từ lúc", en: "Since" },
  sourcesTitle: { vi: "Từ đâu", en: "Seen as" },
  closedTitle: { vi: "Đã xử lý", en: "Mended by" },
  lessonTitle: { vi: "Kinh nghiệm", en: "Learned" },
  historyTitle: { vi: "Diễn biến", en: "History" },
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

  assigned: (name: string, title: string, owner: string, due: string | undefined) =>
    both((lang) => {
      const until = due === undefined ? "" : lang === "vi" ? `, hạn ${due}` : `, due ${due}`;
      return lang === "vi" ? `Đã giao ${name} cho ${owner}${until}: ${title}` : `${name} is ${owner}'s now${until}: ${title}`;
    }),
  updated: (name: string, title: string) =>
    both((lang) => (lang === "vi" ? `Đã ghi thêm vào ${name}: ${title}` : `Added to ${name}: ${title}`)),
  closed: (name: string, title: string) =>
    both((lang) => (lang === "vi" ? `Đã đóng ${name}: ${title}` : `Closed ${name}: ${title}`)),
  goesOn: { vi: "vẫn còn", en: "it goes on" },
  unknown: (name: string) => both((lang) => (lang === "vi" ? `không có vướng mắc ${name}` : `there is no difficulty ${name}`)),
  nothingToUpdate: { vi: "chưa nói ghi thêm gì", en: "it is not said what to add" },
  oneOrigin: {
    vi: "chỉ một trong --from-cause, --from-gap, --from-coverage, --from-warning, --file",
    en: "only one of --from-cause, --from-gap, --from-coverage, --from-warning, --file",
  },
  noCause: (text: string) =>
    both((lang) => (lang === "vi" ? `không có nguyên nhân '${text}' đang diễn ra` : `no cause '${text}' is going on`)),
  causesAre: (known: readonly string[]): Words => ({ vi: `đang có: ${known.join(", ")}`, en: `there are: ${known.join(", ")}` }),
  checkFirst: { vi: "kiểm tra trước: wardctl check", en: "check first: wardctl check" },
  noGap: (unit: string) =>
    both((lang) =>
      lang === "vi" ? `${unit}: loại văn bản nào cũng có người ký được` : `${unit}: every document type has a signer`,
    ),
  seeGaps: { vi: "xem: wardctl delegate gaps", en: "see: wardctl delegate gaps" },
  gapTitle: (isKnown: boolean, types: string): Words => ({
    vi: `${isKnown ? "Không ai ký được" : "Chưa rõ ai ký được"}: ${types}`,
    en: `${isKnown ? "Nobody can sign" : "Not known who can sign"}: ${types}`,
  }),
  ownUnitOffice: (unit: string): Words => ({ vi: `UBND ${unit.charAt(0).toLowerCase()}${unit.slice(1)}`, en: `UBND ${unit}` }),
  ownUnitOffices: { vi: "UBND các phường, xã", en: "the units' People's Committees" },
  noCoverageGap: (unit: string) =>
    both((lang) => (lang === "vi" ? `${unit}: phòng ban nào cũng đủ tài khoản` : `${unit}: every department has its accounts`)),
  seeCoverage: { vi: "xem: wardctl provision coverage --gaps", en: "see: wardctl provision coverage --gaps" },
  coverageTitle: (departments: number, systems: readonly string[]): Words => ({
    vi: `${departments} phòng ban chưa có tài khoản (${systems.join(", ")})`,
    en: `${departments} department${departments === 1 ? "" : "s"} without an account (${systems.join(", ")})`,
  }),
  noReport: { vi: "chưa lưu báo cáo nào", en: "no report is kept yet" },
  noSuchReport: (id: string) => both((lang) => (lang === "vi" ? `không có báo cáo '${id}'` : `there is no report '${id}'`)),
  makeReport: { vi: "lập bằng 'wardctl report evening'", en: "make one with 'wardctl report evening'" },
  noWarning: (text: string, report: string) =>
    both((lang) => (lang === "vi" ? `báo cáo ${report} không có cảnh báo ${text}` : `report ${report} has no warning ${text}`)),
  warningsAre: (codes: readonly string[]): Words => ({
    vi: codes.length > 0 ? `có: ${codes.join(", ")}` : "báo cáo đó không có cảnh báo nào",
    en: codes.length > 0 ? `it has: ${codes.join(", ")}` : "it has none",
  }),
  manyWarnings: (first: Words, more: number): Words => ({
    vi: `${first.vi} (và ${more} cảnh báo cùng loại)`,
    en: `${first.en} (and ${more} more like it)`,
  }),
  noTitleColumn: (file: string): Words => ({ vi: `${file}: không có cột title (vướng mắc)`, en: `${file}: has no column title` }),
  columnsAre: (names: readonly string[]): Words => ({ vi: `các cột: ${names.join(", ")}`, en: `columns: ${names.join(", ")}` }),
  badCategory: (text: string, known: readonly string[]): Words => ({
    vi: `loại '${text}' không phải một trong: ${known.join(", ")}`,
    en: `category '${text}' is none of ${known.join(", ")}`,
  }),
  emptyFile: (file: string): Words => ({ vi: `${file}: không có dòng nào`, en: `${file}: has no rows` }),
  faultyFile: (file: string, count: number): Words => ({
    vi: `${file}: ${count} lỗi, chưa ghi gì`,
    en: `${file}: ${count} fault${count === 1 ? "" : "s"}, nothing was recorded`,
  }),

  answer: { vi: "câu trả lời", en: "the answer" },
  askTitle: {
    vi: "Vướng mắc gì? (một câu, không ghi tên, số máy của người dân)",
    en: "What is the matter? (one sentence, nothing of a citizen)",
  },
  askCategory: { vi: "Loại nào?", en: "What is it about?" },
  askUnit: (chosen: number) =>
    both((lang) =>
      chosen === 0
        ? lang === "vi"
          ? "Đơn vị nào gặp phải? (gõ để tìm)"
          : "Which unit does it touch? (type to search)"
        : lang === "vi"
          ? "Còn đơn vị nào nữa?"
          : "Another one?",
    ),
  noUnit: { vi: "(không riêng đơn vị nào)", en: "(none in particular)" },
  noMoreUnits: { vi: "(hết)", en: "(no more)" },
  askSystem: { vi: "Hệ thống nào?", en: "Which system?" },
  noSystem: { vi: "(không riêng hệ thống nào)", en: "(none in particular)" },
  askOwner: { vi: "Ai xử lý? (gõ tên cơ quan, doanh nghiệp)", en: "Who is to mend it? (type an office or a company)" },
  nobodyYet: { vi: "(chưa giao ai)", en: "(nobody yet)" },
  askDue: { vi: "Hạn? (ví dụ 04/7/2025 11:00; để trống nếu chưa có)", en: "By when? (such as 2025-07-04 11:00; empty for none)" },
  askTried: { vi: "Đã thử cách nào? (để trống nếu chưa)", en: "What was tried? (empty for nothing)" },
  askHow: { vi: "Đã xử lý thế nào?", en: "How was it mended?" },

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
  intoHandbook: (name: string) => ({
    vi: `Đưa vào sổ tay: wardctl handbook add --from-incident ${name}`,
    en: `Into the handbook: wardctl handbook add --from-incident ${name}`,
  }),
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

export const eventWords: Readonly<Record<"opened" | "joined" | "updated" | "assigned" | "tried" | "closed" | "reopened", Words>> =
  {
    opened: { vi: "ghi nhận", en: "opened" },
    joined: { vi: "thấy thêm", en: "seen again" },
    updated: { vi: "sửa", en: "updated" },
    assigned: { vi: "giao", en: "assigned" },
    tried: { vi: "đã thử", en: "tried" },
    closed: { vi: "đóng", en: "closed" },
    reopened: { vi: "mở lại", en: "opened again" },
  };
