import { formatCount, formatPercent } from "../platform/format.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import type { Metric } from "../records/figures.ts";
import type { IdentityCheck } from "./identities.ts";
import { toMetricTitle } from "./metrics.ts";

const signed = (n: number, lang: "vi" | "en"): string =>
  n > 0 ? `+${formatCount(n, lang)}` : formatCount(n, lang).replace("-", "−");

const identityNames: Readonly<Record<IdentityCheck["code"], Words>> = {
  "W-CHANNEL": { vi: "tiếp nhận theo kênh", en: "received by channel" },
  "W-BALANCE": { vi: "cân đối hồ sơ", en: "balance of dossiers" },
  "W-PARTS": { vi: "tổng và thành phần", en: "total and parts" },
};

const ofWhat = ({ code, whole }: IdentityCheck, lang: "vi" | "en"): string =>
  code === "W-PARTS" ? toMetricTitle(whole[0] as Metric)[lang].toLowerCase() : identityNames[code][lang];

const missing = ({ notGiven }: IdentityCheck, lang: "vi" | "en"): string => {
  if (notGiven.length === 0) return "";
  const titles = notGiven.map((metric) => toMetricTitle(metric)[lang].toLowerCase()).join(", ");
  return lang === "vi" ? ` (không công bố: ${titles})` : ` (not given: ${titles})`;
};

