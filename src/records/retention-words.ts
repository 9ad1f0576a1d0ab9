import type { Instant } from "../platform/clock.ts";
import { formatCount, formatDateTime } from "../platform/format.ts";
import { toIsoDate, type Zone } from "../platform/time.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";

export const retentionWords = {
  needsKey: {
    vi: "mã của hồ sơ cũ đã được bỏ và chỉ nhận lại được bằng khóa records.codeKey, nhưng không thấy khóa này",
    en: "codes of old dossiers were dropped and are known again only by records.codeKey, which is not there",
  },
  setKey: {
    vi: "khai báo codeKey ở records trong wardctl.yaml, đúng khóa cũ, ví dụ codeKey: env:WARDCTL_CODE_KEY",
    en: "set codeKey under records in wardctl.yaml to the same key as before, such as codeKey: env:WARDCTL_CODE_KEY",
  },
  otherKey: {
    vi: "records.codeKey không phải khóa đã dùng khi bỏ mã hồ sơ cũ: nếu nhập tiếp, hồ sơ cũ sẽ bị đếm hai lần",
    en: "records.codeKey is not the key that codes of old dossiers were dropped with: they would be counted twice",
  },
  lostKey: {
    vi: "dùng lại khóa cũ; nếu khóa đã mất hẳn: wardctl records prune --lost-key",
    en: "use the old key again; if it is lost for good: wardctl records prune --lost-key",
  },
  noKey: (due: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(due, lang)} hồ sơ đã quá hạn giữ mã nhưng chưa bỏ được: khai báo records.codeKey trong wardctl.yaml`
        : `${formatCount(due, lang)} dossiers are past the keeping of their codes, which could not be dropped: set records.codeKey in wardctl.yaml`,
    ),
  notWiped: {
    vi: "mã đã bỏ có thể còn sót ở chỗ trống của kho dữ liệu vì có lệnh khác đang đọc; lần nhập sau sẽ dọn, hoặc: wardctl records prune",
    en: "dropped codes may be left in free space of the store, since something else reads it; the next import wipes them, or: wardctl records prune",
  },
  folded: (at: Instant, zone: Zone): Words => ({
    vi: `không còn đếm được đúng đến thời điểm ${formatDateTime(at, zone, "vi")}: số liệu của ngày đó đã gộp theo cả ngày`,
    en: `figures at ${formatDateTime(at, zone, "en")} can no longer be counted to the second: that day is kept as a whole`,
  }),
  nearest: ({ from, to }: { readonly from: Instant; readonly to: Instant }, zone: Zone): Words => ({
    vi: `vẫn đếm được đến đầu ngày: --as-of ${toIsoDate(from, zone)} hoặc --as-of ${toIsoDate(to, zone)}`,
    en: `the beginnings of days can be counted: --as-of ${toIsoDate(from, zone)} or --as-of ${toIsoDate(to, zone)}`,
  }),
} satisfies Catalogue;
