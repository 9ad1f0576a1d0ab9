import type { ExcessCause } from "../../src/delegation/compare-carriage.ts";
import type { LossKind } from "../../src/delegation/lossy-mapping.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const carriageWords = {
  readingAccounts: { vi: "Đọc tài khoản", en: "Reading accounts" },
  equal: (system: string, rights: number, accounts: number, when: string) =>
    both((lang) =>
      lang === "vi"
        ? `${system}: khớp hai chiều lúc ${when} (${formatCount(rights, lang)} quyền ký, ${formatCount(accounts, lang)} tài khoản)`
        : `${system}: equal both ways at ${when} (${formatCount(rights, lang)} rights, ${formatCount(accounts, lang)} accounts)`,
    ),
  differs: (system: string, missing: number, excess: number, when: string) =>
    both((lang) =>
      lang === "vi"
        ? `${system}: đọc lại lúc ${when}: thiếu ${formatCount(missing, lang)}, thừa ${formatCount(excess, lang)}`
        : `${system}: read back at ${when}: ${formatCount(missing, lang)} missing, ${formatCount(excess, lang)} in excess`,
    ),
  incomplete: (system: string, reason: Words) => ({
    vi: `${system}: không kết luận được, danh sách không đầy đủ (${reason.vi})`,
    en: `${system}: nothing can be concluded, the listing is not whole (${reason.en})`,
  }),
  unread: (system: string, staffIds: readonly string[]) =>
    both((lang) =>
      lang === "vi"
        ? `${system}: chưa đọc được tài khoản của ${staffIds.join(", ")}`
        : `${system}: could not read the accounts of ${staffIds.join(", ")}`,
    ),
  sealsUnread: (system: string, units: readonly string[]) => ({
    vi: `${system}: chưa đọc được con dấu của ${units.join(", ")}`,
    en: `${system}: could not read the seals of ${units.join(", ")}`,
  }),
  probe: {
    vi: "thử ký từng loại văn bản của từng quyền (chứng cứ mạnh nhất), nếu phần mềm cho thử",
    en: "ask the system to sign each type of each right on trial (the strongest evidence), where it can",
  },
  nothingAsked: {
    vi: "Không có phần mềm nào để hỏi cho các đơn vị này; phần mềm chỉ có màn hình thì dùng: wardctl delegate attest",
    en: "No system can be asked for these units; where there are screens only: wardctl delegate attest",
  },
  noProbe: (system: string) => ({
    vi: `${system}: không có chức năng thử ký (probe)`,
    en: `${system}: has no signing on trial (probe)`,
  }),
  probed: (asked: number, refused: number, unanswered: number) =>
    both((lang) =>
      lang === "vi"
        ? `thử ký ${formatCount(asked, lang)} lần: ${formatCount(refused, lang)} bị từ chối, ${formatCount(unanswered, lang)} không có câu trả lời dùng được`
        : `tried to sign ${formatCount(asked, lang)} times: ${formatCount(refused, lang)} refused, ${formatCount(unanswered, lang)} without an answer to believe`,
    ),
  probeNotBelieved: (system: string) => ({
    vi: `${system}: thử ký với tài khoản không tồn tại mà vẫn được; không tin kết quả thử ký nào`,
    en: `${system}: lets an account that does not exist sign on trial; none of its trials is believed`,
  }),
  triedNotListed: {
    vi: "TRÁI NHAU: thử thì ký được, danh sách không có",
    en: "DISAGREES: the trial signs, the listing lacks it",
  },
  listedNotTried: {
    vi: "TRÁI NHAU: danh sách có, thử thì không ký được",
    en: "DISAGREES: the listing has it, the trial is refused",
  },
  sameAsBefore: (when: string) => ({
    vi: `không đổi so với lần đọc ${when}`,
    en: `nothing has changed since ${when}`,
  }),
  drift: (when: string, appeared: number, gone: number) =>
    both((lang) =>
      lang === "vi"
        ? `so với lần đọc ${when}: ${formatCount(appeared, lang)} sai lệch mới, ${formatCount(gone, lang)} đã hết`
        : `since ${when}: ${formatCount(appeared, lang)} new, ${formatCount(gone, lang)} gone`,
    ),
  newMissing: { vi: "MỚI THIẾU", en: "NEW MISSING" },
  newExcess: { vi: "MỚI THỪA", en: "NEW EXCESS" },
  gone: { vi: "đã hết", en: "gone" },
  missing: { vi: "THIẾU", en: "MISSING" },
  excess: { vi: "THỪA", en: "EXCESS" },
  create: { vi: "thêm", en: "add" },
  end: { vi: "kết thúc", en: "end" },
  blocked: { vi: "chưa có tài khoản, chưa thêm được", en: "no account, cannot be added" },
  foreign: { vi: "không do wardctl tạo, để nguyên", en: "not made by wardctl, left alone" },
  plan: (system: string, create: number, end: number) =>
    both((lang) =>
      lang === "vi"
        ? `${system}: sẽ thêm ${formatCount(create, lang)}, kết thúc ${formatCount(end, lang)} quyền ký:`
        : `${system}: will add ${formatCount(create, lang)} and end ${formatCount(end, lang)} rights:`,
    ),
  nothing: (system: string) => ({ vi: `${system}: không có gì phải ghi.`, en: `${system}: nothing to write.` }),
  ask: (system: string) => ({ vi: `Ghi vào ${system}?`, en: `Write this to ${system}?` }),
  acceptWider: {
    vi: "chấp nhận quyền rộng hơn mức đã giao vì phần mềm không giới hạn được, với lý do này",
    en: "accept, for this reason, rights wider than granted where the system cannot narrow them",
  },
  over: { vi: "RỘNG HƠN, KHÔNG GHI", en: "WIDER, NOT WRITTEN" },
  overAccepted: { vi: "RỘNG HƠN, đã chấp nhận", en: "WIDER, accepted" },
  under: { vi: "HẸP HƠN", en: "NARROWER" },
  byHand: (system: string) => ({
    vi: `${system}: chỉ đọc tệp xuất, không ghi được; quản trị phần mềm làm các việc trên bằng tay rồi xuất lại tệp`,
    en: `${system}: only its exports are read; its administrator does the above by hand and exports anew`,
  }),
  fromExport: (when: string) => ({
    vi: `  theo tệp xuất lúc ${when}; chứng cứ từ tệp yếu hơn đọc lại trực tiếp`,
    en: `  from an export of ${when}, which is weaker evidence than reading the system itself`,
  }),
  stopped: { vi: "Không ghi gì.", en: "Nothing was written." },
  andMore: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `… và ${formatCount(count, lang)} dòng nữa (xem đủ bằng --json)`
        : `… and ${formatCount(count, lang)} more (--json lists all)`,
    ),
} satisfies Catalogue;

