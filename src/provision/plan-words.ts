import { formatCount } from "../platform/format.ts";
import { both, type Lang, type Words } from "../platform/words.ts";
import type { Membership } from "./account.ts";
import { closedBefore, handoutReasonWords } from "./handout-words.ts";
import { formatMembership } from "./membership-words.ts";
import { type PlanSubject, type Reason, toSubjectId } from "./operation.ts";
import type { Guard } from "./plan.ts";
import type { Question, QuestionCode } from "./question.ts";

export function describeGuard({ code, system, count, limit, membership }: Guard): Words {
  return both((lang) => {
    const [n, most] = [formatCount(count, lang), formatCount(limit, lang)];
    if (code === "roster-empty") return lang === "vi" ? "danh sách không có người nào" : "the roster has nobody in it";
    if (code === "source-shrunk") {
      return lang === "vi"
        ? `danh sách thiếu ${n} người đã có tài khoản (ngưỡng ${most}, 20%)`
        : `the roster lacks ${n} people who have accounts (limit ${most}, 20%)`;
    }
    if (code === "taken-from-many" && membership !== undefined) {
      const what = formatMembership(membership, lang);
      return lang === "vi"
        ? `${system}: ${what} sẽ bị thu của ${n} người (ngưỡng ${most}, 20% số người đang giữ)`
        : `${system}: ${what} would be taken from ${n} people (limit ${most}, 20% of its holders)`;
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
  "no-group": { vi: "hệ thống chưa có nhóm này", en: "the system has no such group" },
  "memberships-differ": { vi: "vai trò, nhóm khác mẫu phân quyền", en: "roles and groups differ from the templates" },
  "recreate-asked": { vi: "tạo lại theo yêu cầu", en: "made again as asked" },
  ...handoutReasonWords,
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
  "closed-before": closedBefore,
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
  "membership-missing": (_, candidates, systems) => ({
    vi: `${systems} không có ${nameAll(candidates, "vi")} và wardctl không tạo được. Tạo trên hệ thống đó, hoặc sửa wardctl.yaml`,
    en: `${systems} has no ${nameAll(candidates, "en")}, and wardctl cannot make it. Make it there, or change wardctl.yaml`,
  }),
  "several-of-name": (_, candidates, systems) => ({
    vi: `${systems} có hai ${nameAll(candidates, "vi")} cùng tên, chưa đụng đến. Đổi tên một trên hệ thống đó`,
    en: `${systems} has two of the name ${nameAll(candidates, "en")}; neither is touched. Rename one of them there`,
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

function nameAll(candidates: string, lang: Lang): string {
  return candidates
    .split(", ")
    .map((one) => formatMembership(one as Membership, lang))
    .join(", ");
}

export function formatSubject(subject: PlanSubject): string {
  const { name } = subject;
  const id = toSubjectId(subject);
  return name === id ? id : `${name} (${id})`;
}
