import type { Catalogue } from "../../src/platform/words.ts";

export const wardsWords = {
  list: { vi: "các đơn vị, theo tỉnh hay loại", en: "the units, by province or kind" },
  province: { vi: "mã tỉnh hai chữ số", en: "two-digit province code" },
  kind: { vi: "loại: phuong, xa, dac-khu", en: "kind: phuong, xa, dac-khu" },
  at: { vi: "theo ngày này (mặc định: hôm nay)", en: "as of this day (default: today)" },
  empty: { vi: "Không có đơn vị nào.", en: "No units." },
  code: { vi: "Mã", en: "Code" },
  name: { vi: "Tên", en: "Name" },
  provinceTitle: { vi: "Tỉnh, thành phố", en: "Province" },
} satisfies Catalogue;
