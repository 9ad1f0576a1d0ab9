import type { Instant } from "../../platform/clock.ts";
import { formatCount, formatDateTime } from "../../platform/format.ts";
import type { Zone } from "../../platform/time.ts";
import { both, type Catalogue, type Words } from "../../platform/words.ts";

/** Of the sections on difficulties, actions and minutes. */
export const meetingWords = {
  difficulties: { vi: "Khó khăn, vướng mắc", en: "Difficulties" },
  actions: { vi: "Việc phải làm", en: "Actions" },
  minutes: { vi: "Biên bản cuộc họp", en: "Minutes" },
  neverRecorded: {
    vi: "Chưa ghi vướng mắc nào trong wardctl: không có nghĩa là không có. Ghi: wardctl incident open",
    en: "No difficulty is recorded in wardctl, which does not say that there is none. Record one: wardctl incident open",
  },
  asOf: (at: Instant, zone: Zone) =>
    both((lang) => (lang === "vi" ? `Tính đến ${formatDateTime(at, zone, lang)}` : `As of ${formatDateTime(at, zone, lang)}`)),
  newOnes: { vi: "Mới", en: "New" },
  openOnes: { vi: "Đang mở", en: "Open" },
  closedOnes: { vi: "Đã đóng", en: "Closed" },
  overdueOnes: { vi: "Quá hạn", en: "Overdue" },
  unassigned: { vi: "Chưa giao ai", en: "Nobody's yet" },
  inWindow: { vi: "trong kỳ", en: "in the window" },
  youngest: { vi: "Dưới 1 ngày", en: "Under 1 day" },
  middle: { vi: "1–3 ngày", en: "1–3 days" },
  oldest: { vi: "Trên 3 ngày", en: "Over 3 days" },
  byCategory: {
    vi: "Theo loại: mới, đang mở, đã đóng, tuổi của những vướng mắc đang mở",
    en: "By category: new, open, closed, and the age of those that are open",
  },
  byGroup: { vi: "Theo nhóm của Công điện 111/CĐ-TTg", en: "By the groups of dispatch 111/CĐ-TTg" },
  category: { vi: "Loại", en: "Category" },
  group: { vi: "Nhóm", en: "Group" },
  groupName: (group: number, name: Words): Words => ({ vi: `(${group}) ${name.vi}`, en: `(${group}) ${name.en}` }),
  sum: { vi: "Cộng", en: "Sum" },
  openList: { vi: "Đang mở, quá hạn trước", en: "Open, overdue first" },
  number: { vi: "Số", en: "No." },
  difficulty: { vi: "Vướng mắc", en: "Difficulty" },
  units: { vi: "Đơn vị", en: "Units" },
  moreUnits: (names: readonly Words[], shown: number) =>
    both((lang) => {
      const first = names
        .slice(0, shown)
        .map((name) => name[lang])
        .join(", ");
      const more = names.length - shown;
      if (more <= 0) return first;
      return lang === "vi"
        ? `${first} và ${formatCount(more, lang)} đơn vị khác`
        : `${first} and ${formatCount(more, lang)} more`;
    }),
  owner: { vi: "Chủ trì", en: "Owner" },
  support: { vi: "Phối hợp", en: "Support" },
  due: { vi: "Hạn", en: "Due" },
  age: { vi: "Đã", en: "Age" },
  state: { vi: "Tình trạng", en: "State" },
  code: { vi: "Mã", en: "Code" },
  late: { vi: "quá hạn", en: "overdue" },
  noOpen: { vi: "Không còn vướng mắc nào mở.", en: "No difficulty is open." },
  noActions: { vi: "Không có việc nào đang phải làm.", en: "Nothing is to be done." },
  earlier: { vi: "Việc các cuộc họp trước giao", en: "Given by earlier meetings" },
  yesterday: { vi: "Việc các cuộc họp trước giao, chưa xong", en: "Given by earlier meetings and still open" },
  given: { vi: "Việc cuộc họp này giao", en: "Given by this meeting" },
  action: { vi: "Việc", en: "Action" },
  result: { vi: "Kết quả", en: "Result" },
  from: (at: Instant, until: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const [start, end] = [formatDateTime(at, zone, lang), until === undefined ? undefined : formatDateTime(until, zone, lang)];
      if (lang === "vi") return end === undefined ? `Họp từ ${start}, chưa kết thúc.` : `Họp từ ${start} đến ${end}.`;
      return end === undefined ? `Met from ${start}, still running.` : `Met from ${start} to ${end}.`;
    }),
  chair: (name: string): Words => ({ vi: `Chủ trì: ${name}`, en: `In the chair: ${name}` }),
  present: (names: readonly string[]): Words => ({ vi: `Dự họp: ${names.join(", ")}`, en: `Present: ${names.join(", ")}` }),
  decisions: { vi: "Kết luận", en: "Decisions" },
  noDecisions: { vi: "Chưa ghi kết luận nào.", en: "No decision is recorded." },
  lessons: { vi: "Rút kinh nghiệm", en: "What was learned" },
  remark: (text: string, incident: string | undefined): Words => {
    const said = incident === undefined ? text : `${text} (${incident})`;
    return { vi: said, en: said };
  },
} satisfies Catalogue;

export const actionStates: Readonly<Record<"open" | "done" | "dropped", Words>> = {
  open: { vi: "đang làm", en: "open" },
  done: { vi: "xong", en: "done" },
  dropped: { vi: "thôi", en: "dropped" },
};
