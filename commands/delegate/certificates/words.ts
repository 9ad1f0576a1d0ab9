import { formatCount } from "../../../src/platform/format.ts";
import type { Words } from "../../../src/platform/words.ts";
import { both, type Catalogue } from "../../../src/platform/words.ts";

export const certificateWords = {
  certificates: {
    vi: "chứng thư số và token của người ký: kiểm tra, ghi lỗi tại chỗ",
    en: "signers' certificates and tokens: check them, enter what was seen on the spot",
  },
  check: {
    vi: "kiểm chứng thư số: còn hạn, thu hồi, đúng người, đúng đơn vị, đã gắn với tài khoản",
    en: "check certificates: term, revocation, person, unit, bound to the account",
  },
  paths: { vi: "tệp chứng thư (PEM, DER) hoặc thư mục", en: "certificate files (PEM, DER) or a folder" },
  person: { vi: "mã cán bộ của người giữ chứng thư", en: "staff id of the certificate's holder" },
  list: { vi: "những gì đã biết về chứng thư và token", en: "what is known of certificates and tokens" },
  codes: {
    vi: "bảng mã lỗi của chứng thư, token: cách nhận ra, ai xử lý",
    en: "the codes of certificate and token faults: how to tell them, who mends them",
  },
  fault: {
    vi: "ghi một lỗi token, máy tính thấy tại chỗ, hoặc ghi là đã xử lý",
    en: "enter a fault of token or computer seen on the spot, or that it is mended",
  },
  who: { vi: "mã cán bộ, chức vụ hoặc họ tên", en: "staff id, post or full name" },
  code: {
    vi: "mã lỗi, xem 'wardctl delegate certificates codes'",
    en: "code of the fault, see 'wardctl delegate certificates codes'",
  },
  unit: { vi: "đơn vị, khi gọi theo chức vụ hoặc họ tên", en: "the unit, when naming a post or a name" },
  mended: { vi: "lỗi đã được xử lý", en: "it is mended" },
  note: { vi: "ghi chú", en: "a note" },
  needSettings: { vi: "chưa khai báo delegate.certificates trong wardctl.yaml", en: "wardctl.yaml has no delegate.certificates" },
  addSettings: {
    vi: "thêm anchors (chứng thư gốc) và revocationLists (danh sách thu hồi) vào delegate.certificates",
    en: "add anchors (roots) and revocationLists under delegate.certificates",
  },
  noOpenssl: {
    vi: "máy này chưa có OpenSSL 3 trở lên: chưa kiểm được chuỗi và thu hồi, mọi chứng thư đều là chưa rõ",
    en: "OpenSSL 3 or later is not installed: path and revocation were not judged, so every certificate is unknown",
  },
  file: { vi: "Tệp", en: "File" },
  staffId: { vi: "Mã cán bộ", en: "Staff id" },
  name: { vi: "Họ tên", en: "Name" },
  serial: { vi: "Số hiệu", en: "Serial" },
  until: { vi: "Đến hết", en: "Until" },
  seenAt: { vi: "Lúc", en: "At" },
  subject: { vi: "Chủ thể", en: "Subject" },
  verdict: { vi: "Kết luận", en: "Verdict" },
  codesTitle: { vi: "Mã", en: "Codes" },
  owner: { vi: "Ai xử lý", en: "Who mends it" },
  remedy: { vi: "Cách xử lý", en: "Remedy" },
  sign: { vi: "Cách nhận ra", en: "How to tell" },
  meaning: { vi: "Nghĩa", en: "Meaning" },
  onSite: { vi: "Ghi tại chỗ", en: "Entered on site" },
  needPaths: { vi: "cần tệp hoặc thư mục chứng thư", en: "needs certificate files or a folder" },
  addFolder: {
    vi: "hoặc khai delegate.certificates.folder trong wardctl.yaml",
    en: "or say delegate.certificates.folder in wardctl.yaml",
  },
  sealOf: (unit: string) => ({ vi: `con dấu ${unit}`, en: `seal of ${unit}` }),
  seal: { vi: "con dấu", en: "seal" },
  sealUnit: { vi: "Đơn vị", en: "Unit" },
  nobody: { vi: "chưa rõ của ai", en: "nobody known" },
  nameHolder: {
    vi: "Chứng thư chưa rõ của ai thì thêm --person, hoặc đặt tên tệp theo mã cán bộ.",
    en: "Where nobody is known to hold a certificate, give --person or name the file by the staff id.",
  },
  empty: { vi: "Chưa kiểm chứng thư nào.", en: "No certificate was checked." },
  yes: { vi: "có", en: "yes" },
  noCode: (text: string, codes: readonly string[]) => ({
    vi: `'${text}' không phải mã ghi tại chỗ; có: ${codes.join(", ")}`,
    en: `'${text}' is no code that is entered on site; there are: ${codes.join(", ")}`,
  }),
  needUnit: { vi: "thêm --unit khi gọi theo chức vụ hoặc họ tên", en: "add --unit when naming a post or a name" },
  entered: (code: string, name: string, words: Words, owner: Words) => ({
    vi: `Đã ghi ${code} (${words.vi}) của ${name}. Xử lý: ${owner.vi}.`,
    en: `Entered ${code} (${words.en}) for ${name}. To be mended by: ${owner.en}.`,
  }),
  done: (code: string, name: string) => ({
    vi: `Đã ghi ${code} của ${name} là đã xử lý.`,
    en: `Entered that ${code} of ${name} is mended.`,
  }),
  notOpen: (code: string, name: string) => ({
    vi: `${name} không có lỗi ${code} nào đang mở`,
    en: `${name} has no open fault ${code}`,
  }),
  kept: (count: number, total: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đã lưu kết quả của ${formatCount(count, lang)}/${formatCount(total, lang)} chứng thư.`
        : `Kept the findings of ${formatCount(count, lang)} of ${formatCount(total, lang)} certificates.`,
    ),
} satisfies Catalogue;

export const verdictWords = {
  VALID: { vi: "dùng được", en: "good" },
  INVALID: { vi: "không dùng được", en: "not good" },
  UNKNOWN: { vi: "chưa rõ", en: "unknown" },
} satisfies Catalogue;
