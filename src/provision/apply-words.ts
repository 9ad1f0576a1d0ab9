import { formatCount } from "../platform/format.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import { describeMoves } from "./attribute-words.ts";
import type { Move } from "./compare-operation.ts";
import { countGuarded } from "./guards.ts";
import type { Operation } from "./operation.ts";
import type { Guard } from "./plan.ts";

const movesShown = 8;

/** What keeps a plan from being carried out, and what became of its operations. */
export const applyFaults = {
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
  noMemberships: (system: string) => ({
    vi: `wardctl không ghi được vai trò hay nhóm trên ${system}`,
    en: `wardctl cannot give roles or groups on ${system}`,
  }),
  notThere: { vi: "hệ thống nhận nhưng đọc lại không thấy", en: "the system took it, but it is not there when read back" },
  sentAgain: { vi: "lần trước bị từ chối, đang gửi lại", en: "refused before, being sent again" },
  notAwaited: { vi: "đã gửi; dừng trước khi hệ thống trả lời", en: "sent; stopped before the system answered" },
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
  stopped: { vi: "chưa gửi: đã dừng", en: "not sent: stopped" },
  alreadyDone: { vi: "đã xong từ lần trước", en: "done before" },
  guardHint: (standing: Guard, guards: readonly Guard[]) => {
    const flag =
      standing.code === "too-many-disables"
        ? `--confirm-disables ${countGuarded(guards, standing.code)}`
        : standing.code === "source-shrunk"
          ? `--confirm-missing ${standing.count}`
          : standing.code === "taken-from-many"
            ? `--confirm-removals ${countGuarded(guards, standing.code)}`
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
