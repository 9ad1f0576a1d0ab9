import { both, type Catalogue } from "../platform/words.ts";
import { type FailedSystem, listFailed } from "./failed-words.ts";

/** What keeps systems from being read and plans from being made. */
export const provisionFaults = {
  notLetIn: (system: string, status: number) => ({
    vi: `${system} từ chối truy cập (${status}); kiểm tra mã truy cập của hệ thống này trong wardctl.yaml`,
    en: `${system} refuses access (${status}); check this system's token in wardctl.yaml`,
  }),
  redirected: (system: string) => ({
    vi: `${system} chuyển hướng sang nơi khác; mã truy cập không được gửi theo, sửa url trong wardctl.yaml`,
    en: `${system} redirects elsewhere; the token is not sent there, mend its url in wardctl.yaml`,
  }),
  loginPage: (system: string) => ({
    vi: `${system} trả về trang đăng nhập thay vì dữ liệu; mã truy cập có thể đã hết hạn`,
    en: `${system} answers with a sign-in page instead of data; its token has probably expired`,
  }),
  refused: (system: string, status: number, detail: string) => ({
    vi: `${system} từ chối (${status})${detail ? `: ${detail}` : ""}`,
    en: `${system} refused (${status})${detail ? `: ${detail}` : ""}`,
  }),
  noList: (system: string, status: number, detail = "") => ({
    vi: `${system} không trả về danh sách đọc được (${status})${detail ? `: ${detail}` : ""}`,
    en: `${system} gave no readable list (${status})${detail ? `: ${detail}` : ""}`,
  }),
  noUser: (system: string) => ({
    vi: `${system} trả về mục không có id hoặc userName`,
    en: `${system} listed an entry without id or userName`,
  }),
  totalChanged: (system: string, before: number, now: number) => ({
    vi: `${system}: danh sách không khớp tổng số (${before}, rồi ${now}) khi đang đọc; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: its list does not add up (${before}, then ${now}) while being read; nothing is planned there`,
  }),
  emptyPage: (system: string, found: number, total: number) => ({
    vi: `${system}: danh sách dừng ở ${found} trên ${total} mục; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: the list ends at ${found} of ${total} entries; nothing is planned there`,
  }),
  repeatedPage: (system: string) => ({
    vi: `${system}: một mục xuất hiện hai lần khi lật trang (bỏ qua startIndex?); chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: an entry came twice while paging (startIndex ignored?); nothing is planned there`,
  }),
  cursorGone: (system: string) => ({
    vi: `${system}: danh sách hết hạn giữa chừng khi đang đọc; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: its list ran out while it was being read; nothing is planned there`,
  }),
  answeredAnother: (system: string, userName: string) => ({
    vi: `${system} trả về tài khoản ${userName} của người khác thay vì tạo mới`,
    en: `${system} answered with somebody else's account ${userName} instead of making one`,
  }),
  movedBeforeWrite: (system: string) => ({
    vi: `${system}: tài khoản đã đổi ngay trước khi ghi, chưa ghi gì`,
    en: `${system}: the account changed right before it was to be written, nothing was written`,
  }),
  noSystems: { vi: "chưa khai hệ thống nào để cấp tài khoản", en: "no system to provision is configured" },
  noSystemsHint: {
    vi: "thêm provision.systems.<tên>: { kind: scim, url, token } (hoặc kind: ldap, ad) vào wardctl.yaml",
    en: "add provision.systems.<name>: { kind: scim, url, token } (or kind: ldap, ad) to wardctl.yaml",
  },
  allSystemsNeeded: (failed: readonly FailedSystem[]) =>
    both(
      (lang) =>
        `${lang === "vi" ? "nhập đơn vị phải đọc được mọi hệ thống; chưa đọc được" : "a merger needs every system; not readable"}: ${listFailed(failed)[lang]}`,
    ),
  noSystemRead: (failed: readonly FailedSystem[]) =>
    both((lang) => `${lang === "vi" ? "không đọc được hệ thống nào" : "no system could be read"}: ${listFailed(failed)[lang]}`),
  namesBlocked: (failed: readonly FailedSystem[]) =>
    both(
      (lang) =>
        `${lang === "vi" ? "chưa đặt được tên đăng nhập mới vì có hệ thống không đọc được" : "no new user name can be given while a system cannot be read"}: ${listFailed(failed)[lang]}`,
    ),
  namesBlockedHint: (systems: readonly string[]) => {
    const flags = systems.map((system) => `--except system=${system}`).join(" ");
    return {
      vi: `chạy lại khi hệ thống trở lại, hoặc chấp nhận bỏ qua: ${flags}`,
      en: `run again when it is back, or accept to leave it out: ${flags}`,
    };
  },
  pinnedClock: (systems: readonly string[]) => ({
    vi: `WARDCTL_NOW đang đặt giờ khác: không ghi vào hệ thống thật (${systems.join(", ")})`,
    en: `WARDCTL_NOW sets another time: nothing is written to real systems (${systems.join(", ")})`,
  }),
  pinnedClockHint: { vi: "bỏ biến WARDCTL_NOW rồi chạy lại", en: "unset WARDCTL_NOW and run again" },
  badScope: (term: string, key: string, systems: readonly string[]) => {
    const [vi, en] =
      key === "system"
        ? [`các hệ thống: ${systems.join(", ")}`, `systems: ${systems.join(", ")}`]
        : ["dùng kind=functional, kind=person, unit=<mã>", "use kind=functional, kind=person, unit=<code>"];
    return { vi: `không có '${term}'; ${vi}`, en: `'${term}' is not known; ${en}` };
  },
  unknownSystem: (system: string, systems: readonly string[]) => ({
    vi: `không có hệ thống '${system}'; các hệ thống: ${systems.join(", ")}`,
    en: `there is no system '${system}'; systems: ${systems.join(", ")}`,
  }),
  noProbe: (system: string) => ({
    vi: `loại hệ thống của ${system} chưa dò được`,
    en: `${system} is of a kind that cannot be probed`,
  }),
} satisfies Catalogue;
