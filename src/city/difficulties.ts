import { formatCsv } from "../platform/csv.ts";

/**
 * Difficulties of Huế's centres in their first days as the field report of 3 July 2025 tells them (domain.md §12): what was the matter, and whose it
 * was. The seven units are those it names; which of them had which difficulty it does not say, so that is made up.
 */
const columns = ["title", "code", "units", "system", "owner", "support", "since", "due", "tried"] as const;

const difficulties: readonly Partial<Record<(typeof columns)[number], string>>[] = [
  {
    title: "Chưa thu được phí, lệ phí trên hệ thống, phải dùng biên lai giấy",
    code: "PAY-GATEWAY",
    units: "Mỹ Thượng; Kim Long",
    system: "dossiers",
    owner: "VNPT",
    support: "IOC",
    since: "2025-07-01T08:00",
    due: "2025-07-04",
    tried: "Đăng nhập lại, đổi tài khoản thu phí: chưa được",
  },
  {
    title: "Trang xử lý hồ sơ quay mãi lúc 11 giờ 30",
    code: "HTTP-SLOW",
    units: "Vỹ Dạ",
    system: "documents",
    owner: "HueCIT",
    support: "VNPT",
    since: "2025-07-03T11:30",
    due: "2025-07-03T16:00",
    tried: "Đổi trình duyệt, đổi máy: vẫn chậm",
  },
  {
    title: "Đường truyền yếu, nghẽn vào giờ cao điểm",
    code: "NET-CONGESTED",
    units: "Phong Dinh; Phong Điền",
    owner: "Viettel",
    support: "IOC",
    since: "2025-07-02T09:00",
    due: "2025-07-05",
    tried: "Phát 4G dùng tạm tại quầy",
  },
  {
    title: "Dữ liệu chưa đồng bộ, hệ thống trả kết quả chưa kết nối",
    code: "SYNC-LAG",
    units: "Kim Trà",
    system: "dossiers",
    owner: "IOC",
    support: "HueCIT",
    since: "2025-07-02T16:30",
    due: "2025-07-04",
  },
  {
    title: "Thủ tục chưa có quy trình nội bộ được công bố",
    code: "PROC-INTERNAL",
    units: "Long Quảng",
    owner: "Sở chuyên ngành",
    support: "IOC",
    since: "2025-07-01T08:00",
    due: "2025-07-08",
  },
];

/** `wardctl incident open --file difficulties.csv`. */
export function formatDifficulties(): string {
  return formatCsv([columns, ...difficulties.map((one) => columns.map((column) => one[column]))]);
}
