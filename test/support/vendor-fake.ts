import { randomUUID } from "node:crypto";
import { serve } from "./serve.ts";

/** What systems of this shape were seen doing (provision.md §13.3, §15). Always: 200 without an id, a duplicate told in a 200, PUT wipes. */
export const vendorLies = [
  "ignores-offset",
  "repeats-a-page",
  "empty-page-before-total",
  "total-changes",
  "caps-at-20",
  "ignores-search",
  "truncated-json",
  "session-ends-often",
  "always-login-page",
  "throttles-seconds",
  "throttles-date",
  "500-after-executing",
  "reset-after-executing",
  "refuses-create",
  "gives-id",
  "redirects-here",
  "redirects-elsewhere",
  "redirects-to-login",
  "json-as-html",
  "escapes-letters",
  "reads-fail",
  "loses-title",
] as const;
export type VendorLie = (typeof vendorLies)[number];

export type VendorUser = Record<string, unknown> & { id: number; tenDangNhap: string };

export interface VendorGroup {
  readonly id: number;
  readonly ten: string;
  /** Ids of users, as often as they stand there. */
  thanhVien: string[];
}

export interface VendorFake {
  readonly url: string;
  readonly roles: { readonly id: number; readonly ten: string }[];
  readonly groups: VendorGroup[];
  readonly users: Map<string, VendorUser>;
  /** By user name; no answer shows them. */
  readonly passwords: Map<string, string>;
  readonly lies: Set<VendorLie>;
  readonly requests: { readonly method: string; readonly url: string; readonly body: string; readonly cookie: string }[];
  /** Writes carried out, and sign-ins. */
  readonly counts: { writes: number; logins: number };
  /** Called with each write before it is carried out; what it answers is waited for. */
  onWrite: (() => void | Promise<void>) | undefined;
  stop(): Promise<void>;
}

export const vendorUser = "quản trị";
export const vendorPass = 'mật"khẩu-canary\\4711';

