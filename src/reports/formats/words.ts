import { formatCount, formatDateTime } from "../../platform/format.ts";
import { readInstant, type Zone } from "../../platform/time.ts";
import { both, type Catalogue, type Words } from "../../platform/words.ts";
import type { GridState } from "../blocks.ts";
import type { Report } from "../model.ts";

export const gridWords = {
  pass: { vi: "đạt", en: "pass" },
  fail: { vi: "lỗi", en: "fail" },
  unknown: { vi: "không rõ", en: "unknown" },
  untested: { vi: "chưa thử", en: "not tested" },
} satisfies Record<GridState, Words>;

export const gridSigns = { pass: "✓", fail: "✕", unknown: "?", untested: "·" } satisfies Record<GridState, string>;

const when = (iso: string, zone: Zone, lang: "vi" | "en"): string => formatDateTime(readInstant(iso, zone) ?? 0, zone, lang);

export const formatWords = {
  tied: { vi: "đồng hạng", en: "tied" },
  tiedRank: (rank: number) => both((lang) => (lang === "vi" ? `${rank} (đồng hạng)` : `${rank} (tied)`)),
  atMost: (rate: string) => both((lang) => (lang === "vi" ? `nhiều nhất ${rate}` : `at most ${rate}`)),
  asOf: (iso: string, zone: Zone) =>
    both((lang) => (lang === "vi" ? `đến ${when(iso, zone, lang)}` : `as of ${when(iso, zone, lang)}`)),
  asOfLabel: { vi: "Số liệu đến", en: "Figures as of" },
  window: ({ window }: Pick<Report, "window">, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `từ ${when(window.start, zone, lang)} đến ${when(window.end, zone, lang)}`
        : `from ${when(window.start, zone, lang)} to ${when(window.end, zone, lang)}`,
    ),
  units: ({ total, units }: Pick<Report, "total" | "units">) =>
    both((lang) => {
      const [has, of] = [formatCount(total.reporting, lang), formatCount(total.expected, lang)];
      const old = units.filter(({ state }) => state === "stale").length;
      const late = formatCount(old, lang);
      return lang === "vi"
        ? `${has}/${of} đơn vị có số liệu${old > 0 ? `, ${late} số liệu cũ` : ""}`
        : `${has} of ${of} units ${old > 0 ? `with figures, ${late} of them old` : "reporting"}`;
    }),
  sources: (names: readonly string[]) =>
    both((lang) => (lang === "vi" ? `nguồn: ${names.join(", ")}` : `source: ${names.join(", ")}`)),
  previous: ({ kind, previous }: Pick<Report, "kind" | "previous">, zone: Zone) =>
    both((lang) =>
      kind === "range"
        ? lang === "vi"
          ? "một kỳ, không phải cuộc họp"
          : "a period, no meeting"
        : previous === null
          ? kind === "unit"
            ? lang === "vi"
              ? "để xem, không phải cuộc họp"
              : "for a look, no meeting"
            : lang === "vi"
              ? "cuộc họp đầu tiên được lưu"
              : "first meeting kept"
          : lang === "vi"
            ? `cuộc họp trước: ${when(previous.asOf, zone, lang)}`
            : `previous meeting: ${when(previous.asOf, zone, lang)}`,
    ),
  unavailable: (reason: Words) => both((lang) => (lang === "vi" ? `Chưa có: ${reason.vi}` : `Not available: ${reason.en}`)),
  attention: { vi: "Cần xử lý", en: "To act on" },
  hour: { vi: "Giờ", en: "Hour" },
  share: { vi: "Tỷ trọng", en: "Share" },
  part: { vi: "Kênh", en: "Part" },
  dossiers: { vi: "Số hồ sơ", en: "Dossiers" },
  dataTable: { vi: "Bảng số liệu của biểu đồ", en: "The chart's figures" },
  skip: { vi: "Đến số liệu chung", en: "Skip to the totals" },
  longTable: (rows: number) =>
    both((lang) =>
      lang === "vi"
        ? `Bảng ${formatCount(rows, lang)} dòng: thêm --all để in ra đây; các tệp báo cáo luôn có đủ.`
        : `A table of ${formatCount(rows, lang)} rows: add --all to print it here; files always hold it.`,
    ),
  gridAllPass: (units: number) =>
    both((lang) => (lang === "vi" ? `Cả ${units} đơn vị đều đạt ở mọi hệ thống.` : `All ${units} units pass on every system.`)),
  gridSome: (shown: number, units: number) =>
    both((lang) =>
      lang === "vi" ? `${shown}/${units} đơn vị có điểm chưa đạt:` : `${shown} of ${units} units with something not passing:`,
    ),
  gridOrder: (order: string, signs: string) =>
    both((lang) =>
      lang === "vi" ? `Các ô theo thứ tự: ${order}. Ký hiệu: ${signs}.` : `Squares in order: ${order}. Signs: ${signs}.`,
    ),
  state: { vi: "Đơn vị", en: "Unit" },
  perHour: (title: string, values: string) =>
    both((lang) => (lang === "vi" ? `${title} mỗi giờ: ${values}` : `${title} each hour: ${values}`)),
  keptAs: (meeting: string) => both((lang) => (lang === "vi" ? `Cuộc họp ${meeting}` : `Meeting ${meeting}`)),
  notKept: { vi: "Chỉ để xem, không lưu", en: "For a look, not kept" },
  model: (sha: string) => both((lang) => (lang === "vi" ? `mã kiểm ${sha}` : `model ${sha}`)),
  pinned: {
    vi: "Giờ của lần chạy này do WARDCTL_NOW đặt",
    en: "The clock of this run was set by WARDCTL_NOW",
  },
  knownSeq: (seq: number) => both((lang) => (lang === "vi" ? `biết đến lần nhập ${seq}` : `known up to import ${seq}`)),
  modelTitle: { vi: "Mã kiểm", en: "Model" },
  pageOf: (page: number, of: number) => both((lang) => (lang === "vi" ? `Trang ${page}/${of}` : `Page ${page} of ${of}`)),
  summary: { vi: "Tổng hợp", en: "Summary" },
  allFigures: { vi: "Mọi chỉ tiêu của từng đơn vị", en: "All figures of each unit" },
  unitCode: { vi: "Mã đơn vị", en: "Code" },
  unitState: { vi: "Tình trạng số liệu", en: "State" },
  delivered: { vi: "Số liệu gửi lúc", en: "Delivered at" },
  numerator: { vi: "Tử số", en: "Count" },
  denominator: { vi: "Mẫu số", en: "Of" },
  moreRows: (rows: number) =>
    both((lang) => (lang === "vi" ? `và ${formatCount(rows, lang)} dòng nữa` : `and ${formatCount(rows, lang)} more`)),
  noTable: (name: string) =>
    both((lang) => (lang === "vi" ? `báo cáo này không có bảng '${name}'` : `this report has no table '${name}'`)),
  tables: (names: readonly string[]) =>
    both((lang) => (lang === "vi" ? `các bảng: ${names.join(", ")}` : `tables: ${names.join(", ")}`)),
  madeBy: { vi: "Lập bằng wardctl", en: "Made with wardctl" },
} satisfies Catalogue;
