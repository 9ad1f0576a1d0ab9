import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { ProbeResult } from "./probe-result.ts";
import { type Reason, reasons } from "./reason.ts";

/** A cause that a sweep found, or one endpoint that fails on its own (`endpoint`). */
export interface Finding {
  readonly kind: string;
  readonly id: string;
  /** It and what could not be told from it: `carprov VNPT/46`. */
  readonly names: readonly string[];
  readonly reason: Reason | undefined;
  readonly affected: readonly string[];
  readonly inWords: Words;
  readonly owner: Words;
}

/** A cause from its first sign to its end. People hear of it once, when it is confirmed. */
export interface Episode extends Omit<Finding, "affected"> {
  /** Undefined until it is stored. */
  readonly key?: number;
  readonly openedAt: Instant;
  readonly confirmedAt?: Instant | undefined;
  readonly resolvedAt?: Instant | undefined;
  /** How often it came back within half an hour. */
  readonly reopened: number;
  /** Whom it has met, and until when. */
  readonly endpoints: ReadonlyMap<string, { readonly from: Instant; readonly until?: Instant | undefined }>;
}

export type EpisodeNews = "confirmed" | "resolved" | "reopened";

export interface EpisodeStep {
  readonly episode: Episode;
  readonly news: EpisodeNews | undefined;
  /** It ended before anybody was told: nothing of it is kept. */
  readonly dropped: boolean;
}

export interface SweepSeen {
  readonly at: Instant;
  /** An endpoint that is no longer asked for in a whole sweep has left the inventory. */
  readonly scope: "all" | "selected";
  readonly results: ReadonlyMap<string, ProbeResult>;
}

export const reopenWithinMs = 30 * 60_000;
/** A finding is not new when so much of it is explained already. */
const explainedShare = 0.5;
/** Of a cause that is over for most, what is left is a matter of its own; sooner so where it fails at another layer now. */
const remnantShare = 0.2;
const otherRemnantShare = 0.5;

type Draft = { -readonly [Key in keyof Episode]: Episode[Key] } & {
  endpoints: Map<string, { readonly from: Instant; readonly until?: Instant | undefined }>;
  news?: EpisodeNews;
};

/**
 * What a sweep's findings mean for the causes that are known: open ones, and those resolved in the last half hour. An endpoint that a known cause
 * explains opens nothing new, but is watched and ends like any other. Pure.
 */
export function planEpisodes(known: readonly Episode[], findings: readonly Finding[], sweep: SweepSeen): readonly EpisodeStep[] {
  const drafts: Draft[] = known.map((episode) => ({ ...episode, endpoints: new Map(episode.endpoints) }));
  const sorted = [...findings].sort((a, b) => b.affected.length - a.affected.length);
  const met = new Set<Draft>();
  for (const finding of sorted) {
    const others = sorted.filter((one) => one !== finding);
    const match = findMatch(drafts, finding, others, sweep.at);
    // One failure more does not undo an all-clear; the next sweep decides.
    if (match && !isOpen(match) && !finding.affected.some((id) => sweep.results.get(id)?.hard)) continue;
    const draft = match ?? openEpisode(finding, sweep.at);
    if (!match) drafts.push(draft);
    join(draft, finding, sweep.at);
    met.add(draft);
    if (finding.affected.length > 1) absorb(drafts, draft, finding);
  }
  for (const draft of drafts) {
    endRecovered(draft, sweep);
    confirm(draft, sweep);
  }
  for (const draft of met) if (draft.confirmedAt !== undefined) takeOver(drafts, draft, sweep.at);
  for (const draft of drafts) resolve(draft, sweep.at);
  return drafts.map(({ news, ...episode }) => ({
    episode,
    news,
    dropped: episode.confirmedAt === undefined && episode.resolvedAt !== undefined,
  }));
}

function isOpen({ resolvedAt }: Draft): boolean {
  return resolvedAt === undefined;
}

function findMatch(drafts: readonly Draft[], finding: Finding, others: readonly Finding[], at: Instant): Draft | undefined {
  const recent = drafts.filter((draft) => draft.resolvedAt === undefined || at - draft.resolvedAt <= reopenWithinMs);
  const isNamed = ({ names }: Draft): boolean => names.some((name) => finding.names.includes(name));
  // What goes on under its own name beside a finding at another layer is not that finding.
  const goesOn = ({ names }: Draft): boolean => others.some((other) => other.names.some((name) => names.includes(name)));
  const isApart = (draft: Draft): boolean => {
    const isOther = isOfOtherLayer(draft, finding);
    if (isOther && finding.affected.length > 1 && goesOn(draft)) return true;
    return isRemnant(draft, isOther ? otherRemnantShare : remnantShare);
  };
  const near = recent.filter((draft) => isNamed(draft) || !isApart(draft));
  const shared = (draft: Draft): number => finding.affected.filter((id) => draft.endpoints.has(id)).length;
  const named = near.filter(isNamed);
  const explained = finding.affected.filter((id) => near.some((draft) => draft.endpoints.has(id))).length;
  const enough = explainedShare * finding.affected.length;
  // What one of them explains is that one's; what only several explain together is that of all.
  const whole = near.filter((draft) => shared(draft) >= enough || (named.includes(draft) && shared(draft) > 0));
  const parts = explained >= enough ? near.filter((draft) => shared(draft) > 0) : named;
  const candidates = whole.length > 0 ? whole : parts;
  const rank = (draft: Draft): number => (named.includes(draft) ? 1e9 : 0) + (isOpen(draft) ? 1e6 : 0) + shared(draft);
  return candidates.length === 0 ? undefined : candidates.reduce((best, one) => (rank(one) > rank(best) ? one : best));
}

