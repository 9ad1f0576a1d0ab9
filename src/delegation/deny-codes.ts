import type { Words } from "../platform/words.ts";
import { signerDenials, signerDenialWords } from "./signer-codes.ts";

/** Who mends it. */
export type Owner = "ward" | "province-it" | "ca" | "support" | "technician" | "user" | "network";

/** The three things that can be missing when somebody cannot sign: the paper, the setting, the person's means. */
export type Side = "legal" | "configuration" | "readiness";

export const denyCodes = {
  ...signerDenials,
  "DEL-NO-POST": { owner: "ward", side: "legal" },
  "DEL-NO-GRANT": { owner: "ward", side: "legal" },
  "DEL-SCOPE": { owner: "ward", side: "legal" },
  "DEL-TL-NO-REGULATION": { owner: "ward", side: "legal" },
  "DEL-CAPACITY": { owner: "ward", side: "legal" },
  "DEL-GRANTOR": { owner: "ward", side: "legal" },
  "DEL-DEPTH": { owner: "ward", side: "legal" },
  "DEL-CHILD-WIDER": { owner: "ward", side: "legal" },
  "DEL-NOT-YET": { owner: "ward", side: "legal" },
  "DEL-EXPIRED": { owner: "ward", side: "legal" },
  "DEL-LAPSED": { owner: "ward", side: "legal" },
  "DEL-REVOKED": { owner: "ward", side: "legal" },
  "DEL-SUSPENDED": { owner: "ward", side: "legal" },
  "DEL-PENDING": { owner: "ward", side: "legal" },
  "DEL-NOT-CARRIED": { owner: "province-it", side: "configuration" },
  "PER-ABSENT": { owner: "ward", side: "readiness" },
  "ACC-MISSING": { owner: "support", side: "readiness" },
  "ACC-INACTIVE": { owner: "support", side: "readiness" },
  "SIG-NONE": { owner: "ca", side: "readiness" },
  "SIG-NOT-YET": { owner: "ca", side: "readiness" },
  "SIG-EXPIRED": { owner: "ca", side: "readiness" },
  "SIG-UNBOUND": { owner: "support", side: "readiness" },
} as const satisfies Record<string, { readonly owner: Owner; readonly side: Side }>;

export type DenyCode = keyof typeof denyCodes;

/**
 * Not known, which is neither yes nor no: too old, nothing at all, two words that say otherwise, or no word on revocation (a list past its next update, a
 * responder that does not answer).
 */
export const evidenceCodes = {
  "EVID-STALE": { owner: "support" },
  "EVID-NONE": { owner: "support" },
  "EVID-DISAGREES": { owner: "support" },
  "SIG-REVINFO-UNKNOWN": { owner: "network" },
} as const satisfies Record<string, { readonly owner: Owner }>;

export type EvidenceCode = keyof typeof evidenceCodes;

export function isEvidence(code: string): code is EvidenceCode {
  return Object.hasOwn(evidenceCodes, code);
}

/** Who mends it, of any code that an answer about signing has. */
export function findOwner(code: DenyCode | EvidenceCode): Owner {
  return isEvidence(code) ? evidenceCodes[code].owner : denyCodes[code].owner;
}

export const denyWords = {
  ...signerDenialWords,
  "DEL-NO-POST": { vi: "không giữ chức vụ nào ở đơn vị này vào thời điểm đó", en: "holds no post in this unit at that instant" },
  "DEL-NO-GRANT": { vi: "chưa ghi nhận quyền ký nào cho chức vụ này", en: "no right to sign is recorded for this post" },
  "DEL-SCOPE": { vi: "văn bản này nằm ngoài các quyền đã giao", en: "this document is outside what was granted" },
  "DEL-TL-NO-REGULATION": {
    vi: "chưa có điều khoản Quy chế làm việc hoặc Quy chế công tác văn thư nêu loại văn bản được ký thừa lệnh",
    en: "no clause of the working or clerical regulation names this type for signing by order",
  },
  "DEL-CAPACITY": { vi: "thể thức ký không đúng với chức vụ hoặc căn cứ", en: "the capacity does not fit the post or its basis" },
  "DEL-GRANTOR": {
    vi: "khi ký văn bản giao quyền, người giao không giữ chức vụ",
    en: "whoever gave it held no office on the day of the paper",
  },
  "DEL-DEPTH": { vi: "không được giao lại tiếp", en: "it may not be passed on" },
  "DEL-CHILD-WIDER": { vi: "giao lại rộng hơn quyền gốc", en: "passed on wider than the right it comes from" },
  "DEL-NOT-YET": { vi: "chưa đến ngày có hiệu lực", en: "not yet in effect" },
  "DEL-EXPIRED": { vi: "đã hết thời hạn", en: "the term has ended" },
  "DEL-LAPSED": {
    vi: "người giao đã thôi giữ chức vụ nên quyền giao không còn",
    en: "lapsed: the one who gave it has left office",
  },
  "DEL-REVOKED": { vi: "đã bị thu hồi", en: "revoked" },
  "DEL-SUSPENDED": { vi: "đang tạm dừng", en: "suspended" },
  "DEL-PENDING": { vi: "đang chờ người thứ hai duyệt", en: "waits for a second person's approval" },
  "DEL-NOT-CARRIED": {
    vi: "phần mềm quản lý văn bản chưa được cấu hình quyền ký này",
    en: "the document system has not been set up with this right",
  },
  "PER-ABSENT": { vi: "đang vắng mặt", en: "away" },
  "ACC-MISSING": { vi: "chưa có tài khoản trên phần mềm văn bản", en: "has no account on the document system" },
  "ACC-INACTIVE": { vi: "tài khoản đang bị khóa", en: "the account is switched off" },
  "SIG-NONE": { vi: "chưa có chứng thư số trong tài khoản", en: "no signing certificate in the account" },
  "SIG-NOT-YET": { vi: "chứng thư số chưa có hiệu lực", en: "the certificate is not valid yet" },
  "SIG-EXPIRED": { vi: "chứng thư số đã hết hạn", en: "the certificate has expired" },
  "SIG-UNBOUND": { vi: "chứng thư số chưa được gắn với tài khoản", en: "the certificate is not bound to the account" },
} satisfies Record<DenyCode, Words>;

export const ownerNames = {
  ward: { vi: "phường, xã", en: "ward" },
  "province-it": { vi: "CNTT cấp tỉnh", en: "province IT" },
  ca: { vi: "đơn vị chứng thực chữ ký số", en: "certification authority" },
  support: { vi: "tổ hỗ trợ", en: "support" },
  technician: { vi: "kỹ thuật viên tại chỗ", en: "technician on site" },
  user: { vi: "chính người ký", en: "the signer" },
  network: { vi: "tổ mạng", en: "network team" },
} satisfies Record<Owner, Words>;

export const sideNames = {
  legal: { vi: "Pháp lý", en: "Legal basis" },
  configuration: { vi: "Cấu hình", en: "Configuration" },
  readiness: { vi: "Sẵn sàng", en: "Readiness" },
} satisfies Record<Side, Words>;
