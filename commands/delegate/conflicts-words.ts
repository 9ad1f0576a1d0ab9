import type { Conflict, ConflictCode } from "../../src/delegation/conflicts.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const conflictWords = {
  C1: { vi: "một người, một loại văn bản, hai thể thức ký", en: "one person, one type, two capacities" },
  C2: { vi: "hai người cùng quyền đứng đầu (Q.) một lúc", en: "two acting heads (Q.) at once" },
  C3: { vi: "ghi trùng: quyền này nằm trọn trong quyền kia", en: "twice: one grant lies inside the other" },
  C4: {
    vi: "giao lại rộng hơn quyền gốc hoặc không được giao lại",
    en: "passed on wider than its origin, or not to be passed on",
  },
  C5: {
    vi: "ủy quyền (TUQ) cho cấp phó; cấp phó ký KT. theo phân công",
    en: "TUQ. for a deputy; deputies are assigned and sign KT.",
  },
  C6: { vi: "thời hạn nằm ngoài hiệu lực của căn cứ", en: "the window lies outside its basis" },
  C7: {
    vi: "khi ký văn bản giao quyền, người giao không giữ chức vụ",
    en: "whoever gave it held no office on the day of the paper",
  },
  C8: { vi: "cả đơn vị không có tài khoản nào trên phần mềm văn bản", en: "nobody in the unit has an account" },
} satisfies Record<ConflictCode, Words>;

export const severityWords = {
  unlawful: { vi: "không hợp lệ", en: "unlawful" },
  warning: { vi: "cần xem lại", en: "look again" },
} satisfies Record<Conflict["severity"], Words>;

export const conflictTexts = {
  codeTitle: { vi: "Mã", en: "Code" },
  severityTitle: { vi: "Mức", en: "Severity" },
  whatTitle: { vi: "Mâu thuẫn", en: "Conflict" },
  grantsTitle: { vi: "Quyền", en: "Grants" },
  none: { vi: "Không có quyền ký nào mâu thuẫn hoặc không hợp lệ.", en: "No grant is in conflict or unlawful." },
} satisfies Catalogue;
