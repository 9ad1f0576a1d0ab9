import type { StateDifference, StateTable } from "../../src/delegation/compare-state.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

const tables = {
  grants: { vi: "quyền ký", en: "grant" },
  events: { vi: "việc đã xảy ra với quyền ký", en: "event of grant" },
  absences: { vi: "đợt vắng mặt", en: "absence" },
  returns: { vi: "việc trở lại của đợt vắng mặt", en: "return from absence" },
  attestations: { vi: "lần ghi màn hình", en: "attestation" },
  confirmations: { vi: "xác nhận lần ghi màn hình", en: "confirmation of attestation" },
} satisfies Record<StateTable, Words>;

const kinds = {
  missing: { vi: "có trong nhật ký, không có trong bảng", en: "stands in the log and not in the table" },
  extra: { vi: "có trong bảng, không có trong nhật ký", en: "stands in the table and not in the log" },
  differs: { vi: "không giống nhật ký", en: "is not as the log has it" },
  order: { vi: "không đứng đúng chỗ như trong nhật ký", en: "does not stand at its place in the log" },
} satisfies Record<StateDifference["kind"], Words>;

export const replayWords = {
  about: {
    vi: "dựng lại quyền ký từ nhật ký và so với dữ liệu đang có, từng byte",
    en: "make signing authority anew out of the log and hold it against what stands here, byte for byte",
  },
  same: (records: number, rows: Readonly<Record<StateTable, number>>, hash: string) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      return lang === "vi"
        ? `Giống hệt: ${n(records)} dòng nhật ký dựng lại đúng dữ liệu đang có: quyền ký ${n(rows.grants)}, việc đã xảy ra ${n(rows.events)}, đợt vắng mặt ${n(rows.absences)}, lần trở lại ${n(rows.returns)}, lần ghi màn hình ${n(rows.attestations)}, xác nhận ${n(rows.confirmations)}\nSHA-256 ${hash}`
        : `Identical: a log of ${n(records)} records makes just what stands here: grants ${n(rows.grants)}, events ${n(rows.events)}, absences ${n(rows.absences)}, returns ${n(rows.returns)}, attestations ${n(rows.attestations)}, confirmations ${n(rows.confirmations)}\nSHA-256 ${hash}`;
    }),
  notSame: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `KHÔNG giống: ${formatCount(count, lang)} chỗ dữ liệu khác với điều nhật ký ghi`
        : `NOT identical: ${formatCount(count, lang)} ${count === 1 ? "place" : "places"} where the data is not what the log says`,
    ),
  difference: ({ kind, table, row }: StateDifference) => both((lang) => `${tables[table][lang]} ${row}: ${kinds[kind][lang]}`),
  field: (logged: string, stored: string) => ({ vi: `nhật ký ${logged}, bảng ${stored}`, en: `log ${logged}, table ${stored}` }),
  unreadable: (seq: number) => ({
    vi: `dòng nhật ký ${seq}: không dựng lại được gì từ dòng này`,
    en: `record ${seq} of the log: nothing can be made out of it`,
  }),
  more: (count: number) => ({ vi: `… và ${count} chỗ nữa; --json cho tất cả`, en: `… and ${count} more; --json gives all` }),
  digests: (logged: string, stored: string) => ({
    vi: `SHA-256 theo nhật ký ${logged}\nSHA-256 dữ liệu     ${stored}`,
    en: `SHA-256 by the log   ${logged}\nSHA-256 of the data  ${stored}`,
  }),
  whatNow: {
    vi: "Nhật ký là bản đúng: giữ nguyên thư mục, lấy bản sao lưu .wardctl/cache.db và hỏi xem ai đã sửa dữ liệu ngoài wardctl",
    en: "The log is what counts: leave the folder as it is, fetch the backup of .wardctl/cache.db, and ask who changed the data outside wardctl",
  },
} satisfies Catalogue;
