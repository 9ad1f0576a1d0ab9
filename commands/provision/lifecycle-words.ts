import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { DriftKind } from "../../src/provision/drift.ts";
import type { Correlation, Why } from "../../src/provision/explain-account.ts";
import type { RecordedOrigin } from "../../src/provision/lifecycle-store.ts";
import type { RegisteredName } from "../../src/provision/name-register.ts";
import { nameSource } from "../../src/provision/source-words.ts";
import type { Declared } from "../../src/provision/subject-facts.ts";

export const driftWords: Readonly<Record<DriftKind, Words>> = {
  deleted: { vi: "đã bị xóa", en: "deleted" },
  recreated: { vi: "đã bị tạo lại, id khác", en: "recreated under another id" },
  "external-id-rewritten": { vi: "mã liên kết bị ghi đè", en: "external id rewritten" },
  "external-id-removed": { vi: "mất mã liên kết", en: "external id removed" },
  renamed: { vi: "đổi tên đăng nhập", en: "renamed" },
  "disabled-elsewhere": { vi: "bị khóa ngoài wardctl", en: "disabled elsewhere" },
  "enabled-elsewhere": { vi: "bị mở ngoài wardctl", en: "enabled elsewhere" },
  "unit-changed": { vi: "đổi đơn vị", en: "unit changed" },
  "department-changed": { vi: "đổi phòng ban", en: "department changed" },
  "shown-name-changed": { vi: "đổi tên hiển thị", en: "shown name changed" },
  "attribute-changed": { vi: "đổi thông tin", en: "attribute changed" },
  "twin-external-id": { vi: "tài khoản thứ hai cùng mã liên kết", en: "second account with the external id" },
  "twin-username": { vi: "tài khoản thứ hai cùng tên đăng nhập", en: "second account with the user name" },
  "name-claimed": { vi: "tài khoản lạ dùng tên đã cấp", en: "unmanaged account claims the name" },
  "owner-gone": { vi: "người phụ trách không còn", en: "its owner is gone" },
  "role-added": { vi: "được thêm quyền ngoài wardctl", en: "given a role or group elsewhere" },
  "role-removed": { vi: "bị thu quyền ngoài wardctl", en: "a role or group was taken elsewhere" },
};

export const whyWords: Readonly<Record<Why, Words>> = {
  written: { vi: "do wardctl ghi, đọc lại đúng", en: "written by wardctl and read back" },
  "found-as-wanted": {
    vi: "có sẵn và đúng như danh sách; wardctl chưa ghi gì",
    en: "was there and as wanted; wardctl wrote nothing",
  },
  "disabled-by-plan": { vi: "do wardctl khóa", en: "disabled by wardctl" },
  "disabled-elsewhere": {
    vi: "bị khóa ngoài wardctl, sau lần đọc lại cuối",
    en: "disabled outside wardctl, after it was last read back",
  },
  "enabled-elsewhere": {
    vi: "bị mở ngoài wardctl, sau lần đọc lại cuối",
    en: "enabled outside wardctl, after it was last read back",
  },
  "changed-elsewhere": {
    vi: "bị sửa ngoài wardctl, sau lần đọc lại cuối",
    en: "changed outside wardctl, after it was last read back",
  },
  gone: { vi: "tài khoản đã gắn không còn", en: "the linked account is gone" },
  "never-made": { vi: "chưa kế hoạch nào tạo tài khoản ở đây", en: "no plan ever made an account here" },
  linked: { vi: "đã gắn, nhưng chưa có kế hoạch nào ghi lý do", en: "linked, but no plan on record says why" },
  "not-linked": {
    vi: "mang mã của họ, wardctl chưa gắn: chưa kế hoạch nào được thực hiện",
    en: "carries their id, not linked: no plan was applied",
  },
  unmanaged: { vi: "không do wardctl quản lý; không rõ nguồn", en: "unmanaged; where it comes from is not known" },
  unreadable: { vi: "không đọc được hệ thống này", en: "this system cannot be read" },
};

export const sourceWords: Readonly<Record<"roster" | "directory" | "unmanaged", Words>> = {
  roster: { vi: "danh sách", en: "roster" },
  directory: { vi: "danh mục đơn vị", en: "directory" },
  unmanaged: { vi: "không do wardctl", en: "unmanaged" },
};

export const correlationWords: Readonly<Record<Correlation, Words>> = {
  link: { vi: "nhận ra theo id đã ghi", en: "known by its recorded id" },
  "external-id": { vi: "nhận ra theo mã liên kết", en: "found by its external id" },
  username: { vi: "chỉ trùng tên đăng nhập", en: "only the user name is the same" },
  none: { vi: "chưa gắn", en: "not linked" },
};

