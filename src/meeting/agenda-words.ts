import type { Instant } from "../platform/clock.ts";
import { formatDateTime } from "../platform/format.ts";
import type { Zone } from "../platform/time.ts";
import { both, type Words } from "../platform/words.ts";
import { type Action, isActionOverdue } from "./action.ts";
import type { Topic } from "./agenda.ts";
import { formatDeadline } from "./deadline.ts";
import type { Incident } from "./incident.ts";

export const agendaWords = {
  /** `Chưa thu được lệ phí → VNPT, hạn 04/7/2025`. */
  incident: ({ title, owner, due }: Incident, zone: Zone): Words =>
    both((lang) => `${title}${tellOwner(owner, due, zone, lang)}`),
  action: (action: Action, at: Instant, zone: Zone): Words =>
    both((lang) => {
      const late = isActionOverdue(action, at) ? (lang === "vi" ? " (quá hạn)" : " (overdue)") : "";
      return `${action.text}${tellOwner(action.owner, action.due, zone, lang)}${late}`;
    }),
  closed: ({ title, closed }: Incident): Words => both(() => `${title}: ${closed?.resolution ?? ""}`),
  gap: (name: Words, what: Words, from: Instant, at: Instant, zone: Zone): Words =>
    both((lang) => {
      const when = from <= at ? (lang === "vi" ? "ngay bây giờ" : "now") : formatDateTime(from, zone, lang);
      return `${name[lang]}: ${what[lang]} (${lang === "vi" ? "từ" : "from"} ${when})`;
    }),
};

function tellOwner(owner: string | undefined, due: Instant | undefined, zone: Zone, lang: "vi" | "en"): string {
  const whose = owner ?? (lang === "vi" ? "chưa giao ai" : "nobody yet");
  const until = due === undefined ? "" : `, ${lang === "vi" ? "hạn" : "due"} ${formatDeadline(due, zone, lang)}`;
  return ` → ${whose}${until}`;
}

export const topicWords: Readonly<Record<Topic, Words>> = {
  overdue: { vi: "Vướng mắc quá hạn", en: "Difficulties overdue" },
  action: { vi: "Việc các cuộc họp trước giao, chưa xong", en: "Actions of earlier meetings, still open" },
  incident: { vi: "Vướng mắc mới", en: "New difficulties" },
  cause: { vi: "Sự cố mới, chưa ghi thành vướng mắc", en: "New causes that no difficulty is opened for" },
  silent: { vi: "Đơn vị mới im lặng", en: "Units newly silent" },
  signing: { vi: "Sắp không có người ký", en: "Nobody to sign, now or soon" },
  restated: { vi: "Số liệu điều chỉnh", en: "Restated figures" },
  due: { vi: "Vướng mắc đến hạn trong một ngày tới", en: "Difficulties due within a day" },
  closed: { vi: "Vướng mắc đã đóng", en: "Difficulties closed" },
};
