import type { Words } from "../platform/words.ts";

/** What a probe climbs, lowest first. */
export const layerNames = ["name", "network", "tls", "http", "sign-in", "function", "freshness"] as const;
export type LayerName = (typeof layerNames)[number];

/** What the explanation tells apart. The order is the alphabet of observations: add at the end and measure again. */
export const signatures = [
  "dns_nx",
  "dns_timeout",
  "tcp_refused",
  "tcp_timeout",
  "tcp_reset",
  "tls_expired",
  "tls_notyet",
  "tls_ca",
  "tls_host",
  "http_5xx",
  "http_4xx",
  "http_foreign_redirect",
  "http_slow",
  "auth_reject",
  "auth_5xx",
  "rt_stale",
  "rt_fail",
] as const;
export type Signature = (typeof signatures)[number];

interface ReasonFacts {
  /** The byte that history keeps (1–253): never renumber. */
  readonly code: number;
  readonly layer: LayerName;
  /** Undefined: says nothing about the other side. */
  readonly signature: Signature | undefined;
  readonly words: Words;
}

/** Everything a probe can find wrong, by its stable name. */
export const reasons = {
  "name.nx": reason(1, "name", "dns_nx", "không có tên miền này", "no such name"),
  "name.wrong": reason(
    2,
    "name",
    "dns_nx",
    "tên miền trỏ sang địa chỉ khác danh mục",
    "the name leads to another address than listed",
  ),
  "name.hijack": reason(
    3,
    "name",
    "dns_nx",
    "máy chủ tên miền trả lời cả tên không có thật",
    "the resolver answers names that do not exist",
  ),
  "name.servfail": reason(4, "name", "dns_timeout", "máy chủ tên miền báo lỗi", "the name server reports an error"),
  "name.timeout": reason(5, "name", "dns_timeout", "máy chủ tên miền không trả lời", "the name server does not answer"),
  "net.refused": reason(10, "network", "tcp_refused", "kết nối bị từ chối", "connection refused"),
  "net.timeout": reason(11, "network", "tcp_timeout", "không tới được", "cannot be reached"),
  "net.reset": reason(12, "network", "tcp_reset", "kết nối bị cắt ngay", "connection reset at once"),
  "net.closed": reason(13, "network", "tcp_reset", "kết nối bị đóng mà không trả lời", "connection closed without a byte"),
  "net.noipv6": reason(
    14,
    "network",
    undefined,
    "chỉ có địa chỉ IPv6, mà máy này không có IPv6",
    "only IPv6 leads there, and this machine has none",
  ),
  "tls.stall": reason(20, "tls", "tcp_timeout", "bắt tay TLS không xong", "the TLS handshake stalls"),
  "tls.reset": reason(21, "tls", "tcp_reset", "bắt tay TLS bị cắt", "the TLS handshake is cut"),
  "tls.expired": reason(22, "tls", "tls_expired", "chứng thư hết hạn", "certificate expired"),
  "tls.notyet": reason(23, "tls", "tls_notyet", "chứng thư chưa có hiệu lực", "certificate not yet valid"),
  "tls.host": reason(24, "tls", "tls_host", "chứng thư của tên khác", "certificate is for another name"),
  "tls.selfsigned": reason(25, "tls", "tls_ca", "chứng thư tự ký", "self-signed certificate"),
  "tls.chain": reason(
    26,
    "tls",
    "tls_ca",
    "chuỗi chứng thư không dẫn tới gốc tin cậy",
    "certificate chain does not reach a trusted root",
  ),
  "tls.version": reason(27, "tls", "tls_ca", "không có phiên bản hay bộ mã TLS chung", "no TLS version or cipher in common"),
  "tls.plain": reason(28, "tls", "tls_ca", "cổng TLS trả lời không mã hóa", "the TLS port answers in plain text"),
  "tls.clientcert": reason(29, "tls", "tls_ca", "máy chủ đòi chứng thư máy khách", "the server wants a client certificate"),
  // A proxy on this side says nothing about the unit behind it: none of these has a signature.
  "proxy.refused": reason(30, "network", undefined, "proxy từ chối kết nối", "the proxy refuses connections"),
  "proxy.timeout": reason(31, "network", undefined, "không tới được proxy", "the proxy cannot be reached"),
  "proxy.name": reason(32, "name", undefined, "tên của proxy không dẫn tới đâu", "the proxy's name leads nowhere"),
  "proxy.silent": reason(33, "network", undefined, "proxy nhận kết nối rồi im lặng", "the proxy accepts and then says nothing"),
  "proxy.policy": reason(34, "network", undefined, "proxy chặn theo chính sách", "the proxy blocks it by policy"),
  "proxy.garbage": reason(35, "network", undefined, "proxy trả lời thứ không hiểu được", "the proxy's answer makes no sense"),
  "proxy.gateway": reason(
    36,
    "network",
    undefined,
    "proxy báo nó không tới được đích",
    "the proxy says that it cannot reach the target",
  ),
  "proxy.closed": reason(37, "network", undefined, "proxy cắt kết nối", "the proxy cuts the connection"),
  "proxy.tls": reason(
    38,
    "tls",
    undefined,
    "proxy mở TLS bằng chứng thư gốc không được tin ở đây",
    "the proxy opens TLS with a root that is not trusted here",
  ),
  "tls.unfit": reason(
    90,
    "tls",
    "tls_ca",
    "chứng thư không dùng được cho máy chủ này",
    "the certificate is not good for this server",
  ),
  "tls.refused": reason(91, "tls", "tls_ca", "máy chủ từ chối bắt tay TLS", "the server refuses the TLS handshake"),
  "tls.garbled": reason(92, "tls", "tcp_reset", "bắt tay TLS bị sai dữ liệu", "the TLS handshake is garbled"),
  "http.5xx": reason(40, "http", "http_5xx", "máy chủ báo lỗi 5xx", "server error 5xx"),
  "http.protocol": reason(41, "http", "http_5xx", "trả lời không phải HTTP", "the answer is not HTTP"),
  "http.truncated": reason(42, "http", "http_5xx", "trả lời bị đứt giữa chừng", "the answer breaks off"),
  "http.length": reason(43, "http", "http_5xx", "độ dài trả lời không khớp", "the answer's length does not match"),
  "http.cap": reason(44, "http", "http_5xx", "trả lời quá lớn", "the answer is too large"),
  "http.loop": reason(45, "http", "http_5xx", "chuyển hướng vòng tròn", "redirects in a circle"),
  "http.4xx": reason(46, "http", "http_4xx", "bị từ chối (4xx)", "refused (4xx)"),
  "proxy.auth": reason(47, "http", undefined, "proxy đòi đăng nhập (407)", "a proxy wants a sign-in (407)"),
  "http.limited": reason(48, "http", undefined, "kiểm tra quá nhanh, bị giới hạn (429)", "we ask too fast (429)"),
  "http.foreign": reason(49, "http", "http_foreign_redirect", "bị chuyển sang nơi khác", "redirected to a foreign place"),
  "http.portal": reason(50, "http", "http_foreign_redirect", "trang đăng nhập chen vào", "a login page stands in between"),
  "http.slow": reason(51, "http", "http_slow", "chậm", "slow"),
  "http.content": reason(52, "http", "http_5xx", "trả lời thiếu nội dung phải có", "the answer lacks what it must hold"),
  "http.status": reason(53, "http", "http_5xx", "mã trả lời khác với danh mục", "another status than the inventory expects"),
  "auth.reject": reason(60, "sign-in", "auth_reject", "đăng nhập bị từ chối", "sign-in refused"),
  "auth.5xx": reason(61, "sign-in", "auth_5xx", "đăng nhập gặp lỗi máy chủ", "sign-in meets a server error"),
  "rt.fail": reason(70, "function", "rt_fail", "văn bản thử không tới", "the test document did not arrive"),
  "rt.stale": reason(71, "freshness", "rt_stale", "dữ liệu cũ", "the data are old"),
  local: reason(80, "network", undefined, "do máy kiểm tra này", "because of this machine"),
} satisfies Record<string, ReasonFacts>;

export type Reason = keyof typeof reasons;

export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

const byCode = new Map(Object.entries(reasons).map(([name, { code }]) => [code, name as Reason]));

export function findReasonByCode(code: number): Reason | undefined {
  return byCode.get(code);
}

export const layerWords: Readonly<Record<LayerName, Words>> = {
  name: { vi: "tên miền", en: "name" },
  network: { vi: "mạng", en: "network" },
  tls: { vi: "TLS", en: "TLS" },
  http: { vi: "HTTP", en: "HTTP" },
  "sign-in": { vi: "đăng nhập", en: "sign-in" },
  function: { vi: "chức năng", en: "function" },
  freshness: { vi: "độ mới dữ liệu", en: "freshness" },
};

function reason(code: number, layer: LayerName, signature: Signature | undefined, vi: string, en: string): ReasonFacts {
  return { code, layer, signature, words: { vi, en } };
}
