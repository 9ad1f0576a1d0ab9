import type { Family } from "../../src/health/fault-kit/behaviour.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Words } from "../../src/platform/words.ts";

export const selftestWords = {
  selftest: {
    vi: "bày mọi lỗi cho chính máy này đoán, để tin được kết quả kiểm tra",
    en: "show every fault to the probes on this machine, to prove that they tell them apart",
  },
  progress: { vi: "Tự kiểm tra", en: "Testing itself" },
  behaviour: { vi: "Hành vi", en: "Behaviour" },
  expected: { vi: "Phải nói", en: "Has to say" },
  family: { vi: "Nhóm", en: "Family" },
  id: { vi: "Mã", en: "Id" },
  way: { vi: "Đường", en: "Way" },
  seen: { vi: "Đã nói", en: "Said" },
  right: { vi: "Đúng", en: "Right" },
  attempts: { vi: "Lần thử", en: "Tries" },
  totalMs: { vi: "Mili giây", en: "Milliseconds" },
  overshootMs: { vi: "Quá hạn (ms)", en: "Past deadline (ms)" },
  well: { vi: "tốt", en: "well" },
  notTried: { vi: "–", en: "–" },
  empty: { vi: "Không thử được gì.", en: "Nothing could be tried." },
  verdict: (right: number, of: number): Words =>
    both((lang) =>
      lang === "vi"
        ? `Công cụ trên máy này đoán đúng ${formatCount(right, lang)} trong ${formatCount(of, lang)} hành vi.`
        : `This machine's tool tells ${formatCount(right, lang)} of ${formatCount(of, lang)} behaviours right.`,
    ),
  wrong: { vi: "Đoán sai", en: "Told wrongly" },
  wrongLine: (what: Words, way: Words, expected: Words, seen: Words): Words =>
    both((lang) =>
      lang === "vi"
        ? `${what.vi} (${way.vi}): phải nói “${expected.vi}”, đã nói “${seen.vi}”`
        : `${what.en} (${way.en}): had to say “${expected.en}”, said “${seen.en}”`,
    ),
  deadline: (deadline: string, p99: string, max: string): Words => ({
    vi: `Thời hạn ${deadline} ms: quá hạn nhiều nhất ${max} ms, 99 % lần thử không quá ${p99} ms.`,
    en: `Deadline of ${deadline} ms: overrun by ${max} ms at most, in 99 % of the probes by no more than ${p99} ms.`,
  }),
  overrun: (most: number): Words => ({
    vi: `Thời hạn không được giữ: quá ${most} ms. Máy này đang quá tải hoặc ngừng giữa chừng.`,
    en: `Deadlines are not kept: overrun by more than ${most} ms. This machine is overloaded, or stands still at times.`,
  }),
  machine: { vi: "Máy này", en: "This machine" },
  openFiles: (limit: string): Words => ({
    vi: `mở được ${limit} tệp và kết nối cùng lúc`,
    en: `may have ${limit} files and connections open at a time`,
  }),
  fewFiles: (limit: string): Words => ({
    vi: `chỉ mở được ${limit} tệp và kết nối cùng lúc: lượt kiểm tra lớn cần 4.096 (ulimit -n 4096)`,
    en: `may have only ${limit} files and connections open at a time: a large check wants 4,096 (ulimit -n 4096)`,
  }),
  lag: (ms: string): Words => ({
    vi: `tiến trình bị đứng tới ${ms} ms (p99) trong lúc thử`,
    en: `the process stood still for up to ${ms} ms (p99) meanwhile`,
  }),
  highLag: { vi: "thời gian đo lúc này không so sánh được", en: "timings taken now cannot be compared" },
  leftTitle: { vi: "Chưa thử được ở đây", en: "Could not be tried here" },
  left: {
    "no-ipv6": { vi: "máy này không có IPv6", en: "this machine has no IPv6" },
    "cannot-play": { vi: "hệ điều hành hoặc OpenSSL ở đây không dựng được", en: "the system or OpenSSL here cannot play it" },
  },
  stopped: { vi: "Đã dừng: phần còn lại chưa thử.", en: "Stopped: the rest was not tried." },
};

export const familyWords: Readonly<Record<Family, Words>> = {
  connection: { vi: "Kết nối", en: "Connections" },
  http: { vi: "Máy chủ HTTP", en: "HTTP servers" },
  tls: { vi: "Máy chủ TLS", en: "TLS servers" },
  link: { vi: "Đường truyền", en: "Lines" },
  name: { vi: "Máy chủ tên miền", en: "Name servers" },
  proxy: { vi: "Proxy", en: "Proxies" },
};
