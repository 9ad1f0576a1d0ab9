import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

/** How it went with a fault. */
export const stateNames = {
  open: { vi: "chưa tìm ra", en: "not found" },
  found: { vi: "đã tìm ra", en: "found" },
  mended: { vi: "đã khắc phục", en: "mended" },
  over: { vi: "tự hết", en: "over by itself" },
  missed: { vi: "bỏ sót", en: "missed" },
} satisfies Catalogue;

export const scoreWords = {
  about: {
    vi: "bảng điểm: nhóm đã tìm và khắc phục gì, nhanh tới đâu",
    en: "the scoreboard: what the team found and mended, and how fast",
  },
  out: { vi: "ghi bảng điểm (JSON) vào tệp này", en: "write the scoreboard (JSON) into this file" },
  none: { vi: "chưa có buổi tập dượt theo kịch bản nào ở đây", en: "no rehearsal with a script has been held here" },
  begin: {
    vi: "bắt đầu: wardctl rehearse --script trial-3 --workspace <thư-mục>",
    en: "begin: wardctl rehearse --script trial-3 --workspace <folder>",
  },
  planted: { vi: "Xảy ra", en: "Came" },
  fault: { vi: "Sự cố", en: "Fault" },
  state: { vi: "Kết quả", en: "State" },
  found: { vi: "Tìm ra", en: "Found" },
  foundBy: { vi: "Nhờ", en: "By" },
  minutes: { vi: "Phút", en: "Min" },
  incident: { vi: "Vướng mắc", en: "Difficulty" },
  mended: { vi: "Khắc phục", en: "Mended" },
  mendedBy: { vi: "Cách", en: "How" },
  owner: { vi: "Bên khắc phục", en: "Owner" },
  trainer: { vi: "người hướng dẫn", en: "trainer" },
  nothingYet: { vi: "Chưa có sự cố nào xảy ra.", en: "Nothing has gone wrong yet." },
  head: (title: Words, at: string, ended: boolean) =>
    both((lang) => {
      const state = lang === "vi" ? (ended ? "đã kết thúc" : `lúc ${at}`) : ended ? "over" : `at ${at}`;
      return `${title[lang]}: ${state}`;
    }),
  sum: ({ planted, found, mended, missed }: Readonly<Record<"planted" | "found" | "mended" | "missed", number>>) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      return lang === "vi"
        ? `${n(planted)} sự cố đã xảy ra: tìm ra ${n(found)}, khắc phục ${n(mended)}, bỏ sót ${n(missed)}.`
        : `${n(planted)} fault${planted === 1 ? "" : "s"} came: ${n(found)} found, ${n(mended)} mended, ${n(missed)} missed.`;
    }),
  speed: (find: number, mend: number | null) =>
    both((lang) => {
      const n = (count: number): string =>
        Number.isInteger(count) ? formatCount(count, lang) : count.toFixed(1).replace(".", lang === "vi" ? "," : ".");
      const mended = mend === null ? "" : lang === "vi" ? `, khắc phục sau ${n(mend)} phút` : `, to mend ${n(mend)}`;
      return lang === "vi" ? `Trung vị: tìm ra sau ${n(find)} phút${mended}.` : `Median minutes: to find ${n(find)}${mended}.`;
    }),
  falseAlarm: (incident: string, at: string, title: string) => ({
    vi: `Báo động nhầm: ${incident} lúc ${at}, ${title}`,
    en: `False alarm: ${incident} at ${at}, ${title}`,
  }),
  toCome: (count: number) =>
    both((lang) => (lang === "vi" ? `Còn ${formatCount(count, lang)} sự cố nữa.` : `${formatCount(count, lang)} more to come.`)),
} satisfies Catalogue;
