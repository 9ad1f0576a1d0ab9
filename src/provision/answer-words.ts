import { toShellWord } from "../platform/text.ts";
import type { Catalogue, Words } from "../platform/words.ts";
import type { Decision } from "./decision.ts";
import type { Question } from "./question.ts";

export const answerFaults = {
  systemNeeded: {
    vi: "tài khoản nào trên hệ thống nào: thêm --system <tên>",
    en: "an account of which system: add --system <name>",
  },
  noAccount: (system: string, userName: string) => ({
    vi: `${system} không có tài khoản '${userName}'`,
    en: `${system} has no account '${userName}'`,
  }),
  anothersAccount: (system: string, userName: string, owner: string) => ({
    vi: `${userName} trên ${system} mang mã của người khác (${owner}): xóa mã đó trên hệ thống trước, nếu thật là nhầm`,
    en: `${userName} on ${system} carries another's id (${owner}): if that is wrong, take it off there first`,
  }),
  nothingGone: (key: string) => ({
    vi: `không tài khoản đã gắn nào của ${key} bị mất`,
    en: `no linked account of ${key} is gone`,
  }),
  nothingDeclared: (key: string) => ({
    vi: `chưa ai báo ${key} nghỉ, chuyển hay nhập đơn vị`,
    en: `nobody said that ${key} left, moved or was merged`,
  }),
  nothingToWithdraw: (key: string) => ({ vi: `${key} chưa có trả lời nào như vậy`, en: `there is no such answer for ${key}` }),
} satisfies Catalogue;

/** An answer as people read it. */
export function describeDecision({ kind, system, about }: Decision): Words {
  const on = system ?? "";
  switch (kind) {
    case "theirs":
      return { vi: `${about} trên ${on} là tài khoản của họ`, en: `${about} on ${on} is theirs` };
    case "not-theirs":
      return { vi: `${about} trên ${on} là của người khác`, en: `${about} on ${on} is somebody else's` };
    case "make-again":
      return { vi: `tạo lại tài khoản đã mất trên ${on}`, en: `the vanished account on ${on} is made again` };
    case "two-people":
      return { vi: `là người khác với ${about}`, en: `is another person than ${about}` };
    case "still-here":
      return { vi: `đã báo nhầm: ${about}`, en: `was said by mistake: ${about}` };
    case "keeps":
      return { vi: "không có trong danh sách này, tài khoản vẫn giữ", en: "is not in this roster, the accounts stay" };
  }
}

/** The command lines that answer a question, as far as a command can; none where the roster, the settings or the system must be mended. */
export function listAnswers({ code, subject, systems, candidates }: Question): string[] {
  const key = subject.staffId ?? subject.functionalKey;
  if (key === undefined) return [];
  const answer = `wardctl provision answer ${key}`;
  const [system] = systems;
  const [first = ""] = candidates;
  const accounts = (flag: "--account" | "--not", names: readonly string[]): string[] =>
    systems.flatMap((on) => names.map((name) => `${answer} --system ${on} ${flag} ${toShellWord(name)}`));
  switch (code) {
    case "weak-match":
      return [...accounts("--account", candidates), ...accounts("--not", candidates)];
    case "several-accounts":
      return candidates.length === 1 ? accounts("--not", candidates) : accounts("--account", candidates);
    case "other-name":
      return [...accounts("--account", [first]), ...accounts("--not", [first])];
    case "name-differs":
      return accounts("--account", [first]);
    case "account-gone":
      return [systems.length === 1 ? `${answer} --system ${system} --recreate` : `${answer} --recreate`];
    case "left-before":
    case "moved-before":
    case "merged-before":
      return [`${answer} --still-here`];
    case "same-name-and-birthday":
      return [`${answer} --two-people ${candidates.filter((id) => id !== key).join(" ")}`];
    case "not-in-roster":
      return [subject.staffId === undefined ? `${answer} --keep` : `wardctl provision leave ${key}`, `${answer} --keep`].filter(
        (line, at, all) => all.indexOf(line) === at,
      );
    default:
      return [];
  }
}
