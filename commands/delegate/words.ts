import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const delegateWords = {
  grant: {
    vi: "ghi nhận quyền ký theo quy chế, phân công, quyết định",
    en: "record a right to sign from a regulation, assignment or decision",
  },
  approve: { vi: "duyệt một quyền ký (người thứ hai)", en: "approve a grant (the second person)" },
  revoke: { vi: "thu hồi một quyền ký", en: "revoke a grant" },
  suspend: { vi: "tạm dừng một quyền ký trong một thời gian", en: "suspend a grant for a while" },
  list: { vi: "các quyền ký đã ghi nhận", en: "the grants on record" },
  canSign: { vi: "người này có ký được không, vì sao", en: "may this person sign, and why or why not" },
  gaps: { vi: "nơi không ai ký được", en: "where nobody can sign" },
  canIssue: { vi: "văn bản có phát hành được không: chữ ký, con dấu, văn thư", en: "can it go out: signature, seal and clerk" },
  expiring: {
    vi: "quyền ký sắp hết mà không còn ai thay, theo số giờ làm việc bị mất",
    en: "rights that end and leave nobody, by working hours lost",
  },
  conflicts: { vi: "các quyền ký mâu thuẫn hoặc không hợp lệ (C1–C8)", en: "grants in conflict or unlawful (C1–C8)" },
  absence: { vi: "ghi nhận vắng mặt và người ký thay", en: "record an absence and who stands in" },
  push: {
    vi: "đưa quyền ký vào phần mềm văn bản rồi đọc lại",
    en: "set the document system up with the grants, and read it back",
  },
  verify: { vi: "đọc lại phần mềm văn bản và đối chiếu hai chiều", en: "read the document system back and compare both ways" },

  unit: { vi: "đơn vị: mã hoặc tên (nhắc lại được)", en: "unit: code or name (repeatable)" },
  oneUnit: { vi: "đơn vị: mã hoặc tên", en: "unit: code or name" },
  file: { vi: "tệp CSV các quyền ký", en: "CSV file of grants" },
  skipInvalid: {
    vi: "ghi nhận các dòng đúng, dòng lỗi ghi ra tệp cạnh đó để sửa (bad.csv ra bad.skipped.csv)",
    en: "record the sound rows; the others go beside it to be mended (bad.csv to bad.skipped.csv)",
  },
  fromPosition: { vi: "chức vụ giao quyền (mặc định: chu-tich)", en: "post that gives the right (default: chu-tich)" },
  toPosition: { vi: "chức vụ nhận, ví dụ chanh-van-phong", en: "post that gets it, such as chanh-van-phong" },
  capacity: { vi: "thể thức ký: Q, KT, TL, TUQ", en: "capacity: Q, KT, TL, TUQ" },
  docTypes: { vi: "loại văn bản, cách nhau bằng dấu phẩy; '*' là tất cả", en: "document types, separated by commas; '*' is all" },
  from: { vi: "từ ngày (mặc định: ngày của căn cứ)", en: "first day (default: the date of its basis)" },
  to: { vi: "đến hết ngày", en: "last day" },
  basisKind: {
    vi: "quy-che-lam-viec, quy-che-van-thu, phan-cong, quyet-dinh",
    en: "quy-che-lam-viec, quy-che-van-thu, phan-cong, quyet-dinh",
  },
  basisNumber: { vi: "số của văn bản làm căn cứ", en: "number of the paper it rests on" },
  basisDate: { vi: "ngày của văn bản làm căn cứ", en: "date of the paper it rests on" },
  clause: { vi: "điều khoản của quy chế, ví dụ 'khoản 2 Điều 7'", en: "clause of the regulation, such as 'khoản 2 Điều 7'" },
  person: { vi: "chỉ riêng người có mã này", en: "only the person with this staff id" },
  legalBasis: {
    vi: "căn cứ pháp luật, khi người nhận không phải người đứng đầu",
    en: "legal basis, when the grantee heads nothing",
  },
  parent: { vi: "mã quyền gốc được giao lại", en: "id of the grant that is passed on" },
  reason: { vi: "lý do", en: "reason" },
  at: { vi: "vào thời điểm này (mặc định: bây giờ)", en: "at this instant (default: now)" },
  asKnownAt: { vi: "theo những gì đã biết lúc này", en: "by what was known at this instant" },
  days: { vi: "trong số ngày tới", en: "over the next days" },
  gapsFrom: { vi: "từ thời điểm này (mặc định: bây giờ)", en: "from this instant (default: now)" },
  docType: { vi: "chỉ loại văn bản này (nhắc lại được)", en: "only this document type (repeatable)" },
  class: {
    vi: "gap: không ai ký được; single: chỉ một người; unknown: chưa rõ; issue: ký được mà không phát hành được (mặc định: gap, unknown, issue)",
    en: "gap: nobody can sign; single: one person only; unknown; issue: signed but cannot go out (default: gap, unknown, issue)",
  },
  working: { vi: "chỉ khoảng nào có giờ làm việc", en: "only what touches working hours" },
  daysAhead: { vi: "trong số ngày tới (mặc định: 30)", en: "within so many days (default: 30)" },
  system: { vi: "chỉ hệ thống này (nhắc lại được)", en: "only this system (repeatable)" },

  badInstant: (flag: string, text: string) => ({
    vi: `${flag}: '${text}' không phải thời điểm; viết 2025-07-03T10:00 hoặc 03/7/2025 10:00`,
    en: `${flag}: '${text}' is not an instant; write 2025-07-03T10:00 or 03/7/2025 10:00`,
  }),
  noSystems: { vi: "chưa khai báo phần mềm văn bản nào", en: "no document system is set up" },
  addSystem: { vi: "thêm vào delegate.systems trong wardctl.yaml", en: "add one under delegate.systems in wardctl.yaml" },
  noSuchSystem: (name: string, names: readonly string[]) => ({
    vi: `không có hệ thống '${name}'; có: ${names.join(", ")}`,
    en: `there is no system '${name}'; there are: ${names.join(", ")}`,
  }),
  nobody: (text: string, place: string) => ({
    vi: `không tìm thấy '${text}' ở ${place}: cần mã cán bộ, chức vụ hoặc họ tên đầy đủ`,
    en: `'${text}' is nobody in ${place}: give a staff id, a post or a full name`,
  }),
  vacant: (text: string, place: string) => ({
    vi: `chưa ghi nhận ai giữ chức vụ '${text}' ở ${place} vào ngày đó`,
    en: `nobody is known to hold the post '${text}' in ${place} on that day`,
  }),
  takeRoster: {
    vi: "danh bạ cán bộ lấy từ danh sách đã thực hiện: wardctl provision plan, rồi provision apply",
    en: "people come from a roster that was applied: wardctl provision plan, then provision apply",
  },
  several: (text: string, list: string) => ({ vi: `'${text}' có nhiều người: ${list}`, en: `'${text}' may be: ${list}` }),
  noDocType: (text: string, near: string | undefined) => ({
    vi: `không có loại văn bản '${text}'${near ? ` (có phải '${near}'?)` : ""}`,
    en: `there is no document type '${text}'${near ? ` (did you mean '${near}'?)` : ""}`,
  }),
  faulty: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} lỗi; chưa ghi nhận gì`
        : `${formatCount(count, lang)} fault${count === 1 ? "" : "s"}; nothing was recorded`,
    ),
  skipped: (count: number, file: string) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} dòng lỗi chưa ghi nhận, đã ghi ra ${file}`
        : `${formatCount(count, lang)} row${count === 1 ? "" : "s"} left out, written to ${file}`,
    ),
  recorded: (count: number, same: number) =>
    both((lang) => {
      const n = formatCount(count, lang);
      const old = formatCount(same, lang);
      return lang === "vi"
        ? `Đã ghi nhận ${n} quyền ký${same > 0 ? `, ${old} quyền đã có từ trước` : ""}.`
        : `Recorded ${n} grant${count === 1 ? "" : "s"}${same > 0 ? `, ${old} known before` : ""}.`;
    }),
  pendingCount: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} quyền chờ người thứ hai duyệt: wardctl delegate approve <mã>`
        : `${formatCount(count, lang)} ${count === 1 ? "waits" : "wait"} for a second person: wardctl delegate approve <id>`,
    ),
  lateRecorded: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} quyền bắt đầu trước hôm nay: các câu trả lời đã có trước đây không đổi.`
        : `${formatCount(count, lang)} began before today: what was answered earlier stays as it was.`,
    ),
  recordIt: { vi: "Ghi nhận quyền ký này?", en: "Record this grant?" },
  suspendIt: { vi: "Tạm dừng quyền ký này?", en: "Suspend this grant?" },
  suspendTo: { vi: "đến hết ngày (mặc định: không thời hạn)", en: "last day (default: no end)" },
  endsBefore: { vi: "--to: ngày kết thúc trước lúc bắt đầu tạm dừng", en: "--to: it ends before it begins" },
  suspended: (id: string) => ({
    vi: `Đã tạm dừng quyền ${id}. Chạy 'wardctl delegate push' để phần mềm văn bản theo đúng.`,
    en: `Suspended grant ${id}. Run 'wardctl delegate push' so that the document system follows.`,
  }),
  approveIt: { vi: "Duyệt quyền ký này?", en: "Approve this grant?" },
  revokeIt: { vi: "Thu hồi quyền ký này?", en: "Revoke this grant?" },
  approved: (id: string) => ({ vi: `Đã duyệt quyền ${id}.`, en: `Approved grant ${id}.` }),
  revoked: (id: string) => ({
    vi: `Đã thu hồi quyền ${id}. Chạy 'wardctl delegate push' để phần mềm văn bản thôi cho ký.`,
    en: `Revoked grant ${id}. Run 'wardctl delegate push' so that the document system stops carrying it.`,
  }),
  empty: { vi: "Chưa ghi nhận quyền ký nào.", en: "No grants on record." },
  readFirst: {
    vi: "Chưa rõ nghĩa là chưa đọc lại phần mềm văn bản, hoặc đã đọc quá lâu: chạy 'wardctl delegate verify'.",
    en: "Unknown means that the document system was not read back, or too long ago: run 'wardctl delegate verify'.",
  },
  noStaff: {
    vi: "Chưa có cán bộ nào của các đơn vị này trong danh bạ: nhập danh sách cán bộ trước (wardctl provision plan, rồi provision apply).",
    en: "No staff of these units is in the register: apply a roster first (wardctl provision plan, then provision apply).",
  },
  noStaffIn: (units: readonly string[]) => {
    const shown = `${units.slice(0, 5).join(", ")}${units.length > 5 ? ", …" : ""}`;
    return both((lang) =>
      lang === "vi"
        ? `${formatCount(units.length, lang)} đơn vị chưa có cán bộ nào trong danh bạ, nên cả đơn vị hiện ra là không ai ký được: ${shown}`
        : `${formatCount(units.length, lang)} unit${units.length === 1 ? " has" : "s have"} no staff in the register and so show as nobody who can sign: ${shown}`,
    );
  },
  issueNotKnown: (units: readonly string[]) => {
    const shown = `${units.slice(0, 5).join(", ")}${units.length > 5 ? ", …" : ""}`;
    return both((lang) =>
      lang === "vi"
        ? `Chưa biết ${formatCount(units.length, lang)} đơn vị có phát hành được không (chạy: wardctl delegate verify, rồi wardctl delegate certificates check; hoặc ghi con dấu vào delegate.seals trong wardctl.yaml): ${shown}`
        : `Of ${formatCount(units.length, lang)} unit${units.length === 1 ? "" : "s"} it is not known whether documents can go out (run: wardctl delegate verify, then wardctl delegate certificates check; or state seals under delegate.seals in wardctl.yaml): ${shown}`,
    );
  },
  calendarEnds: (day: string) => ({
    vi: `Ngày nghỉ lễ chỉ biết đến hết ${day}; sau đó mọi ngày trong tuần được tính là ngày làm việc.`,
    en: `Public holidays are known until ${day}; after that every weekday counts as worked.`,
  }),
  endsTitle: { vi: "Hết lúc", en: "Ends" },
  whyTitle: { vi: "Vì sao", en: "Why" },
  nothingEnds: {
    vi: "Không có quyền ký nào sắp hết mà không có người thay.",
    en: "No right ends soon that would leave nobody.",
  },
  workingTitle: { vi: "Giờ làm việc", en: "Working hours" },
  noGaps: { vi: "Loại văn bản nào cũng có người ký được.", en: "Every document type has somebody who can sign." },

  idTitle: { vi: "Mã quyền", en: "Id" },
  unitTitle: { vi: "Đơn vị", en: "Unit" },
  capacityTitle: { vi: "Thể thức", en: "Capacity" },
  toTitle: { vi: "Người ký", en: "Who signs" },
  typesTitle: { vi: "Loại văn bản", en: "Document types" },
  windowTitle: { vi: "Thời hạn", en: "Window" },
  fromTitle: { vi: "Từ", en: "From" },
  untilTitle: { vi: "Đến", en: "Until" },
  basisTitle: { vi: "Căn cứ", en: "Basis" },
  evidenceTitle: { vi: "Chứng cứ", en: "Evidence" },
  stateTitle: { vi: "Tình trạng", en: "State" },
  classTitle: { vi: "Tình trạng", en: "State" },
  allTypes: (count: number) => ({ vi: `tất cả ${count} loại`, en: `all ${count} types` }),
  noEnd: { vi: "không thời hạn", en: "no end" },
  alreadyNow: { vi: "đang diễn ra", en: "already so" },
} satisfies Catalogue;

/** What a grant is at one instant, by its first failing condition. */
export const stateWords = {
  live: { vi: "đang có hiệu lực", en: "in effect" },
  pending: { vi: "chờ duyệt", en: "waits for approval" },
  "not-yet": { vi: "chưa đến ngày", en: "not yet" },
  expired: { vi: "hết hạn", en: "expired" },
  revoked: { vi: "đã thu hồi", en: "revoked" },
  suspended: { vi: "tạm dừng", en: "suspended" },
  lapsed: { vi: "không còn hiệu lực", en: "lapsed" },
  unlawful: { vi: "không hợp lệ", en: "unlawful" },
} satisfies Catalogue;

export const gapWords = {
  gap: { vi: "không ai ký được", en: "nobody can sign" },
  single: { vi: "chỉ một người", en: "one person only" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  issue: { vi: "ký được, không phát hành được", en: "signed, cannot go out" },
} satisfies Catalogue;
