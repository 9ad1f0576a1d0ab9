import { formatDateTime } from "../../src/platform/format.ts";
import type { Zone } from "../../src/platform/time.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const meetingWords = {
  open: {
    vi: "bắt đầu cuộc họp; chương trình lấy từ những gì thay đổi từ cuộc họp trước",
    en: "begin a meeting; its agenda is what changed since the last one",
  },
  close: { vi: "kết thúc cuộc họp, lưu báo cáo kèm biên bản", en: "end it and keep the report with its minutes" },
  decide: { vi: "ghi một kết luận của cuộc họp", en: "record a decision of the meeting" },
  learn: { vi: "ghi một điều rút kinh nghiệm", en: "record what was learned" },
  action: { vi: "giao một việc", en: "give somebody something to do" },
  actions: { vi: "các việc đã giao, quá hạn lên đầu", en: "what was given to do, overdue first" },
  update: { vi: "sửa một việc: người làm, hạn, ghi chú, thôi", en: "change an action: owner, deadline, a note, or drop it" },
  done: { vi: "một việc đã xong", en: "an action is done" },
  show: {
    vi: "một cuộc họp: chương trình, kết luận, việc giao; biên bản ra tệp",
    en: "a meeting: agenda, decisions, actions; its minutes as a file",
  },
  list: { vi: "các cuộc họp", en: "the meetings" },

  kind: { vi: "morning (đầu ngày) hay evening (cuối ngày)", en: "morning or evening" },
  chair: { vi: "người chủ trì", en: "who is in the chair" },
  present: { vi: "cơ quan, đơn vị dự (nhắc lại được)", en: "office or unit that takes part (repeatable)" },
  look: { vi: "chỉ xem chương trình, không bắt đầu", en: "only show the agenda, begin nothing" },
  text: { vi: "nội dung, một câu", en: "what, in a sentence" },
  incident: { vi: "về vướng mắc nào, ví dụ VM-12", en: "which difficulty it is about, such as VM-12" },
  owner: { vi: "ai làm", en: "who does it" },
  support: { vi: "đơn vị phối hợp", en: "the supporting unit" },
  due: { vi: "hạn: một ngày (đến hết ngày) hay thời điểm", en: "deadline: a day (to its end) or an instant" },
  actionNumber: { vi: "số của việc, ví dụ VC-3", en: "number of the action, such as VC-3" },
  result: { vi: "kết quả", en: "with what result" },
  note: { vi: "ghi chú", en: "a note" },
  drop: { vi: "thôi không làm, vì sao", en: "it is not to be done any more, and why" },
  allActions: { vi: "cả những việc đã xong", en: "those that are done as well" },
  ownOwner: { vi: "chỉ việc của cơ quan này", en: "only this owner's" },
  overdueOnly: { vi: "chỉ những việc quá hạn", en: "only what is overdue" },
  asOf: { vi: "như vào thời điểm này (mặc định: bây giờ)", en: "as it stood at this instant (default: now)" },
  session: {
    vi: "mã cuộc họp, ví dụ evening-2025-07-03 (mặc định: mới nhất)",
    en: "the meeting's id, such as evening-2025-07-03 (default: the newest)",
  },
  whole: { vi: "cả báo cáo, không chỉ biên bản", en: "the whole report, not the minutes alone" },
  noReport: { vi: "không lập và lưu báo cáo", en: "make and keep no report" },

  morningTitle: { vi: "Họp đầu ngày", en: "Morning meeting" },
  eveningTitle: { vi: "Họp cuối ngày", en: "Evening meeting" },
  running: { vi: "đang họp", en: "running" },
  ended: { vi: "đã kết thúc", en: "closed" },
  since: (at: number, zone: Zone) =>
    both((lang) =>
      lang === "vi" ? `Thay đổi từ ${formatDateTime(at, zone, lang)}` : `Changed since ${formatDateTime(at, zone, lang)}`,
    ),
  nothing: { vi: "Không có gì thay đổi.", en: "Nothing has changed." },
  unknown: (topic: Words, reason: Words): Words => ({
    vi: `${topic.vi}: chưa biết (${reason.vi})`,
    en: `${topic.en}: not known (${reason.en})`,
  }),
  begun: (id: string) => both((lang) => (lang === "vi" ? `Bắt đầu cuộc họp ${id}` : `Meeting ${id} has begun`)),
  isRunning: (id: string) => both((lang) => (lang === "vi" ? `Cuộc họp ${id} đang diễn ra` : `Meeting ${id} is running`)),
  isClosed: (id: string) => both((lang) => (lang === "vi" ? `Đã kết thúc cuộc họp ${id}` : `Meeting ${id} is closed`)),
  keptIn: (report: string) =>
    both((lang) =>
      lang === "vi"
        ? `biên bản nằm trong báo cáo ${report}; ra tệp: wardctl meeting show --format docx --out bien-ban.docx`
        : `the minutes are in report ${report}; as a file: wardctl meeting show --format docx --out minutes.docx`,
    ),
  decided: (text: string) => both((lang) => (lang === "vi" ? `Kết luận: ${text}` : `Decided: ${text}`)),
  learned: (text: string) => both((lang) => (lang === "vi" ? `Rút kinh nghiệm: ${text}` : `Learned: ${text}`)),
  same: (text: string) => both((lang) => (lang === "vi" ? `Đã ghi rồi: ${text}` : `On record already: ${text}`)),
  given: (name: string, owner: string, text: string) =>
    both((lang) => (lang === "vi" ? `Giao ${name} cho ${owner}: ${text}` : `${name} for ${owner}: ${text}`)),
  changed: (name: string, text: string) =>
    both((lang) => (lang === "vi" ? `Đã ghi vào ${name}: ${text}` : `Noted in ${name}: ${text}`)),
  isDone: (name: string, text: string) =>
    both((lang) => (lang === "vi" ? `${name} đã xong: ${text}` : `${name} is done: ${text}`)),
  nothingToUpdate: { vi: "chưa nói sửa gì", en: "it is not said what to change" },
  badAction: (text: string) =>
    both((lang) => (lang === "vi" ? `'${text}' không phải là số của việc` : `'${text}' is no action's number`)),
  actionShape: {
    vi: "ghi như VC-3 hoặc 3; xem: wardctl meeting actions",
    en: "write it as VC-3 or 3; see: wardctl meeting actions",
  },
  noSession: { vi: "chưa có cuộc họp nào", en: "there has been no meeting" },
  unknownSession: (id: string) => both((lang) => (lang === "vi" ? `không có cuộc họp '${id}'` : `there is no meeting '${id}'`)),
  sessionsAre: (ids: readonly string[]): Words => ({ vi: `có: ${ids.join(", ")}`, en: `there are: ${ids.join(", ")}` }),
  openOne: { vi: "mở: wardctl meeting open morning, hoặc evening", en: "open one: wardctl meeting open morning, or evening" },
  notKept: (id: string) =>
    both((lang) => (lang === "vi" ? `cuộc họp ${id} chưa có báo cáo được lưu` : `no report of meeting ${id} is kept`)),
  closeIt: { vi: "kết thúc: wardctl meeting close", en: "close it: wardctl meeting close" },
  onlyWithFormat: { vi: "--out cần --format, hoặc đuôi tệp như .docx", en: "--out needs --format, or an ending such as .docx" },

  decisionsTitle: { vi: "Kết luận", en: "Decisions" },
  lessonsTitle: { vi: "Rút kinh nghiệm", en: "What was learned" },
  actionsTitle: { vi: "Việc đã giao", en: "Actions given" },
  agendaTitle: { vi: "Chương trình", en: "Agenda" },
  chairTitle: { vi: "Chủ trì", en: "In the chair" },
  presentTitle: { vi: "Dự họp", en: "Present" },
  reportTitle: { vi: "Báo cáo", en: "Report" },
  idTitle: { vi: "Cuộc họp", en: "Meeting" },
  openedTitle: { vi: "Bắt đầu", en: "Begun" },
  closedTitle: { vi: "Kết thúc", en: "Closed" },
  numberTitle: { vi: "Số", en: "No." },
  textTitle: { vi: "Việc", en: "Action" },
  ownerTitle: { vi: "Ai làm", en: "Owner" },
  supportTitle: { vi: "Phối hợp", en: "Support" },
  dueTitle: { vi: "Hạn", en: "Due" },
  stateTitle: { vi: "Tình trạng", en: "State" },
  incidentTitle: { vi: "Vướng mắc", en: "Difficulty" },
  overdueTitle: { vi: "Quá hạn", en: "Overdue" },
  none: { vi: "Không có việc nào như vậy.", en: "No such action." },
  late: { vi: "quá hạn", en: "overdue" },

  noRecords: { vi: "chưa khai báo nguồn hồ sơ", en: "no source of records is set up" },
  noInventory: { vi: "chưa khai báo danh mục điểm kiểm tra", en: "no inventory of endpoints is set up" },
  neverRead: {
    vi: "chưa đọc phần mềm văn bản: wardctl delegate verify",
    en: "the document system was never read: wardctl delegate verify",
  },
  unitsNow: (count: number) => both((lang) => (lang === "vi" ? `${count} đơn vị` : `${count} unit${count === 1 ? "" : "s"}`)),
  cannotSign: { vi: "có loại văn bản không ai ký được", en: "some document type nobody can sign" },
} satisfies Catalogue;

export const actionStateWords: Readonly<Record<"open" | "done" | "dropped", Words>> = {
  open: { vi: "đang làm", en: "open" },
  done: { vi: "xong", en: "done" },
  dropped: { vi: "thôi", en: "dropped" },
};
