import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const attestWords = {
  attest: {
    vi: "tài khoản đơn vị, phòng ban nào đến hạn xác nhận; nêu mã để xác nhận",
    en: "which functional accounts are due to be attested; name keys to attest them",
  },
  keys: { vi: "mã tài khoản cần xác nhận là còn dùng", en: "keys of accounts that are still needed" },
  all: { vi: "cả tài khoản chưa đến hạn", en: "those too that are not due yet" },
  note: { vi: "ghi chú lưu kèm", en: "a note that is kept with it" },
  key: { vi: "Mã", en: "Key" },
  name: { vi: "Tên", en: "Name" },
  owner: { vi: "Phụ trách", en: "Accountable" },
  last: { vi: "Xác nhận lần trước", en: "Last attested" },
  by: { vi: "Người xác nhận", en: "By" },
  until: { vi: "Hạn", en: "Due" },
  due: { vi: "ĐẾN HẠN", en: "DUE" },
  merged: { vi: "đơn vị đã sắp xếp lại", en: "units merged" },
  noteColumn: { vi: "Ghi chú", en: "Note" },
  noneKept: {
    vi: "wardctl chưa giữ tài khoản đơn vị, phòng ban nào.",
    en: "wardctl keeps no functional account yet.",
  },
  noneDue: (kept: number) =>
    both((lang) =>
      lang === "vi"
        ? `Không tài khoản nào đến hạn trong ${formatCount(kept, lang)} tài khoản đơn vị, phòng ban.`
        : `None of ${formatCount(kept, lang)} functional accounts is due.`,
    ),
  attestThem: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} tài khoản đến hạn. Hỏi người phụ trách còn dùng không, rồi: wardctl provision attest <mã…>`
        : `${formatCount(count, lang)} account${count === 1 ? " is" : "s are"} due. Ask who is accountable whether it is still needed, then: wardctl provision attest <key…>`,
    ),
} satisfies Catalogue;
