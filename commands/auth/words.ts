import type { SecretSource } from "../../src/platform/secrets.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const sourceWords: Readonly<Record<SecretSource, Words>> = {
  env: { vi: "biến môi trường", en: "environment" },
  file: { vi: "tệp", en: "file" },
  keyring: { vi: "kho khóa", en: "keyring" },
  age: { vi: "tệp niêm phong", en: "sealed file" },
  systemd: { vi: "systemd", en: "systemd" },
  prompt: { vi: "gõ khi cần", en: "typed when needed" },
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
  age: {
    vi: "niêm phong vào tệp này bằng age; đường dẫn tính từ thư mục làm việc",
    en: "seal it into this file with age; the path starts at the workspace's folder",
  },
  recipient: {
    vi: "khóa công khai mở được tệp (mặc định: khóa của WARDCTL_AGE_IDENTITY, hoặc hỏi mật khẩu)",
    en: "public key that opens it (default: WARDCTL_AGE_IDENTITY's, else a passphrase is asked for)",
  },
  file: {
    vi: "ghi không mã hóa vào tệp này (0600); cần --insecure-storage",
    en: "write it in the clear into this file (0600); needs --insecure-storage",
  },
  insecure: { vi: "chấp nhận cất không mã hóa", en: "accept that it is stored in the clear" },
  fileOrAge: { vi: "dùng --age hoặc --file, không dùng cả hai", en: "give --age or --file, not both" },
  plaintext: (file: string) => ({
    vi: `${file} sẽ chứa bí mật không mã hóa; ai có bản sao của ổ đĩa đều đọc được`,
    en: `${file} would hold the secret in the clear; whoever has a copy of the disk can read it`,
  }),
  ratherSealed: (name: string, file: string) => ({
    vi: `niêm phong: wardctl auth set ${name} --age ${file}.age; nếu vẫn muốn: thêm --insecure-storage`,
    en: `seal it: wardctl auth set ${name} --age ${file}.age; if it is meant all the same: add --insecure-storage`,
  }),
  noRecipient: { vi: "chưa biết niêm phong cho khóa nào", en: "whom to seal it for is not known" },
  nameRecipient: {
    vi: "thêm --recipient <age1…>, đặt WARDCTL_AGE_IDENTITY, hoặc chạy tại màn hình lệnh để đặt mật khẩu",
    en: "add --recipient <age1…>, set WARDCTL_AGE_IDENTITY, or run it at a terminal to choose a passphrase",
  },
  newPassphrase: (file: string) => ({
    vi: `Mật khẩu mới để mở ${file} (không hiện khi gõ)`,
    en: `New passphrase for ${file} (not shown while typed)`,
  }),
  again: { vi: "Gõ lại mật khẩu", en: "The passphrase again" },
  notTheSame: { vi: "hai lần gõ không giống nhau; chưa ghi gì", en: "the two are not the same; nothing was written" },
  reference: { vi: "Tham chiếu", en: "Reference" },
  source: { vi: "Nguồn", en: "Source" },
  settings: { vi: "Dùng cho", en: "Used by" },
  state: { vi: "Tình trạng", en: "State" },
  mode: { vi: "Quyền", en: "Mode" },
  reason: { vi: "Lý do", en: "Reason" },
  present: { vi: "có", en: "present" },
  asked: { vi: "sẽ hỏi", en: "asked for" },
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
    vi: `niêm phong vào tệp: wardctl auth set ${name} --age .wardctl/${name}.age`,
    en: `seal it into a file: wardctl auth set ${name} --age .wardctl/${name}.age`,
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
