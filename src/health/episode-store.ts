import type { Sql } from "../platform/database.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import { type Episode, type EpisodeStep, reopenWithinMs } from "./episodes.ts";
import { isReason } from "./reason.ts";

export interface EpisodeStore {
  /** Open ones, and those resolved so lately that they may come back. */
  listKnown(now: number): Promise<readonly Episode[]>;
  /** What people were told of and touched [from, to), oldest first. */
  list(from: number, to: number): Promise<readonly Episode[]>;
  /** With their keys. */
  save(steps: readonly EpisodeStep[]): Promise<readonly EpisodeStep[]>;
}

interface EpisodeRow {
  readonly id: number;
  readonly kind: string;
  readonly cause_id: string;
  readonly names: string;
  readonly reason: string | null;
  readonly opened_at: string;
  readonly confirmed_at: string | null;
  readonly resolved_at: string | null;
  readonly reopened: number;
  readonly in_words_vi: string;
  readonly in_words_en: string;
  readonly owner_vi: string;
  readonly owner_en: string;
}

const columns =
  "kind, cause_id, names, reason, opened_at, confirmed_at, resolved_at, reopened, in_words_vi, in_words_en, owner_vi, owner_en";

/** Over a database, or the handle of one transaction. */
export function createEpisodeStore(sql: Sql, zone: Zone): EpisodeStore {
  const iso = (at: number | undefined): string | null => (at === undefined ? null : toIso(at, zone));
  const instant = (text: string | null): number | undefined => (text === null ? undefined : readInstant(text, zone));
  const toEpisode = async (row: EpisodeRow): Promise<Episode> => {
    const endpoints = await sql.all<{ endpoint: string; from_at: string; until_at: string | null }>(
      "SELECT endpoint, from_at, until_at FROM cause_episode_endpoint WHERE episode_id = ? ORDER BY endpoint",
      row.id,
    );
    return {
      key: row.id,
      kind: row.kind,
      id: row.cause_id,
      names: row.names.split("\n"),
      reason: row.reason !== null && isReason(row.reason) ? row.reason : undefined,
      openedAt: instant(row.opened_at) ?? 0,
      confirmedAt: instant(row.confirmed_at),
      resolvedAt: instant(row.resolved_at),
      reopened: row.reopened,
      inWords: { vi: row.in_words_vi, en: row.in_words_en },
      owner: { vi: row.owner_vi, en: row.owner_en },
      endpoints: new Map(
        endpoints.map(({ endpoint, from_at, until_at }) => [endpoint, { from: instant(from_at) ?? 0, until: instant(until_at) }]),
      ),
    };
  };
  const toEpisodes = async (rows: readonly EpisodeRow[]): Promise<Episode[]> => {
    const episodes: Episode[] = [];
    for (const row of rows) episodes.push(await toEpisode(row));
    return episodes;
  };
  const write = async (episode: Episode): Promise<number> => {
    const { key, kind, id, names, reason, openedAt, confirmedAt, resolvedAt, reopened, inWords, owner } = episode;
    const values = [kind, id, names.join("\n"), reason ?? null, iso(openedAt), iso(confirmedAt), iso(resolvedAt), reopened];
    const texts = [inWords.vi, inWords.en, owner.vi, owner.en];
    if (key === undefined) {
      await sql.run(`INSERT INTO cause_episode (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, ...values, ...texts);
      return (await sql.get<{ id: number }>("SELECT MAX(id) AS id FROM cause_episode"))!.id;
    }
    const set = columns
      .split(", ")
      .map((name) => `${name} = ?`)
      .join(", ");
    await sql.run(`UPDATE cause_episode SET ${set} WHERE id = ?`, ...values, ...texts, key);
    return key;
  };
  // What is as it was read is not written again: a carrier's outage has thousands of endpoints.
  const read = new Map<number, Episode>();
  const isAsRead = (key: number, endpoint: string, from: number, until: number | undefined): boolean => {
    const before = read.get(key)?.endpoints.get(endpoint);
    return before !== undefined && before.from === from && before.until === until;
  };
  return {
    async listKnown(now) {
      const episodes = await toEpisodes(
        await sql.all<EpisodeRow>(
          `SELECT id, ${columns} FROM cause_episode WHERE resolved_at IS NULL OR resolved_at >= ? ORDER BY id`,
          toIso(now - reopenWithinMs, zone),
        ),
      );
      for (const episode of episodes) read.set(episode.key as number, episode);
      return episodes;
    },
    async list(from, to) {
      return toEpisodes(
        await sql.all<EpisodeRow>(
          `SELECT id, ${columns} FROM cause_episode
           WHERE confirmed_at IS NOT NULL AND opened_at < ? AND (resolved_at IS NULL OR resolved_at >= ?) ORDER BY opened_at, id`,
          toIso(to, zone),
          toIso(from, zone),
        ),
      );
    },
    async save(steps) {
      const saved: EpisodeStep[] = [];
      for (const step of steps) {
        const { episode, dropped } = step;
        if (dropped && episode.key !== undefined) {
          await sql.run("DELETE FROM cause_episode_endpoint WHERE episode_id = ?", episode.key);
          await sql.run("DELETE FROM cause_episode WHERE id = ?", episode.key);
        }
        if (dropped) continue;
        const key = await write(episode);
        await sql.runMany(
          `INSERT INTO cause_episode_endpoint (episode_id, endpoint, from_at, until_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (episode_id, endpoint) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at`,
          [...episode.endpoints]
            .filter(([endpoint, { from, until }]) => !isAsRead(key, endpoint, from, until))
            .map(([endpoint, { from, until }]) => [key, endpoint, iso(from), iso(until)]),
        );
        saved.push({ ...step, episode: { ...episode, key } });
      }
      return saved;
    },
  };
}
