import type { Catalogue } from "../../platform/words.ts";

const behind = (detail: string): string => (detail ? `: ${detail}` : "");

export const ldapFaults = {
  notAllowed: (system: string, code: number, detail: string) => ({
    vi: `${system} không cho làm việc này (LDAP ${code})${behind(detail)}; kiểm tra bindDn, mật khẩu và quyền ghi trong thư mục`,
    en: `${system} does not allow this (LDAP ${code})${behind(detail)}; check bindDn, password and the right to write in the directory`,
  }),
  refused: (system: string, code: number, detail: string) => ({
    vi: `${system} từ chối (LDAP ${code})${behind(detail)}`,
    en: `${system} refused (LDAP ${code})${behind(detail)}`,
  }),
  notRead: (system: string, code: number, detail: string) => ({
    vi: `${system} không đưa đủ danh sách tài khoản (LDAP ${code})${behind(detail)}`,
    en: `${system} did not give its whole list of accounts (LDAP ${code})${behind(detail)}`,
  }),
  noAccount: (system: string, dn: string) => ({
    vi: `${system} trả về mục không có mã hoặc tên đăng nhập: ${dn}`,
    en: `${system} listed an entry without an id or a user name: ${dn}`,
  }),
  repeated: (system: string) => ({
    vi: `${system}: một tài khoản xuất hiện hai lần khi lật trang; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: an account came twice while paging; nothing is planned there`,
  }),
  gone: (system: string) => ({ vi: `${system}: tài khoản không còn`, en: `${system}: the account is gone` }),
  needsLdaps: (system: string) => ({
    vi: `${system}: mật khẩu chỉ gửi qua ldaps://; sửa url trong wardctl.yaml`,
    en: `${system}: a password is only sent over ldaps://; mend its url in wardctl.yaml`,
  }),
} satisfies Catalogue;
