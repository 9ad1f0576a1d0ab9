import { formatDateTime } from "../platform/format.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import { both, type Catalogue, type Lang, type Words } from "../platform/words.ts";
import type { Reason } from "./operation.ts";
import type { SlipState } from "./slip.ts";

export const slipStateWords: Readonly<Record<SlipState, Words>> = {
  issued: { vi: "chưa giao", en: "issued" },
  handed: { vi: "đã giao", en: "handed over" },
  seen: { vi: "đã đăng nhập", en: "signed in" },
  "link-sent": { vi: "đã gửi liên kết", en: "link sent" },
  expired: { vi: "HẾT HẠN", en: "EXPIRED" },
  unknown: { vi: "CHƯA RÕ", en: "UNKNOWN" },
  superseded: { vi: "đã thay", en: "superseded" },
  refused: { vi: "bị từ chối", en: "refused" },
};

export const handoutReasonWords = {
  "new-slip": { vi: "cấp lại mật khẩu lần đầu", en: "a new first password" },
  unclaimed: { vi: "quá hạn mà chưa ai đăng nhập lần nào", en: "nobody signed in within the days allowed" },
  "made-in-part": { vi: "người này mới có tài khoản trên một số hệ thống", en: "made on some systems and not on others" },
} as const satisfies Partial<Record<Reason, Words>>;

/** A question of the planner: it does not open by itself what a person had closed. */
export function closedBefore(subject: string, candidates: string, systems: string): Words {
  const because = handoutReasonWords[candidates as keyof typeof handoutReasonWords] ?? { vi: candidates, en: candidates };
  return {
    vi: `tài khoản của ${subject} trên ${systems} đã bị khóa theo kế hoạch (${because.vi}). Mở lại: --recreate <mã>`,
    en: `${subject}'s account on ${systems} was disabled by a plan (${because.en}). To open it again: --recreate <id>`,
  };
}

export function formatInstant(iso: string, zone: Zone, lang: Lang): string {
  const at = readInstant(iso, zone);
  return at === undefined ? iso : formatDateTime(at, zone, lang);
}

