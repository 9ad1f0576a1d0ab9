import { Failure } from "./failure.ts";

export function describeSilence(error: unknown, host: string, deadlineMs: number): Failure {
  const { code, message = "" } = error as { code?: string; message?: string };
  const late = code === "ETIMEDOUT" || /timed out|timeout/i.test(message);
  const broken = /connection closed|socket|reset/i.test(message) ? "connection closed" : "no answer";
  return new Failure(
    "unavailable",
    late
      ? { vi: `${host} không trả lời trong ${deadlineMs} ms`, en: `${host} did not answer within ${deadlineMs} ms` }
      : { vi: `không nói chuyện được với ${host} (${code ?? broken})`, en: `cannot talk to ${host} (${code ?? broken})` },
    { cause: error },
  );
}

/** RFC 4511 appendix A: what is said to somebody who may not come in. 53 is Active Directory's word for a locked or expired account. */
const noEntry = new Set([8, 13, 48, 49, 50, 53]);

export function describeNotLetIn(host: string, code: number): Failure {
  if (!noEntry.has(code)) {
    return new Failure("unavailable", {
      vi: `${host} lúc này chưa cho đăng nhập (LDAP ${code})`,
      en: `${host} takes no sign-in now (LDAP ${code})`,
    });
  }
  return new Failure("denied", {
    vi: `${host} không cho đăng nhập (LDAP ${code}); kiểm tra bindDn và mật khẩu`,
    en: `${host} does not let us sign in (LDAP ${code}); check bindDn and password`,
  });
}

export function describeLostPages(host: string): Failure {
  return new Failure("unavailable", {
    vi: `${host} trả về một trang rỗng giữa chừng; danh sách không đủ`,
    en: `${host} gave an empty page before the end; the list is not whole`,
  });
}

export function describeUnread(host: string, code: number, message: string): Failure {
  const text = toServerWords(message).slice(0, 200);
  const told = text ? `LDAP ${code}: ${text}` : `LDAP ${code}`;
  // RFC 4511 §4.5.1.4, RFC 2696 §3: a page larger than the server lets this user have is not cut, it is refused.
  if (code === 11) {
    return new Failure("unavailable", {
      vi: `${host} không đưa nhiều mục như vậy một lần (${told}); ghi pageSize nhỏ hơn cho hệ thống này trong wardctl.yaml, hoặc xin nâng giới hạn cho tài khoản bindDn`,
      en: `${host} does not give so many entries at once (${told}); write a smaller pageSize for this system in wardctl.yaml, or ask for a higher limit for bindDn`,
    });
  }
  if (code === 4) {
    return new Failure("unavailable", {
      vi: `${host} chỉ đưa một phần danh sách (${told}); xin nâng giới hạn số mục cho tài khoản bindDn`,
      en: `${host} gives only part of the list (${told}); ask for a higher size limit for bindDn`,
    });
  }
  if (code === 32) {
    return new Failure("unavailable", {
      vi: `${host} không có nơi cần tìm (${told}); kiểm tra base và quyền đọc của bindDn`,
      en: `${host} has no such place to search (${told}); check base and what bindDn may read`,
    });
  }
  return new Failure(code === 49 || code === 50 ? "denied" : "unavailable", {
    vi: `${host} không đưa hết danh sách (${told})`,
    en: `${host} did not give its whole list (${told})`,
  });
}

/** ldapts puts the result code behind the server's words. */
export function toServerWords(message: string): string {
  return message.replace(/ ?Code: 0x[0-9a-f]+$/i, "").trim();
}
