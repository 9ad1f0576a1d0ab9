import type { Catalogue, Words } from "../../platform/words.ts";

/** What a source's server did that is no page of rows. */
export const restWords = {
  busy: (host: string, status: number): Words => ({
    vi: `${host} đang bận (${status}) và vẫn bận sau khi thử lại`,
    en: `${host} is busy (${status}), and still was when tried again`,
  }),
  busyFor: (host: string, status: number, ms: number): Words => {
    const minutes = Math.ceil(ms / 60_000);
    return {
      vi: `${host} đang bận (${status}) và yêu cầu ${minutes} phút nữa mới hỏi lại`,
      en: `${host} is busy (${status}) and asks to be left alone for ${minutes} minutes`,
    };
  },
  sentOn: (host: string, status: number, to: string | undefined): Words => ({
    vi: `${host} chuyển sang ${to ?? "địa chỉ khác"} (${status}); không đi theo, vì khóa truy cập chỉ gửi đến địa chỉ đã khai báo`,
    en: `${host} sends on to ${to ?? "another address"} (${status}); not followed, as the token goes to the declared address only`,
  }),
  mendAddress: {
    vi: "nếu đó là trang đăng nhập: kiểm tra mục token của nguồn; nếu là địa chỉ mới: ghi vào mục url",
    en: "if that is a login page: check the source's token; if it is the new address: write it into url",
  },
  denied: (host: string, status: number): Words => ({
    vi: `${host} từ chối khóa truy cập (${status})`,
    en: `${host} refuses the token (${status})`,
  }),
  loginPage: (host: string): Words => ({
    vi: `${host} trả về trang đăng nhập, không phải dữ liệu`,
    en: `${host} answered with a login page, not with data`,
  }),
  mendToken: {
    vi: "kiểm tra mục token của nguồn trong wardctl.yaml và hạn của khóa",
    en: "check the source's token in wardctl.yaml, and whether it has expired",
  },
  badStatus: (host: string, status: number): Words => ({ vi: `${host} trả lời ${status}`, en: `${host} answered ${status}` }),
  noItems: (host: string, path: string): Words => ({
    vi: `câu trả lời của ${host} không có danh sách ở '${path}' (page.items)`,
    en: `the answer of ${host} has no list at '${path}' (page.items)`,
  }),
  noTotal: (source: string, path: string): Words => ({
    vi: `câu trả lời của nguồn '${source}' không có số ở '${path}' (page.total)`,
    en: `the answer of source '${source}' has no number at '${path}' (page.total)`,
  }),
  badNext: (host: string, path: string): Words => ({
    vi: `'${path}' trong câu trả lời của ${host} không phải con trỏ hay địa chỉ (page.next)`,
    en: `'${path}' in the answer of ${host} is no cursor and no address (page.next)`,
  }),
  onlyOnePage: (path: string): Words => ({
    vi: `trang đầu đã đầy mà không có '${path}' (page.next): nếu nguồn còn trang sau thì đường dẫn này khai báo sai`,
    en: `the first page is full and has no '${path}' (page.next): if there are more pages, that path is wrong`,
  }),
  moved: (total: number, read: number): Words => ({
    vi: `nguồn khai có ${total} hồ sơ nhưng chỉ đọc được ${read} hồ sơ khác nhau: dữ liệu thay đổi trong lúc đọc từng trang, hoặc có hồ sơ lặp; hãy chạy sync lại`,
    en: `the source declares ${total} dossiers and gave ${read} different ones: they moved while the pages were read, or stand there twice; sync again`,
  }),
  shrank: (from: number, to: number): Words => ({
    vi: `số hồ sơ nguồn khai giảm từ ${from} còn ${to} trong lúc đọc từng trang nên có thể đọc sót; hãy chạy sync lại`,
    en: `what the source declares fell from ${from} to ${to} while its pages were read, so rows may have been passed over; sync again`,
  }),
  endedEarly: (host: string, read: number, total: number): Words => ({
    vi: `${host} nói có ${total} hồ sơ nhưng trang trống sau ${read}`,
    en: `${host} says there are ${total} dossiers, but the page after ${read} is empty`,
  }),
  notJson: (host: string): Words => ({ vi: `câu trả lời của ${host} không phải JSON`, en: `the answer of ${host} is not JSON` }),
  badLink: (host: string): Words => ({
    vi: `liên kết tới trang sau của ${host} không phải địa chỉ`,
    en: `the link to the next page of ${host} is no address`,
  }),
  otherServer: (host: string, other: string): Words => ({
    vi: `${host} chỉ sang ${other} để lấy trang sau; không gửi khóa truy cập sang máy chủ khác`,
    en: `${host} points to ${other} for the next page; the token is not sent to another server`,
  }),
  brokenOff: (source: string, read: number, total: number): Words => ({
    vi: `nguồn '${source}' nói có ${total} hồ sơ nhưng không còn trang nào sau ${read}`,
    en: `source '${source}' says there are ${total} dossiers, but has no page after ${read}`,
  }),
  neverEnds: (source: string, pages: number): Words => ({
    vi: `nguồn '${source}' trả lại ${pages} trang trống liền nhau mà vẫn nói còn trang sau; dừng để không chạy mãi`,
    en: `source '${source}' gave ${pages} empty pages in a row and still names a next one; stopped rather than go on for ever`,
  }),
  pageTwice: (source: string): Words => ({
    vi: `nguồn '${source}' trả lại một trang đã trả rồi (có thể máy chủ bỏ qua số trang); dừng để không chạy vòng`,
    en: `source '${source}' gave a page once more (perhaps it ignores the page's number); stopped rather than go in circles`,
  }),
  cursorTwice: (source: string): Words => ({
    vi: `nguồn '${source}' trả lại cùng một con trỏ hai lần; dừng để không chạy vòng`,
    en: `source '${source}' gave the same cursor twice; stopped rather than go in circles`,
  }),
  twoAtOnce: (source: string): Words => ({
    vi: `một tiến trình wardctl khác đang lấy nguồn '${source}'`,
    en: `another wardctl process is fetching source '${source}'`,
  }),
} satisfies Catalogue;
