import type { Catalogue } from "../platform/words.ts";

export const lifecycleFaults = {
  badDestination: { vi: "nơi đến không đúng", en: "the destination is not right" },
  unknownPerson: (staffId: string, near: string | undefined) => ({
    vi: `không biết ai có mã NV ${staffId}${near === undefined ? "" : `; có phải ${near}?`}`,
    en: `nobody with staff id ${staffId} is known${near === undefined ? "" : `; did you mean ${near}?`}`,
  }),
  unknownKey: (key: string, near: string | undefined) => ({
    vi: `không biết gì về ${key}, không hệ thống nào có${near === undefined ? "" : `; có phải ${near}?`}`,
    en: `nothing is known of ${key}, and no system has it${near === undefined ? "" : `; did you mean ${near}?`}`,
  }),
  badEntitlements: (faults: number) => ({
    vi: `wardctl.yaml có ${faults} chỗ phân quyền sai`,
    en: `wardctl.yaml has ${faults} fault${faults === 1 ? "" : "s"} in who gets what`,
  }),
  unknownTerm: (value: string, near: string | undefined, known: readonly string[]) => ({
    vi: `không có '${value}'${near === undefined ? "" : `; có phải ${near}?`} (có: ${known.join(", ")})`,
    en: `'${value}' is not known${near === undefined ? "" : `; did you mean ${near}?`} (there are: ${known.join(", ")})`,
  }),
  unreadable: { vi: "không đọc được", en: "not readable" },
  rosterFirst: {
    vi: "thực hiện một kế hoạch từ danh sách trước: wardctl provision plan <danh sách> --save plan.json",
    en: "apply a plan of a roster first: wardctl provision plan <roster> --save plan.json",
  },
  badDate: (text: string) => ({ vi: `'${text}' không phải ngày`, en: `'${text}' is not a date` }),
  badDateHint: { vi: "viết 15/8/2025 hoặc 2025-08-15", en: "write 2025-08-15 or 15/8/2025" },
  unknownUnit: (code: string) => ({
    vi: `không có đơn vị ${code} trong phạm vi của wardctl.yaml`,
    en: `unit ${code} is not among those of wardctl.yaml`,
  }),
  noMergerTable: (code: string) => ({
    vi: `chưa có bảng chuyển đổi nào nói ${code} hình thành từ đâu`,
    en: `no conversion table says what ${code} was formed from`,
  }),
  noMergerTableHint: {
    vi: "nhập bảng: wardctl wards import <tệp>, hoặc kể đơn vị cũ: --from <mã>",
    en: "import one: wardctl wards import <file>, or name the former units: --from <code>",
  },
} satisfies Catalogue;
