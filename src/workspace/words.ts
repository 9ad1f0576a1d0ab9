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

export const workspaceFileWords = {
  what: {
    vi: "Thư mục làm việc của wardctl. Kiểm tra tệp này: wardctl doctor",
    en: "A wardctl workspace. To check this file: wardctl doctor",
  },
  howExamples: {
    vi: "Muốn dùng phần mẫu nào thì bỏ dấu # đầu các dòng của phần đó.",
    en: "To use one of the examples take the # off the beginning of its lines.",
  },
  countOfUnits: (count: number) => ({ vi: `cả ${count} đơn vị`, en: `all ${count} units` }),
  alsoUnits: { vi: "Đơn vị của tỉnh khác mà nhóm cũng hỗ trợ:", en: "Units of other provinces that the team looks after too:" },
  operator: {
    vi: "Người đang làm, ghi vào nhật ký; mặc định là tên người dùng của máy:",
    en: "Who is at work, for the audit log; the machine's user without it:",
  },
} satisfies Catalogue;

export const createWords = {
  present: (file: string) => ({ vi: `${file} đã có, không ghi đè`, en: `${file} is there already and is not overwritten` }),
  presentHint: {
    vi: "sửa tệp ấy, đổi tên nó, hoặc chọn thư mục khác bằng --dir",
    en: "edit it, rename it, or choose another folder with --dir",
  },
} satisfies Catalogue;

export const openWords = {
  noWorkspaceThere: (root: string) => ({ vi: `${root}: không có wardctl.yaml`, en: `${root}: has no wardctl.yaml` }),
  nameAnother: {
    vi: "xem lại --workspace hoặc biến WARDCTL_WORKSPACE; tạo mới bằng: wardctl init --dir <thư-mục>",
    en: "check --workspace or the variable WARDCTL_WORKSPACE; make one with: wardctl init --dir <folder>",
  },
} satisfies Catalogue;
