import { formatCount } from "../../src/platform/format.ts";
import { toShellWord } from "../../src/platform/text.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const rehearseWords = {
  fault: (names: readonly string[]) => ({
    vi: `bật sự cố ngay từ đầu, dùng được nhiều lần: ${names.join(", ")}`,
    en: `a fault to begin with, may be given several times: ${names.join(", ")}`,
  }),
  atOption: { vi: "đồng hồ của thành phố", en: "the city's clock" },
  badInstant: (text: string) => ({ vi: `--at: '${text}' không phải là một thời điểm`, en: `--at: '${text}' is not an instant` }),
  unknownFault: (text: string, names: readonly string[]) => ({
    vi: `không có sự cố '${text}'; có: ${names.join(", ")}`,
    en: `there is no fault '${text}'; there are: ${names.join(", ")}`,
  }),
  taken: (folder: string) => ({
    vi: `${folder} là thư mục làm việc thật; chọn thư mục khác bằng --workspace`,
    en: `${folder} is a real workspace; name another folder with --workspace`,
  }),
  running: (root: string, at: string, port: number, units: number, people: number) =>
    both((lang) =>
      lang === "vi"
        ? [
            `Thành phố đang chạy ở https://127.0.0.1:${port}: ${formatCount(units, lang)} đơn vị, ${formatCount(people, lang)} cán bộ.`,
            "Ở một cửa sổ khác:",
            `  cd ${toShellWord(root)}`,
            `  export WARDCTL_NOW=${at}`,
            `  (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            "  wardctl provision coverage --gaps",
          ].join("\n")
        : [
            `The city is running at https://127.0.0.1:${port}: ${formatCount(units, lang)} units, ${formatCount(people, lang)} staff.`,
            "In another window:",
            `  cd ${toShellWord(root)}`,
            `  export WARDCTL_NOW=${at}`,
            `  (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            "  wardctl provision coverage --gaps",
          ].join("\n"),
    ),
  commands: (names: readonly string[]) => ({
    vi: `Gõ: on <sự-cố>[=phạm-vi] · off <sự-cố>[=phạm-vi] · list · stop\nSự cố:\n  ${names.join("\n  ")}`,
    en: `Type: on <fault>[=scope] · off <fault>[=scope] · list · stop\nFaults:\n  ${names.join("\n  ")}`,
  }),
  notUnderstood: (line: string) => ({ vi: `không hiểu '${line}'`, en: `not understood: '${line}'` }),
  onlyFromStart: (name: string) => ({
    vi: `${name} chỉ bật được từ đầu, bằng --fault, trong một thư mục mới`,
    en: `${name} works from the start only, by --fault, in a new folder`,
  }),
  active: (faults: readonly string[]) => ({
    vi: faults.length === 0 ? "Không có sự cố nào." : `Sự cố đang bật: ${faults.join(", ")}`,
    en: faults.length === 0 ? "No faults." : `Faults: ${faults.join(", ")}`,
  }),
} satisfies Catalogue;
