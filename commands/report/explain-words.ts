import { formatCount } from "../../src/platform/format.ts";
import { both, type Words } from "../../src/platform/words.ts";
import type { Channel, DossierState } from "../../src/records/observation.ts";
import type { Explanation } from "../../src/reports/explain-figure.ts";
import { toMetricTitle } from "../../src/reports/metrics.ts";

const channels: Readonly<Record<Channel, Words>> = {
  online: { vi: "trực tuyến", en: "online" },
  direct: { vi: "trực tiếp", en: "at the desk" },
  post: { vi: "bưu chính", en: "by post" },
};

const states: Readonly<Record<DossierState, Words>> = {
  pending: { vi: "chờ tiếp nhận", en: "waiting for intake" },
  refused: { vi: "không tiếp nhận", en: "refused at intake" },
  in_progress: { vi: "đang giải quyết", en: "in progress" },
  supplement: { vi: "chờ bổ sung giấy tờ", en: "waiting for papers" },
  fee: { vi: "chờ nghĩa vụ tài chính", en: "waiting for a fee or tax" },
  stopped: { vi: "dừng xử lý", en: "stopped" },
  resolved: { vi: "đã giải quyết", en: "resolved" },
  handed_over: { vi: "đã trả kết quả", en: "handed over" },
  withdrawn: { vi: "công dân rút", en: "withdrawn" },
  rejected: { vi: "từ chối", en: "rejected" },
};

const shown = (n: number | undefined, lang: "vi" | "en"): string => (n === undefined ? "–" : formatCount(n, lang));

export const explainWords = {
  channels,
  states,
  explain: { vi: "các hồ sơ đứng sau một con số", en: "the dossiers behind a figure" },
  figure: {
    vi: "chỉ tiêu: mã như inProgress.overdue, hoặc tên như trong báo cáo",
    en: "the figure: its key such as inProgress.overdue, or its name as a report has it",
  },
  from: {
    vi: "tính từ thời điểm này (mặc định: 0 giờ của ngày)",
    en: "counted from this instant (default: midnight of the day)",
  },
  meeting: {
    vi: "khoảng thời gian và những gì đã biết của cuộc họp này",
    en: "the window of this meeting, and what it knew",
  },
  meetingAlone: {
    vi: "--meeting đã định sẵn khoảng thời gian: bỏ --as-of, --from và --known-as-of",
    en: "--meeting says the window already: leave out --as-of, --from and --known-as-of",
  },
  unknownFigure: (key: string, near: string | undefined) =>
    both((lang) =>
      lang === "vi"
        ? `không có chỉ tiêu '${key}'${near ? ` (có phải ${near}?)` : ""}`
        : `there is no figure '${key}'${near ? ` (did you mean ${near}?)` : ""}`,
    ),
  figures: (names: readonly string[]) =>
    both((lang) => {
      const list = names.map((name) => `${name} (${toMetricTitle(name)[lang]})`).join("; ");
      return lang === "vi" ? `ghi tên hay mã một chỉ tiêu: ${list}` : `write a figure's name or key: ${list}`;
    }),
  onlyStated: (key: string) =>
    both((lang) =>
      lang === "vi"
        ? `'${key}' chỉ do các nguồn công bố, không đếm từ hồ sơ nào`
        : `'${key}' is only stated by sources; no dossier stands behind it`,
    ),
  none: (unit: Words, title: Words) =>
    both((lang) => (lang === "vi" ? `${unit.vi}: không có hồ sơ nào ở ${title.vi}.` : `${unit.en}: no dossier in ${title.en}.`)),
  sum: (unit: Words, title: Words, { figure, part, counted, countedPart }: Explanation) =>
    both((lang) => {
      const [of, from] = [shown(figure, lang), shown(counted, lang)];
      const tail =
        countedPart === undefined
          ? ""
          : lang === "vi"
            ? `; trong đó thuộc tử số: ${shown(part, lang)}`
            : `; its numerator ${shown(part, lang)}`;
      return lang === "vi"
        ? `${unit.vi}, ${title.vi}: báo cáo ghi ${of}; các hồ sơ nêu trên cộng lại: ${from}${tail}`
        : `${unit.en}, ${title.en}: the report has ${of}, these dossiers come to ${from}${tail}`;
    }),
  notAll: ({ figure, counted }: Explanation) =>
    both((lang) =>
      lang === "vi"
        ? `các hồ sơ còn giữ cho ${shown(counted, lang)}, báo cáo là ${shown(figure, lang)}: có hồ sơ đã hết hạn lưu, hoặc quy tắc của nguồn đã đổi từ lúc đó`
        : `the dossiers still kept come to ${shown(counted, lang)} and the report has ${shown(figure, lang)}: some are no longer kept, or the source's rules have changed since`,
    ),
  silent: (unit: Words) =>
    both((lang) => (lang === "vi" ? `${unit.vi} chưa có số liệu để giải thích` : `${unit.en} has no figures to explain`)),
  code: { vi: "Mã hồ sơ", en: "Code" },
  codeGone: { vi: "(không còn lưu)", en: "(no longer kept)" },
  procedure: { vi: "Thủ tục", en: "Procedure" },
  channel: { vi: "Kênh", en: "Channel" },
  state: { vi: "Trạng thái", en: "State" },
  received: { vi: "Tiếp nhận", en: "Received" },
  due: { vi: "Hẹn trả", en: "Due" },
  finished: { vi: "Xong", en: "Finished" },
  counts: { vi: "Tính", en: "Counts" },
  part: { vi: "Tử số", en: "Numerator" },
};
