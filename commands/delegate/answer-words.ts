import type { DocType } from "../../src/delegation/doc-types.ts";
import { formatPostRef } from "../../src/delegation/grant.ts";
import type { RepairAction, RepairKind } from "../../src/delegation/repair.ts";
import { findSignerFault, type SignerCode } from "../../src/delegation/signer-codes.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";

export const answerWords = {
  ALLOW: { vi: "KÝ ĐƯỢC", en: "MAY SIGN" },
  DENY: { vi: "CHƯA KÝ ĐƯỢC", en: "CANNOT SIGN" },
  UNKNOWN: { vi: "CHƯA XÁC ĐỊNH", en: "NOT KNOWN" },
  native: { vi: "thẩm quyền của chức vụ", en: "the office's own authority" },
  nativeSetting: { vi: "không cần cấu hình ủy quyền", en: "no setting needed" },
  carriedAt: (when: string) => ({
    vi: `phần mềm văn bản có quyền ký này, lúc ${when}`,
    en: `the document system carries it, as of ${when}`,
  }),
  readyAt: (when: string) => ({
    vi: `tài khoản và chứng thư số dùng được, xem lúc ${when}`,
    en: `account and certificate are usable, seen ${when}`,
  }),
  stale: (when: string, ageMs: number) =>
    both((lang) =>
      lang === "vi"
        ? `đọc lần cuối lúc ${when}, cách đây ${formatAge(ageMs, lang)}, đã quá hạn dùng; chạy: wardctl delegate verify`
        : `last read ${when}, ${formatAge(ageMs, lang)} ago, too old to count; run: wardctl delegate verify`,
    ),
  noneThen: { vi: "lúc đó chưa có lần đọc nào còn hạn dùng", en: "nothing read by then was recent enough to count" },
  certificateUnknown: {
    vi: "chưa kiểm tra chứng thư số; chạy: wardctl delegate certificates check <tệp>",
    en: "the certificate was not checked; run: wardctl delegate certificates check <file>",
  },
  revocationUnknown: {
    vi: "chưa biết chứng thư có bị thu hồi không (danh sách thu hồi quá hạn hoặc không hỏi được OCSP); có danh sách mới thì chạy: wardctl delegate certificates check <tệp>",
    en: "it is not known whether the certificate is revoked (the list is past its next update, or no responder answers); with a new list run: wardctl delegate certificates check <file>",
  },
  disagrees: {
    vi: "các chứng cứ nói trái nhau, chưa tin bên nào; chạy: wardctl delegate verify",
    en: "what is known says two things and neither is believed; run: wardctl delegate verify",
  },
  none: { vi: "chưa đọc lần nào; chạy: wardctl delegate verify", en: "never read; run: wardctl delegate verify" },
  block: { vi: "Thể thức đề ký", en: "Signature block" },
  blockLater: { vi: "Thể thức đề ký khi đã đủ điều kiện", en: "Signature block once mended" },
  repair: { vi: "Việc cần làm", en: "What to do" },
  until: (when: string, why: string) => ({
    vi: `Còn ký được đến ${when}, sau đó: ${why}.`,
    en: `Until ${when}; after that: ${why}.`,
  }),
  paper: (name: Words, number: string, date: string) => ({
    vi: `${name.vi} số ${number} ngày ${date}`,
    en: `${name.en} ${number} of ${date}`,
  }),
  nextAllow: (when: string) => ({
    vi: `Đến ${when} sẽ ký được mà không phải làm gì thêm.`,
    en: `Becomes possible by itself at ${when}.`,
  }),
  others: { vi: "Người ở đơn vị đang ký được loại này", en: "Who can sign it there now" },
  signs: (capacity: string) => ({ vi: `ký ${capacity}.`, en: `signs ${capacity}.` }),
  nobodyElse: { vi: "không có ai", en: "nobody" },
  notKnown: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} người khác chưa rõ (chưa có lần đọc nào còn hạn dùng)`
        : `of ${formatCount(count, lang)} more it is not known (nothing read is recent enough)`,
    ),
  reading: (code: string, setting: string, on: boolean, text: Words) => ({
    vi: `Phụ thuộc cách hiểu ${code} (${setting}: ${on ? "có" : "không"}): ${text.vi}.`,
    en: `Depends on reading ${code} (${setting}: ${on ? "yes" : "no"}): ${text.en}.`,
  }),
  forecast: {
    vi: "Dự báo: thời điểm hỏi nằm sau lần đọc gần nhất.",
    en: "A forecast: the instant asked about is later than what is known.",
  },
  asKnown: (when: string) => ({ vi: `Theo những gì đã biết lúc ${when}.`, en: `By what was known at ${when}.` }),
  grant: (id: string) => ({ vi: `quyền ${id}`, en: `grant ${id}` }),
};

/** In the largest whole unit: minutes, hours, days. */
function formatAge(ms: number, lang: Lang): string {
  const [count, unit] =
    ms < 2 * 3_600_000
      ? ([Math.round(ms / 60_000), { vi: "phút", en: "minutes" }] as const)
      : ms < 2 * 86_400_000
        ? ([Math.floor(ms / 3_600_000), { vi: "giờ", en: "hours" }] as const)
        : ([Math.floor(ms / 86_400_000), { vi: "ngày", en: "days" }] as const);
  return `${formatCount(count, lang)} ${unit[lang]}`;
}

/** What one step of a repair means, with the line to type where wardctl can do it. */
export function describeRepair(
  step: RepairAction,
  target: { readonly unit: string; readonly docType: DocType; readonly staffId: string },
): Words {
  const { unit, staffId } = target;
  const { key: docType, name } = target.docType;
  const describe: Readonly<Record<RepairKind, Words>> = {
    "record-post": {
      vi: "ghi đúng chức vụ của người này vào danh sách cán bộ rồi nhập lại",
      en: "put the person's post into the roster and read it again",
    },
    "cite-regulation": {
      vi: `bổ sung hoặc viện dẫn điều khoản của Quy chế làm việc cho ký thừa lệnh loại '${name.vi}' (không chuyển thành TUQ)`,
      en: `amend or cite the clause of the working regulation that lets '${name.en}' be signed by order (do not make it a TUQ)`,
    },
    "issue-grant": toGrantLine(step, unit, docType),
    approve: {
      vi: `người thứ hai duyệt: wardctl delegate approve ${step.grantId ?? "<mã quyền>"}`,
      en: `a second person approves: wardctl delegate approve ${step.grantId ?? "<id>"}`,
    },
    push: {
      vi: `đưa quyền vào phần mềm văn bản: wardctl delegate push --unit ${unit}`,
      en: `set up the document system: wardctl delegate push --unit ${unit}`,
    },
    "end-absence": {
      vi: `đã có mặt thì ghi nhận: wardctl delegate absence ${staffId} --back; chưa thì giao người ký thay: --cover`,
      en: `back already: wardctl delegate absence ${staffId} --back; if not, name who stands in: --cover`,
    },
    "create-account": { vi: "tạo tài khoản: wardctl provision plan", en: "make the account: wardctl provision plan" },
    "enable-account": { vi: "mở khóa tài khoản trên phần mềm văn bản", en: "switch the account on in the document system" },
    "renew-certificate": {
      vi: "xin cấp mới hoặc gia hạn chứng thư số chuyên dùng công vụ, đúng đơn vị và chức vụ hiện nay (03 ngày làm việc kể từ khi đủ hồ sơ)",
      en: "renew or replace the certificate for public service, made out for unit and post of now (3 working days from a complete file)",
    },
    "bind-certificate": {
      vi: "gắn chứng thư số vào tài khoản (chưa có thì xin cấp trước)",
      en: "bind the certificate to the account (request one first where there is none)",
    },
    "use-own-certificate": signerRemedy("SIG-WRONG-TYPE"),
    "correct-subject": signerRemedy("SIG-SUBJECT-STALE"),
    "install-chain": signerRemedy("SIG-CHAIN"),
    "mend-on-site": toMended(step, staffId),
    "check-certificate": {
      vi: "kiểm tra chứng thư với danh sách thu hồi còn hạn: wardctl delegate certificates check <tệp>",
      en: "check the certificate against a revocation list of now: wardctl delegate certificates check <file>",
    },
    "refresh-evidence": {
      vi: `đọc lại phần mềm văn bản: wardctl delegate verify --unit ${unit}`,
      en: `read the document system back: wardctl delegate verify --unit ${unit}`,
    },
    "head-signs": { vi: "người đứng đầu ký trực tiếp", en: "the head signs in person" },
  };
  return describe[step.action];
}

function signerRemedy(code: SignerCode): Words {
  return findSignerFault(code).remedy;
}

function toMended({ fault = "SIG-NO-DEVICE" }: RepairAction, staffId: string): Words {
  const { vi, en } = signerRemedy(fault);
  const line = `wardctl delegate certificates fault ${staffId} ${fault} --mended`;
  return { vi: `${vi}; xong thì ghi: ${line}`, en: `${en}; when done, enter it: ${line}` };
}

function toGrantLine({ capacity = "TL", to, part }: RepairAction, unit: string, docType: string): Words {
  const post = to ? formatPostRef(to) : "…";
  const only = [part?.department && ` --departments ${part.department}`, part?.procedure && ` --procedures ${part.procedure}`]
    .filter(Boolean)
    .join("");
  const line = `wardctl delegate grant --unit ${unit} --to-position ${post} --capacity ${capacity} --doc-types ${docType}${only} …`;
  return { vi: `ghi nhận quyền ${capacity}.: ${line}`, en: `record the ${capacity}. grant: ${line}` };
}
