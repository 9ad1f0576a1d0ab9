import { formatCount } from "../../../src/platform/format.ts";
import { both, type Catalogue } from "../../../src/platform/words.ts";
import { slipStateWords } from "../../../src/provision/handout-words.ts";
import type { SlipState } from "../../../src/provision/slip.ts";

const some = (slips: number, lang: "vi" | "en"): string =>
  lang === "vi" ? `${formatCount(slips, lang)} phiếu` : `${formatCount(slips, lang)} slip${slips === 1 ? "" : "s"}`;

export const handoutWords = {
  handout: { vi: "phiếu mật khẩu lần đầu: sổ, giao, in", en: "first credentials: ledger, hand-over, printing" },
  list: { vi: "sổ phiếu: phiếu nào đã giao, đã dùng, hết hạn", en: "the ledger: which slips are handed over, used, expired" },
  export: { vi: "ghi phiếu niêm phong ra tệp cho người giữ phiếu", en: "write the sealed slips for a unit's custodian" },
  print: {
    vi: "việc của người giữ phiếu: mở niêm phong bằng khóa của mình, in mỗi người một trang",
    en: "for the custodian: open the slips with one's own key, one person a page",
  },
  mark: { vi: "ghi đã giao hoặc đã đăng nhập", en: "note that a slip was handed over or used" },

  unit: { vi: "đơn vị nào; dùng được nhiều lần", en: "which unit; may be given several times" },
  planId: { vi: "chỉ của kế hoạch này", en: "only of this plan" },
  all: { vi: "cả phiếu đã thay và bị từ chối", en: "superseded and refused slips too" },
  folder: { vi: "thư mục để ghi", en: "folder to write into" },
  sealed: {
    vi: "tệp .age hoặc thư mục đã nhận; không nêu thì lấy từ thư mục làm việc này",
    en: ".age files or folders that were received; without them those of this workspace",
  },
  identity: { vi: "tệp khóa age của người giữ phiếu", en: "the custodian's age identity file" },
  pdf: { vi: "tệp PDF để ghi, chỉ mình đọc được", en: "PDF to write, readable by you alone" },
  slipId: { vi: "mã phiếu", en: "slip id" },
  state: { vi: "handed (đã giao) hoặc seen (đã đăng nhập)", en: "handed or seen" },

  slipColumn: { vi: "Phiếu", en: "Slip" },
  unitColumn: { vi: "Đơn vị", en: "Unit" },
  subject: { vi: "Của", en: "Of" },
  system: { vi: "Hệ thống", en: "System" },
  username: { vi: "Tên đăng nhập", en: "User name" },
  generation: { vi: "Lần", en: "Try" },
  stateColumn: { vi: "Tình trạng", en: "State" },
  since: { vi: "Từ", en: "Since" },
  expires: { vi: "Hết hạn", en: "Expires" },
  recipient: { vi: "Khóa", en: "Recipient" },
  planColumn: { vi: "Kế hoạch", en: "Plan" },
  cause: { vi: "Do", en: "Cause" },

  noSlips: {
    vi: "Chưa có phiếu nào. Phiếu có khi hệ thống đặt 'temporary' trong provision.credentials.",
    en: "There are no slips. They come with systems whose policy is 'temporary' in provision.credentials.",
  },
  act: (expired: number, unknown: number) =>
    both((lang) =>
      [
        ...(expired > 0 ? [`${some(expired, lang)} ${slipStateWords.expired[lang]}`] : []),
        ...(unknown > 0 ? [`${some(unknown, lang)} ${slipStateWords.unknown[lang]}`] : []),
        lang === "vi"
          ? "cấp lại: wardctl provision handout reissue --expired --save plan.json"
          : "new ones: wardctl provision handout reissue --expired --save plan.json",
      ].join(" · "),
    ),
  issued: (slips: number, units: readonly string[]) =>
    both((lang) => {
      const flags = units.slice(0, 3).map((unit) => `--unit ${unit}`);
      const command = `wardctl provision handout export ${flags.join(" ")}${units.length > 3 ? " …" : ""}`;
      return lang === "vi"
        ? `${some(slips, lang)} đã niêm phong, chưa giao. Ghi ra cho người giữ phiếu: ${command} --out <thư mục>`
        : `${some(slips, lang)} sealed and to be handed over. To write them for the custodian: ${command} --out <folder>`;
    }),
  exported: (slips: number, folder: string) =>
    both((lang) =>
      lang === "vi"
        ? `Đã ghi ${some(slips, lang)} vào ${folder}. Người giữ phiếu in: wardctl provision handout print ${folder} --identity khoa.txt --out phieu.pdf`
        : `${some(slips, lang)} written to ${folder}. The custodian prints: wardctl provision handout print ${folder} --identity key.txt --out slips.pdf`,
    ),
  nothingToExport: { vi: "Không có phiếu nào giao được.", en: "There is no slip to hand over." },
  printed: (people: number, slips: number, file: string) =>
    both((lang) =>
      lang === "vi"
        ? `${file}: ${formatCount(people, lang)} trang, ${some(slips, lang)}. Có mật khẩu: in và giao xong thì xóa: wardctl provision handout shred ${file}`
        : `${file}: ${formatCount(people, lang)} page${people === 1 ? "" : "s"}, ${some(slips, lang)}. It holds passwords: once printed and handed over, wardctl provision handout shred ${file}`,
    ),
  foreign: (slips: number) =>
    both((lang) =>
      lang === "vi"
        ? `${some(slips, lang)} của người giữ khác, không mở được.`
        : `${some(slips, lang)} sealed for others, not opened.`,
    ),
  nothingToPrint: { vi: "khóa này không mở được phiếu nào", en: "this key opens no slip" },
  marked: (id: string, state: SlipState) => ({
    vi: `Phiếu ${id}: ${slipStateWords[state].vi}.`,
    en: `Slip ${id}: ${slipStateWords[state].en}.`,
  }),
} satisfies Catalogue;
