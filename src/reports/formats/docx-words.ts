import type { Instant } from "../../platform/clock.ts";
import { formatLongDate } from "../../platform/format.ts";
import type { Zone } from "../../platform/time.ts";
import { both, type Catalogue, type Lang } from "../../platform/words.ts";

/** `Huế` for the city of Huế; a place called after a person keeps its whole name (NĐ 30/2020, Phụ lục I). */
function toPlace(name: string): string {
  return /Hồ Chí Minh/.test(name) ? name : name.replace(/^(Thành phố|Tỉnh|TP\.)\s*/u, "");
}

/** What an office's paper says around the figures. */
export const docxWords = {
  committee: { vi: "ỦY BAN NHÂN DÂN", en: "PEOPLE'S COMMITTEE" },
  number: { vi: "Số:          /BC-UBND", en: "No.:          /BC-UBND" },
  nation: { vi: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", en: "SOCIALIST REPUBLIC OF VIET NAM" },
  motto: { vi: "Độc lập - Tự do - Hạnh phúc", en: "Independence - Freedom - Happiness" },
  placeAndDate: (place: string, at: Instant, zone: Zone) =>
    both((lang) => `${lang === "vi" ? toPlace(place) : place}, ${formatLongDate(at, zone, lang)}`),
  report: { vi: "BÁO CÁO", en: "REPORT" },
  subject: {
    vi: "tình hình tiếp nhận, giải quyết thủ tục hành chính",
    en: "dossiers received and resolved by the public service centres",
  },
  figure: { vi: "Chỉ tiêu", en: "Figure" },
  value: { vi: "Số liệu", en: "Value" },
  remark: { vi: "Ghi chú", en: "Remark" },
  author: { vi: "NGƯỜI LẬP BÁO CÁO", en: "PREPARED BY" },
  head: { vi: "THỦ TRƯỞNG ĐƠN VỊ", en: "HEAD OF THE OFFICE" },
  signHere: { vi: "(Ký, ghi rõ họ tên)", en: "(Signature and full name)" },
} satisfies Catalogue;

/** Around the two numbers, which the word processor fills in. */
export const pageNumberWords = {
  vi: { before: "Trang ", between: "/" },
  en: { before: "Page ", between: " of " },
} satisfies Record<Lang, { before: string; between: string }>;
