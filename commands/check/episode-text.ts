import type { Episode, EpisodeNews, EpisodeStep } from "../../src/health/episodes.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDateTime, formatTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { toIso, toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";

/** A cause's episode as scripts see it; instants in the workspace's zone. */
export function toEpisodeDocument(episode: Episode, lang: Lang): Readonly<Record<string, unknown>> {
  const { key, kind, id, reason, openedAt, confirmedAt, resolvedAt, reopened, endpoints, inWords, owner } = episode;
  const iso = (at: number | undefined): string | null => (at === undefined ? null : toIso(at, vietnamZone));
  return {
    episode: key ?? null,
    kind,
    id,
    reason: reason ?? null,
    openedAt: iso(openedAt),
    confirmedAt: iso(confirmedAt),
    resolvedAt: iso(resolvedAt),
    reopened,
    affected: [...endpoints].filter(([, { until }]) => until === undefined).map(([endpoint]) => endpoint),
    affectedInAll: endpoints.size,
    owner: owner[lang],
    inWords: inWords[lang],
  };
}

const signs: Readonly<Record<EpisodeNews, string>> = { confirmed: "!", reopened: "!", resolved: "✓" };

/** `từ 16:30`; with its date where that was on another day. */
export function describeSince(openedAt: Instant, now: Instant): Words {
  const isToday = toIsoDate(openedAt, vietnamZone) === toIsoDate(now, vietnamZone);
  return both((lang) => {
    const time = isToday ? formatTime(openedAt, vietnamZone) : formatDateTime(openedAt, vietnamZone, lang);
    return newsWords.since(time)[lang];
  });
}

/** `! xác nhận: … (từ 16:30)`, one line a cause. */
export function describeNews({ episode, news }: EpisodeStep, now: Instant): Words {
  const head = { confirmed: newsWords.confirmed, reopened: newsWords.reopened, resolved: newsWords.resolved };
  const since = describeSince(episode.openedAt, now);
  return both(
    (lang) => `${signs[news ?? "confirmed"]} ${head[news ?? "confirmed"][lang]}: ${episode.inWords[lang]} (${since[lang]})`,
  );
}

/** What history makes of the sweep, where that says something new. */
export function renderNews(news: readonly EpisodeStep[], now: Instant, { say, paint, width }: Output): string[] {
  if (news.length === 0) return [];
  const lines = news.map((step) => wrapWords(say(describeNews(step, now)), width, "  "));
  return [[paint.bold(say(newsWords.title)), ...lines].join("\n")];
}

export function joinBlocks(blocks: readonly string[]): string {
  return blocks.map((block) => block.trimEnd()).join("\n\n");
}

const newsWords = {
  title: { vi: "Mới so với các lần trước", en: "New against the checks before" },
  confirmed: { vi: "xác nhận", en: "confirmed" },
  reopened: { vi: "lại hỏng", en: "back again" },
  resolved: { vi: "đã hết", en: "over" },
  since: (time: string) => ({ vi: `từ ${time}`, en: `since ${time}` }),
};
