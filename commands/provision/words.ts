import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";
import type { VerifiedState } from "../../src/provision/verify-plan.ts";
import { verifiedWords } from "./operation-words.ts";

export const provisionWords = {
  doctor: { vi: "kiểm tra một danh sách cán bộ, không đụng đến hệ thống nào", en: "check a roster; no system is touched" },
  coverage: { vi: "phòng ban nào còn thiếu tài khoản trên hệ thống nào", en: "which departments lack accounts on which systems" },
  plan: { vi: "so danh sách với các hệ thống: sẽ thay đổi những gì", en: "compare a roster with the systems: what would change" },
  apply: {
    vi: "thực hiện một kế hoạch; bị ngắt thì chạy lại đúng lệnh này",
    en: "carry a plan out; interrupted, the same command goes on",
  },
  status: {
    vi: "kế hoạch nào đã bắt đầu, ai còn dở, làm gì tiếp",
    en: "which plans were begun, who is half done, what to do next",
  },
  verify: { vi: "đọc lại các hệ thống, so với một kế hoạch", en: "read the systems again and compare with a plan" },
  probe: {
    vi: "dò cách một hệ thống hoạt động, ghi nhớ cho các kế hoạch sau",
    en: "learn how a system behaves, kept for later plans",
  },
  approve: {
    vi: "duyệt kế hoạch của người khác để được thực hiện",
    en: "approve somebody else's plan, so that it may be carried out",
  },
  systemToProbe: { vi: "tên hệ thống trong wardctl.yaml", en: "the system's name in wardctl.yaml" },
  allowWrites: {
    vi: "tạo, sửa rồi xóa vài tài khoản thử có đánh dấu (mặc định: chỉ đọc)",
    en: "make, change and remove a few marked test accounts (default: only read)",
  },
  confirmProbe: (system: string) => ({
    vi: `Tạo vài tài khoản thử wardctl-probe-… trên ${system}, xong thì xóa?`,
    en: `Make a few test accounts wardctl-probe-… on ${system}, removed afterwards?`,
  }),
  fact: { vi: "Điều đã dò", en: "What" },
  answer: { vi: "Kết quả", en: "Answer" },
  onlyRead: {
    vi: "Chỉ đọc. Thêm --allow-writes để biết cách hệ thống ghi.",
    en: "Only read. Add --allow-writes to learn how it writes.",
  },
  testAccountsDisabled: (names: readonly string[]) => ({
    vi: `không xóa được, chỉ khóa: ${names.join(", ")}`,
    en: `could not be removed, only disabled: ${names.join(", ")}`,
  }),
  testAccountsLeft: (names: readonly string[]) => ({
    vi: `còn lại tài khoản thử, xóa bằng tay: ${names.join(", ")}`,
    en: `test accounts are left, remove them by hand: ${names.join(", ")}`,
  }),
  confirmApproval: (planId: string, by: string) => ({
    vi: `Duyệt kế hoạch ${planId} do ${by} lập?`,
    en: `Approve plan ${planId}, made by ${by}?`,
  }),
  planApproved: (planId: string, by: string) => ({
    vi: `${by} đã duyệt kế hoạch ${planId}.`,
    en: `${by} approved plan ${planId}.`,
  }),
  skipStale: {
    vi: "bỏ qua tài khoản đã bị người khác thay đổi, làm phần còn lại",
    en: "leave alone what somebody changed meanwhile, carry out the rest",
  },
  roster: { vi: "tệp danh sách cán bộ (CSV hoặc XLSX)", en: "roster file (CSV or XLSX)" },
  fix: {
    vi: "ghi một bản sao đã sửa các lỗi chắc chắn, lỗi còn lại ghi ở cột cuối (.xlsx hoặc .csv)",
    en: "write a copy with the sure faults mended and the others named in its last column (.xlsx or .csv)",
  },
  copyExists: (file: string) => ({ vi: `${file} đã có; chọn tên khác`, en: `${file} is there already; choose another name` }),
  copyWritten: (file: string) => ({
    vi: `Đã ghi bản sao ${file}; danh sách gốc giữ nguyên. Sửa tiếp cột 'fault' rồi dùng bản sao.`,
    en: `Copy written to ${file}; the roster itself is untouched. Mend what its column 'fault' names, then use the copy.`,
  }),
  howFix: {
    vi: "✓ sửa được tự động: thêm --fix <bản sao.xlsx>. ✗ phải sửa tay.",
    en: "✓ can be mended for you: add --fix <copy.xlsx>. ✗ must be mended by hand.",
  },
  examined: (repaired: number, left: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(repaired + left, lang)} lỗi: ${formatCount(repaired, lang)} sửa được tự động, ${formatCount(left, lang)} phải sửa tay.`
        : `${formatCount(repaired + left, lang)} fault${repaired + left === 1 ? "" : "s"}: ${formatCount(repaired, lang)} can be mended for you, ${formatCount(left, lang)} by hand.`,
    ),
  planFile: { vi: "tệp kế hoạch do 'provision plan --save' ghi", en: "plan file written by 'provision plan --save'" },
  planId: { vi: "mã kế hoạch (mặc định: tất cả)", en: "plan id (default: all of them)" },
  save: { vi: "ghi kế hoạch ra tệp này để thực hiện", en: "write the plan to this file, to be applied" },
  system: { vi: "chỉ hệ thống này; dùng được nhiều lần", en: "only this system; may be given several times" },
  only: { vi: "chỉ kind=functional, kind=person hay unit=<mã>", en: "only kind=functional, kind=person or unit=<code>" },
  except: { vi: "trừ kind=…, unit=… hay system=…", en: "all but kind=…, unit=… or system=…" },
  unit: { vi: "chỉ đơn vị này; dùng được nhiều lần", en: "only this unit; may be given several times" },
  encoding: { vi: "bảng mã của tệp (mặc định: UTF-8)", en: "encoding of the file (default: UTF-8)" },
  skipInvalid: { vi: "tách các dòng lỗi ra tệp riêng và làm tiếp", en: "set faulty rows aside in a file of their own and go on" },
  recreate: { vi: "tạo lại tài khoản đã mất của mã NV này", en: "make the vanished account of this staff id again" },
  all: { vi: "liệt kê hết, không rút gọn", en: "list everything, without shortening" },
  resume: {
    vi: "làm tiếp kế hoạch đang dở, mới nhất hoặc theo mã",
    en: "go on with a plan that was interrupted: the newest, or the one of that id",
  },
  outcome: { vi: "ghi kết quả từng việc ra tệp CSV này", en: "write each operation's outcome to this CSV file" },
  confirmDisables: { vi: "đúng số tài khoản sẽ bị khóa", en: "exactly how many accounts will be disabled" },
  confirmMissing: { vi: "đúng số người không còn trong danh sách", en: "exactly how many people the roster lacks" },
  confirmRemovals: {
    vi: "đúng số lần thu vai trò, nhóm mà chốt an toàn nêu",
    en: "exactly how many roles and groups the guards say are taken",
  },
  onlyGaps: { vi: "chỉ các phòng ban còn thiếu", en: "only departments with gaps" },
  soundRoster: (people: number, posts: number) =>
    both((lang) =>
      lang === "vi"
        ? `Danh sách dùng được: ${formatCount(people, lang)} người, ${formatCount(posts, lang)} chức vụ.`
        : `The roster is sound: ${formatCount(people, lang)} ${people === 1 ? "person" : "people"}, ${formatCount(posts, lang)} post${posts === 1 ? "" : "s"}.`,
    ),
  twins: (ids: readonly string[]) => ({
    vi: `cùng tên và ngày sinh: ${ids.join(", ")}; một người hay hai?`,
    en: `same name and birthday: ${ids.join(", ")}; one person or two?`,
  }),
  setAside: (rows: number, file: string) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(rows, lang)} dòng lỗi đã tách ra ${file}: sửa rồi đưa vào lại`
        : `${formatCount(rows, lang)} row${rows === 1 ? " was" : "s were"} set aside in ${file}: mend and feed back`,
    ),
  nothingToDo: { vi: "Không có gì phải thay đổi.", en: "Nothing to change." },
  noPlans: { vi: "Chưa có kế hoạch nào được thực hiện.", en: "No plan was ever begun." },
  unknownPlan: (id: string) => ({ vi: `không có kế hoạch ${id}`, en: `there is no plan ${id}` }),
  id: { vi: "Mã", en: "Id" },
  planColumn: { vi: "Kế hoạch", en: "Plan" },
  started: { vi: "Bắt đầu", en: "Begun" },
  finished: { vi: "Hoàn tất", en: "Finished" },
  operations: { vi: "Số việc", en: "Operations" },
  doneColumn: { vi: "Xong", en: "Done" },
  failedColumn: { vi: "Lỗi", en: "Failed" },
  openColumn: { vi: "Còn lại", en: "Open" },
  systemColumn: { vi: "Hệ thống", en: "System" },
  subject: { vi: "Của", en: "Of" },
  username: { vi: "Tên đăng nhập", en: "User name" },
  kind: { vi: "Việc", en: "What" },
  state: { vi: "Kết quả", en: "State" },
  message: { vi: "Ghi chú", en: "Note" },
  unitColumn: { vi: "Đơn vị", en: "Unit" },
  department: { vi: "Phòng ban", en: "Department" },
  fullCoverage: { vi: "Phòng ban nào cũng có đủ tài khoản.", en: "Every department has its accounts." },
  gaps: (count: number, units: number) =>
    both((lang) =>
      lang === "vi"
        ? `Thiếu hoặc bị khóa ${formatCount(count, lang)} tài khoản phòng ban ở ${formatCount(units, lang)} đơn vị. Lập kế hoạch: wardctl provision plan <danh sách> --only kind=functional --save plan.json`
        : `${formatCount(count, lang)} department account${count === 1 ? " is" : "s are"} missing or disabled in ${formatCount(units, lang)} unit${units === 1 ? "" : "s"}. To plan them: wardctl provision plan <roster> --only kind=functional --save plan.json`,
    ),
  verified: (counts: Readonly<Record<VerifiedState, number>>) =>
    both((lang) =>
      (["as-planned", "not-applied", "differs", "unknown"] as const)
        .filter((state) => counts[state] > 0 || state === "as-planned")
        .map((state) => `${formatCount(counts[state], lang)} ${verifiedWords[state][lang]}`)
        .join(" · "),
    ),
} satisfies Catalogue;