export const handoutFaults = {
  noUnit: (code: string) => ({ vi: `'${code}' không phải mã đơn vị`, en: `'${code}' is no unit` }),
  badRecipient: (unit: string, fault: Words) => ({
    vi: `khóa của đơn vị ${unit}: ${fault.vi}`,
    en: `the key of unit ${unit}: ${fault.en}`,
  }),
  twice: (unit: string) => ({ vi: `đơn vị ${unit} có hai khóa khác nhau`, en: `unit ${unit} has two different keys` }),
  columns: { vi: "dòng đầu cần có các cột unit và recipient", en: "the first line needs the columns unit and recipient" },
  faultyCustodians: (count: number) => ({
    vi: `danh sách người giữ phiếu có ${count} lỗi`,
    en: `the list of custodians has ${count} fault${count === 1 ? "" : "s"}`,
  }),
  noCustodian: (unit: string, name: string) => ({
    vi: `${unit} ${name} cần phiếu mật khẩu mà chưa có khóa của người giữ phiếu`,
    en: `${unit} ${name} needs slips and has no custodian's key`,
  }),
  noCustodians: (units: number) => ({
    vi: `${units} đơn vị chưa có người giữ phiếu; chưa ghi gì vào hệ thống nào`,
    en: `${units} unit${units === 1 ? " has" : "s have"} no custodian; nothing was written to any system`,
  }),
  addCustodians: {
    vi: "người giữ phiếu chạy age-keygen -o khoa.txt và gửi dòng age1…; ghi vào provision.credentials.custodians hoặc custodiansFile",
    en: "the custodian runs age-keygen -o key.txt and sends the line age1…; put it into provision.credentials.custodians or custodiansFile",
  },
  noPasswords: (systems: readonly string[]) => ({
    vi: `không đặt được mật khẩu lần đầu trên ${systems.join(", ")}; sửa provision.credentials.systems`,
    en: `no first password can be set on ${systems.join(", ")}; mend provision.credentials.systems`,
  }),
  unknownSystems: (systems: readonly string[]) => ({
    vi: `provision.credentials.systems nêu hệ thống chưa khai: ${systems.join(", ")}`,
    en: `provision.credentials.systems names systems that are not configured: ${systems.join(", ")}`,
  }),
  wasThere: {
    vi: "tài khoản đã có trước khi gửi, nên không đặt mật khẩu lần đầu",
    en: "the account was there before anything was sent, so no first password was set",
  },
  secretUnknown: {
    vi: "tài khoản đã có nhưng không rõ mật khẩu nào đang dùng; hệ thống này không cho đặt lại: nhờ quản trị hệ thống đặt lại",
    en: "the account is there, but which password is in force is not known and this system lets none be set: have its administrator reset it",
  },
  resetRefused: (reason: Words) => ({
    vi: `không rõ mật khẩu nào đang dùng và hệ thống không nhận đặt lại: ${reason.vi}`,
    en: `which password is in force is not known, and the system took no reset: ${reason.en}`,
  }),
  oldSecret: {
    vi: "đã mở lại với mật khẩu cũ vì hệ thống này không cho đặt mật khẩu: nhờ quản trị hệ thống đặt lại",
    en: "opened again with its former password, since this system lets none be set: have its administrator reset it",
  },
  noLinks: (systems: readonly string[]) => ({
    vi: `${systems.join(", ")} không gửi được liên kết đặt mật khẩu; dùng policy: temporary`,
    en: `${systems.join(", ")} cannot send a link; use policy: temporary`,
  }),
  linkUnknown: (reason: Words) => ({
    vi: `không rõ thư có liên kết đã đi chưa (${reason.vi}); gửi lại: wardctl provision handout reissue`,
    en: `whether the mail with the link went out is not known (${reason.en}); to send it again: wardctl provision handout reissue`,
  }),
  noLink: (reason: Words) => ({
    vi: `hệ thống không gửi được liên kết: ${reason.vi}`,
    en: `the system sent no link: ${reason.en}`,
  }),
  sessionsStand: (reason: Words) => ({
    vi: `đã khóa, nhưng phiên đang mở chưa kết thúc được (${reason.vi}): nhờ quản trị hệ thống kết thúc`,
    en: `disabled, but its open sessions could not be ended (${reason.en}): have the system's administrator end them`,
  }),
  notSettled: {
    vi: "đã dừng trước khi biết mật khẩu lần đầu có dùng được không",
    en: "stopped before it was known whether the first password is in force",
  },
  noSlip: (id: string) => ({ vi: `không có phiếu '${id}'`, en: `there is no slip '${id}'` }),
  seeList: { vi: "xem mã phiếu: wardctl provision handout list", en: "to see the ids: wardctl provision handout list" },
  cannotMark: (id: string, state: SlipState, wanted: SlipState) => ({
    vi: `phiếu ${id} đang '${slipStateWords[state].vi}', không thể ghi '${slipStateWords[wanted].vi}'`,
    en: `slip ${id} is '${slipStateWords[state].en}' and cannot become '${slipStateWords[wanted].en}'`,
  }),
  cannotReissue: (id: string, state: SlipState) => ({
    vi: `phiếu ${id} đang '${slipStateWords[state].vi}'; chọn phiếu mới nhất của tài khoản đó`,
    en: `slip ${id} is '${slipStateWords[state].en}'; name the newest slip of that account`,
  }),
  noPolicy: (systems: readonly string[]) => ({
    vi: `provision.credentials.systems không đặt mật khẩu lần đầu cho ${systems.join(", ")}`,
    en: `provision.credentials.systems sets no first password for ${systems.join(", ")}`,
  }),
  noPlan: (id: string) => ({ vi: `không có kế hoạch ${id}`, en: `there is no plan ${id}` }),
  seePlans: { vi: "xem các kế hoạch: wardctl provision status", en: "to see the plans: wardctl provision status" },
  notHalfDone: (subjects: readonly string[]) => ({
    vi: `kế hoạch này không để dở: ${subjects.join(", ")}`,
    en: `this plan left nothing half done for ${subjects.join(", ")}`,
  }),
  noSealedFile: (file: string) => ({ vi: `${file} không phải phiếu của wardctl`, en: `${file} is no slip of wardctl's` }),
  misread: (id: string) => ({ vi: `mật khẩu trong phiếu ${id} bị hỏng`, en: `the secret in slip ${id} is damaged` }),
  noAgeFiles: (folder: string) => ({ vi: `${folder} không có tệp .age nào`, en: `${folder} holds no .age file` }),
} satisfies Catalogue;

/** What stands on the paper. */
export const slipWords = {
  title: { vi: "PHIẾU CẤP TÀI KHOẢN LẦN ĐẦU", en: "FIRST SIGN-IN SLIP" },
  file: { vi: "Phiếu cấp tài khoản lần đầu", en: "First sign-in slips" },
  staffId: { vi: "Mã", en: "Id" },
  username: { vi: "Tên đăng nhập", en: "User name" },
  secret: { vi: "Mật khẩu tạm", en: "Temporary password" },
  expires: (iso: string, zone: Zone) =>
    both((lang) => `${lang === "vi" ? "Dùng được đến" : "Valid until"} ${formatInstant(iso, zone, lang)}`),
  code: (address: string) => ({ vi: `Mã QR: ${address}`, en: `QR code: ${address}` }),
  change: {
    vi: "Đổi mật khẩu ngay lần đăng nhập đầu tiên. Mật khẩu không có các ký tự 0 O 1 l I.",
    en: "Change the password at the first sign-in. It holds none of the characters 0 O 1 l I.",
  },
  keep: {
    vi: "Không chụp, không gửi phiếu qua tin nhắn hay thư điện tử. Quá hạn thì báo người giao phiếu.",
    en: "Do not photograph this slip or send it by message or mail. Once it has expired, tell whoever handed it over.",
  },
  receipt: {
    vi: "Đã nhận ngày ……/……/…………   Ký và ghi rõ họ tên: ………………………………………………",
    en: "Received on ……/……/…………   Signature and name: ………………………………………………",
  },
  ids: (ids: readonly string[]) => both((lang) => `${lang === "vi" ? "Mã phiếu" : "Slip"}: ${ids.join(", ")}`),
} satisfies Catalogue;
