import { formatCount } from "../platform/format.ts";
import { both, type Words } from "../platform/words.ts";
import type { WarningCode } from "./warnings.ts";

/** What a finding of an import is of; a count goes before it or after it. */
export const warningMeanings: Readonly<Record<WarningCode, Words>> = {
  "W-ORDER": { vi: "hồ sơ kết thúc trước ngày tiếp nhận", en: "dossiers finished before the day of receipt" },
  "W-FUTURE": { vi: "hồ sơ có ngày ở tương lai", en: "dossiers with dates in the future" },
  "W-TERM": { vi: "hồ sơ hẹn trả muộn hơn thời hạn của thủ tục", en: "dossiers promised later than the procedure's term" },
  "W-DAY-OFF": { vi: "hồ sơ hẹn trả vào ngày nghỉ", en: "dossiers promised for a day off" },
  "W-DUP": { vi: "hồ sơ lặp lại trong cùng lần nhập", en: "dossiers given more than once" },
  "W-CONFLICT": { vi: "hồ sơ có hai nội dung cùng một lúc cập nhật", en: "dossiers with two contents for one time of update" },
  "W-CORRECTED": { vi: "hồ sơ được nguồn sửa lại", en: "dossiers corrected by the source" },
  "W-MISSING": { vi: "hồ sơ không còn trong bản xuất đầy đủ (vẫn giữ)", en: "dossiers no longer in the full export (kept)" },
  "W-REJECTED": { vi: "dòng không được tính", en: "rows not counted" },
  "W-DECLARED": { vi: "số nguồn công bố khác số đọc được", en: "total declared by the source differs from what was read" },
  "W-HIDDEN": {
    vi: "dòng hoặc cột bị ẩn trong bảng tính, vẫn được đọc",
    en: "hidden rows or columns of the spreadsheet, read all the same",
  },
  "W-SEALED": {
    vi: "hồ sơ đã hết hạn lưu mà nguồn nói khác đi, không được tính",
    en: "dossiers no longer kept that the source now tells differently, not counted",
  },
  "W-NAME": { vi: "tên ghi sai loại đơn vị", en: "names with the wrong kind of unit" },
};

/** `1 dossier promised for a day off`. */
export function countWarning(code: WarningCode, count: number): Words {
  const { vi, en } = warningMeanings[code];
  return both((lang) => {
    const what = lang === "vi" ? vi : count === 1 ? en.replace(/^(dossier|row|name)s\b/, "$1") : en;
    return `${formatCount(count, lang)} ${what}`;
  });
}
