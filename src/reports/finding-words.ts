import type { Instant } from "../platform/clock.ts";
import { formatCount, formatDateTime } from "../platform/format.ts";
import type { Zone } from "../platform/time.ts";
import { both, type Catalogue, verbatim, type Words } from "../platform/words.ts";
import type { WarningCode } from "../records/warnings.ts";

const imported: Readonly<Record<WarningCode, Words>> = {
  "W-ORDER": { vi: "hồ sơ có ngày xong trước ngày tiếp nhận", en: "dossiers finished before the day they were received" },
  "W-FUTURE": { vi: "hồ sơ có ngày ở tương lai", en: "dossiers with dates in the future" },
  "W-MISSING": { vi: "hồ sơ không còn trong bản xuất đầy đủ", en: "dossiers vanished from a full export" },
  "W-CORRECTED": { vi: "hồ sơ được sửa", en: "dossiers corrected" },
  "W-CONFLICT": { vi: "dòng cùng lúc cập nhật mà khác nội dung", en: "rows of the same update time with other content" },
  "W-DUP": { vi: "dòng lặp mã hồ sơ trong một tệp", en: "rows that repeat a code of their file" },
  "W-REJECTED": { vi: "dòng không được tính", en: "rows not counted" },
  "W-DECLARED": { vi: "số dòng khai khác số dòng đọc được", en: "declared rows differ from rows read" },
  "W-NAME": { vi: "tên ghi sai loại đơn vị", en: "names with the wrong kind of unit" },
  "W-SEALED": {
    vi: "hồ sơ đã hết hạn lưu mà nguồn nói khác đi, không được tính",
    en: "dossiers no longer kept that the source now tells differently, not counted",
  },
  "W-HIDDEN": { vi: "dòng hoặc cột bị ẩn, vẫn được đọc", en: "hidden rows or columns, read all the same" },
};

export const findingWords = {
  noSource: {
    vi: "Chưa khai báo nguồn số liệu nào ở records.sources trong wardctl.yaml",
    en: "No source of figures is declared under records.sources in wardctl.yaml",
  },
  silent: (name: Words, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? undefined : formatDateTime(last, zone, lang);
      if (lang === "vi") return `${name.vi}: chưa có số liệu${when ? `, lần cuối ${when}` : ""}`;
      return `${name.en}: no figures${when ? `, last heard ${when}` : ""}`;
    }),
  staleUnit: (name: Words, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? "–" : formatDateTime(last, zone, lang);
      return lang === "vi" ? `${name.vi}: số liệu cũ, lần cuối ${when}` : `${name.en}: stale figures, last heard ${when}`;
    }),
  staleSource: (source: string, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? undefined : formatDateTime(last, zone, lang);
      if (lang === "vi") return `Nguồn ${source} quá hạn gửi${when ? `, lần cuối ${when}` : ", chưa gửi lần nào"}`;
      return `Source ${source} is late${when ? `, last delivery ${when}` : ", never delivered"}`;
    }),
  opening: (at: Instant, zone: Zone, expected: number, found: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đầu kỳ này là ${formatCount(found, lang)}, cuộc họp ${formatDateTime(at, zone, lang)} chốt ${formatCount(expected, lang)}`
        : `This opening is ${formatCount(found, lang)}; the meeting of ${formatDateTime(at, zone, lang)} closed at ${formatCount(expected, lang)}`,
    ),
  imported: (code: string) => (Object.hasOwn(imported, code) ? imported[code as WarningCode] : verbatim(code)),
} satisfies Catalogue;