export const activeWords: Readonly<Record<"active" | "disabled", Words>> = {
  active: { vi: "đang mở", en: "active" },
  disabled: { vi: "bị khóa", en: "disabled" },
};

const nameStates: Readonly<Record<RegisteredName["state"], Words>> = {
  reserved: { vi: "giữ chỗ", en: "reserved" },
  issued: { vi: "đã cấp", en: "issued" },
  retired: { vi: "đã cất, không cấp lại", en: "retired, never given again" },
};

export const lifecycleWords = {
  explain: {
    vi: "vì sao người hay phòng ban này có tài khoản như vậy, vì sao bị khóa",
    en: "why somebody has an account as it is, or why it is disabled",
  },
  key: { vi: "mã NV, mã tài khoản phòng ban hay tên đăng nhập", en: "staff id, functional key or user name" },
  askedRole: { vi: "vì sao có hay không có vai trò này", en: "why they have this role or not" },
  askedGroup: { vi: "vì sao ở hay không ở nhóm này", en: "why they are in this group or not" },
  roleOrGroup: {
    vi: "hỏi một vai trò hoặc một nhóm: --role hay --group",
    en: "ask for a role or for a group: --role or --group",
  },
  noMemberships: {
    vi: "wardctl không quản lý vai trò, nhóm ở đây",
    en: "wardctl manages no roles and groups here",
  },
  unmanaged: { vi: "không do wardctl quản lý", en: "unmanaged" },
  registered: (name: string, state: RegisteredName["state"]) => ({
    vi: `Tên đăng nhập: ${name} (${nameStates[state].vi})`,
    en: `User name: ${name} (${nameStates[state].en})`,
  }),
  fromRoster: ({ file, lines, sha256, plan }: RecordedOrigin) => ({
    vi: `Theo ${file}, dòng ${lines.join(", ")} (sha256 ${sha256.slice(0, 12)}…), kế hoạch ${plan}`,
    en: `From ${file}, line ${lines.join(", ")} (sha256 ${sha256.slice(0, 12)}…), plan ${plan}`,
  }),
  fromRule: ({ rule, owner, plan }: RecordedOrigin) => ({
    vi: `Theo quy tắc ${rule} của danh mục, kế hoạch ${plan}; phụ trách: ${owner ?? "chưa có"}`,
    en: `From the directory's rule ${rule}, plan ${plan}; owner: ${owner ?? "nobody yet"}`,
  }),
  noSource: { vi: "Chưa kế hoạch nào được thực hiện nói nguồn.", en: "No applied plan says where this comes from." },
  grant: ({ system, granted, source }: { readonly system: string; readonly granted: boolean; readonly source: string }) => ({
    vi: `${system}: ${granted ? "được" : "không"} ← ${nameSource(source).vi}`,
    en: `${system}: ${granted ? "yes" : "no"} ← ${nameSource(source).en}`,
  }),
  declared: ({ kind, effective, unit }: Declared) =>
    kind === "leave"
      ? { vi: `Báo nghỉ từ ${effective}`, en: `Said to have left on ${effective}` }
      : { vi: `Điều chuyển đến ${unit} từ ${effective}`, en: `Moved to ${unit} on ${effective}` },
  attributes: { vi: "Thông tin trên tài khoản", en: "What the accounts say" },
  history: { vi: "Đã làm", en: "What was done" },
  drift: {
    vi: "đọc lại mọi tài khoản đã cấp: ai đã sửa, khóa, xóa ngoài wardctl",
    en: "read every account of ours again: what was changed outside wardctl",
  },
  finding: { vi: "Lệch", en: "Drift" },
  noDrift: (compared: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(compared, lang)} tài khoản đúng như wardctl đã ghi.`
        : `${formatCount(compared, lang)} account${compared === 1 ? " is" : "s are"} as wardctl left them.`,
    ),
  noneManaged: {
    vi: "Chưa có tài khoản nào do wardctl quản lý: thực hiện một kế hoạch trước.",
    en: "No account is managed yet: apply a plan first.",
  },
  drifted: (findings: number, compared: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(findings, lang)} chỗ lệch trên ${formatCount(compared, lang)} tài khoản. Sửa lại: wardctl provision plan <danh sách> --save plan.json`
        : `${formatCount(findings, lang)} finding${findings === 1 ? "" : "s"} on ${formatCount(compared, lang)} accounts. To repair: wardctl provision plan <roster> --save plan.json`,
    ),
  withoutBaseline: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} tài khoản chưa có mốc so sánh: thực hiện một kế hoạch để có`
        : `${formatCount(count, lang)} account${count === 1 ? " has" : "s have"} nothing to be compared with yet: apply a plan`,
    ),
  leave: {
    vi: "lập kế hoạch khóa mọi tài khoản của người nghỉ, không xóa",
    en: "plan to disable every account of somebody who leaves; nothing is deleted",
  },
  staffId: { vi: "mã NV", en: "staff id" },
  date: { vi: "nghỉ từ ngày này (mặc định: hôm nay)", en: "the first day they no longer work here (default: today)" },
  move: {
    vi: "lập kế hoạch điều chuyển: một người, giữ tài khoản và tên",
    en: "plan a transfer: one person, account and name stay",
  },
  toUnit: { vi: "mã đơn vị mới", en: "code of the new unit" },
  department: { vi: "phòng ban mới", en: "new department" },
  position: { vi: "chức vụ mới", en: "new position" },
  effective: { vi: "có hiệu lực từ ngày này", en: "the day it takes effect" },
  overlap: { vi: "số ngày còn giữ cả chức vụ cũ", en: "days on which the former post is held too" },
  mergeUnits: {
    vi: "lập kế hoạch nhập đơn vị: ai chuyển, tài khoản phòng ban nào nhập",
    en: "plan a merger of units: who moves, which department accounts become one",
  },
  into: { vi: "mã đơn vị mới", en: "code of the new unit" },
  from: { vi: "mã các đơn vị cũ", en: "codes of the former units" },
  fromDirectory: { vi: "đơn vị cũ theo bảng chuyển đổi đã nhập", en: "the former units of the imported conversion table" },
  simulate: { vi: "chỉ xem, không ghi kế hoạch", en: "only look; no plan is written" },
  take: { vi: "người này của đơn vị nhập một phần về đơn vị mới", en: "this person of a unit that merges in part comes along" },
  leaveOut: { vi: "người này không về đơn vị mới", en: "this person does not come to the new unit" },
  simulateOrSave: { vi: "dùng --simulate hoặc --save, không dùng cả hai", en: "give --simulate or --save, not both" },
  fromOrDirectory: {
    vi: "kể đơn vị cũ bằng --from <mã…> hoặc dùng --from-directory",
    en: "name the former units with --from <code…>, or use --from-directory",
  },
  notBefore: (day: string) => ({ vi: `Thực hiện được từ ${day}.`, en: `Can be applied from ${day} on.` }),
  retired: (names: readonly string[]) => ({
    vi: `Tên đăng nhập cất đi, không cấp lại cho ai khác: ${names.join(", ")}.`,
    en: `Put away, never given to another: ${names.join(", ")}.`,
  }),
  ownerless: { vi: "Tài khoản phòng ban mất người phụ trách", en: "Department accounts whose owner goes" },
  moreOwnerless: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `… và ${formatCount(count, lang)} tài khoản nữa (--json có đủ)`
        : `… and ${formatCount(count, lang)} more (--json has all)`,
    ),
  successor: (name: string, staffId: string) => ({
    vi: `đề nghị ${name} (${staffId})`,
    en: `${name} (${staffId}) is proposed`,
  }),
  noSuccessor: { vi: "chưa thấy ai trong phòng ban", en: "nobody in the department" },
  merger: (into: string, from: readonly string[], day: string) => ({
    vi: `Nhập ${from.join(", ")} vào ${into} từ ${day}`,
    en: `${from.join(", ")} ${from.length === 1 ? "merges" : "merge"} into ${into} on ${day}`,
  }),
  partOf: { vi: "một phần", en: "in part" },
  moving: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} người chuyển`
        : `${formatCount(count, lang)} ${count === 1 ? "person moves" : "people move"}`,
    ),
  collisions: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} tên đăng nhập trùng`
        : `${formatCount(count, lang)} user name${count === 1 ? " collides" : "s collide"}`,
    ),
  functionalAccounts: { vi: "Tài khoản phòng ban", en: "Department accounts" },
  goesOn: (username: string, key: string) => ({ vi: `${username} tiếp tục cho ${key}`, en: `${username} goes on for ${key}` }),
  closes: (key: string) => ({ vi: `${key}: đơn vị mới không cần`, en: `${key}: the new unit needs none` }),
  mergedAway: (names: readonly string[]) => ({
    vi: `khóa ${names.join(", ")}`,
    en: `${names.join(", ")} disabled`,
  }),
  noAlias: {
    vi: "Các hệ thống này không giữ tên cũ làm bí danh được: báo nơi gửi dùng tên mới.",
    en: "These systems cannot keep an old name as an alias: tell senders to use the new one.",
  },
  noneRead: { vi: "không đọc được hệ thống nào", en: "no system could be read" },
} satisfies Catalogue;
