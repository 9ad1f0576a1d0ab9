import type { VantageVerdict } from "../../src/health/vantages.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const localWords = {
  local: {
    vi: "máy này, đường mạng hay hệ thống: lỗi ở đâu? Tại chỗ: thêm --unit",
    en: "this machine, the line or the system? On the spot: add --unit",
  },
  unit: {
    vi: "đơn vị đang đứng: thử mọi hệ thống của đơn vị và hỏi từng bước",
    en: "the unit you are at: tries all its systems and asks step by step",
  },
  answer: {
    vi: "trả lời trước một câu hỏi: pon-red=yes (yes, no, unknown; dùng được nhiều lần)",
    en: "answer a question beforehand: pon-red=yes (yes, no, unknown; may be repeated)",
  },
  out: {
    vi: "tệp gửi bộ phận điều phối (mặc định: onsite-<mã>-<lúc>.jsonl)",
    en: "file for the desk (default: onsite-<code>-<time>.jsonl)",
  },
  machineTitle: { vi: "Máy này và đường mạng", en: "This machine and its line" },
  notLookedAt: (why: Words) => ({ vi: `chưa xét: ${why.vi}`, en: `not looked at: ${why.en}` }),
  allWell: { vi: "Máy này và đường mạng không có lỗi gì.", en: "Nothing is wrong with this machine and its line." },
  systemsTitle: (unit: Words) => ({ vi: `Các hệ thống, thử từ ${unit.vi}`, en: `The systems, tried from ${unit.en}` }),
  noInventory: {
    vi: "Không có danh mục các điểm: chỉ xét máy này và đường mạng.",
    en: "There is no inventory of endpoints: only this machine and its line are looked at.",
  },
  unitNotListed: (unit: string) => ({
    vi: `danh mục không có điểm nào của đơn vị '${unit}'`,
    en: `the inventory has no endpoint of unit '${unit}'`,
  }),
  trying: { vi: "Thử các hệ thống", en: "Trying the systems" },
  looking: { vi: "Đang xét máy này và đường mạng…", en: "Looking at this machine and its line…" },
  how: (how: Words) => ({ vi: `Cách xem: ${how.vi}.`, en: `How: ${how.en}.` }),
  yes: { vi: "Có", en: "Yes" },
  no: { vi: "Không", en: "No" },
  unknown: { vi: "Không rõ, không thử được", en: "Not known, cannot be tried" },
  badAnswer: (text: string) => ({
    vi: `--answer ${text}: phải là <câu hỏi>=yes, no hoặc unknown`,
    en: `--answer ${text}: must be <question>=yes, no or unknown`,
  }),
  questionsAre: (ids: string) => ({ vi: `các câu hỏi: ${ids}`, en: `the questions: ${ids}` }),
  answersNeedUnit: { vi: "--answer và --out chỉ dùng cùng --unit", en: "--answer and --out need --unit" },
  stillOpen: (id: string, question: Words) => ({
    vi: `Câu hỏi nên trả lời tiếp: ${question.vi} (--answer ${id}=yes|no|unknown)`,
    en: `The next question to answer: ${question.en} (--answer ${id}=yes|no|unknown)`,
  }),
  causeTitle: { vi: "Lỗi ở", en: "It is" },
  causeOdds: (title: Words, odds: string) => ({ vi: `${title.vi} (chắc ${odds})`, en: `${title.en} (odds ${odds})` }),
  rival: (title: Words, odds: string) => ({ vi: `hoặc ${title.vi} (${odds})`, en: `or ${title.en} (${odds})` }),
  call: { vi: "Gọi", en: "Call" },
  hotline: (phone: string) => ({ vi: `đường dây nóng ${phone}`, en: `hotline ${phone}` }),
  sayThis: { vi: "Nói", en: "Say" },
  meanwhile: { vi: "Rồi", en: "Then" },
  code: (code: string) => ({ vi: `mã ${code}`, en: `code ${code}` }),
  written: (file: string) => ({
    vi: `Đã ghi ${file}: gửi tệp này cho bộ phận điều phối.`,
    en: `${file} is written: send it to the coordination desk.`,
  }),
  with: {
    vi: "tệp của kỹ thuật viên tại đơn vị, ghép với lần kiểm tra này (dùng được nhiều lần)",
    en: "a technician's file from a unit, merged with this check (may be repeated)",
  },
  fromUnit: { vi: "thử từ đơn vị", en: "tried from the unit" },
  noVantage: (file: string) => ({ vi: `${file}: không dùng được`, en: `${file}: nothing in it can be used` }),
  tooOld: (file: string, hours: number) => ({
    vi: `${file}: cách lần kiểm tra này ${hours} giờ, không so được`,
    en: `${file}: ${hours} hours away from this check, they cannot be compared`,
  }),
  tooOldHint: {
    vi: "chạy lại 'wardctl check local --unit …' tại đơn vị và 'wardctl check' ở đây",
    en: "run 'wardctl check local --unit …' at the unit and 'wardctl check' here again",
  },
  notInInventory: (file: string) => ({
    vi: `${file}: danh mục không có đơn vị này`,
    en: `${file}: the inventory does not have this unit`,
  }),
  vantageTitle: (unit: Words, at: string) => ({
    vi: `Hai nơi cùng thử: trung tâm và ${unit.vi} (lúc ${at})`,
    en: `Tried from two places: the centre and ${unit.en} (at ${at})`,
  }),
  corrected: (seconds: number) => ({
    vi: `giờ của tệp đã được chỉnh ${seconds} giây`,
    en: `the file's time was corrected by ${seconds} seconds`,
  }),
  clockUnknown: {
    vi: "đồng hồ của máy tại chỗ chưa được kiểm chứng",
    en: "the clock of the machine on the spot was not verified",
  },
  allFail: {
    vi: "mọi hệ thống đều hỏng từ cả hai nơi: đường truyền của đơn vị, hoặc thứ mà mọi hệ thống cùng dựa vào; xem nguyên nhân chung ở trên",
    en: "every system fails from both places: the unit's line, or what all systems rest on; see the shared causes above",
  },
  failsFromBoth: { vi: "hỏng từ cả hai nơi", en: "fails from both places" },
  stale: (minutes: number) => ({
    vi: `hai lần thử cách nhau ${minutes} phút: chỗ khác nhau có thể do đã thay đổi`,
    en: `the two runs are ${minutes} minutes apart: what differs may have changed meanwhile`,
  }),
} satisfies Catalogue;

export const verdictWords: Readonly<Record<VantageVerdict, Words>> = {
  "both-well": { vi: "chạy tốt từ cả hai nơi", en: "works from both places" },
  "both-fail": { vi: "hỏng từ cả hai nơi: phía hệ thống", en: "fails from both places: the system's side" },
  "unit-only": {
    vi: "chỉ hỏng từ đơn vị: đường mạng ở đó hay mạng trong nhà",
    en: "fails from the unit only: the line there or the inside network",
  },
  "centre-only": {
    vi: "chỉ hỏng từ trung tâm: đường từ trung tâm tới đó",
    en: "fails from the centre only: the path from there",
  },
  "one-sided": { vi: "chỉ một nơi thử được", en: "judged from one place only" },
};
