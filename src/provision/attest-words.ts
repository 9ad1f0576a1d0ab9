import type { Catalogue } from "../platform/words.ts";

export const attestFaults = {
  unknownKey: (key: string, near: string | undefined) => ({
    vi: `wardctl không giữ tài khoản đơn vị, phòng ban nào có mã ${key}${near === undefined ? "" : `; có phải ${near}?`}`,
    en: `wardctl keeps no functional account ${key}${near === undefined ? "" : `; did you mean ${near}?`}`,
  }),
  seeAll: { vi: "xem tất cả: wardctl provision attest --all", en: "to see all of them: wardctl provision attest --all" },
  vacant: (name: string) => ({
    vi: `${name}: chưa có người phụ trách nên không thể xác nhận`,
    en: `${name}: nobody is accountable for it, so nobody can attest it`,
  }),
  headFirst: {
    vi: "ghi người đứng đầu phòng ban vào danh sách cán bộ, lập và thực hiện kế hoạch trước",
    en: "write the department's head into the roster, and apply a plan of it first",
  },
} satisfies Catalogue;
