import { formatCount, formatDateTime } from "../platform/format.ts";
import { vietnamZone } from "../platform/time.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import { countWarning } from "../records/warning-words.ts";
import type { WarningCode } from "../records/warnings.ts";
import type { Dimension, Verdict } from "./readiness.ts";

export const verdictWords = {
  go: { vi: "sẵn sàng", en: "go" },
  "no-go": { vi: "chưa sẵn sàng", en: "no-go" },
  unknown: { vi: "chưa rõ", en: "unknown" },
} satisfies Record<Verdict, Words>;

export const dimensionWords = {
  accounts: { vi: "Tài khoản", en: "Accounts" },
  departments: { vi: "Phòng ban", en: "Departments" },
  signing: { vi: "Ký, phát hành", en: "Signing" },
  endpoints: { vi: "Hệ thống", en: "Endpoints" },
  records: { vi: "Hồ sơ", en: "Records" },
  contacts: { vi: "Liên hệ", en: "Contacts" },
} satisfies Record<Dimension, Words>;

const shownNames = 3;

/** `Trần Thị Lan, Lê Văn Bình, Võ Thị Hoa và 4 nữa`. */
function listNames(names: readonly string[]): Words {
  const rest = names.length - shownNames;
  const shown = names.slice(0, shownNames).join(", ");
  if (rest <= 0) return both(() => shown);
  return both((lang) =>
    lang === "vi" ? `${shown} và ${formatCount(rest, lang)} nữa` : `${shown} and ${formatCount(rest, lang)} more`,
  );
}

function say(build: (lang: "vi" | "en", text: (words: Words) => string) => readonly [vi: string, en: string]): Words {
  return both((lang) => build(lang, (words) => words[lang])[lang === "vi" ? 0 : 1]);
}

const when = (at: number): Words => both((lang) => formatDateTime(at, vietnamZone, lang));