/** A document system with keys in Vietnamese. Keeps the truth in `users`, numbers as ids, user names unique without case. */
export async function startVendor(...own: readonly VendorLie[]): Promise<VendorFake> {
  const users = new Map<string, VendorUser>();
  const passwords = new Map<string, string>();
  const roles: VendorFake["roles"] = [];
  const groups: VendorGroup[] = [];
  const lies = new Set(own);
  const requests: VendorFake["requests"] = [];
  const counts = { writes: 0, logins: 0 };
  const sessions = new Map<string, number>();
  let made = 0;
  let throttled = 0;
  let reads = 0;
  const fake = { onWrite: undefined as (() => void | Promise<void>) | undefined };

  const { url, stop } = await serve(async (request, response, body) => {
    const { method = "", headers } = request;
    const target = new URL(request.url ?? "/", "http://x");
    const cookie = headers.cookie ?? "";
    requests.push({ method, url: request.url ?? "", body, cookie });
    const answer = (value: unknown, status = 200, more: Record<string, string> = {}): void => {
      const type = lies.has("json-as-html") ? "text/html" : "application/json";
      let text = JSON.stringify(value);
      if (lies.has("escapes-letters")) {
        text = text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
      }
      if (lies.has("truncated-json")) text = text.slice(0, -5);
      response.writeHead(status, { "content-type": type, ...more }).end(text);
    };
    const page = (): void => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "set-cookie": "PHPSESSID=guest; path=/" });
      response.end("<html><form action=/api/dang-nhap>Đăng nhập</form></html>");
    };
    if (target.pathname === "/api/dang-nhap") {
      const { tenDangNhap, matKhau } = JSON.parse(body) as Record<string, string>;
      if (tenDangNhap !== vendorUser || matKhau !== vendorPass) return answer({ ma: 1, thongBao: "Sai mật khẩu" });
      counts.logins += 1;
      const session = randomUUID();
      sessions.set(session, lies.has("session-ends-often") ? 12 : Number.POSITIVE_INFINITY);
      const expires = "Expires=Thu, 03 Jul 2125 03:00:00 GMT";
      response.setHeader("set-cookie", [`PHPSESSID=${session}; Path=/; ${expires}; HttpOnly`, `lang=vi; ${expires}`]);
      return answer({ ma: 0, thongBao: "Thành công" });
    }
    const session = /PHPSESSID=([^;]+)/.exec(cookie)?.[1] ?? "";
    const left = sessions.get(session) ?? 0;
    if (left <= 0 && lies.has("redirects-to-login") && target.pathname !== "/dang-nhap") {
      return answer({}, 302, { location: "/dang-nhap" });
    }
    if (left <= 0 || lies.has("always-login-page")) return page();
    sessions.set(session, left - 1);
    if (lies.has("redirects-elsewhere")) {
      return answer({}, 302, { location: "http://elsewhere.example/api/nguoi-dung" });
    }
    if (lies.has("redirects-here") && !target.searchParams.has("da")) {
      target.searchParams.set("da", "1");
      return answer({}, method === "GET" ? 302 : 307, { location: `${target.pathname}${target.search}` });
    }
    if (lies.has("throttles-seconds") && throttled++ % 3 === 0) return answer({}, 429, { "retry-after": "0" });
    if (lies.has("throttles-date") && throttled++ % 3 === 0) {
      // Of another day than that of the test.
      response.sendDate = false;
      return answer({}, 429, { "retry-after": "Thu, 03 Jul 2025 03:00:00 GMT" });
    }
    if (method === "GET" && lies.has("reads-fail")) return void request.socket.destroy();
    const [, , kind, first = "", what] = target.pathname.split("/").map(decodeURIComponent);
    if (kind === "vai-tro") return sendItems(roles);
    if (kind === "nhom")
      return changeGroups(
        groups.find((group) => String(group.id) === first),
        first,
        what,
      );
    const id = decodeURIComponent(target.pathname.replace(/^\/api\/nguoi-dung\/?/, ""));
    if (method === "GET") return id === "" ? sendPage(target.searchParams) : sendOne(id);
    const before = fake.onWrite?.();
    if (before) await before;
    const sent = JSON.parse(body) as Record<string, unknown>;
    if (method === "POST") return create(sent);
    return replace(id, sent);

    function sendOne(wanted: string): void {
      const user = users.get(wanted);
      answer(user ? { ma: 0, duLieu: user } : { ma: 1, thongBao: "Không tìm thấy người dùng".toLowerCase() });
    }

    function sendPage(query: URLSearchParams): void {
      const name = lies.has("ignores-search") ? null : query.get("tenDangNhap");
      sendItems([...users.values()].filter((user) => name === null || user.tenDangNhap.includes(name)));
    }

    function changeGroups(group: VendorGroup | undefined, first: string, what: string | undefined): void {
      if (first === "" && method === "GET") return sendItems(groups.map(({ id, ten }) => ({ id, ten })));
      const sent = method === "GET" ? {} : (JSON.parse(body) as { readonly ten?: string; readonly nguoiDung?: string });
      if (first === "" && sent.ten !== undefined) {
        if (groups.some(({ ten }) => ten === sent.ten)) return answer({ ma: 1, thongBao: "Tên nhóm đã tồn tại" });
        groups.push({ id: groups.length + 1, ten: sent.ten, thanhVien: [] });
        return done({ ma: 0, thongBao: "Thành công" });
      }
      if (!group) return answer({ ma: 1, thongBao: "không tìm thấy nhóm" });
      if (method === "GET") return sendItems(group.thanhVien.flatMap((one) => users.get(one) ?? []));
      const member = String(sent.nguoiDung);
      if (!users.has(member)) return answer({ ma: 1, thongBao: "không tìm thấy người dùng" });
      if (what === "go-thanh-vien") {
        if (!group.thanhVien.includes(member)) return answer({ ma: 1, thongBao: "không phải thành viên" });
        group.thanhVien = group.thanhVien.filter((one) => one !== member);
      } else {
        if (group.thanhVien.includes(member)) return answer({ ma: 1, thongBao: "đã là thành viên" });
        group.thanhVien.push(member);
      }
      done({ ma: 0, thongBao: "Thành công" });
    }

    function sendItems(matches: readonly unknown[]): void {
      reads += 1;
      const query = target.searchParams;
      const offset = lies.has("ignores-offset") ? 0 : Number(query.get("viTri") ?? 0);
      const asked = Number(query.get("soLuong") ?? 1000);
      const size = lies.has("caps-at-20") ? Math.min(20, asked) : asked;
      const start = lies.has("repeats-a-page") && offset > 0 ? offset - 1 : offset;
      const danhSach = lies.has("empty-page-before-total") && offset > 0 ? [] : matches.slice(start, start + size);
      answer({ ma: 0, duLieu: { danhSach, tongSo: matches.length + (lies.has("total-changes") ? reads : 0) } });
    }

    function create(user: Record<string, unknown>): void {
      const name = String(user["tenDangNhap"]);
      const taken = [...users.values()].some((other) => other.tenDangNhap.toLowerCase() === name.toLowerCase());
      if (taken) return answer({ ma: 1, thongBao: "Tên đăng nhập đã tồn tại", loi: [body] });
      if (lies.has("refuses-create")) return answer({ ma: 1, thongBao: `Không hợp lệ: ${vendorPass} ${body}` });
      made += 1;
      const { matKhau, ...kept } = user;
      if (typeof matKhau === "string") passwords.set(name, matKhau);
      if (lies.has("loses-title")) delete kept["chucVu"];
      users.set(String(made), { ...kept, id: made, tenDangNhap: name });
      done({ ma: 0, thongBao: "Thành công", ...(lies.has("gives-id") ? { duLieu: { id: made } } : {}) });
    }

    function replace(wanted: string, user: Record<string, unknown>): void {
      const before = users.get(wanted);
      if (!before) return answer({ ma: 1, thongBao: "không tìm thấy người dùng" });
      users.set(wanted, { ...user, id: before.id, tenDangNhap: before.tenDangNhap });
      done({ ma: 0, thongBao: "Thành công" });
    }

    function done(value: unknown): void {
      counts.writes += 1;
      if (lies.has("500-after-executing")) return answer({ loi: "oops" }, 500);
      if (lies.has("reset-after-executing")) return void request.socket.destroy();
      answer(value);
    }
  });
  return Object.assign(fake, { url, users, passwords, roles, groups, lies, requests, counts, stop });
}
