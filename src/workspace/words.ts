import { formatUnitName, type Unit } from "../directory/unit.ts";
import type { Catalogue } from "../platform/words.ts";

export const settingsWords = {
  noProvince: (code: string) => ({
    vi: `không có tỉnh, thành phố nào mang mã '${code}'; xem mã bằng: wardctl wards list`,
    en: `no province has the code '${code}'; see the codes with: wardctl wards list`,
  }),
  noUnit: (code: string, likely: Unit | undefined) => ({
    vi: `không có đơn vị nào mang mã '${code}'${likely ? `; có phải "${likely.code}" (${formatUnitName(likely)})?` : "; xem mã bằng: wardctl wards list"}`,
    en: `no unit has the code '${code}'${likely ? `; did you mean "${likely.code}" (${formatUnitName(likely)})?` : "; see the codes with: wardctl wards list"}`,
  }),
  elsewhere: (code: string, unit: string, home: string) => ({
    vi: `${code} ${unit} thuộc ${home}; đưa mã này sang alsoUnits`,
    en: `${code} ${unit} belongs to ${home}; move the code to alsoUnits`,
  }),
  twice: (code: string) => ({ vi: `mã '${code}' ghi hai lần; bỏ một`, en: `code '${code}' stands twice; remove one` }),
} satisfies Catalogue;
