import type { Words } from "../platform/words.ts";

/** One way of asking, with how often it came through. */
export interface Trial {
  readonly way: TrialWay;
  readonly tries: number;
  readonly passed: number;
}

export const trialWays = {
  "post-quantum": { vi: "TLS 1.3, bắt tay hậu lượng tử", en: "TLS 1.3, post-quantum hello" },
  classical: { vi: "TLS 1.3, bắt tay cổ điển", en: "TLS 1.3, classical hello" },
  "classical-long": { vi: "TLS 1.3, bắt tay cổ điển nhưng dài", en: "TLS 1.3, classical but long hello" },
  "tls1.2": { vi: "TLS 1.2", en: "TLS 1.2" },
  direct: { vi: "đi thẳng", en: "direct" },
  proxied: { vi: "qua proxy", en: "through the proxy" },
  v4: { vi: "IPv4", en: "IPv4" },
  v6: { vi: "IPv6", en: "IPv6" },
} as const satisfies Record<string, Words>;
export type TrialWay = keyof typeof trialWays;

/** What the trials say, by its stable name. */
export const differentialFindings = {
  "post-quantum-rejected": {
    vi: "thiết bị trung gian chặn bắt tay TLS hậu lượng tử: bắt tay cổ điển thì qua",
    en: "a middlebox rejects the post-quantum hello: a classical one comes through",
  },
  "long-hello-rejected": {
    vi: "bắt tay TLS dài hơn một gói thì bị chặn: MTU hoặc thiết bị trung gian",
    en: "a hello longer than one packet does not come through: the MTU, or a middlebox",
  },
  "tls1.3-rejected": {
    vi: "TLS 1.3 không qua, TLS 1.2 thì qua: máy chủ hoặc thiết bị trung gian cũ",
    en: "TLS 1.3 does not come through, TLS 1.2 does: an old server or middlebox",
  },
  "client-certificate": {
    vi: "bắt tay TLS 1.2 cho thấy máy chủ đòi chứng thư máy khách",
    en: "a TLS 1.2 handshake shows that the server wants a client certificate",
  },
  "only-proxied": {
    vi: "đi thẳng thì hỏng, qua proxy thì được: mạng ở đây buộc đi qua proxy",
    en: "direct fails, through the proxy works: this network wants the proxy",
  },
  "only-direct": {
    vi: "qua proxy thì hỏng, đi thẳng thì được: lỗi ở proxy",
    en: "through the proxy fails, direct works: it is the proxy",
  },
  "proxy-inspects": {
    vi: "qua proxy thấy chứng thư khác với khi đi thẳng: proxy mở TLS",
    en: "through the proxy another certificate shows than direct: the proxy opens TLS",
  },
  "only-v6": { vi: "IPv4 hỏng, IPv6 chạy", en: "IPv4 fails, IPv6 works" },
  "only-v4": { vi: "IPv6 hỏng, IPv4 chạy", en: "IPv6 fails, IPv4 works" },
  flaky: { vi: "lúc được lúc không, cách nào cũng vậy", en: "comes and goes, whichever way it is asked" },
  "well-now": { vi: "lần hỏi lại nào cũng được: lỗi đã qua", en: "every further try came through: the failure has passed" },
  same: { vi: "cách nào cũng hỏng như nhau", en: "fails the same whichever way it is asked" },
} as const satisfies Record<string, Words>;
export type DifferentialFinding = keyof typeof differentialFindings;

export interface Differential {
  readonly finding: DifferentialFinding;
  readonly trials: readonly Trial[];
  /** Ways that could not be tried here, such as a post-quantum hello where OpenSSL knows none. */
  readonly notApplicable?: readonly TrialWay[];
  readonly words: Words;
}