function listActive({ endpoints }: Draft): string[] {
  return [...endpoints].filter(([, { until }]) => until === undefined).map(([id]) => id);
}

function isRemnant(draft: Draft, share = remnantShare): boolean {
  const { size } = draft.endpoints;
  return isOpen(draft) && size > 1 && listActive(draft).length <= share * size;
}

function isOfOtherLayer({ reason }: Pick<Finding, "reason">, finding: Pick<Finding, "reason">): boolean {
  return reason !== undefined && finding.reason !== undefined && reasons[reason].layer !== reasons[finding.reason].layer;
}

function openEpisode({ affected: _, ...finding }: Finding, at: Instant): Draft {
  return { ...finding, openedAt: at, reopened: 0, endpoints: new Map() };
}

/** Takes the finding's endpoints in. A finding of more endpoints than are left of it gives it its present name. */
function join(draft: Draft, finding: Finding, at: Instant): void {
  if (finding.affected.length >= listActive(draft).length) {
    const { kind, id, names, reason, inWords, owner } = finding;
    Object.assign(draft, { kind, id, names, reason, inWords, owner });
  }
  if (!isOpen(draft)) {
    draft.resolvedAt = undefined;
    draft.reopened++;
    draft.news = "reopened";
  }
  for (const id of finding.affected) {
    const before = draft.endpoints.get(id);
    if (!before || before.until !== undefined) draft.endpoints.set(id, { from: before?.from ?? at });
  }
}

/** What nobody was told of yet and lies wholly in a larger cause is that cause. */
function absorb(drafts: readonly Draft[], into: Draft, { affected }: Finding): void {
  const inside = new Set(affected);
  for (const draft of drafts) {
    if (draft === into || draft.confirmedAt !== undefined || !isOpen(draft)) continue;
    if (![...draft.endpoints.keys()].every((id) => inside.has(id))) continue;
    into.openedAt = Math.min(into.openedAt, draft.openedAt);
    draft.endpoints.clear();
  }
}

function endRecovered(draft: Draft, { at, scope, results }: SweepSeen): void {
  for (const [id, { from, until }] of draft.endpoints) {
    if (until !== undefined) continue;
    const result = results.get(id);
    const gone = result === undefined && scope === "all";
    // What flaps is not well because it passes this time.
    const well = result?.state === "pass" && !result.recovering && !result.flapping;
    if (gone || well) draft.endpoints.set(id, { from, until: at });
  }
}

/** Two sweeps must have seen it, and most of what fails of it must be held for down. */
function confirm(draft: Draft, { at, results }: SweepSeen): void {
  if (!isOpen(draft) || draft.confirmedAt !== undefined || draft.openedAt === at) return;
  const own = listActive(draft).map((id) => results.get(id));
  const failing = own.filter((result) => result?.state === "fail" && !result.maintenance);
  const hard = failing.filter((result) => result?.hard).length;
  if (hard === 0 || hard * 2 < failing.length) return;
  draft.confirmedAt = at;
  draft.news = "confirmed";
}

/**
 * What is told of by itself now no longer keeps the cause open that most have left; nor does what fails at another layer by a cause that was told
 * of before: the line that came back is over, though a system behind it is down.
 */
function takeOver(drafts: readonly Draft[], by: Draft, at: Instant): void {
  const own = new Set(listActive(by));
  const isOver = (draft: Draft): boolean =>
    isOfOtherLayer(draft, by) ? isRemnant(draft, otherRemnantShare) : by.news === "confirmed" && isRemnant(draft);
  for (const draft of drafts) {
    if (draft === by || !isOver(draft)) continue;
    for (const [id, { from, until }] of draft.endpoints) {
      if (until === undefined && own.has(id)) draft.endpoints.set(id, { from, until: at });
    }
  }
}

/** What came back once gets its all-clear only when it has kept well for half an hour. */
function resolve(draft: Draft, at: Instant): void {
  if (!isOpen(draft) || listActive(draft).length > 0) return;
  const lastEnd = [...draft.endpoints.values()].reduce((latest, { until = at }) => Math.max(latest, until), 0);
  if (draft.reopened > 0 && at - lastEnd < reopenWithinMs) return;
  draft.resolvedAt = at;
  // Back and gone within one sweep: nobody needs to hear of it.
  draft.news = draft.confirmedAt === undefined || draft.news === "reopened" ? undefined : "resolved";
}
