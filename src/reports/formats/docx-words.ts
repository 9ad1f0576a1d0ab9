import { both, type Catalogue, type Lang } from "../../platform/words.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const two = (n: number): string => String(n).padStart(2, "0");

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
  // A day below 10 and the months 1 and 2 get a zero (NĐ 30/2020, Phụ lục I).
  placeAndDate: (place: string, year: number, month: number, day: number) =>
    both((lang) =>
      lang === "vi"
        ? `${toPlace(place)}, ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`
        : `${place}, ${day} ${months[month - 1]} ${year}`,
    ),
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