export const reconcileWords = {
  wholeCity: { vi: "Toàn địa bàn", en: "The whole area" },
  atMost: (rate: Words) => both((lang) => (lang === "vi" ? `nhiều nhất ${rate.vi}` : `at most ${rate.en}`)),
  allTie: (units: number) =>
    both((lang) =>
      lang === "vi"
        ? `Số liệu tính được của ${formatCount(units, lang)} đơn vị đều cân: theo kênh, theo thành phần, đầu kỳ và cuối kỳ.`
        : `The computed figures of ${formatCount(units, lang)} ${units === 1 ? "unit" : "units"} all tie: by channel, by part, opening and closing.`,
    ),
  broken: (name: Words, check: IdentityCheck) =>
    both((lang) =>
      lang === "vi"
        ? `${name.vi}: ${ofWhat(check, lang)} không cân, ${check.sum.vi}, lệch ${signed(check.delta, lang)}`
        : `${name.en}: ${ofWhat(check, lang)} does not tie, ${check.sum.en}, difference ${signed(check.delta, lang)}`,
    ),
  statedBroken: (name: Words, source: string, check: IdentityCheck) =>
    both((lang) =>
      lang === "vi"
        ? `${name.vi} (${source}): ${ofWhat(check, lang)} không cân, ${check.sum.vi}, lệch ${signed(check.delta, lang)}${missing(check, lang)}`
        : `${name.en} (${source}): ${ofWhat(check, lang)} does not tie, ${check.sum.en}, difference ${signed(check.delta, lang)}${missing(check, lang)}`,
    ),
  statedTies: (name: Words, source: string, check: IdentityCheck) =>
    both((lang) =>
      lang === "vi"
        ? `${name.vi} (${source}): ${ofWhat(check, lang)} khớp, ${check.sum.vi}${missing(check, lang)}`
        : `${name.en} (${source}): ${ofWhat(check, lang)} ties, ${check.sum.en}${missing(check, lang)}`,
    ),
  rateWithoutBase: (name: Words, source: string, stated: string, low: number | undefined) =>
    both((lang) => {
      if (lang === "vi") {
        const why = low === undefined ? "không có số gốc" : `số gốc chỉ là cận dưới (từ ${formatCount(low, lang)})`;
        return `${name.vi} (${source}): ${stated}, ${why}; không suy ra số hồ sơ`;
      }
      const why =
        low === undefined ? "the base is not given" : `the base is only a lower bound (${formatCount(low, lang)} or more)`;
      return `${name.en} (${source}): ${stated}, ${why}; no count is derived from it`;
    }),
  countWithoutBase: (name: Words, source: string, resolved: number) =>
    both((lang) =>
      lang === "vi"
        ? `${name.vi} (${source}): đã giải quyết ${formatCount(resolved, lang)}, không có số gốc nên không có tỷ lệ; chỉ xếp theo số lượng`
        : `${name.en} (${source}): ${formatCount(resolved, lang)} resolved, base not given, so there is no rate; ranked by count only`,
    ),
  rateTies: (name: Words, source: string, stated: string, numerator: number, base: number) =>
    both((lang) => {
      const counts = `${formatCount(numerator, lang)}/${formatCount(base, lang)}`;
      return lang === "vi"
        ? `${name.vi} (${source}): ${stated} khớp ${counts}`
        : `${name.en} (${source}): ${stated} agrees with ${counts}`;
    }),
  otherRate: (name: Words, source: string, stated: string, numerator: number, base: number) =>
    both((lang) => {
      const counts = `${formatCount(numerator, lang)}/${formatCount(base, lang)}`;
      const percent = formatPercent(numerator, base, lang);
      return lang === "vi"
        ? `${name.vi} (${source}): công bố ${stated}, nhưng ${counts} là ${percent}`
        : `${name.en} (${source}): ${stated} is stated, but ${counts} is ${percent}`;
    }),
  impossibleRate: (name: Words, source: string, rate: string, base: string, possible: readonly number[]) =>
    both((lang) => {
      const bases = possible.map((n) => formatCount(n, lang)).join(lang === "vi" ? " hoặc " : " or ");
      if (lang === "vi") {
        const needs = bases ? `; cần số gốc ${bases}` : "";
        return `${name.vi} (${source}): ${rate} không thể tính ra từ ${base} hồ sơ${needs}; coi là ước chừng`;
      }
      const needs = bases ? `; it needs a base of ${bases}` : "";
      return `${name.en} (${source}): ${rate} cannot come from ${base} dossiers${needs}; taken as approximate`;
    }),
  totalNotCheckable: (source: string, metric: Metric, total: number, found: number, given: number, expected: number) =>
    both((lang) =>
      lang === "vi"
        ? `${toMetricTitle(metric).vi} (${source}): không kiểm được tổng ${formatCount(total, lang)} với các đơn vị, vì chỉ có số của ${given}/${expected} đơn vị (cộng được ${formatCount(found, lang)})`
        : `${toMetricTitle(metric).en} (${source}): the total ${formatCount(total, lang)} is not checkable against the units: given for ${given} of ${expected} (they sum to ${formatCount(found, lang)})`,
    ),
  totalDiffers: (source: string, metric: Metric, total: number, found: number) =>
    both((lang) =>
      lang === "vi"
        ? `${toMetricTitle(metric).vi} (${source}): tổng ghi ${formatCount(total, lang)}, cộng các đơn vị được ${formatCount(found, lang)}, lệch ${signed(found - total, lang)}`
        : `${toMetricTitle(metric).en} (${source}): total stated ${formatCount(total, lang)}, units sum to ${formatCount(found, lang)}, difference ${signed(found - total, lang)}`,
    ),
  differsFromOurs: (name: Words, source: string, metric: Metric, stated: string, computed: number, delta: number) =>
    both((lang) =>
      lang === "vi"
        ? `${name.vi}, ${toMetricTitle(metric).vi.toLowerCase()}: ${source} ghi ${stated}, tính từ hồ sơ được ${formatCount(computed, lang)}, lệch ${signed(delta, lang)}`
        : `${name.en}, ${toMetricTitle(metric).en.toLowerCase()}: ${source} states ${stated}, counted from dossiers ${formatCount(computed, lang)}, difference ${signed(delta, lang)}`,
    ),
  otherName: (source: string, stated: string, name: Words, code: string) =>
    both((lang) =>
      lang === "vi"
        ? `${source} ghi "${stated}"; đúng theo danh bạ là ${name.vi} (${code})`
        : `${source} says "${stated}"; the directory has ${name.vi}, ${name.en} (${code})`,
    ),
  definitionsDiffer: (name: Words, stated: string, other: Words, rate: Words) =>
    both((lang) =>
      lang === "vi"
        ? `Tỷ lệ trực tuyến ${stated} của ${name.vi} và ${rate.vi} của ${other.vi}: định nghĩa khác nhau hoặc không rõ, không xếp chung`
        : `Online rates of ${name.en} (${stated}) and ${other.en} (${rate.en}): the definitions differ or are unstated, so they are not ranked together`,
    ),
} satisfies Catalogue;
