import type { Words } from "../../platform/words.ts";
import type { LocalFinding } from "./finding.ts";
import type { LookedCertificate, ServerDate } from "./look.ts";

type DateSeen = Pick<ServerDate, "theirs" | "ours"> & Partial<ServerDate>;
type Window = Pick<LookedCertificate, "issuer" | "from" | "until">;

const toleranceMs = 5 * 60_000;
const leastServers = 5;
const leastIssuers = 2;

/**
 * How far our clock is ahead of the servers', from their Date headers: whole seconds, so half a second is added, and half of the way
 * there and back taken off. The median over hosts, each counted once; undefined with fewer than five: one wrong server proves nothing.
 */
export function measureSkewMs(dates: readonly DateSeen[]): number | undefined {
  const byHost = Map.groupBy(dates, ({ host }, at = dates.length) => host ?? at);
  if (byHost.size < leastServers) return undefined;
  return findMedian(
    [...byHost.values()].map((own) => findMedian(own.map(({ theirs, ours, rttMs = 0 }) => ours - rttMs / 2 - (theirs + 500)))),
  );
}

function findMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/**
 * What certificates of unrelated issuers say to a skew that the Date headers gave. confirmed: out of date by our clock, in date at the
 * corrected time. contradicted: the other way round, so the dates were not the servers'.
 */
export function crossCheck(skewMs: number, windows: readonly Window[], now: number): "confirmed" | "contradicted" | "silent" {
  const corrected = now - skewMs;
  const inDate = ({ from, until }: Window, at: number): boolean => at >= from && at <= until;
  const issuers = (test: (window: Window) => boolean): number => new Set(windows.filter(test).map(({ issuer }) => issuer)).size;
  const confirming = issuers((window) => !inDate(window, now) && inDate(window, corrected));
  const contradicting = issuers((window) => inDate(window, now) && !inDate(window, corrected));
  if (contradicting >= leastIssuers && contradicting > confirming) return "contradicted";
  return confirming >= leastIssuers ? "confirmed" : "silent";
}

export interface ClockJudgement {
  readonly skewMs: number | undefined;
  /** The clock is wrong, and by how much is known: dates can be judged at the corrected time. */
  readonly wrong: boolean;
  readonly finding: Omit<LocalFinding, "id">;
}

/** Judges our clock. Pure. */
export function judgeClock(dates: readonly DateSeen[], windows: readonly Window[], now: number): ClockJudgement {
  const skewMs = measureSkewMs(dates);
  if (skewMs === undefined) return { skewMs, wrong: false, finding: judgeWithoutDates(windows, now) };
  const off = formatSkew(skewMs);
  if (Math.abs(skewMs) <= toleranceMs) {
    return {
      skewMs,
      wrong: false,
      finding: { state: "pass", words: { vi: `lệch ${off.vi} so với các máy chủ`, en: `${off.en} off the servers` } },
    };
  }
  const says = crossCheck(skewMs, windows, now);
  if (says === "contradicted") {
    return {
      skewMs,
      wrong: false,
      finding: {
        state: "warn",
        words: {
          vi: `các máy chủ nói đồng hồ máy này lệch ${off.vi}, nhưng chứng thư của chúng nói ngược lại: có proxy sửa giờ?`,
          en: `the servers say this clock is ${off.en} off, but their certificates say otherwise: does a proxy rewrite dates?`,
        },
        remedy: { vi: "so đồng hồ với điện thoại", en: "compare the clock with a telephone" },
      },
    };
  }
  return { skewMs, wrong: true, finding: { state: "fail", words: describeSkew(skewMs), remedy: setClock } };
}

/** With too few dates: certificates of unrelated issuers that are all out of date speak against the clock, not against them. */
function judgeWithoutDates(windows: readonly Window[], now: number): Omit<LocalFinding, "id"> {
  const late = new Set(windows.filter(({ until }) => now > until).map(({ issuer }) => issuer)).size;
  const early = new Set(windows.filter(({ from }) => now < from).map(({ issuer }) => issuer)).size;
  const sound = windows.some(({ from, until }) => now >= from && now <= until);
  if (!sound && Math.max(late, early) >= leastIssuers) {
    return {
      state: "warn",
      words: {
        vi: `chứng thư của mọi nơi cấp đều ${late > early ? "đã hết hạn" : "chưa có hiệu lực"}: đồng hồ máy này chắc chạy ${late > early ? "nhanh" : "chậm"}`,
        en: `the certificates of every issuer are ${late > early ? "expired" : "not yet valid"}: this clock is probably ${late > early ? "ahead" : "behind"}`,
      },
      remedy: setClock,
    };
  }
  return {
    state: "not-applicable",
    words: {
      vi: "chưa đủ 5 máy chủ cho biết giờ",
      en: "fewer than 5 servers told the time",
    },
  };
}

const setClock: Words = {
  vi: "chỉnh ngày giờ của máy (bật tự động đặt giờ), rồi chạy lại; hạn chứng thư đã được xét theo giờ đúng",
  en: "set the machine's date and time (switch on automatic time), then run it again; certificate dates were judged at the right time",
};

export function describeSkew(skewMs: number): Words {
  const off = formatSkew(skewMs);
  return {
    vi: `đồng hồ máy này ${skewMs > 0 ? "nhanh" : "chậm"} ${off.vi} so với các máy chủ`,
    en: `this machine's clock is ${off.en} ${skewMs > 0 ? "ahead of" : "behind"} the servers`,
  };
}

/** In the largest unit that says it: days, hours, minutes, seconds. */
function formatSkew(skewMs: number): Words {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const [n, vi, en] =
    seconds >= 2 * 86_400
      ? [Math.round(seconds / 86_400), "ngày", "day"]
      : seconds >= 2 * 3_600
        ? [Math.round(seconds / 3_600), "giờ", "hour"]
        : seconds >= 120
          ? [Math.round(seconds / 60), "phút", "minute"]
          : [seconds, "giây", "second"];
  return { vi: `${n} ${vi}`, en: `${n} ${en}${n === 1 ? "" : "s"}` };
}
