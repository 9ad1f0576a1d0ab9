import { formatProvinceName } from "../src/directory/unit.ts";
import { formatCount } from "../src/platform/format.ts";
import { toShellWord } from "../src/platform/text.ts";
import { both, type Catalogue } from "../src/platform/words.ts";
import type { NewWorkspace } from "../src/workspace/workspace-file.ts";

export const initWords = {
  provinceFlag: { vi: "tỉnh, thành phố: mã hoặc tên (46, Huế, TP.HCM)", en: "province or city: code or name (46, Huế, TP.HCM)" },
  unitsFlag: {
    vi: "all, hoặc mã hay tên các đơn vị, cách nhau dấu phẩy (mặc định: all)",
    en: "all, or codes or names of units with commas between (default: all)",
  },
  nameFlag: {
    vi: "tên của nhóm hay thành phố (mặc định: tên tỉnh)",
    en: "what the team calls itself (default: the province's name)",
  },
  dirFlag: { vi: "tạo ở thư mục này (mặc định: thư mục hiện tại)", en: "make it in this folder (default: the current one)" },
  schemaFlag: {
    vi: "chỉ ghi lại lược đồ cho trình soạn thảo vào .wardctl",
    en: "only write the editors' schema into .wardctl again",
  },
  inside: (outer: string) => ({
    vi: `Lưu ý: thư mục này nằm trong thư mục làm việc ${outer}`,
    en: `Note: this folder lies inside the workspace ${outer}`,
  }),
  noProvince: (text: string) => ({ vi: `không có tỉnh, thành phố nào là '${text}'`, en: `no province or city is '${text}'` }),
  manyProvinces: (text: string) => ({ vi: `'${text}' hợp với nhiều tỉnh, thành phố`, en: `'${text}' fits several provinces` }),
  candidates: (names: readonly string[]) => ({
    vi: `ghi lại --province bằng mã: ${names.join(" · ")}`,
    en: `give --province one of the codes: ${names.join(" · ")}`,
  }),
  allProvinces: {
    vi: "dùng mã hai chữ số hoặc tên một trong 34 tỉnh, thành phố từ 01/7/2025",
    en: "use the two-digit code or the name of one of the 34 provinces since 1 July 2025",
  },
  strangeUnits: (codes: readonly string[], province: string) => ({
    vi: codes.length > 0 ? `không phải đơn vị của ${province}: ${codes.join(", ")}` : "--units không nêu đơn vị nào",
    en: codes.length > 0 ? `not a unit of ${province}: ${codes.join(", ")}` : "--units names no unit",
  }),
  listUnits: (code: string) => ({
    vi: `xem mã bằng: wardctl wards list --province ${code}`,
    en: `see the codes with: wardctl wards list --province ${code}`,
  }),
  whichProvince: { vi: "Tỉnh, thành phố nào? (gõ mã hoặc tên)", en: "Which province or city? (type a code or name)" },
  whichUnits: { vi: "Hỗ trợ những đơn vị nào?", en: "Which units does it look after?" },
  allOf: (count: number) =>
    both((lang) => (lang === "vi" ? `Cả ${formatCount(count, lang)} đơn vị` : `All ${formatCount(count, lang)} units`)),
  someOf: { vi: "Chỉ một số đơn vị", en: "Only some of them" },
  tickUnits: { vi: "Chọn các đơn vị", en: "Choose the units" },
  whichName: { vi: "Tên của nhóm hay thành phố", en: "What the team calls itself" },
  nameNeeded: { vi: "cần một cái tên", en: "a name is needed" },
  whichLang: { vi: "Ngôn ngữ", en: "Language" },
  preview: (head: string, sections: readonly string[]) => ({
    vi: `\nwardctl.yaml sẽ là:\n\n${head}\n\n… và các phần mẫu: ${sections.join(", ")}\n`,
    en: `\nwardctl.yaml will be:\n\n${head}\n\n… and examples for: ${sections.join(", ")}\n`,
  }),
  confirm: (folder: string) => ({ vi: `Tạo thư mục làm việc ở ${folder}?`, en: `Make this workspace in ${folder}?` }),
  nothingMade: { vi: "Chưa tạo gì.", en: "Nothing was made." },
  renewed: (file: string) => ({ vi: `Đã ghi ${file}`, en: `Wrote ${file}` }),
  made: (wanted: NewWorkspace, count: number, folder: string, files: readonly string[], dir: string | undefined) =>
    both((lang) => {
      const province = formatProvinceName(wanted.province);
      const next = [
        ...(dir === undefined ? [] : [`cd ${toShellWord(dir)}`]),
        "wardctl doctor",
        `wardctl wards list --province ${wanted.province.code}`,
        "wardctl rehearse",
      ];
      return [
        lang === "vi"
          ? `Đã tạo thư mục làm việc '${wanted.name}' (${province}, ${formatCount(count, lang)} đơn vị) ở ${folder}`
          : `Made the workspace '${wanted.name}' (${province}, ${formatCount(count, lang)} units) in ${folder}`,
        ...files.map((file) => `  ${file}`),
        lang === "vi" ? "Làm tiếp:" : "Next:",
        ...next.map((line) => `  ${line}`),
      ].join("\n");
    }),
} satisfies Catalogue;
