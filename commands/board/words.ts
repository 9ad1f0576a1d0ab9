import type { Catalogue } from "../../src/platform/words.ts";

export const boardCommandWords = {
  host: {
    vi: "địa chỉ để mở trang; ngoài máy này thì phải có liên kết vào xem",
    en: "address to serve at; beyond this machine a link is needed to enter",
  },
  port: { vi: "cổng; 0: cổng nào còn trống", en: "port; 0: any free one" },
  name: {
    vi: "tên máy chủ mà trình duyệt dùng để vào, có thể ghi nhiều lần",
    en: "host name that browsers enter by; may be given several times",
  },
  token: {
    vi: "nơi giữ mã vào xem của nhóm: env:TÊN, file:TỆP, keyring:TÊN",
    en: "where the team's access token is kept: env:NAME, file:PATH, keyring:NAME",
  },
  export: { vi: "ghi bảng thành một tệp HTML rồi thôi", en: "write the board as one HTML file instead" },
  serving: (url: string) => ({
    vi: `Bảng điều hành: ${url}\nCtrl-C để dừng.`,
    en: `The board: ${url}\nCtrl-C stops it.`,
  }),
  links: (links: readonly string[]) => ({
    vi: `Liên kết vào xem (dùng được một lần; nhấn Enter để có liên kết mới):\n${links.join("\n")}`,
    en: `Link to enter (works once; press Enter for a new one):\n${links.join("\n")}`,
  }),
  inTheOpen: {
    vi: "Trang đi qua mạng không mã hóa: chỉ dùng trong mạng nội bộ, hoặc đặt sau một máy chủ TLS.",
    en: "The page goes over the network unencrypted: use it on your own network only, or put it behind a TLS server.",
  },
  stopped: { vi: "Đã dừng bảng.", en: "The board has stopped." },
  written: (file: string) => ({ vi: `đã ghi ${file}`, en: `written: ${file}` }),
  badPort: (text: string) => ({ vi: `cổng '${text}' không hợp lệ (0–65535)`, en: `no such port: '${text}' (0–65535)` }),
  weakToken: {
    vi: "mã vào xem quá ngắn: cần ít nhất 16 ký tự",
    en: "the access token is too short: at least 16 characters",
  },
  noUnits: { vi: "thư mục làm việc này chưa có đơn vị nào", en: "this workspace has no units" },
  fault: (text: string) => ({ vi: `lỗi trong bảng, xin báo lại: ${text}`, en: `a bug in the board, please report: ${text}` }),
} satisfies Catalogue;
