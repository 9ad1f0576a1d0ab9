import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { DossierKeeping } from "../../src/records/one-dossier.ts";

export const keepingWords: Readonly<Record<DossierKeeping, Words>> = {
  kept: { vi: "đang giữ cả mã", en: "kept with its code" },
  sealed: { vi: "còn giữ, nhưng đã bỏ mã", en: "kept, its code dropped" },
  hash: { vi: "chỉ còn dấu vết mã hóa, không còn dòng nào", en: "only a keyed hash is left, no row" },
  unknown: { vi: "không lưu gì", en: "nothing is stored" },
};

export const forgottenWords: Readonly<Record<DossierKeeping, Words>> = {
  kept: { vi: "đã bỏ mã và sẽ không giữ lại mã này nữa", en: "its code is dropped and will not be kept again" },
  sealed: { vi: "mã đã bỏ từ trước; từ nay sẽ không giữ lại nữa", en: "its code was dropped before and will not be kept again" },
  hash: { vi: "không còn dòng nào từ trước", en: "no row of it was left" },
  unknown: { vi: "không lưu gì", en: "nothing was stored" },
};

export const recordsWords = {
  show: { vi: "mọi điều đang lưu về một hồ sơ", en: "all that is stored of one dossier" },
  code: { vi: "mã hồ sơ", en: "the dossier's code" },
  codes: { vi: "các mã hồ sơ", en: "codes of dossiers" },
  noCode: { vi: "đây không phải mã hồ sơ", en: "that is no dossier code" },
  codeShape: { vi: "mã hồ sơ viết như H57.101-250703-0001", en: "a code is written like H57.101-250703-0001" },
  toldBy: (seq: number, source: string): Words => ({ vi: `  lần nhập ${seq}, ${source}`, en: `  import ${seq}, ${source}` }),
  times: (received: string, due: string, finished: string, updated: string): Words => ({
    vi: `tiếp nhận ${received}, hẹn trả ${due}, xong ${finished}, cập nhật ${updated}`,
    en: `received ${received}, due ${due}, finished ${finished}, updated ${updated}`,
  }),
  isForgotten: { vi: "  mã đã bỏ theo yêu cầu", en: "  its code was dropped on demand" },
  forget: { vi: "bỏ mã hồ sơ ngay theo yêu cầu của công dân", en: "drop codes at once, on a citizen's demand" },
  confirm: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `Bỏ hẳn mã của ${formatCount(count, lang)} hồ sơ? Số liệu không đổi; mã không lấy lại được.`
        : `Drop the codes of ${formatCount(count, lang)} dossiers for good? No figure changes; the codes do not come back.`,
    ),
  notConfirmed: { vi: "chưa làm gì", en: "nothing was done" },
  needsKey: {
    vi: "kho dùng chung cần một khóa chung mới bỏ mã được, mà chưa khai báo records.codeKey",
    en: "codes in a shared store are dropped under a shared key, and records.codeKey is not set",
  },
  elsewhere: {
    vi: "wardctl không xóa ở nơi khác: tệp xuất, tệp .rejected.csv, bản sao lưu và hệ thống gốc",
    en: "wardctl deletes nothing elsewhere: exports, .rejected.csv files, backups and the source's own system",
  },
  prune: { vi: "bỏ những gì đã hết hạn lưu", en: "let go of what is past its keeping" },
  lostKey: {
    vi: "khóa records.codeKey đã mất: thôi nhận lại các mã đã bỏ",
    en: "the key of records.codeKey is lost: give up finding dropped codes again",
  },
  confirmLostKey: {
    vi: "Thôi nhận lại mọi mã đã bỏ? Hồ sơ cũ mà nguồn gửi lại sẽ bị để ngoài (W-SEALED) thay vì được cập nhật.",
    en: "Give up finding every dropped code? Old dossiers that sources send again are then kept out (W-SEALED) instead of updated.",
  },
  givenUp: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `Không còn nhận lại được ${formatCount(count, lang)} mã đã bỏ.`
        : `${formatCount(count, lang)} dropped codes can no longer be found.`,
    ),
  pruned: ({ folded, sealed, dropped }: { readonly folded: number; readonly sealed: number; readonly dropped: number }) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      if (folded + sealed + dropped === 0) return lang === "vi" ? "Không có gì hết hạn lưu." : "Nothing is past its keeping.";
      return lang === "vi"
        ? `Đã bỏ ${n(sealed)} mã hồ sơ và các dòng của ${n(dropped)} hồ sơ đã xong, gộp ${n(folded)} dòng sổ cái theo ngày.`
        : `Dropped ${n(sealed)} codes and the rows of ${n(dropped)} closed dossiers, folded ${n(folded)} ledger rows into their days.`;
    }),
  findings: { vi: "một lần nhập đã thấy điều gì, ở hồ sơ nào", en: "what an import found, and in which dossiers" },
  seq: { vi: "số lần nhập (mặc định: lần mới nhất)", en: "number of the import (default: the newest)" },
  noFindings: (seq: number): Words => ({ vi: `Lần nhập ${seq} không có gì bất thường.`, en: `Import ${seq} found nothing.` }),
  nothingImported: { vi: "Chưa nhập lần nào.", en: "Nothing was imported yet." },
  noImport: (seq: number, latest: number): Words => ({
    vi: latest === 0 ? `không có lần nhập ${seq}: chưa nhập lần nào` : `không có lần nhập ${seq} (mới nhất: ${latest})`,
    en:
      latest === 0 ? `there is no import ${seq}: nothing was imported yet` : `there is no import ${seq} (the newest: ${latest})`,
  }),
  finding: { vi: "Mã", en: "Code" },
  unit: { vi: "Đơn vị", en: "Unit" },
  count: { vi: "Số hồ sơ", en: "Count" },
  meaning: { vi: "Điều thấy", en: "Meaning" },
  dossiers: { vi: "Các hồ sơ đầu tiên", en: "The first dossiers" },
  note: { vi: "Ghi chú", en: "Note" },
} satisfies Catalogue;
