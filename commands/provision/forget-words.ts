import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const forgetWords = {
  forget: {
    vi: "xóa dữ liệu cá nhân của người đã nghỉ (Luật 91/2025/QH15)",
    en: "remove the personal data of somebody who left (Law 91/2025/QH15)",
  },
  confirm: (staffId: string) => ({
    vi: `Xóa tên, ngày sinh, thư, điện thoại và liên kết của ${staffId}? Không lấy lại được.`,
    en: `Remove name, birthday, mail, telephone and links of ${staffId}? This cannot be undone.`,
  }),
  forgotten: (staffId: string, username: string | undefined, plans: number) =>
    both((lang) => {
      const count = formatCount(plans, lang);
      const name = username ?? "–";
      return lang === "vi"
        ? `Đã xóa dữ liệu của ${staffId}; ${count} kế hoạch đã lưu được xóa tên. Tên đăng nhập ${name} vẫn không cấp cho ai khác.`
        : `The data of ${staffId} are removed, names blanked in ${count} stored plan${plans === 1 ? "" : "s"}. The user name ${name} still goes to nobody else.`;
    }),
  stays: {
    vi: "Còn lại: mã NV và việc đã làm trong nhật ký (lưu trữ); tài khoản đã khóa trên các hệ thống; tệp danh sách, kế hoạch và phiếu do quý vị giữ.",
    en: "What stays: the staff id and what was done, in journal and audit; the disabled accounts on the systems; rosters, plan files and slips that you keep.",
  },
} satisfies Catalogue;
