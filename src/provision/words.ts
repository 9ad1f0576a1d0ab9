import { formatCount } from "../platform/format.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import type { Move } from "./compare-operation.ts";
import type { Guard, Operation, PlanSubject, Question, QuestionCode, Reason } from "./plan.ts";

interface FailedSystem {
  readonly system: string;
  readonly message: Words;
}

const listFailed = (failed: readonly FailedSystem[]): Words =>
  both((lang) => failed.map(({ system, message }) => nameOnce(system, message[lang])).join("; "));

/** Some messages begin with the system's name already. */
function nameOnce(system: string, message: string): string {
  return message.startsWith(`${system} `) ? message : `${system}: ${message}`;
}

const attributeNames: Readonly<Record<string, Words>> = {
  account: { vi: "tài khoản", en: "account" },
  userName: { vi: "tên đăng nhập", en: "user name" },
  displayName: { vi: "tên hiển thị", en: "display name" },
  formattedName: { vi: "họ và tên", en: "full name" },
  givenName: { vi: "tên gọi", en: "given name" },
  title: { vi: "chức vụ", en: "position" },
  userType: { vi: "loại", en: "class" },
  employeeNumber: { vi: "mã NV", en: "staff id" },
  unit: { vi: "đơn vị", en: "unit" },
  department: { vi: "phòng ban", en: "department" },
  email: { vi: "thư điện tử", en: "e-mail" },
  phone: { vi: "điện thoại", en: "phone" },
  externalId: { vi: "mã liên kết", en: "external id" },
  active: { vi: "đang mở", en: "active" },
  owner: { vi: "người phụ trách", en: "owner" },
};

export function nameAttribute(attribute: string): Words {
  return attributeNames[attribute] ?? { vi: attribute, en: attribute };
}

function describeMoves(moves: readonly Move[]): Words {
  return both((lang) => moves.map(({ attribute, from, to }) => `${nameAttribute(attribute)[lang]} ${from} → ${to}`).join(", "));
}

