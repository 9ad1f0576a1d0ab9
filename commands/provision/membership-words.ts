import type { Catalogue, Words } from "../../src/platform/words.ts";
import type { MembershipWhy } from "../../src/provision/explain-membership.ts";

export const membershipWhyWords: Readonly<Record<MembershipWhy, Words>> = {
  given: { vi: "do wardctl cấp, đọc lại đúng", en: "given by wardctl and read back" },
  "found-as-wanted": { vi: "có sẵn, đúng mẫu phân quyền", en: "was there, as the templates say" },
  "not-adopted-yet": {
    vi: "có sẵn, đúng mẫu; chưa kế hoạch nào được thực hiện ghi nhận",
    en: "is there, as the templates say; no applied plan took it on yet",
  },
  "no-longer-wanted": {
    vi: "do wardctl cấp, mẫu không còn cho: kế hoạch tới sẽ thu",
    en: "given by wardctl, the templates give it no more: the next plan takes it",
  },
  "added-elsewhere": { vi: "được cấp lại ngoài wardctl sau khi đã thu", en: "given again elsewhere after wardctl took it" },
  unmanaged: { vi: "không do wardctl quản lý; không rõ nguồn", en: "unmanaged; where it comes from is not known" },
  "removed-elsewhere": {
    vi: "wardctl đã cấp, bị thu ngoài wardctl: kế hoạch tới sẽ cấp lại",
    en: "given by wardctl, taken elsewhere: the next plan gives it again",
  },
  "not-given-yet": { vi: "mẫu cho, chưa kế hoạch nào được thực hiện", en: "the templates give it, no plan was applied yet" },
  unreadable: { vi: "không đọc được hệ thống này", en: "this system cannot be read" },
  "no-such-name": { vi: "hệ thống không có vai trò này", en: "the system has no such role" },
  "nobody-known": {
    vi: "không biết người này: chưa thực hiện kế hoạch từ danh sách",
    en: "nobody of that id is known: no plan of a roster was applied",
  },
  "posts-ended": { vi: "đã hết nhiệm vụ", en: "every post has ended" },
  "no-account-there": { vi: "không được dùng hệ thống này", en: "they have no account on this system" },
  denied: { vi: "bị từ chối", en: "denied" },
  "addition-ended": { vi: "phần cấp thêm đã hết hạn", en: "the addition ran out" },
  "other-place": {
    vi: "mẫu của chức vụ cho nhóm của nơi khác; người này ở",
    en: "the template gives it for another place; they are in",
  },
  "other-position": { vi: "không giữ chức vụ hay loại nào được cấp", en: "they hold no position or class that gives it" },
  "not-named": { vi: "không mẫu phân quyền nào nhắc đến", en: "no template names it" },
};

export const membershipWords = {
  nearest: (name: string) => ({ vi: `; có phải ${name}?`, en: `; did you mean ${name}?` }),
} satisfies Catalogue;
