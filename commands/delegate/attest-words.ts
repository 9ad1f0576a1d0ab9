import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const attestWords = {
  attest: {
    vi: "ghi lại màn hình phần mềm văn bản cho thấy gì; người thứ hai xác nhận thì mới là chứng cứ",
    en: "record what the document system's screens show; it counts once a second person confirms it",
  },
  file: {
    vi: "tệp CSV hoặc XLSX: unit, staff_id, capacity, doc_types, carried, from, to",
    en: "CSV or XLSX file: unit, staff_id, capacity, doc_types, carried, from, to",
  },
  person: { vi: "mã cán bộ, chức vụ hoặc họ tên", en: "staff id, post or full name" },
  capacity: { vi: "thể thức ký trên màn hình: KT, TL, TUQ", en: "capacity on the screen: KT, TL, TUQ" },
  docTypes: { vi: "các loại văn bản, cách nhau bằng dấu phẩy", en: "document types, with commas between" },
  absent: { vi: "màn hình cho thấy KHÔNG có quyền này", en: "the screen shows that the right is NOT there" },
  at: { vi: "xem màn hình lúc nào (mặc định: bây giờ)", en: "when the screens were looked at (default: now)" },
  note: { vi: "ghi chú, ví dụ tên màn hình", en: "a note, such as the name of the screen" },
  confirm: {
    vi: "người thứ hai xác nhận lần ghi có mã này",
    en: "as the second person, confirm the attestation with this id",
  },
  confirmIt: { vi: "Đã tự xem màn hình và thấy đúng như vậy?", en: "Have you looked at the screens yourself, and is it so?" },
  recordIt: { vi: "Ghi lại những gì màn hình cho thấy?", en: "Record what the screens show?" },
  chooseOne: {
    vi: "cần --file, hoặc --unit, --person, --capacity và --doc-types, hoặc --confirm",
    en: "needs --file, or --unit, --person, --capacity and --doc-types, or --confirm",
  },
  recorded: (id: string, system: string, lines: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đã ghi ${id}: ${formatCount(lines, lang)} dòng trên màn hình của ${system}. Chưa là chứng cứ: người thứ hai xem rồi chạy 'wardctl delegate attest --confirm ${id}'.`
        : `Recorded ${id}: ${formatCount(lines, lang)} line${lines === 1 ? "" : "s"} on the screens of ${system}. No evidence yet: a second person looks and runs 'wardctl delegate attest --confirm ${id}'.`,
    ),
  confirmed: (id: string, until: string) => ({
    vi: `Đã xác nhận ${id}: là chứng cứ đến ${until}.`,
    en: `Confirmed ${id}: it counts as evidence until ${until}.`,
  }),
  empty: { vi: "Chưa ai ghi màn hình nào.", en: "No screens were attested." },
  idTitle: { vi: "Mã", en: "Id" },
  systemTitle: { vi: "Phần mềm", en: "System" },
  atTitle: { vi: "Xem lúc", en: "Seen at" },
  linesTitle: { vi: "Số dòng", en: "Lines" },
  byTitle: { vi: "Người ghi", en: "Recorded by" },
  secondTitle: { vi: "Người xác nhận", en: "Confirmed by" },
  stateTitle: { vi: "Tình trạng", en: "State" },
  shows: { vi: "có", en: "shown" },
  showsNot: { vi: "KHÔNG có", en: "NOT shown" },
} satisfies Catalogue;

export const attestStates = {
  waiting: { vi: "chờ người thứ hai", en: "waits for a second person" },
  counts: { vi: "là chứng cứ", en: "counts" },
  over: { vi: "quá hạn dùng", en: "too old" },
} satisfies Catalogue;
