import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";
import type { PlanTotals } from "../../src/provision/plan.ts";

export const planWords = {
  planHead: (id: string, file: string, people: number | undefined) =>
    both((lang) => {
      const head = `${lang === "vi" ? "Kế hoạch" : "Plan"} ${id} · ${file}`;
      // A move or a leave is about one person, whoever else works there.
      if (people === undefined) return head;
      return `${head}, ${formatCount(people, lang)} ${lang === "vi" ? "người" : people === 1 ? "person" : "people"}`;
    }),
  totals: (totals: PlanTotals) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      const { create, update, enable, disable, createGroup = 0, assign = 0, none, question } = totals;
      const groups = createGroup === 0 ? "" : lang === "vi" ? ` · Tạo nhóm ${n(createGroup)}` : ` · Groups ${n(createGroup)}`;
      const roles = assign === 0 ? "" : lang === "vi" ? ` · Phân quyền ${n(assign)}` : ` · Assign ${n(assign)}`;
      return lang === "vi"
        ? `Tạo ${n(create)} · Sửa ${n(update)} · Mở lại ${n(enable)} · Khóa ${n(disable)}${groups}${roles} · Giữ nguyên ${n(none)} · Hỏi ${n(question)}`
        : `Create ${n(create)} · Update ${n(update)} · Enable ${n(enable)} · Disable ${n(disable)}${groups}${roles} · Unchanged ${n(none)} · Questions ${n(question)}`;
    }),
  systemRead: (name: string, accounts: number, unmanaged: number) =>
    both((lang) => {
      const others =
        unmanaged === 0
          ? ""
          : lang === "vi"
            ? `, ${formatCount(unmanaged, lang)} không quản lý`
            : `, ${formatCount(unmanaged, lang)} not ours`;
      return `${name} ${formatCount(accounts, lang)}${others}`;
    }),
  systemsRead: { vi: "Đã đọc", en: "Read" },
  systemFailed: { vi: "Không đọc được", en: "Not readable" },
  systemLeftOut: { vi: "Bỏ qua theo yêu cầu", en: "Left out as asked" },
  questions: { vi: "Cần người quyết định", en: "A person must decide" },
  guards: { vi: "Chốt an toàn", en: "Stopped by a guard" },
  departments: { vi: "phòng ban", en: "departments" },
  noCustodian: (units: readonly string[]) =>
    both((lang) => {
      const [n, shown] = [formatCount(units.length, lang), units.slice(0, 10).join(", ")];
      const more = units.length > 10 ? " …" : "";
      return lang === "vi"
        ? `${n} đơn vị cần phiếu mật khẩu mà chưa có khóa của người giữ phiếu: ${shown}${more}. Người giữ phiếu chạy age-keygen, khóa age1… ghi vào provision.credentials`
        : `${n} unit${units.length === 1 ? " needs" : "s need"} first passwords and ${units.length === 1 ? "has" : "have"} no custodian's key: ${shown}${more}. The custodian runs age-keygen; the key age1… goes into provision.credentials`;
    }),
  groups: { vi: "nhóm", en: "groups" },
  people: { vi: "người", en: "people" },
  vacant: { vi: "chưa có người phụ trách", en: "nobody accountable yet" },
  more: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `… và ${formatCount(count, lang)} dòng nữa (--all để xem hết)`
        : `… and ${formatCount(count, lang)} more (--all lists them)`,
    ),
  saved: (file: string) => ({
    vi: `Đã ghi ${file}. Thực hiện: wardctl provision apply ${file}`,
    en: `Saved ${file}. To carry it out: wardctl provision apply ${file}`,
  }),
  notSaved: {
    vi: "Chưa ghi gì. Thêm --save <tệp> để thực hiện được.",
    en: "Nothing was stored. Add --save <file> to be able to apply it.",
  },
} satisfies Catalogue;
