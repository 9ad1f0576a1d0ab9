import type { ControlKind } from "../../src/health/pack/evidence-pack.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Words } from "../../src/platform/words.ts";

const count = (n: number, vi: string, en: string): Words => both((lang) => `${formatCount(n, lang)} ${lang === "vi" ? vi : en}`);

/** What the passing of each kind of control shows. */
export const controlWords: Readonly<Record<ControlKind, { readonly title: Words; readonly shows: Words }>> = {
  "same-carrier": {
    title: { vi: "Cùng nhà mạng, đơn vị khác", en: "Same carrier, other units" },
    shows: { vi: "nhà mạng không hỏng ở mọi nơi", en: "the carrier is not down everywhere" },
  },
  "other-carriers": {
    title: { vi: "Nhà mạng khác, cùng địa bàn", en: "Other carriers, same place" },
    shows: {
      vi: "hệ thống và đường từ nơi kiểm tra vẫn tới được địa bàn này",
      en: "the systems, and the way from here to this place, work",
    },
  },
  "same-systems": {
    title: { vi: "Cùng hệ thống, đơn vị khác", en: "Same systems, other units" },
    shows: { vi: "hệ thống vẫn trả lời nơi khác", en: "the systems answer elsewhere" },
  },
  "other-systems": {
    title: { vi: "Cùng đơn vị, hệ thống khác", en: "Same units, other systems" },
    shows: { vi: "đường mạng của đơn vị vẫn thông", en: "the units' lines are open" },
  },
};

