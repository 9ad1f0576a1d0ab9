import { both, type Catalogue } from "../../../platform/words.ts";

export const restWords = {
  unknownName: (name: string, known: readonly string[]) => ({
    vi: `ở đây không có '\${${name}}'; có: ${known.join(", ")}`,
    en: `'\${${name}}' means nothing here; there are: ${known.join(", ")}`,
  }),
  needs: (name: string) => ({ vi: `địa chỉ phải có \${${name}}`, en: `the address must hold \${${name}}` }),
  needsNext: (paging: string) => ({ vi: `paging: ${paging} cần thêm next`, en: `paging: ${paging} also needs next` }),
  oneTotal: { vi: "chỉ ghi một: total hoặc count", en: "say only one: total or count" },
  oneMethod: { vi: "ghi đúng một: post, put hoặc patch", en: "say exactly one: post, put or patch" },
  oneBody: { vi: "chỉ ghi một: json hoặc form", en: "say only one: json or form" },
  noStrong: {
    vi: "correlation.strong là null nên không tìm được theo mã NV",
    en: "correlation.strong is null, so nothing can be found by staff id",
  },
  bothOrNone: { vi: "ghi cả disable và enable, hoặc bỏ cả hai", en: "say both disable and enable, or neither" },
  saySends: {
    vi: "update bằng post: ghi sends: whole (gửi cả bản ghi) hoặc changes (chỉ phần đổi)",
    en: "an update by post must say sends: whole (all of the record) or changes (only what changes)",
  },
  putWipes: {
    vi: "put xóa những gì không gửi; dùng sends: whole hoặc patch",
    en: "put wipes what it is not sent; use sends: whole, or patch",
  },
  holdersOrHeld: {
    vi: "ghi đúng một: holders (danh sách người giữ) hoặc held (trong bản ghi tài khoản)",
    en: "say exactly one: holders (a list of who holds it) or held (in the account's own record)",
  },
  addAndRemove: {
    vi: "ghi cả add và remove; chỉ bỏ được cả hai khi có held và update gửi cả bản ghi",
    en: "say both add and remove; both may be left out only where there is held and an update sends the whole record",
  },
  rolesAreNotMade: {
    vi: "vai trò do hệ thống quy định, wardctl không tạo",
    en: "roles are the system's own: wardctl makes none",
  },
  mustName: (name: string) => ({ vi: `yêu cầu phải có \${${name}}`, en: `the request must hold \${${name}}` }),
  noDefinition: (name: string, shipped: readonly string[]) => ({
    vi: `không có mô tả '${name}'; có sẵn: ${shipped.join(", ")}; hoặc ghi đường dẫn tệp .yaml`,
    en: `there is no definition '${name}'; shipped are: ${shipped.join(", ")}; or give the path of a .yaml file`,
  }),
  notGiven: (system: string, kind: "secret" | "var", names: readonly string[]) => {
    const key = kind === "secret" ? "secrets" : "variables";
    const form = kind === "secret" ? "env:TÊN" : "…";
    const lines = names.map((name) => `${name}: ${form}`).join(", ");
    return {
      vi: `mô tả của ${system} cần thêm provision.systems.${system}.${key}: { ${lines} }`,
      en: `the definition of ${system} needs provision.systems.${system}.${key}: { ${lines.replaceAll("env:TÊN", "env:NAME")} }`,
    };
  },
  badHeader: (system: string, name: string) => ({
    vi: `${system}: giá trị của tiêu đề ${name} có ký tự xuống dòng hoặc ngoài ASCII`,
    en: `${system}: the value of header ${name} holds line breaks or is not ASCII`,
  }),
  signInRefused: (system: string, status: number, said: string) => ({
    vi: `${system} từ chối đăng nhập (${status})${said ? `: ${said}` : ""}`,
    en: `${system} refuses the sign-in (${status})${said ? `: ${said}` : ""}`,
  }),
  signInHint: {
    vi: "kiểm tra secrets của hệ thống này trong wardctl.yaml; đăng nhập thử bằng trình duyệt",
    en: "check this system's secrets in wardctl.yaml; try to sign in with a browser",
  },
  signedOut: (system: string) => ({
    vi: `${system} vẫn đòi đăng nhập sau khi đã đăng nhập lại`,
    en: `${system} still asks to sign in after a new sign-in`,
  }),
  notAnswered: (system: string, status: number) => ({
    vi: `${system} trả lời ${status} không hiểu được`,
    en: `${system} gave an answer (${status}) that is not understood`,
  }),
  notPaged: (system: string) => ({
    vi: `${system}: trang sau trỏ về trang đã đọc hoặc sang máy chủ khác; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: its next page is one that was read before, or on another host; nothing is planned there`,
  }),
  noTotal: (system: string) => ({
    vi: `${system}: không đọc được tổng số tài khoản`,
    en: `${system}: the number of accounts cannot be read`,
  }),
  movedMeanwhile: (keys: readonly string[]) =>
    both((lang) => `${lang === "vi" ? "đã bị người khác thay đổi" : "somebody changed it"}: ${keys.join(", ")}`),
  noSuchAccount: (system: string, id: string) => ({
    vi: `${system}: không còn tài khoản ${id}`,
    en: `${system}: account ${id} is no longer there`,
  }),
} satisfies Catalogue;
