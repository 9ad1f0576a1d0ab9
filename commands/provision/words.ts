import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { CellState } from "../../src/provision/coverage.ts";
import type { OperationState } from "../../src/provision/outcome.ts";
import type { OperationKind, PlanTotals } from "../../src/provision/plan.ts";
import type { VerifiedState } from "../../src/provision/verify-plan.ts";

export const kindWords: Readonly<Record<OperationKind, Words>> = {
  create: { vi: "Tạo", en: "Create" },
  update: { vi: "Sửa", en: "Update" },
  enable: { vi: "Mở lại", en: "Enable" },
  disable: { vi: "Khóa", en: "Disable" },
};

/** Meaning never by colour alone. */
export const kindMarks: Readonly<Record<OperationKind, string>> = { create: "+", update: "~", enable: "↑", disable: "×" };

export const stateWords: Readonly<Record<OperationState, Words>> = {
  done: { vi: "xong", en: "done" },
  failed: { vi: "lỗi", en: "failed" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  skipped: { vi: "chưa gửi", en: "not sent" },
};

export const verifiedWords: Readonly<Record<VerifiedState, Words>> = {
  "as-planned": { vi: "đúng", en: "as planned" },
  "not-applied": { vi: "chưa làm", en: "not applied" },
  differs: { vi: "khác", en: "differs" },
  unknown: { vi: "chưa rõ", en: "unknown" },
};

export const cellWords: Readonly<Record<CellState, Words>> = {
  present: { vi: "có", en: "yes" },
  missing: { vi: "THIẾU", en: "MISSING" },
  disabled: { vi: "bị khóa", en: "disabled" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  "not-needed": { vi: "–", en: "–" },
};

export const provisionWords = {
  doctor: { vi: "kiểm tra một danh sách cán bộ, không đụng đến hệ thống nào", en: "check a roster; no system is touched" },
  coverage: { vi: "phòng ban nào còn thiếu tài khoản trên hệ thống nào", en: "which departments lack accounts on which systems" },
  plan: { vi: "so danh sách với các hệ thống: sẽ thay đổi những gì", en: "compare a roster with the systems: what would change" },
  apply: {
    vi: "thực hiện một kế hoạch; bị ngắt thì chạy lại đúng lệnh này",
    en: "carry a plan out; interrupted, the same command goes on",
  },
  status: { vi: "các kế hoạch đã bắt đầu và kết quả từng việc", en: "the plans that were begun, and each operation's state" },
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
  halfDone: { vi: "Mới xong một phần", en: "Half done" },

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
  resume: { vi: "làm tiếp kế hoạch đang dở", en: "go on with the plan that was interrupted" },
  outcome: { vi: "ghi kết quả từng việc ra tệp CSV này", en: "write each operation's outcome to this CSV file" },
  confirmDisables: { vi: "đúng số tài khoản sẽ bị khóa", en: "exactly how many accounts will be disabled" },
  confirmMissing: { vi: "đúng số người không còn trong danh sách", en: "exactly how many people the roster lacks" },
  onlyGaps: { vi: "chỉ các phòng ban còn thiếu", en: "only departments with gaps" },

  soundRoster: (people: number, posts: number) =>
    both((lang) =>
      lang === "vi"
        ? `Danh sách dùng được: ${formatCount(people, lang)} người, ${formatCount(posts, lang)} chức vụ.`
        : `The roster is sound: ${formatCount(people, lang)} people, ${formatCount(posts, lang)} posts.`,
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
  planHead: (id: string, file: string, people: number) =>
    both((lang) =>
      lang === "vi"
        ? `Kế hoạch ${id} · ${file}, ${formatCount(people, lang)} người`
        : `Plan ${id} · ${file}, ${formatCount(people, lang)} people`,
    ),
  totals: (totals: PlanTotals) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      const { create, update, enable, disable, none, question } = totals;
      return lang === "vi"
        ? `Tạo ${n(create)} · Sửa ${n(update)} · Mở lại ${n(enable)} · Khóa ${n(disable)} · Giữ nguyên ${n(none)} · Hỏi ${n(question)}`
        : `Create ${n(create)} · Update ${n(update)} · Enable ${n(enable)} · Disable ${n(disable)} · Unchanged ${n(none)} · Questions ${n(question)}`;
    }),
  systemRead: (name: string, accounts: number, unmanaged: number) =>
    both((lang) => {
      const others =
        unmanaged === 0
          ? ""
          : lang === "vi"
            ? `, ${formatCount(unmanaged, lang)} không quản lý`
            : `, ${formatCount(unmanaged, lang)} not ours`;
      return `${name} ${formatCount(accounts, lang)}${others}`;
    }),
  systemsRead: { vi: "Đã đọc", en: "Read" },
  systemFailed: { vi: "Không đọc được", en: "Not readable" },
  systemLeftOut: { vi: "Bỏ qua theo yêu cầu", en: "Left out as asked" },
  questions: { vi: "Cần người quyết định", en: "A person must decide" },
  guards: { vi: "Chốt an toàn", en: "Stopped by a guard" },
  departments: { vi: "phòng ban", en: "departments" },
  people: { vi: "người", en: "people" },
  vacant: { vi: "chưa có người phụ trách", en: "nobody accountable yet" },
  more: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `… và ${formatCount(count, lang)} dòng nữa (--all để xem hết)`
        : `… and ${formatCount(count, lang)} more (--all lists them)`,
    ),
  nothingToDo: { vi: "Không có gì phải thay đổi.", en: "Nothing to change." },
  saved: (file: string) => ({
    vi: `Đã ghi ${file}. Thực hiện: wardctl provision apply ${file}`,
    en: `Saved ${file}. To carry it out: wardctl provision apply ${file}`,
  }),
  notSaved: {
    vi: "Chưa ghi gì. Thêm --save <tệp> để thực hiện được.",
    en: "Nothing was stored. Add --save <file> to be able to apply it.",
  },
  confirm: (operations: number, systems: readonly string[]) =>
    both((lang) =>
      lang === "vi"
        ? `Thực hiện ${formatCount(operations, lang)} thay đổi trên ${systems.join(", ")}?`
        : `Carry out ${formatCount(operations, lang)} change${operations === 1 ? "" : "s"} on ${systems.join(", ")}?`,
    ),
  notConfirmed: { vi: "Chưa làm gì.", en: "Nothing was done." },
  applying: { vi: "Thực hiện", en: "Applying" },
  applied: (done: number, total: number, sent: number) =>
    both((lang) =>
      lang === "vi"
        ? `Xong ${formatCount(done, lang)}/${formatCount(total, lang)}, đã gửi ${formatCount(sent, lang)} lệnh ghi, tất cả đã đọc lại.`
        : `Done ${formatCount(done, lang)} of ${formatCount(total, lang)}, ${formatCount(sent, lang)} write${sent === 1 ? "" : "s"} sent, all read back.`,
    ),
  appliedPartly: (counts: Readonly<Record<OperationState, number>>) =>
    both((lang) => {
      const n = (state: OperationState): string => `${formatCount(counts[state], lang)} ${stateWords[state][lang]}`;
      return (["done", "failed", "unknown", "skipped"] as const)
        .filter((state) => counts[state] > 0)
        .map(n)
        .join(" · ");
    }),
  goOn: (file: string | undefined) => {
    const command = file === undefined ? "wardctl provision apply --resume" : `wardctl provision apply ${file}`;
    return { vi: `Không mất gì. Làm tiếp: ${command}`, en: `Nothing is lost. To go on: ${command}` };
  },
  resumed: { vi: "Kế hoạch này đã bắt đầu từ trước: làm tiếp.", en: "This plan was begun before: going on." },
  finishedBefore: {
    vi: "Kế hoạch này đã thực hiện xong từ trước: chỉ đọc lại.",
    en: "This plan was carried out before: it is only read back.",
  },
  outcomeSaved: (file: string) => ({ vi: `Kết quả từng việc: ${file}`, en: `Each operation's outcome: ${file}` }),
  nothingToResume: { vi: "không có kế hoạch nào đang dở", en: "no plan is waiting to go on" },
  planOrResume: { vi: "chỉ ra tệp kế hoạch hoặc --resume", en: "name a plan file or give --resume" },

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
        ? `Thiếu ${formatCount(count, lang)} tài khoản phòng ban ở ${formatCount(units, lang)} đơn vị. Lập kế hoạch: wardctl provision plan <danh sách> --only kind=functional --save plan.json`
        : `${formatCount(count, lang)} department account${count === 1 ? " is" : "s are"} missing in ${formatCount(units, lang)} unit${units === 1 ? "" : "s"}. To plan them: wardctl provision plan <roster> --only kind=functional --save plan.json`,
    ),
  verified: (counts: Readonly<Record<VerifiedState, number>>) =>
    both((lang) =>
      (["as-planned", "not-applied", "differs", "unknown"] as const)
        .filter((state) => counts[state] > 0 || state === "as-planned")
        .map((state) => `${formatCount(counts[state], lang)} ${verifiedWords[state][lang]}`)
        .join(" · "),
    ),
} satisfies Catalogue;