export const evidenceWords = {
  evidence: {
    vi: "lập phiếu báo sự cố kèm chứng cứ để gửi nhà mạng hoặc bên vận hành",
    en: "write a pack of evidence for a carrier or whoever runs the system",
  },
  subject: {
    vi: "sự cố (#12), nguyên nhân (carprov:VNPT/46) hoặc mã đơn vị (19777)",
    en: "an incident (#12), a cause (carprov:VNPT/46) or a unit's code (19777)",
  },
  out: { vi: "thư mục mới cho hồ sơ", en: "new folder for the pack" },
  replay: { vi: "lấy từ một lần kiểm tra đã ghi lại (JSONL)", en: "from a recorded check (JSONL) instead of the last one" },
  unknown: (text: string) => ({
    vi: `không có sự cố, nguyên nhân hay đơn vị '${text}'`,
    en: `no incident, cause or unit is called '${text}'`,
  }),
  known: (some: readonly string[]) => {
    const list = some.slice(0, 8).join(", ") + (some.length > 8 ? ", …" : "");
    return some.length === 0
      ? { vi: "lần kiểm tra này không có gì hỏng", en: "nothing failed in this check" }
      : { vi: `có: ${list}`, en: `there are: ${list}` };
  },
  nothingFails: (name: string) => ({
    vi: `${name}: không có điểm nào hỏng trong lần kiểm tra này`,
    en: `${name}: nothing of it fails in this check`,
  }),
  notKept: (name: string) => ({
    vi: `sự cố ${name} đã hết, và kết quả chi tiết của lần kiểm tra đó không còn được giữ`,
    en: `incident ${name} is over, and the probes of its check are no longer kept`,
  }),
  howReplay: { vi: "thêm --replay TỆP.jsonl nếu có", en: "give --replay FILE.jsonl if there is one" },
  written: (folder: string) => ({ vi: `Đã lập hồ sơ trong ${folder}:`, en: `The pack is in ${folder}:` }),
  checkSums: (folder: string) => ({
    vi: `Kiểm tra tệp: cd ${folder} && sha256sum -c SHA256SUMS`,
    en: `To verify the files: cd ${folder} && sha256sum -c SHA256SUMS`,
  }),
  title: { vi: "Phiếu báo sự cố kèm chứng cứ kỹ thuật", en: "Incident report with technical evidence" },
  page: (page: number, pages: number) => ({ vi: `Trang ${page}/${pages}`, en: `Page ${page}/${pages}` }),
  from: { vi: "Bên báo", en: "Reported by" },
  what: { vi: "Sự việc", en: "What" },
  for: { vi: "Đề nghị xử lý", en: "For" },
  checkedAt: { vi: "Kiểm tra lúc", en: "Checked at" },
  firstSeen: { vi: "Thấy từ", en: "First seen" },
  confirmed: { vi: "Xác nhận lúc", en: "Confirmed" },
  state: { vi: "Tình trạng", en: "State" },
  over: (at: string) => ({ vi: `đã hết, ${at}`, en: `over, ${at}` }),
  stillOn: { vi: "chưa hết", en: "not over" },
  odds: { vi: "Độ chắc", en: "Odds" },
  oddsText: (share: string) => ({
    vi: `${share}, so với các khả năng khác và với trùng hợp ngẫu nhiên`,
    en: `${share}, against the other answers and against chance`,
  }),
  noCause: {
    vi: "chưa thấy nguyên nhân chung với nơi khác",
    en: "no cause shared with others was found",
  },
  number: { vi: "Số của wardctl", en: "wardctl's number" },
  extent: { vi: "Phạm vi", en: "Extent" },
  extentText: (units: number, endpoints: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(units, lang)} đơn vị, ${formatCount(endpoints, lang)} điểm (một hệ thống ở một đơn vị)`
        : `${formatCount(units, lang)} units, ${formatCount(endpoints, lang)} endpoints (one system at one unit)`,
    ),
  handTitle: { vi: "Ghi khi báo", en: "To be filled in when reporting" },
  called: { vi: "Đầu mối đã gọi, số điện thoại", en: "Who was called, telephone" },
  caseNumber: { vi: "Mã sự cố của bên nhận", en: "Case number of the receiver" },
  takenBy: { vi: "Người nhận, lúc nhận", en: "Taken by, at" },
  reporter: { vi: "Người báo, ký tên", en: "Reported by, signature" },
  affectedTitle: { vi: "1. Nơi bị ảnh hưởng", en: "1. What is affected" },
  unit: { vi: "Đơn vị", en: "Unit" },
  systems: { vi: "Hệ thống", en: "Systems" },
  address: { vi: "Địa chỉ đã thử", en: "Address tried" },
  failure: { vi: "Hỏng ở", en: "Fails at" },
  since: { vi: "Từ (UTC+7)", en: "Since (UTC+7)" },
  tries: { vi: "Lần thử", en: "Tries" },
  moreRows: (n: number) => count(n, "dòng nữa nằm trong tệp JSONL kèm theo.", "more rows are in the JSONL file beside this."),
  layersTitle: { vi: "2. Chứng cứ theo tầng", en: "2. Evidence by layer" },
  layersNote: {
    vi: "Mỗi lần thử đi từ dưới lên và dừng ở tầng hỏng đầu tiên: tên miền, kết nối TCP, bắt tay TLS, trả lời HTTP.",
    en: "Each try climbs from below and stops at the first layer that fails: name, TCP connection, TLS handshake, HTTP answer.",
  },
  layer: { vi: "Tầng", en: "Layer" },
  through: { vi: "Qua được", en: "Came through" },
  median: { vi: "Trung vị", en: "Median" },
  failed: { vi: "Hỏng", en: "Failed" },
  reasons: { vi: "Lý do", en: "Reasons" },
  hopsTitle: { vi: "Chuyển hướng đã theo", en: "Redirects followed" },
  hop: { vi: "Chuyển tới", en: "Redirect" },
  status: { vi: "Mã", en: "Status" },
  certificatesTitle: { vi: "Chứng thư đã thấy", en: "Certificates seen" },
  certificate: { vi: "Cấp cho, bởi", en: "Subject, issuer" },
  validity: { vi: "Hiệu lực (UTC)", en: "Validity (UTC)" },
  fingerprint: { vi: "SHA-256", en: "SHA-256" },
  otherWays: { vi: "Hỏi lại bằng cách khác", en: "Asked in other ways" },
  controlsTitle: (layer: string) => ({
    vi: `3. Đối chứng: cùng lúc đó, nơi khác qua được tầng ${layer}`,
    en: `3. Controls: what came through the ${layer} layer at the same time`,
  }),
  control: { vi: "Đối chứng", en: "Control" },
  passed: { vi: "Qua được", en: "Came through" },
  examples: { vi: "Ví dụ", en: "For example" },
  shows: { vi: "Cho thấy", en: "Shows" },
  noControls: { vi: "Không có điểm nào khác được thử cùng lúc.", en: "Nothing else was tried at the same time." },
  noneShows: { vi: "không nơi nào qua được: không loại trừ được gì", en: "none came through: rules nothing out" },
  someFail: {
    vi: "phần lớn cũng hỏng ở đó: loại trừ được ít",
    en: "most fail there too: rules out little",
  },
  againstTitle: { vi: "4. Điều còn chưa khớp", en: "4. What speaks against it" },
  nothingAgainst: { vi: "Không thấy điều gì trái với kết luận.", en: "Nothing seen contradicts this." },
  working: (names: string) => ({ vi: `Vẫn chạy dù cùng nhóm: ${names}.`, en: `Working although of the group: ${names}.` }),
  rivals: (text: string) => ({ vi: `Khả năng khác: ${text}.`, en: `Other answers: ${text}.` }),
  also: (n: number) =>
    count(
      n,
      "điểm đối chứng cũng hỏng, vì lý do riêng hoặc nguyên nhân khác.",
      "controls fail as well, for reasons of their own or another cause.",
    ),
  suspects: (text: string) => ({ vi: `Danh mục có thể sai: ${text}.`, en: `The inventory may be wrong: ${text}.` }),
  methodTitle: { vi: "5. Độ tin của phép đo", en: "5. How far the measurement can be trusted" },
  skew: { vi: "Đồng hồ máy kiểm tra", en: "Clock of the probing machine" },
  skewText: (seconds: string) => ({ vi: `lệch ${seconds} s so với các máy chủ`, en: `${seconds} s ahead of the servers` }),
  skewUnknown: { vi: "chưa đủ máy chủ để so", en: "too few servers to compare with" },
  lag: { vi: "Máy kiểm tra tự đứng", en: "Standstill of the probing machine" },
  lagText: (ms: string, spoilt: number) =>
    both((lang) =>
      lang === "vi"
        ? `lâu nhất ${ms} ms; ${spoilt === 0 ? "mọi số đo thời gian đều dùng được" : `${formatCount(spoilt, lang)} số đo thời gian không so sánh được`}`
        : `${ms} ms at the longest; ${spoilt === 0 ? "all timings can be used" : `${formatCount(spoilt, lang)} timings cannot be compared`}`,
    ),
  localChecks: { vi: "Kiểm tra chính máy này", en: "Checks of this machine" },
  localWell: { vi: "không thấy lỗi nào của máy này", en: "nothing wrong with this machine was found" },
  localUnknown: { vi: "không được ghi trong lần kiểm tra này", en: "not recorded in this check" },
  tool: { vi: "Công cụ", en: "Tool" },
  pinned: { vi: "đồng hồ đặt tay: đây là diễn tập", en: "the clock was set by hand: this is a rehearsal" },
  filesTitle: { vi: "6. Tệp kèm theo", en: "6. Files beside this one" },
  filesText: (name: string, lines: number) =>
    both((lang) =>
      lang === "vi"
        ? `${name}: ${formatCount(lines, lang)} dòng JSON, mỗi dòng một lần thử của các điểm nêu trên và mọi đối chứng, để đối chiếu với nhật ký của bên nhận. Không có mật khẩu, không có dữ liệu của người dân.`
        : `${name}: ${formatCount(lines, lang)} lines of JSON, one a probe of what is named above and of every control, to compare with the receiver's own logs. No passwords and no citizens' data are in it.`,
    ),
  sum: (hex: string) => ({ vi: `SHA-256: ${hex}`, en: `SHA-256: ${hex}` }),
};