const movesShown = 8;

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
  noList: (system: string, status: number) => ({
    vi: `${system} không trả về danh sách tài khoản đọc được (${status})`,
    en: `${system} gave no readable list of accounts (${status})`,
  }),
  noUser: (system: string) => ({
    vi: `${system} trả về tài khoản không có id hoặc userName`,
    en: `${system} listed an account without id or userName`,
  }),
  totalChanged: (system: string, before: number, now: number) => ({
    vi: `${system}: danh sách không khớp tổng số (${before}, rồi ${now}) khi đang đọc; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: its list does not add up (${before}, then ${now}) while being read; nothing is planned there`,
  }),
  emptyPage: (system: string, found: number, total: number) => ({
    vi: `${system}: danh sách dừng ở ${found} trên ${total} tài khoản; chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: the list ends at ${found} of ${total} accounts; nothing is planned there`,
  }),
  repeatedPage: (system: string) => ({
    vi: `${system}: một tài khoản xuất hiện hai lần khi lật trang (bỏ qua startIndex?); chưa lập kế hoạch cho hệ thống này`,
    en: `${system}: an account came twice while paging (startIndex ignored?); nothing is planned there`,
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
  tornPlan: (file: string) => ({ vi: `${file}: tệp kế hoạch bị đứt hoặc hỏng`, en: `${file}: the plan file is torn or damaged` }),
  noPlan: (file: string) => ({ vi: `${file}: không phải tệp kế hoạch của wardctl`, en: `${file}: not a plan of wardctl's` }),
  editedPlan: (file: string) => ({
    vi: `${file}: kế hoạch đã bị sửa sau khi lập, không thực hiện`,
    en: `${file}: the plan was altered after it was made and is not carried out`,
  }),
  otherPlan: (id: string) => ({
    vi: `kế hoạch ${id} đã bắt đầu với nội dung khác`,
    en: `plan ${id} was begun with another content`,
  }),
  planAgain: { vi: "lập lại bằng wardctl provision plan … --save", en: "make it again with wardctl provision plan … --save" },
  tooEarly: (day: string) => ({
    vi: `kế hoạch có hiệu lực từ ${day}; thực hiện từ ngày đó`,
    en: `the plan takes effect on ${day}; apply it from that day on`,
  }),
  expired: (at: string) => ({ vi: `kế hoạch hết hạn lúc ${at}`, en: `the plan ran out at ${at}` }),
  mendSecret: {
    vi: "không mất gì; sửa mã truy cập (wardctl auth status) rồi chạy lại đúng lệnh này",
    en: "nothing is lost; mend the secret (wardctl auth status), then run the same command again",
  },
  sameCommandAgain: {
    vi: "không mất gì; chạy lại đúng lệnh này khi hệ thống trở lại",
    en: "nothing is lost; run the same command again when the system is back",
  },
  systemGone: (systems: readonly string[]) => ({
    vi: `kế hoạch dùng hệ thống không còn trong wardctl.yaml: ${systems.join(", ")}`,
    en: `the plan uses systems that are no longer in wardctl.yaml: ${systems.join(", ")}`,
  }),
  stale: (moves: readonly { readonly operation: Operation; readonly move: Move }[], applied: boolean) =>
    both((lang) => {
      const shown = moves
        .slice(0, movesShown)
        .map(({ operation, move }) => `\n  ${operation.system} ${operation.username}: ${describeMoves([move])[lang]}`)
        .join("");
      const more = moves.length > movesShown ? `\n  … +${formatCount(moves.length - movesShown, lang)}` : "";
      const head = applied
        ? lang === "vi"
          ? "kế hoạch đã thực hiện xong trước đây, sau đó có thay đổi"
          : "the plan was carried out before, and something changed since"
        : lang === "vi"
          ? "có thay đổi sau khi lập kế hoạch, chưa ghi gì"
          : "something changed after the plan was made, nothing was written";
      return `${head}:${shown}${more}`;
    }),
  movedMeanwhile: (moves: readonly Move[]) =>
    both((lang) => `${lang === "vi" ? "đã bị người khác thay đổi" : "somebody changed it"}: ${describeMoves(moves)[lang]}`),
  notAsWanted: (moves: readonly Move[]) =>
    both(
      (lang) =>
        `${lang === "vi" ? "đọc lại không đúng như đã ghi" : "read back, it is not what was written"}: ${describeMoves(moves)[lang]}`,
    ),
  notThere: { vi: "hệ thống nhận nhưng đọc lại không thấy", en: "the system took it, but it is not there when read back" },
  notAwaited: { vi: "đã gửi; dừng trước khi hệ thống trả lời", en: "sent; stopped before the system answered" },
  sentAgain: { vi: "lần trước bị từ chối, đang gửi lại", en: "refused before, being sent again" },
  sentButNotKept: (remedy: Words | undefined) =>
    both((lang) =>
      [
        remedy?.[lang],
        lang === "vi"
          ? "việc đã gửi mà chưa kịp ghi lại sẽ được tìm trên hệ thống khi chạy lại đúng lệnh này, không tạo hai lần"
          : "what was sent and not written down is looked up when the same command is run again; nobody is made twice",
      ]
        .filter((part) => part !== undefined)
        .join("; "),
    ),
  notReadBack: { vi: "đã gửi, chưa đọc lại được", en: "sent, not read back yet" },
  somebodyElse: (username: string) => ({
    vi: `tên ${username} đang là của tài khoản khác`,
    en: `the name ${username} belongs to another account`,
  }),
  waitsFor: (operation: string) => ({
    vi: `chưa gửi: đợi việc ${operation} xong`,
    en: `not sent: waits for ${operation} to be done`,
  }),
  notApproved: {
    vi: "kế hoạch này cần người thứ hai duyệt trước khi thực hiện",
    en: "this plan needs a second person's approval before it is carried out",
  },
  approveHint: {
    vi: "một người khác người lập chạy: wardctl provision approve <kế hoạch>",
    en: "somebody other than its planner runs: wardctl provision approve <plan>",
  },
  ownPlan: (actor: string) => ({
    vi: `${actor} đã lập kế hoạch này, không thể tự duyệt`,
    en: `${actor} made this plan and cannot approve it`,
  }),
  otherProfile: (systems: readonly string[]) => ({
    vi: `cách hoạt động đã biết của ${systems.join(", ")} thay đổi sau khi lập kế hoạch, chưa ghi gì`,
    en: `what is known of how ${systems.join(", ")} behaves changed after the plan was made, nothing was written`,
  }),
  unknownSystem: (system: string, systems: readonly string[]) => ({
    vi: `không có hệ thống '${system}'; các hệ thống: ${systems.join(", ")}`,
    en: `there is no system '${system}'; systems: ${systems.join(", ")}`,
  }),
  noProbe: (system: string) => ({
    vi: `loại hệ thống của ${system} chưa dò được`,
    en: `${system} is of a kind that cannot be probed`,
  }),
  stopped: { vi: "chưa gửi: đã dừng", en: "not sent: stopped" },
  alreadyDone: { vi: "đã xong từ lần trước", en: "done before" },
  guardHint: (standing: Guard, guards: readonly Guard[]) => {
    const disables = guards.filter(({ code }) => code === "too-many-disables").reduce((sum, { count }) => sum + count, 0);
    const flag =
      standing.code === "too-many-disables"
        ? `--confirm-disables ${disables}`
        : standing.code === "source-shrunk"
          ? `--confirm-missing ${standing.count}`
          : undefined;
    return flag === undefined
      ? { vi: "kiểm tra lại tệp danh sách", en: "check the roster file" }
      : { vi: `nếu đúng là như vậy: ${flag}`, en: `if that is really meant: ${flag}` };
  },
  locked: (host: string, pid: number, at: string) => ({
    vi: `một wardctl khác đang ghi tài khoản (máy ${host}, tiến trình ${pid}, từ ${at})`,
    en: `another wardctl is writing accounts (host ${host}, process ${pid}, since ${at})`,
  }),
  lockedHint: {
    vi: "đợi tiến trình đó xong; khóa tự mất khi tiến trình chết trên máy này",
    en: "wait for it to end; the lock of a dead process on this machine is taken over by itself",
  },
} satisfies Catalogue;

export function describeGuard({ code, system, count, limit }: Guard): Words {
  return both((lang) => {
    const [n, most] = [formatCount(count, lang), formatCount(limit, lang)];
    if (code === "roster-empty") return lang === "vi" ? "danh sách không có người nào" : "the roster has nobody in it";
    if (code === "source-shrunk") {
      return lang === "vi"
        ? `danh sách thiếu ${n} người đã có tài khoản (ngưỡng ${most}, 20%)`
        : `the roster lacks ${n} people who have accounts (limit ${most}, 20%)`;
    }
    return lang === "vi"
      ? `${system}: sẽ khóa ${n} tài khoản (ngưỡng ${most})`
      : `${system}: ${n} accounts would be disabled (limit ${most})`;
  });
}

export const reasonWords: Readonly<Record<Reason, Words>> = {
  "no-account": { vi: "chưa có tài khoản", en: "has no account" },
  "attributes-differ": { vi: "thông tin khác danh sách", en: "differs from the roster" },
  "account-was-disabled": { vi: "đang bị khóa", en: "is disabled" },
  "not-entitled": { vi: "chức vụ không dùng hệ thống này", en: "the position does not use this system" },
  "unit-merged": { vi: "đã nhập vào tài khoản của đơn vị mới", en: "merged into the new unit's account" },
  "posts-ended": { vi: "đã hết nhiệm vụ", en: "every post has ended" },
  "recreate-asked": { vi: "tạo lại theo yêu cầu", en: "made again as asked" },
};

type Ask = (subject: string, candidates: string, systems: string) => Words;

const questionWords: Readonly<Record<QuestionCode, Ask>> = {
  "several-accounts": (subject, candidates, systems) => ({
    vi: `${subject} có nhiều tài khoản trên ${systems}: ${candidates}. Giữ một, xóa mã liên kết của các tài khoản khác trên hệ thống đó`,
    en: `${subject} has several accounts on ${systems}: ${candidates}. Keep one, take the external id off the others there`,
  }),
  "weak-match": (subject, candidates, systems) => ({
    vi: `${systems} có tài khoản ${candidates} giống ${subject} nhưng không có mã NV. Nếu đúng người: ghi tên đó vào cột Tài khoản; nếu không: ghi tên khác`,
    en: `${systems} has ${candidates}, which looks like ${subject} but carries no staff id. If it is theirs, write that name into the username column; if not, write another`,
  }),
  "account-gone": (subject, candidates, systems) => ({
    vi: `tài khoản ${candidates} của ${subject} trên ${systems} không còn. Tạo lại cùng tên: --recreate <mã NV>`,
    en: `${subject}'s account ${candidates} on ${systems} is gone. To make it again under the same name: --recreate <staff id>`,
  }),
  "not-in-roster": (subject, _, systems) => ({
    vi: `${subject} có tài khoản (${systems}) nhưng không có trong danh sách. Nếu đã nghỉ: ghi lại dòng với ngày kết thúc`,
    en: `${subject} has accounts (${systems}) but is not in the roster. If they left, add the row again with its end date`,
  }),
  "other-name": (subject, candidates, systems) => ({
    vi: `mã NV của ${subject} trên ${systems} là tài khoản của người tên khác: ${candidates}. Mã bị dùng lại: cấp mã mới; nếu đổi họ tên: ghi tên đăng nhập đó vào cột Tài khoản`,
    en: `on ${systems} the staff id of ${subject} is on the account of another name: ${candidates}. If the id was given out again, give a new one; if the name changed, write that user name into the username column`,
  }),
  "name-differs": (subject, candidates, systems) => ({
    vi: `${subject} dùng tên khác trên ${systems}: ${candidates}. Tên đã cấp không đổi`,
    en: `${subject} goes by another name on ${systems}: ${candidates}. Names once given are kept`,
  }),
  "name-taken": (subject, candidates) => ({
    vi: `tên đăng nhập ghi cho ${subject} đã là của người khác: ${candidates}. Ghi tên khác`,
    en: `the username written for ${subject} is somebody else's: ${candidates}. Write another`,
  }),
  "left-before": (subject, candidates) => ({
    vi: `${subject} đã được báo nghỉ từ ${candidates}, danh sách vẫn còn. Nghỉ thật: ghi ngày kết thúc; trở lại làm: ghi dòng mới với ngày bắt đầu; báo nhầm: --recreate <mã NV>`,
    en: `${subject} was said to have left on ${candidates}, the roster still lists them. If they left, write the end date; if they came back, a row with its start date; if it was said by mistake: --recreate <staff id>`,
  }),
  "moved-before": (subject, candidates) => ({
    vi: `${subject} đã được điều chuyển (${candidates}), danh sách còn ghi nơi cũ. Ghi dòng mới vào danh sách`,
    en: `${subject} was moved (${candidates}), the roster still has the former place. Write the new row into the roster`,
  }),
  "merged-before": (subject, candidates) => ({
    vi: `tài khoản của ${subject} đã nhập vào đơn vị khác (${candidates}). Bỏ đơn vị cũ khỏi units trong wardctl.yaml; nếu là đơn vị mới trùng mã: --recreate <mã tài khoản>`,
    en: `the account of ${subject} went into another unit's (${candidates}). Take the former unit out of units in wardctl.yaml; if it is a new one of the same code: --recreate <key>`,
  }),
  "part-of-unit": (subject, candidates) => ({
    vi: `${subject} ở đơn vị chỉ nhập một phần (${candidates}). Về đơn vị mới: --take <mã NV>; đi nơi khác: --leave-out <mã NV>`,
    en: `${subject} is in a unit of which only a part merges (${candidates}). To the new unit: --take <staff id>; elsewhere: --leave-out <staff id>`,
  }),
  "no-such-department": (subject, candidates) => ({
    vi: `đơn vị mới không có phòng ban của ${subject}: ${candidates}. Dùng provision move`,
    en: `the new unit has no such department as ${subject}'s: ${candidates}. Use provision move`,
  }),
  "forbidden-together": (subject, candidates) => ({
    vi: `${subject} giữ các chức vụ không được kiêm: ${candidates}. Bỏ bớt một, hoặc sửa forbidWith trong wardctl.yaml`,
    en: `${subject} holds positions that may not be held together: ${candidates}. Take one away, or change forbidWith in wardctl.yaml`,
  }),
  "several-heads": (subject, candidates) => ({
    vi: `${subject} có nhiều người đứng đầu sau khi nhập: ${candidates}. Chọn một người, điều chuyển người còn lại`,
    en: `${subject} has several heads after the merger: ${candidates}. Choose one, move the others`,
  }),
  "same-name-and-birthday": (subject, candidates) => ({
    vi: `${subject}: cùng tên và ngày sinh với ${candidates}. Một người: bỏ bớt dòng; hai người: ghi tài khoản riêng cho mỗi người`,
    en: `${subject}: same name and birthday as ${candidates}. If one person, remove a row; if two, give each a username of their own`,
  }),
};

export function describeQuestion(question: Question): Words {
  return questionWords[question.code](
    formatSubject(question.subject),
    question.candidates.join(", "),
    question.systems.join(", "),
  );
}

export function formatSubject({ name, staffId, functionalKey }: PlanSubject): string {
  const id = staffId ?? functionalKey ?? "";
  return name === id ? id : `${name} (${id})`;
}
