import { formatCsv } from "../platform/csv.ts";

/**
 * Difficulties of Huế's centres in their first days as the field report of 3 July 2025 tells them (domain.md §12): what was the matter, and whose it
 * was. The seven units are those it names; which of them had which difficulty it does not say, so that is made up.
 */
const rows: readonly (readonly string[])[] = [
  ["title", "code", "units", "system", "owner", "support", "due", "tried"],
  [
    "Chưa thu được phí, lệ phí trên hệ thống, phải dùng biên lai giấy",
    "PAY-GATEWAY",
    "Mỹ Thượng; Kim Long",
    "dossiers",
    "VNPT",
    "IOC",
    "2025-07-04",
    "Đăng nhập lại, đổi tài khoản thu phí: chưa được",
  ],
  [
    "Trang xử lý hồ sơ quay mãi lúc 11 giờ 30",
    "HTTP-SLOW",
    "Vỹ Dạ",
    "documents",
    "HueCIT",
    "VNPT",
    "2025-07-03T16:00",
    "Đổi trình duyệt, đổi máy: vẫn chậm",
  ],
  [
    "Đường truyền yếu, nghẽn vào giờ cao điểm",
    "NET-CONGESTED",
    "Phong Dinh; Phong Điền",
    "",
    "Viettel",
    "IOC",
    "2025-07-05",
    "Phát 4G dùng tạm tại quầy",
  ],
  [
    "Dữ liệu chưa đồng bộ, hệ thống trả kết quả chưa kết nối",
    "SYNC-LAG",
    "Kim Trà",
    "dossiers",
    "IOC",
    "HueCIT",
    "2025-07-04",
    "",
  ],
  [
    "Thủ tục chưa có quy trình nội bộ được công bố",
    "PROC-INTERNAL",
    "Long Quảng",
    "",
    "Sở chuyên ngành",
    "IOC",
    "2025-07-08",
    "",
  ],
];

/** `wardctl incident open --file difficulties.csv`. */
export function formatDifficulties(): string {
  return formatCsv(rows);
}
