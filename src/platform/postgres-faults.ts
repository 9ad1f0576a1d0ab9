import { Failure, type FailureKind } from "./failure.ts";
import type { Words } from "./words.ts";

interface EngineFault {
  readonly kind: FailureKind;
  readonly words: Words;
  readonly hint: Words;
}

const lineHint: Words = {
  vi: "kiểm tra máy chủ PostgreSQL và đường mạng tới đó rồi chạy lại; việc dở dang đã được hủy, chưa mất gì",
  en: "check the PostgreSQL server and the line to it, then run again; what was under way is undone and nothing is lost",
};
const line: EngineFault = {
  kind: "unavailable",
  words: { vi: "không nối được, hoặc bị đứt giữa chừng", en: "cannot be reached, or the connection broke" },
  hint: lineHint,
};
const busy: EngineFault = {
  kind: "unavailable",
  words: { vi: "người khác đang ghi vào kho chung", en: "somebody else is writing to the shared store" },
  hint: { vi: "chờ họ xong rồi chạy lại", en: "wait until they are done, then run again" },
};
const credentials: EngineFault = {
  kind: "denied",
  words: { vi: "không cho vào (tên hoặc mật khẩu)", en: "refuses the sign-in (name or password)" },
  hint: { vi: "kiểm tra store.url trong wardctl.yaml", en: "check store.url in wardctl.yaml" },
};
const certificate: EngineFault = {
  kind: "unavailable",
  words: { vi: "không chứng minh được mình là ai (TLS)", en: "does not prove who it is (TLS)" },
  hint: {
    vi: "đặt sslrootcert=<tệp chứng thư gốc> vào địa chỉ",
    en: "put sslrootcert=<file with the root certificate> into the address",
  },
};

/** The driver's own words for the server's answer to the wish for encryption: `N`, and anything that is no answer at all. */
const plainServer: EngineFault = {
  kind: "unavailable",
  words: { vi: "máy chủ không mã hóa đường truyền (TLS)", en: "the server does not encrypt the line (TLS)" },
  hint: {
    vi: "bật ssl ở máy chủ (xem docs/store.md); nếu đường truyền đã được bảo vệ cách khác, thêm sslmode=disable vào địa chỉ",
    en: "switch ssl on at the server (see docs/store.md); if the line is protected otherwise, put sslmode=disable into the address",
  },
};
const strangeServer: EngineFault = {
  kind: "unavailable",
  words: { vi: "máy ở địa chỉ này không trả lời như PostgreSQL", en: "what answers at this address is no PostgreSQL" },
  hint: { vi: "kiểm tra tên máy và cổng trong store.url, và proxy trên đường", en: "check host and port of store.url, and proxies on the way" },
};

/** By SQLSTATE, or the beginning of one; PostgreSQL 15, Appendix A. */
const known: readonly (readonly [code: RegExp, EngineFault])[] = [
  [/^(08|57P0[123]|53300|25P03)/, line],
  [/^(ECONN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|ENOENT$)/, line],
  [/^(55P03|40P01|40001)/, busy],
  [/^28/, credentials],
  [
    /^3D000/,
    {
      kind: "invalid",
      words: { vi: "chưa có cơ sở dữ liệu này", en: "has no such database" },
      hint: { vi: "tạo nó trước (createdb), xem docs/store.md", en: "create it first (createdb), see docs/store.md" },
    },
  ],
  [
    /^42501/,
    {
      kind: "denied",
      words: { vi: "vai trò này không được làm việc đó", en: "this role may not do that" },
      hint: { vi: "xem các quyền trong docs/store.md", en: "see the grants in docs/store.md" },
    },
  ],
  [
    /^25006/,
    {
      kind: "unavailable",
      words: { vi: "máy chủ đang chỉ cho đọc", en: "the server is read-only at present" },
      hint: { vi: "nối tới máy chủ chính", en: "connect to the primary server" },
    },
  ],
  [
    /^53100/,
    {
      kind: "unavailable",
      words: { vi: "ổ đĩa của máy chủ đầy, chưa ghi gì thêm", en: "the server's disk is full; nothing more was written" },
      hint: {
        vi: "dọn chỗ trên ổ đĩa của máy chủ rồi chạy lại; dữ liệu đã ghi vẫn còn",
        en: "free some space on the server's disk and run again; what was written before is intact",
      },
    },
  ],
  [/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL)/, certificate],
];

/** Turns what the driver throws into a Failure where it is the world's fault; the rest are bugs and pass. `place` holds no secret. */
export function toPostgresFailure(error: unknown, place: string): unknown {
  if (error instanceof Failure) return error;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const fault = findFault(code, message);
  if (!fault) return error;
  const words = { vi: `${place}: ${fault.words.vi}`, en: `${place}: ${fault.words.en}` };
  return new Failure(fault.kind, words, { cause: error, hint: fault.hint });
}

function findFault(code: string, message: string): EngineFault | undefined {
  const found = known.find(([shape]) => shape.test(code))?.[1];
  if (found) return found;
  // What the operating system refuses to grow has no code of its own.
  if (/^could not (extend|write)/.test(message)) return known.find(([shape]) => shape.test("53100"))?.[1];
  if (/does not support SSL/.test(message)) return plainServer;
  if (/establishing an SSL connection/.test(message)) return strangeServer;
  return /Connection terminated|not queryable|Client has encountered|timeout expired/.test(message) ? line : undefined;
}
