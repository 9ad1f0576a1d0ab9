import { formatCount } from "../../src/platform/format.ts";
import { toShellWord } from "../../src/platform/text.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const demoWords = {
  opening: {
    vi: "Một ngày của tổ hỗ trợ: Huế (40 đơn vị) và hai phường Tân Bình, Bình Hưng Hòa",
    en: "A support team's day: Huế (40 units) and the wards Tân Bình and Bình Hưng Hòa",
  },
  city: (units: number, people: number) =>
    both((lang) =>
      lang === "vi"
        ? `Thành phố thu nhỏ ở 127.0.0.1: 5 hệ thống, ${formatCount(units, lang)} đơn vị, ${formatCount(people, lang)} cán bộ, số giả lập.`
        : `An embedded city on 127.0.0.1: 5 systems, ${formatCount(units, lang)} units, ${formatCount(people, lang)} staff; generated data.`,
    ),
  playing: (time: string, title: Words) => both((lang) => `${time} ${title[lang]} …`),
  accounts: { vi: "Phòng ban chưa có tài khoản", en: "Departments without accounts" },
  signing: { vi: "Chánh Văn phòng Tân Bình không ký được", en: "Tân Bình's Chief of Office cannot sign" },
  health: { vi: "Trang ở Vỹ Dạ quay mãi, nhiều phường báo đỏ", en: "Vỹ Dạ's page spins and many wards are red" },
  report: { vi: "Báo cáo cuộc họp chiều", en: "The evening meeting's report" },
  page: { vi: "Bảng để xem:", en: "The board to look at:" },
  goOn: (root: string) => ({
    vi: `Làm tiếp: cd ${toShellWord(root)} && wardctl rehearse --workspace . · cửa sổ khác: wardctl board`,
    en: `Go on: cd ${toShellWord(root)} && wardctl rehearse --workspace . · in another window: wardctl board`,
  }),
  taken: (folder: string) => ({
    vi: `${folder} đã là một thư mục làm việc; chọn thư mục khác bằng --workspace`,
    en: `${folder} is a workspace already; name another folder with --workspace`,
  }),
  broken: (line: string, stderr: string) => ({
    vi: `lệnh 'wardctl ${line}' không chạy được: ${stderr}`,
    en: `'wardctl ${line}' did not run: ${stderr}`,
  }),
} satisfies Catalogue;