export const causeWords = {
  foreign: { vi: "không có căn cứ nào đã ghi nhận, không do wardctl tạo", en: "no basis on record, not made by wardctl" },
  ended: {
    vi: "quyền đã thu hồi hoặc hết hạn mà phần mềm vẫn cho ký",
    en: "revoked or over, and the system still lets it be signed",
  },
  wider: { vi: "rộng hơn quyền đã giao", en: "wider than what was granted" },
} satisfies Record<ExcessCause, Words>;

export const lossWords = {
  docTypes: { vi: "phần mềm không giới hạn được loại văn bản", en: "the system cannot limit document types" },
  units: { vi: "phần mềm không giới hạn được phòng, ban", en: "the system cannot limit departments" },
  procedures: { vi: "phần mềm không giới hạn được nhóm thủ tục", en: "the system cannot limit procedures" },
  window: { vi: "phần mềm không lưu thời hạn", en: "the system keeps no dates" },
  hours: { vi: "phần mềm chỉ tính trọn ngày", en: "the system keeps whole days only" },
  capacity: { vi: "phần mềm không có thể thức ký này", en: "the system does not know this capacity" },
  delegates: { vi: "phần mềm chỉ cho một người nhận", en: "the system takes one delegate only" },
} satisfies Record<LossKind, Words>;
