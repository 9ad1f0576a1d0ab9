import type { Words } from "../platform/words.ts";

/** What a probe found that is no failure, by its stable name. */
export const notes = {
  "name.differs": {
    vi: "máy chủ tên miền và hệ điều hành trả lời khác nhau (tệp hosts, hậu tố tìm kiếm, hoặc quy tắc riêng của máy này)",
    en: "the name servers and the operating system answer differently (hosts file, search list, or a rule of this machine)",
  },
  "net.v6broken": {
    vi: "IPv6 hỏng, IPv4 chạy: người dùng chờ thêm khoảng 250 ms mỗi lần kết nối",
    en: "IPv6 is broken, IPv4 works: users wait some 250 ms more for each connection",
  },
  "tls.inspected": {
    vi: "chỉ kho chứng thư của máy này tin chứng thư này: có thiết bị mở TLS ở giữa, một gốc được cài thêm, hoặc một gốc công cộng đã cũ",
    en: "only this machine's own store trusts the certificate: a proxy opens TLS on the way, a root was installed here, or it is an old public root",
  },
  "tls.browsers": {
    vi: "máy chủ không gửi chứng thư trung gian; trình duyệt có thể vẫn vào được",
    en: "the server does not send its intermediate certificate; browsers may still work",
  },
} as const satisfies Record<string, Words>;

export type Note = keyof typeof notes;
