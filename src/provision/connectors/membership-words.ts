import type { Catalogue } from "../../platform/words.ts";

/** Said by every adapter about roles and groups. */
export const membershipFaults = {
  noSuch: (system: string, names: readonly string[]) => ({
    vi: `${system} không có nhóm hoặc vai trò: ${names.join(", ")}; chưa ghi gì`,
    en: `${system} has no group or role called: ${names.join(", ")}; nothing was written`,
  }),
  ambiguous: (system: string, names: readonly string[]) => ({
    vi: `${system} có hai nhóm hoặc vai trò cùng tên: ${names.join(", ")}; chưa ghi gì`,
    en: `${system} has two groups or roles of the same name: ${names.join(", ")}; nothing was written`,
  }),
  groupThere: (system: string, name: string) => ({
    vi: `${system} đã có nhóm ${name}`,
    en: `${system} already has a group called ${name}`,
  }),
  groupGone: (system: string, name: string) => ({
    vi: `${system}: nhóm ${name} biến mất khi đang đọc; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: the group ${name} went away while it was read; nothing is planned there`,
  }),
  noGroups: (system: string, status: number, detail = "") => ({
    vi: `${system} không trả về danh sách nhóm đọc được (${status}${detail ? `: ${detail}` : ""}); nếu hệ thống không có nhóm, bỏ groups khỏi mẫu quyền`,
    en: `${system} gave no readable list of groups (${status}${detail ? `: ${detail}` : ""}); if it has none, take groups out of the templates`,
  }),
  noGroup: (system: string) => ({
    vi: `${system} trả về nhóm không có id, tên hoặc danh sách thành viên đọc được`,
    en: `${system} listed a group without an id, a name or members that can be read`,
  }),
  accountGone: (system: string) => ({ vi: `${system}: tài khoản không còn`, en: `${system}: the account is gone` }),
} satisfies Catalogue;
