import { formatCount } from "../../src/platform/format.ts";
import { toShellWord } from "../../src/platform/text.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const rehearseWords = {
  listAbout: { vi: "các kịch bản có sẵn", en: "the scripts that come with wardctl" },
  noScripts: { vi: "không có kịch bản nào", en: "there are no scripts" },
  scriptName: { vi: "Kịch bản", en: "Script" },
  scriptTitle: { vi: "Nội dung", en: "What" },
  scriptDay: { vi: "Giờ", en: "Day" },
  scriptSpeed: { vi: "Nhanh gấp", en: "Speed" },
  scriptUnits: { vi: "Đơn vị", en: "Units" },
  scriptSystems: { vi: "Hệ thống", en: "Systems" },
  scriptFaults: { vi: "Sự cố", en: "Faults" },
  run: { vi: "chạy thành phố, có kịch bản thì theo kịch bản", en: "run the city, by a script where one is given" },
  script: {
    vi: "kịch bản: tên có sẵn (wardctl rehearse list) hoặc tệp .yaml",
    en: "the script: one that ships (wardctl rehearse list) or a .yaml file",
  },
  speedOption: {
    vi: "một phút thật bằng bấy nhiêu phút của thành phố; 0: đồng hồ đứng yên, gõ clock để đi tiếp",
    en: "minutes of the city in one real minute; 0: the clock stands until 'clock' is typed",
  },
  scriptSays: {
    vi: "kịch bản đã định giờ và sự cố; --at và --fault chỉ dùng khi không có kịch bản",
    en: "the script sets clock and faults; --at and --fault are for a city without one",
  },
  fault: (names: readonly string[]) => ({
    vi: `bật sự cố ngay từ đầu, dùng được nhiều lần: ${names.join(", ")}`,
    en: `a fault to begin with, may be given several times: ${names.join(", ")}`,
  }),
  atOption: { vi: "đồng hồ của thành phố (mặc định: 2025-07-03T16:30)", en: "the city's clock (default: 2025-07-03T16:30)" },
  badInstant: (text: string) => ({ vi: `--at: '${text}' không phải là một thời điểm`, en: `--at: '${text}' is not an instant` }),
  unknownFault: (text: string, names: readonly string[]) => ({
    vi: `không có sự cố '${text}'; có: ${names.join(", ")}`,
    en: `there is no fault '${text}'; there are: ${names.join(", ")}`,
  }),
  taken: (folder: string) => ({
    vi: `${folder} là thư mục làm việc thật; chọn thư mục khác bằng --workspace`,
    en: `${folder} is a real workspace; name another folder with --workspace`,
  }),
  running: (root: string, at: string, port: number, units: number, people: number, next = "wardctl provision coverage --gaps") =>
    both((lang) =>
      lang === "vi"
        ? [
            `Thành phố đang chạy ở https://127.0.0.1:${port}: ${formatCount(units, lang)} đơn vị, ${formatCount(people, lang)} cán bộ.`,
            "Ở một cửa sổ khác:",
            `  cd ${toShellWord(root)}`,
            `  export WARDCTL_NOW=${toShellWord(at)}`,
            `  (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            `  ${next}`,
          ].join("\n")
        : [
            `The city is running at https://127.0.0.1:${port}: ${formatCount(units, lang)} units, ${formatCount(people, lang)} staff.`,
            "In another window:",
            `  cd ${toShellWord(root)}`,
            `  export WARDCTL_NOW=${toShellWord(at)}`,
            `  (PowerShell: $env:WARDCTL_NOW = "${at}")`,
            `  ${next}`,
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
