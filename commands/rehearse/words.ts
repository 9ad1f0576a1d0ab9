import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const rehearseWords = {
  fault: (names: readonly string[]) => ({
    vi: `bật sự cố ngay từ đầu, dùng được nhiều lần: ${names.join(", ")}`,
    en: `a fault to begin with, may be given several times: ${names.join(", ")}`,
  }),
  atOption: { vi: "đồng hồ của thành phố", en: "the city's clock" },
  badInstant: (text: string) => ({ vi: `'${text}' không phải là một thời điểm`, en: `'${text}' is not an instant` }),
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
            `Thành phố đang chạy: https://127.0.0.1:${port}, ${formatCount(units, lang)} đơn vị, ${formatCount(people, lang)} cán bộ, đồng hồ ${at}.`,
            "Ở một cửa sổ khác:",
            `  cd ${root}`,
            `  export WARDCTL_NOW=${at}      (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            "  wardctl provision coverage --gaps",
          ].join("\n")
        : [
            `The city is running: https://127.0.0.1:${port}, ${formatCount(units, lang)} units, ${formatCount(people, lang)} staff, clock ${at}.`,
            "In another window:",
            `  cd ${root}`,
            `  export WARDCTL_NOW=${at}      (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            "  wardctl provision coverage --gaps",
          ].join("\n"),
    ),
  commands: (names: readonly string[]) => ({
    vi: `Gõ: on <sự cố>[=phạm vi], off <sự cố>[=phạm vi], list, stop. Sự cố: ${names.join(", ")}`,
    en: `Type: on <fault>[=scope], off <fault>[=scope], list, stop. Faults: ${names.join(", ")}`,
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
