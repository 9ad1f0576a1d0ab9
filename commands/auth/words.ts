import type { SecretSource } from "../../src/platform/secrets.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const sourceWords: Readonly<Record<SecretSource, Words>> = {
  env: { vi: "biến môi trường", en: "environment" },
  file: { vi: "tệp", en: "file" },
  keyring: { vi: "kho khóa", en: "keyring" },
  age: { vi: "tệp niêm phong", en: "sealed file" },
};

export const authWords = {
  status: {
    vi: "từng bí mật lấy từ đâu, có chưa; không bao giờ hiện giá trị",
    en: "where each secret is and whether; never its value",
  },
  set: {
    vi: "cất một bí mật vào kho khóa của máy, hoặc vào tệp chỉ mình đọc được",
    en: "store a secret in the machine's keyring, or in a file readable by you alone",
  },
  name: { vi: "tên trong kho khóa, như trong keyring:TÊN", en: "its name in the keyring, as in keyring:NAME" },
  file: {
    vi: "ghi vào tệp này (0600) thay cho kho khóa; đường dẫn tính từ thư mục làm việc",
    en: "write this file (0600) instead of the keyring; the path starts at the workspace's folder",
  },
  reference: { vi: "Tham chiếu", en: "Reference" },
  source: { vi: "Nguồn", en: "Source" },
  settings: { vi: "Dùng cho", en: "Used by" },
  state: { vi: "Tình trạng", en: "State" },
  mode: { vi: "Quyền", en: "Mode" },
  reason: { vi: "Lý do", en: "Reason" },
  present: { vi: "có", en: "present" },
  missing: { vi: "THIẾU", en: "MISSING" },
  noSecrets: { vi: "wardctl.yaml không dùng bí mật nào.", en: "wardctl.yaml refers to no secret." },
  remedy: (reference: string, reason: Words, hint: Words | undefined) => ({
    vi: `${reference}: ${reason.vi}${hint ? `; ${hint.vi}` : ""}`,
    en: `${reference}: ${reason.en}${hint ? `; ${hint.en}` : ""}`,
  }),
  badName: { vi: "tên chỉ gồm chữ không dấu, số và . _ @ -", en: "a name is made of letters, digits and . _ @ -" },
  ask: (reference: string) => ({
    vi: `Bí mật cho ${reference} (không hiện khi gõ)`,
    en: `Secret for ${reference} (not shown while typed)`,
  }),
  pipe: (name: string) => ({
    vi: `truyền vào: wardctl auth set ${name} < tệp`,
    en: `piping it in: wardctl auth set ${name} < file`,
  }),
  nothing: { vi: "chưa nhận được bí mật nào", en: "no secret was given" },
  howToGive: (name: string) => ({
    vi: `gõ khi được hỏi, hoặc truyền vào: wardctl auth set ${name} < tệp; không bao giờ ghi trên dòng lệnh`,
    en: `type it when asked, or pipe it in: wardctl auth set ${name} < file; never on the command line`,
  }),
  replace: (reference: string) => ({ vi: `${reference} đã có. Thay?`, en: `${reference} is there already. Replace it?` }),
  notReplaced: { vi: "Chưa thay gì.", en: "Nothing was replaced." },
  useFile: (name: string) => ({
    vi: `cất vào tệp: wardctl auth set ${name} --file .wardctl/${name}`,
    en: `store it in a file: wardctl auth set ${name} --file .wardctl/${name}`,
  }),
  stored: (reference: string, settings: readonly string[]) => ({
    vi: `Đã cất ${reference}${settings.length > 0 ? `, dùng cho ${settings.join(", ")}` : ""}.`,
    en: `${reference} is stored${settings.length > 0 ? `, used by ${settings.join(", ")}` : ""}.`,
  }),
  notUsed: (reference: string) => ({
    vi: `Chưa thiết lập nào dùng; ghi vào wardctl.yaml, ví dụ: token: ${reference}`,
    en: `No setting uses it yet; write it into wardctl.yaml, such as: token: ${reference}`,
  }),
} satisfies Catalogue;
