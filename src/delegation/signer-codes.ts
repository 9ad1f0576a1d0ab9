import type { Words } from "../platform/words.ts";
import type { Owner } from "./deny-codes.ts";

/**
 * What keeps a person's means of signing from working: certificate, token, computer. None of them is a fault of authority, and none is ever told as one. A
 * technician enters what was seen by its code; the handbook prints the same table (delegate.md §7).
 */
export interface SignerFault {
  readonly owner: Owner;
  readonly words: Words;
  /** How somebody on the spot tells it from its neighbours. */
  readonly sign: Words;
  /** What to ask for, and of whom. */
  readonly remedy: Words;
  /** denies: nobody signs with it · unknown: something is missing to tell · warns: works, and will not for long. */
  readonly effect: "denies" | "unknown" | "warns";
  /** What a technician sees and wardctl does not: it is entered by hand and stands until it is mended. */
  readonly onSite?: boolean;
}

export const signerFaults = {
  "SIG-EXPIRED": {
    owner: "ca",
    effect: "denies",
    words: { vi: "chứng thư số đã hết hạn", en: "the certificate has expired" },
    sign: { vi: "ngày hết hạn trên chứng thư đã qua", en: "its last day is over" },
    remedy: {
      vi: "đơn vị gửi đề nghị gia hạn, ít nhất 3 ngày làm việc trước (NĐ 68/2024 Điều 11)",
      en: "the ward asks for a renewal, at least 3 working days ahead (Decree 68/2024 Art. 11)",
    },
  },
  "SIG-SOON": {
    owner: "ca",
    effect: "warns",
    words: { vi: "chứng thư số sắp hết hạn", en: "the certificate ends soon" },
    sign: { vi: "còn ít ngày đến ngày hết hạn", en: "few days are left" },
    remedy: {
      vi: "gửi đề nghị gia hạn ngay: cần ít nhất 3 ngày làm việc (NĐ 68/2024 Điều 11)",
      en: "ask for a renewal now: it takes at least 3 working days (Decree 68/2024 Art. 11)",
    },
  },
  "SIG-NOT-YET": {
    owner: "ca",
    effect: "denies",
    words: { vi: "chứng thư số chưa có hiệu lực", en: "the certificate is not valid yet" },
    sign: { vi: "ngày bắt đầu trên chứng thư chưa tới", en: "its first day is still to come" },
    remedy: { vi: "chờ đến ngày bắt đầu, hoặc đề nghị cấp lại", en: "wait for its first day, or ask for another" },
  },
  "SIG-REVOKED": {
    owner: "ca",
    effect: "denies",
    words: { vi: "chứng thư số đã bị thu hồi hoặc tạm dừng", en: "the certificate is revoked or on hold" },
    sign: {
      vi: "số hiệu có trong danh sách thu hồi; thường sau sáp nhập, đổi chức vụ (NĐ 68/2024 Điều 17)",
      en: "its serial is on the revocation list; often after a merger or a change of post (Decree 68/2024 Art. 17)",
    },
    remedy: {
      vi: "qua đầu mối chứng thư số của tỉnh, đề nghị cấp chứng thư mới",
      en: "ask for a new one through the province's contact for certificates",
    },
  },
  "SIG-SUBJECT-STALE": {
    owner: "ca",
    effect: "denies",
    words: {
      vi: "chứng thư số mang tên đơn vị hoặc người khác hiện nay",
      en: "the certificate names another unit or person than now",
    },
    sign: {
      vi: "tên đơn vị, chức vụ trên chứng thư là của trước khi sáp nhập (NĐ 68/2024 Điều 15)",
      en: "unit or post on it are those from before the merger (Decree 68/2024 Art. 15)",
    },
    remedy: {
      vi: "đề nghị thay đổi thông tin chứng thư qua đầu mối của tỉnh, không phải cấp mới",
      en: "ask for a change of information, not a new one, through the province's contact",
    },
  },
  "SIG-UNBOUND": {
    owner: "support",
    effect: "denies",
    words: { vi: "chứng thư số chưa được gắn với tài khoản", en: "the certificate is not bound to the account" },
    sign: {
      vi: "số hiệu trên phần mềm văn bản khác số hiệu trên token (phần mềm tự gắn token cắm đầu tiên)",
      en: "the document system's serial is not the token's (it bound the first token that was plugged in)",
    },
    remedy: {
      vi: "quản trị phần mềm văn bản gắn lại đúng chứng thư",
      en: "the document system's administrator binds the right one",
    },
  },
  "SIG-WRONG-TYPE": {
    owner: "clerk",
    effect: "denies",
    words: { vi: "dùng chứng thư của cơ quan cho chữ ký cá nhân", en: "an agency's certificate in place of a person's" },
    sign: { vi: "chủ thể là tên cơ quan, không có tên người", en: "its subject is an agency and names no person" },
    remedy: {
      vi: "văn thư giữ token cơ quan; gắn chứng thư cá nhân vào tài khoản",
      en: "the clerk keeps the agency's token; bind the person's own",
    },
  },
  "SIG-PROFILE": {
    owner: "ca",
    effect: "denies",
    words: { vi: "chứng thư số không đúng loại cho công vụ", en: "the certificate is not of the kind for public service" },
    sign: {
      vi: "không có quyền chống chối bỏ, khóa yếu, hoặc không do Ban Cơ yếu Chính phủ cấp",
      en: "no non-repudiation, a weak key, or not issued by the Government Cipher Committee",
    },
    remedy: { vi: "đề nghị cấp chứng thư chuyên dùng công vụ", en: "ask for a certificate for public service" },
  },
  "SIG-CHAIN": {
    owner: "support",
    effect: "denies",
    words: { vi: "không nối được chứng thư tới gốc tin cậy", en: "the certificate does not lead to a trusted root" },
    sign: { vi: "thiếu hoặc sai chứng thư trung gian, gốc", en: "an intermediate or root is missing, wrong or over" },
    remedy: { vi: "cài chứng thư gốc và trung gian của cơ quan cấp", en: "install the issuer's root and intermediates" },
  },
  "SIG-REVINFO-UNKNOWN": {
    owner: "network",
    effect: "unknown",
    words: { vi: "chưa biết chứng thư có bị thu hồi không", en: "it is not known whether the certificate is revoked" },
    sign: {
      vi: "không có danh sách thu hồi, hoặc danh sách đã quá hạn",
      en: "there is no revocation list, or it is past its next update",
    },
    remedy: {
      vi: "tải danh sách thu hồi mới, hoặc mở đường mạng tới nơi phát hành",
      en: "fetch the new list, or open the way to where it is published",
    },
  },
  "SIG-PIN-LOCK": {
    owner: "ca",
    effect: "denies",
    onSite: true,
    words: { vi: "token bị khóa vì nhập sai mã PIN", en: "the token is locked after wrong PINs" },
    sign: {
      vi: "trình quản lý token báo khóa; thường sau 3 lần nhập sai",
      en: "the token manager says locked; usually after 3 wrong tries",
    },
    remedy: { vi: "gửi yêu cầu khôi phục thiết bị tới nơi cấp", en: "ask the issuer to restore the device" },
  },
  "SIG-DRIVER": {
    owner: "technician",
    effect: "denies",
    onSite: true,
    words: { vi: "sai trình điều khiển của token", en: "the token's driver is the wrong one" },
    sign: {
      vi: "Windows thấy thiết bị USB, phần mềm ký không thấy token (SafeNet khác Bit4ID)",
      en: "Windows sees a USB device, the signing tool sees no token (SafeNet is not Bit4ID)",
    },
    remedy: {
      vi: "gỡ và cài đúng trình điều khiển của loại token",
      en: "remove it and install the driver of that kind of token",
    },
  },
  "SIG-NO-DEVICE": {
    owner: "technician",
    effect: "denies",
    onSite: true,
    words: { vi: "máy không nhận token", en: "the computer does not see the token" },
    sign: { vi: "không có thiết bị USB nào hiện ra khi cắm", en: "no USB device appears when it is plugged in" },
    remedy: {
      vi: "đổi cổng USB, thử máy khác; hỏng thì đề nghị thay thiết bị",
      en: "another USB port, another computer; if broken, ask for a new device",
    },
  },
  "SIG-IMAGE": {
    owner: "user",
    effect: "denies",
    onSite: true,
    words: {
      vi: "thiếu ảnh chữ ký, hoặc ảnh không phải PNG nền trong suốt",
      en: "the image of the signature is missing or no transparent PNG",
    },
    sign: { vi: "xem hồ sơ người dùng trên phần mềm văn bản", en: "look at the user's profile in the document system" },
    remedy: { vi: "người dùng tải lên ảnh PNG nền trong suốt", en: "the user uploads a PNG with a transparent background" },
  },
  "SIG-CLOCK": {
    owner: "technician",
    effect: "denies",
    onSite: true,
    words: { vi: "đồng hồ máy sai", en: "the computer's clock is wrong" },
    sign: { vi: "giờ máy lệch so với giờ chuẩn", en: "its time is off" },
    remedy: { vi: "bật tự chỉnh giờ", en: "turn on automatic time" },
  },
  "SIG-PLUGIN": {
    owner: "technician",
    effect: "denies",
    onSite: true,
    words: { vi: "bấm ký ra trang trắng", en: "“sign” gives a blank page" },
    sign: {
      vi: "thành phần ký của trình duyệt chưa chạy hoặc bị chặn cổng",
      en: "the browser's signing part does not run, or its port is blocked",
    },
    remedy: {
      vi: "cài lại thành phần ký, mở cổng nội bộ của nó, khởi động lại trình duyệt",
      en: "install it anew, open its local port, start the browser again",
    },
  },
} as const satisfies Record<string, SignerFault>;

export type SignerCode = keyof typeof signerFaults;

export const signerCodes = Object.keys(signerFaults) as readonly SignerCode[];

export function findSignerFault(code: SignerCode): SignerFault {
  return signerFaults[code];
}

/** What a technician can enter. */
export const onSiteCodes = signerCodes.filter((code) => findSignerFault(code).onSite);

type Denying = Exclude<SignerCode, "SIG-SOON" | "SIG-REVINFO-UNKNOWN">;

/** Those that deny, for the table of all denials: always a matter of readiness, never of authority. */
export const signerDenials = Object.fromEntries(
  signerCodes
    .filter((code) => findSignerFault(code).effect === "denies")
    .map((code) => [code, { owner: findSignerFault(code).owner, side: "readiness" }]),
) as Readonly<Record<Denying, { readonly owner: Owner; readonly side: "readiness" }>>;

export const signerDenialWords = Object.fromEntries(
  signerCodes.filter((code) => findSignerFault(code).effect === "denies").map((code) => [code, findSignerFault(code).words]),
) as Readonly<Record<Denying, Words>>;