export const readinessWords = {
  noSystems: {
    vi: "chưa khai báo hệ thống nào có tài khoản (provision.systems)",
    en: "no system with accounts is set up (provision.systems)",
  },
  noRoster: {
    vi: "chưa biết ai làm việc ở đây: chưa có danh sách cán bộ của đơn vị",
    en: "who works here is not known: no roster of the unit has been applied",
  },
  accountsMissing: (system: string, names: readonly string[]) =>
    say((lang, text) => [
      `${formatCount(names.length, lang)} người chưa có tài khoản trên ${system}: ${text(listNames(names))}`,
      `${formatCount(names.length, lang)} people have no account on ${system}: ${text(listNames(names))}`,
    ]),
  accountsDisabled: (system: string, names: readonly string[]) =>
    say((lang, text) => [
      `${formatCount(names.length, lang)} người bị khóa tài khoản trên ${system}: ${text(listNames(names))}`,
      `${formatCount(names.length, lang)} people's accounts on ${system} are switched off: ${text(listNames(names))}`,
    ]),
  departmentsMissing: (system: string, names: readonly string[]) =>
    say((_lang, text) => [
      `chưa có tài khoản của phòng ban trên ${system}: ${text(listNames(names))}`,
      `no account on ${system} for: ${text(listNames(names))}`,
    ]),
  departmentsDisabled: (system: string, names: readonly string[]) =>
    say((_lang, text) => [
      `tài khoản của phòng ban trên ${system} đang bị khóa: ${text(listNames(names))}`,
      `switched off on ${system}: the account of ${text(listNames(names))}`,
    ]),
  neverLooked: (systems: readonly string[]) => ({
    vi: `chưa xem tài khoản trên ${systems.join(", ")}`,
    en: `nobody has looked at the accounts on ${systems.join(", ")}`,
  }),
  lookedLongAgo: (systems: readonly string[], at: number) =>
    say((_lang, text) => [
      `xem tài khoản trên ${systems.join(", ")} từ ${text(when(at))}, đã quá lâu`,
      `the accounts on ${systems.join(", ")} were last looked at at ${text(when(at))}, too long ago`,
    ]),
  noDocumentSystem: {
    vi: "chưa khai báo hệ thống quản lý văn bản (delegate.systems)",
    en: "no document system is set up (delegate.systems)",
  },
  signing: (meaning: Words, types: Words, who: string | undefined, from: number | undefined) =>
    say((_lang, text) => {
      const since = from === undefined ? ["", ""] : [`từ ${text(when(from))}: `, `from ${text(when(from))}: `];
      const whose = who === undefined ? "" : `${who}: `;
      return [
        `${since[0]}${whose}${text(meaning)} (${text(types)})`,
        `${since[1]}${whose}${text(meaning)} (${text(types)})`,
      ] as const;
    }),
  nobodySigns: (meaning: Words, types: Words, from: number | undefined) =>
    say((_lang, text) => [
      `${from === undefined ? "" : `từ ${text(when(from))} `}không ai ký, phát hành được ${text(types)}: ${text(meaning)}`,
      `${from === undefined ? "" : `from ${text(when(from))} `}nobody can sign or issue ${text(types)}: ${text(meaning)}`,
    ]),
  onlyOne: (types: Words) =>
    say((_lang, text) => [`chỉ một người ký được ${text(types)}`, `one person only can sign ${text(types)}`]),
  anyType: { vi: "loại văn bản nào", en: "any type of document" },
  allTypes: { vi: "mọi loại văn bản", en: "every type of document" },
  types: (count: number) =>
    both((lang) => `${formatCount(count, lang)} ${lang === "vi" ? "loại văn bản" : count === 1 ? "type" : "types"}`),
  noEvidence: {
    vi: "chưa xem phần mềm văn bản và chứng thư",
    en: "nobody has looked at the document system and the certificates",
  },
  oldEvidence: {
    vi: "đã xem phần mềm văn bản, chứng thư quá lâu",
    en: "the document system and the certificates were looked at too long ago",
  },
  otherEvidence: { vi: "các nguồn nói khác nhau", en: "what is known contradicts itself" },
  noInventory: { vi: "chưa khai báo danh mục điểm truy cập (check.inventory)", en: "there is no inventory (check.inventory)" },
  noEndpoints: { vi: "đơn vị không có điểm truy cập nào trong danh mục", en: "the inventory lists no endpoint of the unit" },
  endpointsFail: (systems: readonly string[], meaning: Words) =>
    say((_lang, text) => [`${systems.join(", ")}: ${text(meaning)}`, `${systems.join(", ")}: ${text(meaning)}`]),
  endpointsUnknown: (systems: readonly string[], meaning: Words) =>
    say((_lang, text) => [
      `chưa rõ ${systems.join(", ")}: ${text(meaning)}`,
      `${systems.join(", ")} cannot be told: ${text(meaning)}`,
    ]),
  fails: { vi: "không chạy", en: "does not work" },
  noWord: { vi: "thử mà không kết luận được", en: "tried, and nothing could be told" },
  /** None named: none of the unit's was ever tried. */
  untried: (systems: readonly string[]) => ({
    vi: systems.length === 0 ? "chưa thử hệ thống nào" : `chưa thử ${systems.join(", ")}`,
    en: systems.length === 0 ? "no system tried yet" : `${systems.join(", ")} not tried yet`,
  }),
  triedLongAgo: (systems: readonly string[], at: number) =>
    say((_lang, text) => [
      `thử ${systems.join(", ")} từ ${text(when(at))}, đã quá lâu`,
      `${systems.join(", ")} last tried at ${text(when(at))}, too long ago`,
    ]),
  planned: (systems: readonly string[]) => ({
    vi: `${systems.join(", ")} không chạy trong lúc bảo trì`,
    en: `${systems.join(", ")} does not work while planned work goes on`,
  }),
  canaryFailed: (system: string, stage: string) => ({
    vi: `văn bản thử trên ${system} không qua bước ${stageNames[stage]?.vi ?? stage}`,
    en: `the test document on ${system} did not get past: ${stageNames[stage]?.en ?? stage}`,
  }),
  canaryNever: (systems: readonly string[]) => ({
    vi: `chưa gửi văn bản thử trên ${systems.join(", ")}`,
    en: `no test document sent yet on ${systems.join(", ")}`,
  }),
  canaryOld: (systems: readonly string[], at: number) =>
    say((_lang, text) => [
      `văn bản thử trên ${systems.join(", ")} gửi từ ${text(when(at))}, đã quá lâu`,
      `the test document on ${systems.join(", ")} is from ${text(when(at))}, too long ago`,
    ]),
  noSource: { vi: "chưa khai báo nguồn hồ sơ (records.sources)", en: "no source of dossiers is set up (records.sources)" },
  notCovered: {
    vi: "chưa có nguồn nào giao hồ sơ của đơn vị này (units trong records.sources)",
    en: "no source is to deliver dossiers of this unit (units in records.sources)",
  },
  neverDelivered: { vi: "chưa lấy hồ sơ lần nào", en: "dossiers were never fetched" },
  silent: { vi: "không có hồ sơ nào về đây", en: "no dossiers arrive" },
  stale: (at: number | undefined) =>
    at === undefined
      ? { vi: "hồ sơ về không trọn", en: "dossiers arrived in part only" }
      : say((_lang, text) => [`hồ sơ về lần cuối ${text(when(at))}`, `dossiers last arrived at ${text(when(at))}`]),
  warning: (code: WarningCode, count: number): Words => {
    const { vi, en } = countWarning(code, count);
    return { vi: `lần nhập gần nhất: ${vi}`, en: `the last delivery: ${en}` };
  },
  noContactList: { vi: "chưa nhập danh sách liên hệ nào", en: "no list of contacts has been imported" },
  noContact: { vi: "chưa biết gọi cho ai về đơn vị này", en: "nobody knows whom to call about this unit" },
  nobodyOnDuty: { vi: "bây giờ không có kỹ thuật viên trực", en: "no technician is on duty now" },
  noNumber: { vi: "có tên người trực mà chưa có số điện thoại", en: "who is on duty is known, their number is not" },
  noCarrier: { vi: "chưa biết nhà mạng", en: "the carrier is not known" },
} satisfies Catalogue;

const stageNames: Readonly<Record<string, Words>> = {
  send: { vi: "gửi", en: "sending" },
  arrive: { vi: "đến nơi", en: "arriving" },
  receipt: { vi: "báo nhận", en: "the receipt" },
  recall: { vi: "thu hồi", en: "taking it back" },
};
