import type { Catalogue } from "../../src/platform/words.ts";

export const askWords = {
  unit: { vi: "Đơn vị nào?", en: "Which unit?" },
  toPosition: { vi: "Ai được giao ký?", en: "Who gets the right to sign?" },
  capacity: { vi: "Ký theo thể thức nào?", en: "In which capacity?" },
  docTypes: { vi: "Những loại văn bản nào?", en: "Which document types?" },
  basisKind: { vi: "Căn cứ vào văn bản nào?", en: "On which paper does it rest?" },
  basisNumber: { vi: "Số của văn bản đó", en: "Its number" },
  basisDate: { vi: "Ngày của văn bản đó (ví dụ 01/7/2025)", en: "Its date (such as 2025-07-01)" },
  clause: { vi: "Điều khoản (ví dụ khoản 2 Điều 7)", en: "Clause (such as khoản 2 Điều 7)" },
  to: { vi: "Đến hết ngày (để trống: không thời hạn)", en: "Last day (empty: no end)" },
  toNeeded: { vi: "Đến hết ngày (ủy quyền luôn có thời hạn)", en: "Last day (delegation is always limited in time)" },
  needsEnd: { vi: "cần ngày kết thúc", en: "the last day is needed" },
  legalBasis: {
    vi: "Căn cứ pháp luật cho phép ủy quyền cho người này (ví dụ Luật 72/2025/QH15)",
    en: "The law that allows it for this post (such as Luật 72/2025/QH15)",
  },
  person: { vi: "Mã cán bộ của người được giao quyền", en: "Staff id of the person who is given the powers" },
  needed: { vi: "cần trả lời câu này", en: "this is needed" },
  notADay: { vi: "không phải ngày", en: "not a date" },
} satisfies Catalogue;
