import type { Catalogue } from "../../src/platform/words.ts";

export const askWords = {
  unit: { vi: "Đơn vị nào?", en: "Which unit?" },
  toPosition: { vi: "Ai được giao ký?", en: "Who gets the right to sign?" },
  capacity: { vi: "Ký theo thể thức nào?", en: "In which capacity?" },
  docTypes: { vi: "Những loại văn bản nào?", en: "Which document types?" },
  departments: {
    vi: "Chỉ văn bản của một số phòng, ban? (không chọn: cả đơn vị)",
    en: "Only documents of some departments? (none chosen: the whole unit)",
  },
  procedures: {
    vi: "Chỉ kết quả của một số nhóm thủ tục? (không chọn: mọi thủ tục)",
    en: "Only results of some groups of procedures? (none chosen: all)",
  },
  basisKind: { vi: "Căn cứ vào văn bản nào?", en: "On which paper does it rest?" },
  basisNumber: { vi: "Số của văn bản đó", en: "Its number" },
  basisDate: { vi: "Ngày của văn bản đó (ví dụ 01/7/2025)", en: "Its date (such as 2025-07-01)" },
  signedAt: {
    vi: "Ký lúc nào, nếu biết (ví dụ 01/7/2025 09:30; để trống: từ đầu ngày của văn bản)",
    en: "Signed when, if it is known (such as 2025-07-01T09:30; empty: from the start of its day)",
  },
  paperFile: {
    vi: "Tệp văn bản đã ký, để ghi mã SHA-256 (để trống: chưa có)",
    en: "File of the signed paper, for its SHA-256 (empty: none)",
  },
  clause: { vi: "Điều khoản (ví dụ khoản 2 Điều 7)", en: "Clause (such as khoản 2 Điều 7)" },
  to: { vi: "Đến hết ngày (để trống: không thời hạn)", en: "Last day (empty: no end)" },
  toNeeded: { vi: "Đến hết ngày (ủy quyền luôn có thời hạn)", en: "Last day (delegation is always limited in time)" },
  needsEnd: { vi: "cần ngày kết thúc", en: "the last day is needed" },
  legalBasis: {
    vi: "Căn cứ pháp luật cho phép ủy quyền cho người này (ví dụ Luật 72/2025/QH15)",
    en: "The law that allows it for this post (such as Luật 72/2025/QH15)",
  },
  person: { vi: "Mã cán bộ của người được giao quyền", en: "Staff id of the person who is given the powers" },
  noPaper: {
    vi: "Không có tệp này; tệp văn bản đã ký (để trống: chưa có)",
    en: "There is no such file; file of the signed paper (empty: none)",
  },
  needed: { vi: "cần trả lời câu này", en: "this is needed" },
  notADay: { vi: "không phải ngày", en: "not a date" },
} satisfies Catalogue;
