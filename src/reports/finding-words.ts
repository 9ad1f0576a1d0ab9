import type { Instant } from "../platform/clock.ts";
import { formatCount, formatDateTime } from "../platform/format.ts";
import type { Zone } from "../platform/time.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";

export const findingWords = {
  noSource: {
    vi: "Chưa khai báo nguồn số liệu nào ở records.sources trong wardctl.yaml",
    en: "No source of figures is declared under records.sources in wardctl.yaml",
  },
  silent: (name: Words, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? undefined : formatDateTime(last, zone, lang);
      if (lang === "vi") return `${name.vi}: chưa có số liệu${when ? `, lần cuối ${when}` : ""}`;
      return `${name.en}: no figures${when ? `, last heard ${when}` : ""}`;
    }),
  staleUnit: (name: Words, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? "–" : formatDateTime(last, zone, lang);
      return lang === "vi" ? `${name.vi}: số liệu cũ, lần cuối ${when}` : `${name.en}: stale figures, last heard ${when}`;
    }),
  staleSource: (source: string, last: Instant | undefined, zone: Zone) =>
    both((lang) => {
      const when = last === undefined ? undefined : formatDateTime(last, zone, lang);
      if (lang === "vi") return `Nguồn ${source} quá hạn gửi${when ? `, lần cuối ${when}` : ", chưa gửi lần nào"}`;
      return `Source ${source} is late${when ? `, last delivery ${when}` : ", never delivered"}`;
    }),
  opening: (at: Instant, zone: Zone, expected: number, found: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đầu kỳ này là ${formatCount(found, lang)}, cuộc họp ${formatDateTime(at, zone, lang)} chốt ${formatCount(expected, lang)}`
        : `This opening is ${formatCount(found, lang)}; the meeting of ${formatDateTime(at, zone, lang)} closed at ${formatCount(expected, lang)}`,
    ),
} satisfies Catalogue;
