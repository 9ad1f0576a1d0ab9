import type { Instant } from "../../platform/clock.ts";
import { formatCount, formatDate, formatDateTime, formatTime } from "../../platform/format.ts";
import { startOfLocalDay, toLocalDay, type Zone } from "../../platform/time.ts";
import { both, type Catalogue, type Words } from "../../platform/words.ts";

/** The hour alone within the day of `near`, else with its date. Midnight ends the day before it: what is stated for a day is of its end. */
function nearTime(at: Instant, near: Instant, zone: Zone, lang: "vi" | "en"): string {
  if (at === startOfLocalDay(toLocalDay(at, zone), zone)) {
    const day = formatDate(at - 1, zone, lang);
    return lang === "vi" ? `hết ngày ${day}` : `the end of ${day}`;
  }
  return toLocalDay(at, zone) === toLocalDay(near, zone) ? formatTime(at, zone) : formatDateTime(at, zone, lang);
}

const signed = (n: number, lang: "vi" | "en"): string =>
  n > 0 ? `+${formatCount(n, lang)}` : formatCount(n, lang).replace("-", "−");

export const sectionWords = {
  status: { vi: "Đơn vị có số liệu", en: "Units reporting" },
  totals: { vi: "Số liệu chung", en: "Totals" },
  restated: { vi: "Điều chỉnh so với cuộc họp trước", en: "Restated since the last meeting" },
  day: { vi: "Diễn biến trong ngày", en: "The day by the hour" },
  channels: { vi: "Kênh tiếp nhận", en: "Channels" },
  rankings: { vi: "Xếp hạng", en: "Rankings" },
  due: { vi: "Sắp đến hạn", en: "Due soon" },
  rankDue: { vi: "Nhiều hồ sơ sắp đến hạn nhất", en: "Most dossiers due soon" },
  dueColumn: { vi: "Sắp đến hạn", en: "Due" },
  declared: { vi: "Số liệu công bố", en: "Published figures" },
  health: { vi: "Tình trạng hệ thống", en: "Health of the systems" },
  reconciliation: { vi: "Đối chiếu", en: "Reconciliation" },
  detail: { vi: "Số liệu chi tiết", en: "Figures in detail" },
  units: { vi: "Từng đơn vị", en: "Unit by unit" },
  definitions: { vi: "Cách tính", en: "Definitions" },
  provenance: { vi: "Nguồn số liệu", en: "Where the figures come from" },

  layout: { vi: "Biểu tổng hợp", en: "The form" },
  procedures: { vi: "Theo thủ tục", en: "By procedure" },
  procedureTable: { vi: "Tiếp nhận và đã giải quyết theo thủ tục", en: "Received and resolved by procedure" },
  procedure: { vi: "Thủ tục", en: "Procedure" },
  proceduresTooLong: (days: number) =>
    both((lang) =>
      lang === "vi"
        ? `Chưa có: số liệu theo thủ tục chỉ tính được cho kỳ không quá ${days} ngày.`
        : `Not available: figures by procedure are counted for periods of up to ${days} days.`,
    ),
  tooSmall: (least: number) => both((lang) => (lang === "vi" ? `dưới ${least}` : `under ${least}`)),
  masked: (least: number) =>
    both((lang) =>
      lang === "vi"
        ? `Bản công bố: số dưới ${least} của từng thủ tục không in; khi chỉ có một số như vậy thì số nhỏ kế tiếp cũng không in, để không suy ra được.`
        : `For publication: counts under ${least} of a procedure are left out; where there is only one, so is the next smallest, so that it cannot be worked out.`,
    ),
  overdueTitle: { vi: "Đang giải quyết quá hạn", en: "In progress and overdue" },
  overdueTable: { vi: "Hồ sơ quá hạn theo thủ tục, lâu nhất trước", en: "Overdue dossiers by procedure, the oldest first" },
  daysLate: { vi: "Quá hạn lâu nhất (ngày)", en: "Longest overdue (days)" },
  noOverdueOwn: { vi: "Không có hồ sơ đang giải quyết quá hạn.", en: "No dossier in progress is overdue." },
  explainOverdue: (unit: string) =>
    both((lang) =>
      lang === "vi"
        ? `Mã từng hồ sơ: wardctl report explain ${unit} inProgress.overdue`
        : `Their codes: wardctl report explain ${unit} inProgress.overdue`,
    ),
  restatedBy: { vi: "Do các lần nhập", en: "By these imports" },
  importLine: (seq: number, origin: string, at: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `Lần nhập ${seq}: ${origin}, ${formatDateTime(at, zone, lang)}`
        : `Import ${seq}: ${origin}, ${formatDateTime(at, zone, lang)}`,
    ),
  cumulative: (from: Instant, zone: Zone) =>
    both((lang) => (lang === "vi" ? `Lũy kế từ ${formatDate(from, zone, lang)}` : `Since ${formatDate(from, zone, lang)}`)),
  rates: { vi: "Các tỷ lệ", en: "Rates" },
  definition: { vi: "Cách tính", en: "Definition" },
  early: { vi: "Trước hạn", en: "Early" },
  onTime: { vi: "Đúng hạn", en: "On time" },
  lateColumn: { vi: "Quá hạn", en: "Late" },
  within: { vi: "Còn hạn", en: "Within time" },
  reopened: { vi: "Mở lại", en: "Reopened" },
  supplement: { vi: "Bổ sung giấy tờ", en: "Papers" },
  fee: { vi: "Nghĩa vụ tài chính", en: "Fee or tax" },
  stopped: { vi: "Dừng xử lý", en: "Stopped" },
  withdrawn: { vi: "Công dân rút", en: "Withdrawn" },
  rejected: { vi: "Từ chối", en: "Rejected" },
  pending: { vi: "Chờ tiếp nhận", en: "Waiting for intake" },
  refused: { vi: "Không tiếp nhận", en: "Refused at intake" },
  handedOver: { vi: "Đã trả kết quả", en: "Handed over" },
  incomingTable: { vi: "Tồn đầu kỳ và tiếp nhận, từng đơn vị", en: "Carried over and received, unit by unit" },
  outcomeTable: { vi: "Kết quả giải quyết, từng đơn vị", en: "Outcomes, unit by unit" },
  openTable: { vi: "Còn đang giải quyết và tạm dừng, từng đơn vị", en: "In progress and paused, unit by unit" },

  sourceTable: { vi: "Các nguồn", en: "Sources" },
  restatedTable: { vi: "Các số điều chỉnh", en: "Figures restated" },
  declaredTable: { vi: "Từng số công bố, bên cạnh số tính từ hồ sơ", en: "Each published figure beside our own" },
  gapTable: { vi: "Còn thiếu", en: "Still missing" },
  unit: { vi: "Đơn vị", en: "Unit" },
  metric: { vi: "Chỉ tiêu", en: "Figure" },
  value: { vi: "Số hồ sơ", en: "Dossiers" },
  state: { vi: "Tình trạng", en: "State" },
  rank: { vi: "Hạng", en: "Rank" },
  rate: { vi: "Tỷ lệ", en: "Rate" },
  stated: { vi: "Công bố", en: "Stated" },
  computed: { vi: "Tính từ hồ sơ", en: "Counted" },
  difference: { vi: "Lệch", en: "Difference" },
  shown: { vi: "Đã báo cáo", en: "Shown then" },
  known: { vi: "Nay là", en: "Known now" },
  code: { vi: "Mã", en: "Code" },
  gap: { vi: "Thiếu gì", en: "What is missing" },
  owner: { vi: "Ai xử lý", en: "Who acts" },
  source: { vi: "Nguồn", en: "Source" },
  quality: { vi: "Độ tin cậy", en: "Quality" },
  lastDelivery: { vi: "Lần gửi cuối", en: "Last delivery" },
  batch: { vi: "Lần nhập", en: "Import" },
  cause: { vi: "Nguyên nhân có thể", en: "Likely cause" },
  affected: { vi: "Điểm kết nối", en: "Endpoints" },

  allReport: (n: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đủ ${formatCount(n, lang)}/${formatCount(n, lang)} đơn vị.`
        : n === 1
          ? "The one unit."
          : `All ${formatCount(n, lang)} units.`,
    ),
  someReport: (n: number, expected: number, old: number) =>
    both((lang) => {
      const [has, of, late] = [n, expected, old].map((own) => formatCount(own, lang));
      const missing = n < expected;
      return lang === "vi"
        ? `${has}/${of} đơn vị có số liệu${old > 0 ? `, trong đó ${late} đơn vị có số liệu cũ` : ""}${missing ? "; đơn vị thiếu không được tính là 0" : ""}.`
        : `${has} of ${of} units${old > 0 ? `, ${late} of them with old figures` : ""}${missing ? "; a missing unit is not counted as 0" : ""}.`;
    }),
  nothingSince: (dataEnd: Instant, end: Instant, zone: Zone) =>
    both((lang) => {
      const [from, until] = [formatDateTime(dataEnd, zone, lang), formatDateTime(end, zone, lang)];
      return lang === "vi"
        ? `Số liệu mới nhất là của ${from}; từ đó đến ${until} chưa biết gì thêm, không phải bằng 0.`
        : `The newest figures are of ${from}; from then to ${until} nothing more is known, which is not 0.`;
    }),
  allSilent: (n: number) =>
    both((lang) =>
      lang === "vi"
        ? `Cả ${formatCount(n, lang)} đơn vị đều chưa có số liệu.`
        : `None of the ${formatCount(n, lang)} units has figures.`,
    ),
  silentUnits: (names: readonly Words[]) =>
    both((lang) => {
      const joined = names.map((name) => name[lang]).join(", ");
      return lang === "vi" ? `Chưa có số liệu (${names.length}): ${joined}` : `No figures (${names.length}): ${joined}`;
    }),
  staleUnits: (names: readonly Words[]) =>
    both((lang) => {
      const joined = names.map((name) => name[lang]).join(", ");
      return lang === "vi" ? `Số liệu cũ (${names.length}): ${joined}` : `Stale figures (${names.length}): ${joined}`;
    }),
  zeroUnits: (names: readonly Words[]) =>
    both((lang) => {
      const joined = names.map((name) => name[lang]).join(", ");
      return lang === "vi" ? `Không phát sinh hồ sơ (${names.length}): ${joined}` : `True zero (${names.length}): ${joined}`;
    }),
  noDossiers: {
    vi: "Chưa có nguồn hồ sơ nào: số liệu của các đơn vị không được công bố thì để trống, không phải bằng 0.",
    en: "No source of dossiers: what units did not publish stays not given, it is not 0.",
  },
  noFigures: { vi: "Chưa có số liệu nào để cộng.", en: "There are no figures to sum." },
  sum: (n: number, expected: number) =>
    both((lang) =>
      lang === "vi"
        ? `Tổng của ${formatCount(n, lang)}/${formatCount(expected, lang)} đơn vị`
        : `Sum of ${formatCount(n, lang)} of ${formatCount(expected, lang)} units`,
    ),
  since: (at: Instant, near: Instant, zone: Zone) =>
    both((lang) => (lang === "vi" ? `Từ ${nearTime(at, near, zone, lang)}` : `Since ${nearTime(at, near, zone, lang)}`)),
  sinceLast: (n: number, at: Instant, near: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `${signed(n, lang)} từ ${nearTime(at, near, zone, lang)}`
        : `${signed(n, lang)} since ${nearTime(at, near, zone, lang)}`,
    ),
  firstMeeting: {
    vi: "Chưa lưu cuộc họp nào trước đó nên không có cột so sánh.",
    en: "No earlier meeting is kept, so there is nothing to compare with.",
  },
  sinceExplained: {
    vi: "Cột so sánh: với hồ sơ phát sinh là số mới kể từ cuộc họp trước; với hồ sơ còn tồn là tăng hay giảm so với lúc đó.",
    en: "The last column: for what happens, what is new since the last meeting; for what is open, more or less than then.",
  },
  incomparable: (id: string) =>
    both((lang) =>
      lang === "vi"
        ? `Không so được với cuộc họp ${id}: số liệu ngày đó nay chỉ giữ theo cả ngày, không còn theo giờ.`
        : `Not comparable with meeting ${id}: its day is kept as a whole by now, its hours are not.`,
    ),
  notRestated: { vi: "Không có số nào đã báo cáo phải điều chỉnh.", en: "Nothing that was shown had to be restated." },
  restatedHow: (count: number, id: string) =>
    both((lang) => {
      const n = formatCount(count, lang);
      return lang === "vi"
        ? `${n} số của cuộc họp ${id} nay khác:`
        : `${n} ${count === 1 ? "figure" : "figures"} of meeting ${id} ${count === 1 ? "is" : "are"} known otherwise now:`;
    }),
  received: { vi: "Tiếp nhận", en: "Received" },
  resolved: { vi: "Đã giải quyết", en: "Resolved" },
  inProgress: { vi: "Đang giải quyết", en: "In progress" },
  overdue: { vi: "Quá hạn", en: "Overdue" },
  paused: { vi: "Tạm dừng", en: "Paused" },
  returned: { vi: "Trả lại, rút", en: "Returned" },
  carriedOver: { vi: "Kỳ trước chuyển sang", en: "Carried over" },
  online: { vi: "Trực tuyến", en: "Online" },
  direct: { vi: "Trực tiếp", en: "At the desk" },
  post: { vi: "Bưu chính", en: "By post" },
  ofTotal: (numerator: number, denominator: number) =>
    both((lang) => `${formatCount(numerator, lang)} / ${formatCount(denominator, lang)}`),
  byHour: { vi: "Hồ sơ theo giờ", en: "Dossiers by the hour" },
  byChannel: { vi: "Tiếp nhận theo kênh", en: "Received by channel" },
  nothingYet: { vi: "Chưa có hồ sơ nào trong khoảng thời gian này.", en: "No dossier in this window yet." },
  rankReceived: { vi: "Tiếp nhận nhiều nhất", en: "Most received" },
  rankResolution: { vi: "Tỷ lệ giải quyết cao nhất", en: "Highest resolution rate" },
  rankOnTime: { vi: "Tỷ lệ đúng hạn cao nhất", en: "Highest on-time rate" },
  rankOnline: { vi: "Tỷ lệ trực tuyến cao nhất", en: "Highest online rate" },
  rankOverdue: { vi: "Quá hạn nhiều nhất", en: "Most overdue" },
  noOverdue: { vi: "Không đơn vị nào có hồ sơ đang giải quyết quá hạn.", en: "No unit has an overdue dossier in progress." },
  dueBy: (n: number, lastDay: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(n, lang)} hồ sơ đang giải quyết đến hạn từ nay đến hết ngày ${formatDate(lastDay, zone, lang)}; không xong thì quá hạn.`
        : `${formatCount(n, lang)} ${n === 1 ? "dossier in progress is" : "dossiers in progress are"} due by the end of ${formatDate(lastDay, zone, lang)} and overdue after it if not finished.`,
    ),
  nothingDue: (lastDay: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `Không có hồ sơ nào đến hạn từ nay đến hết ngày ${formatDate(lastDay, zone, lang)}.`
        : `No dossier is due by the end of ${formatDate(lastDay, zone, lang)}.`,
    ),
  rankedHow: {
    vi: "Tỷ lệ xếp theo mức chắc chắn (cận dưới Wilson 95%): 30/40 đứng trên 4/5 dù thấp hơn, vì số gốc lớn hơn.",
    en: "Rates are ranked by how sure they are (lower 95% Wilson bound): 30/40 stands above 4/5, which is higher but of fewer.",
  },
  smallBase: (n: number, base: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(n, lang)} đơn vị có số gốc dưới ${formatCount(base, lang)} nên không xếp hạng.`
        : `${formatCount(n, lang)} ${n === 1 ? "unit has" : "units have"} a base under ${formatCount(base, lang)} and ${n === 1 ? "is" : "are"} not ranked.`,
    ),
  publishedBy: (caption: Words, source: string, quality: Words, at: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `${caption.vi} (${source}, ${quality.vi}, đến ${nearTime(at, 0, zone, lang)})`
        : `${caption.en} (${source}, ${quality.en}, as of ${nearTime(at, 0, zone, lang)})`,
    ),
  publishedTotal: (caption: Words, source: string) => both((lang) => `${caption[lang]} (${source})`),
  fromStated: (rate: Words) =>
    both((lang) => (lang === "vi" ? `${rate.vi} (từ các số công bố)` : `${rate.en} (from stated counts)`)),
  closedRate: { vi: "Tỷ lệ giải quyết, kể cả trả lại", en: "Resolution rate, returned included" },
  statedBy: (source: string, quality: Words, at: Instant, near: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `${source}, ${quality.vi}, đến ${nearTime(at, near, zone, lang)}`
        : `${source}, ${quality.en}, as of ${nearTime(at, near, zone, lang)}`,
    ),
  notGivenUnits: (given: number, expected: number) =>
    both((lang) =>
      lang === "vi"
        ? `Chỉ công bố của ${formatCount(given, lang)}/${formatCount(expected, lang)} đơn vị; các đơn vị khác: không công bố.`
        : `Published for ${formatCount(given, lang)} of ${formatCount(expected, lang)} units; the others: not given.`,
    ),
  asGiven: {
    vi: "Số công bố được ghi nguyên văn bên cạnh số tính từ hồ sơ, không trộn lẫn và không sửa.",
    en: "Published figures stand as given beside our own; they are neither mixed nor mended.",
  },
  startNotGiven: (start: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `Có nguồn không nói tính từ lúc nào: số bên cạnh tính từ ${formatDateTime(start, zone, lang)}, để đối chiếu, không phải để bắt lỗi.`
        : `Some source does not say since when it counts: ours beside it is counted from ${formatDateTime(start, zone, lang)}, to be read, not held against it.`,
    ),
  neverChecked: { vi: "Chưa kiểm tra lần nào.", en: "Never checked." },
  checkedAt: (at: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi" ? `Kiểm tra lúc ${formatDateTime(at, zone, lang)}` : `Checked at ${formatDateTime(at, zone, lang)}`,
    ),
  passing: { vi: "Đạt", en: "Pass" },
  failing: { vi: "Lỗi", en: "Fail" },
  unknown: { vi: "Không rõ", en: "Unknown" },
  untested: { vi: "Chưa thử", en: "Not tested" },
  causes: { vi: "Nguyên nhân chung, khả năng cao nhất trước", en: "Shared causes, likeliest first" },
  noCause: { vi: "Không có lỗi chung nào cần giải thích.", en: "No shared failure to explain." },
  grid: { vi: "Đơn vị và hệ thống", en: "Units and systems" },
  accounts: { vi: "Tài khoản còn thiếu", en: "Missing accounts" },
  signing: { vi: "Thẩm quyền ký còn thiếu", en: "Missing signing authority" },
  noAccountGaps: { vi: "Không thiếu tài khoản nào.", en: "No account is missing." },
  noSigningGaps: { vi: "Loại văn bản nào cũng có người ký được.", en: "Every document type has someone who may sign." },
  noFindings: { vi: "Không có điểm nào phải lưu ý.", en: "Nothing to note." },
  manyUnits: (sum: number, title: Words, units: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(sum, lang)} ${title.vi}, ở ${formatCount(units, lang)} đơn vị`
        : `${formatCount(sum, lang)} ${title.en}, in ${formatCount(units, lang)} ${units === 1 ? "unit" : "units"}`,
    ),
  ties: { vi: "Khớp", en: "Ties" },
  attention: { vi: "Cần xử lý", en: "To act on" },
  toKnow: { vi: "Cần biết", en: "To know" },
  windowIs: {
    vi: "Khoảng thời gian tính cả lúc đầu, không tính lúc cuối; tình trạng lấy tại thời điểm cuối, từ lịch sử từng hồ sơ.",
    en: "The window includes its start and not its end; states are those at its end, from each dossier's history.",
  },
  windowFromHour: (at: Instant, zone: Zone) =>
    both((lang) =>
      lang === "vi"
        ? `Chưa lưu báo cáo cuối ngày nào, nên tính từ ${formatDateTime(at, zone, lang)} (report.eveningAt).`
        : `No evening report is kept, so the window starts at ${formatDateTime(at, zone, lang)} (report.eveningAt).`,
    ),
  unitIs: {
    vi: "Hồ sơ tính cho đơn vị tiếp nhận, kể cả khi đơn vị khác có thẩm quyền giải quyết.",
    en: "A dossier counts for the unit that received it, also where another one is competent.",
  },
  rankingIs: (base: number) =>
    both((lang) =>
      lang === "vi"
        ? `Xếp hạng tỷ lệ theo cận dưới Wilson 95%, số gốc từ ${formatCount(base, lang)} trở lên, để số gốc nhỏ không đứng đầu do may rủi. Đơn vị đồng hạng đều được nêu.`
        : `Rates are ranked by the lower 95% Wilson bound over a base of at least ${formatCount(base, lang)}, so that a small base does not lead by luck. All tied units are shown.`,
    ),
  missingIs: {
    vi: "Dấu – là không biết, không phải bằng 0. Lượt người đến không phải là hồ sơ.",
    en: "A dash is unknown, not 0. Visitors are people, not dossiers.",
  },
  knownSeq: (seq: number) => both((lang) => (lang === "vi" ? `Biết đến lần nhập số ${seq}` : `Known up to import ${seq}`)),
  rules: (sha: string) => both((lang) => (lang === "vi" ? `Quy tắc tính ${sha.slice(0, 12)}` : `Rules ${sha.slice(0, 12)}`)),
  noCalendar: {
    vi: "Chưa có lần nhập hồ sơ nào dùng lịch làm việc: hạn trả lấy đúng như nguồn ghi.",
    en: "No import of dossiers has used a working calendar yet: due dates are the source's.",
  },
  dueIsTheSources: {
    vi: "Hạn trả là ngày nguồn ghi. Hạn wardctl tự tính theo lịch làm việc và thời hạn của thủ tục chỉ để cảnh báo (W-TERM, W-DAY-OFF).",
    en: "Due dates are the source's. Those that wardctl counts by the working calendar and the terms of procedures only warn (W-TERM, W-DAY-OFF).",
  },
  calendar: (version: number, last: Instant, terms: number, zone: Zone) =>
    both((lang) => {
      const until = formatDate(last, zone, lang);
      return lang === "vi"
        ? `Lịch làm việc bản ${version}, biết ngày nghỉ đến ${until}, thời hạn của ${formatCount(terms, lang)} thủ tục`
        : `Working calendar, version ${version}: holidays known until ${until}, terms of ${formatCount(terms, lang)} procedure${terms === 1 ? "" : "s"}`;
    }),
  fresh: { vi: "đúng hẹn", en: "in time" },
  late: { vi: "quá hạn gửi", en: "late" },
  notExpected: { vi: "không có hẹn", en: "not scheduled" },
} satisfies Catalogue;
