import { both, type Catalogue } from "../../src/platform/words.ts";

export const absenceWords = {
  person: {
    vi: "ai vắng mặt: mã cán bộ, chức vụ hoặc họ tên (bỏ trống: liệt kê)",
    en: "who is away: staff id, post or full name (left out: list)",
  },
  from: { vi: "từ ngày (mặc định: bây giờ)", en: "first day (default: now)" },
  to: { vi: "đến hết ngày", en: "last day" },
  cover: {
    vi: "ai ký thay trong thời gian đó: mã cán bộ, chức vụ hoặc họ tên",
    en: "who stands in: staff id, post or full name",
  },
  back: { vi: "đã có mặt trở lại trước hạn", en: "back before it was over" },
  at: { vi: "có mặt trở lại từ lúc này (mặc định: bây giờ)", en: "back from this instant (default: now)" },
  needTo: { vi: "thiếu --to: vắng mặt đến hết ngày nào", en: "--to is missing: until which day" },
  needUnit: { vi: "thiếu --unit: ở đơn vị nào", en: "--unit is missing: in which unit" },
  endsBefore: { vi: "--to: ngày kết thúc trước lúc bắt đầu", en: "--to: it ends before it begins" },
  self: { vi: "--cover: người ký thay phải là người khác", en: "--cover: somebody else must stand in" },
  noPost: (name: string, place: string) => ({
    vi: `${name} không giữ chức vụ nào ở ${place} vào ngày đó`,
    en: `${name} holds no post in ${place} on that day`,
  }),
  noCapacity: (post: string) => ({
    vi: `pháp luật không có thể thức nào để '${post}' ký thay bằng căn cứ này; nêu --capacity và --basis-kind`,
    en: `the law has no capacity for '${post}' to stand in on this basis; name --capacity and --basis-kind`,
  }),
  needTypes: {
    vi: "thiếu --doc-types: được ký thay những loại nào",
    en: "--doc-types is missing: which types may be signed instead",
  },
  askAbsence: { vi: "Ghi nhận vắng mặt này?", en: "Record this absence?" },
  askBack: { vi: "Ghi nhận đã có mặt trở lại?", en: "Record that they are back?" },
  away: (name: string, from: string, to: string) => ({
    vi: `${name} vắng mặt ${from} → ${to}`,
    en: `${name} is away ${from} → ${to}`,
  }),
  recorded: (name: string, from: string, to: string) => ({
    vi: `Đã ghi nhận ${name} vắng mặt ${from} → ${to}.`,
    en: `Recorded: ${name} is away ${from} → ${to}.`,
  }),
  same: { vi: "Vắng mặt này đã ghi nhận từ trước.", en: "This absence was recorded before." },
  covered: (name: string, capacity: string, id: string) => ({
    vi: `Ký thay: ${name} (${capacity}., quyền ${id}). Chạy 'wardctl delegate push' để phần mềm văn bản có quyền này.`,
    en: `Stands in: ${name} (${capacity}., grant ${id}). Run 'wardctl delegate push' so that the document system carries it.`,
  }),
  noCover: { vi: "Chưa giao người ký thay (--cover).", en: "Nobody was named to stand in (--cover)." },
  opens: (types: string, from: string, to: string) => ({
    vi: `Không còn ai ký được: ${types} (${from} → ${to})`,
    en: `Nobody is left to sign: ${types} (${from} → ${to})`,
  }),
  opensNone: { vi: "Mọi loại văn bản vẫn có người ký được.", en: "Every document type still has somebody who can sign." },
  back1: (name: string, when: string) => ({ vi: `${name} có mặt trở lại từ ${when}.`, en: `${name} is back from ${when}.` }),
  coverEnds: (ids: readonly string[]) =>
    both((lang) =>
      lang === "vi"
        ? `Quyền ký thay đã kết thúc: ${ids.join(", ")}. Chạy 'wardctl delegate push' để phần mềm văn bản theo đúng.`
        : `The right to stand in has ended: ${ids.join(", ")}. Run 'wardctl delegate push' so that the document system follows.`,
    ),
  personTitle: { vi: "Vắng mặt", en: "Away" },
  coverTitle: { vi: "Ký thay", en: "Stands in" },
  fromTitle: { vi: "Từ", en: "From" },
  toTitle: { vi: "Đến", en: "Until" },
  reasonTitle: { vi: "Lý do", en: "Reason" },
  nobody: { vi: "Không có ai vắng mặt từ nay về sau.", en: "Nobody is away from now on." },
} satisfies Catalogue;
