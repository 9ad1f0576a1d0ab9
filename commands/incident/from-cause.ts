import { createNames, type Names, nameGroup } from "../../src/health/cause-words.ts";
import { readLastRun } from "../../src/health/check-run.ts";
import type { Episode } from "../../src/health/episodes.ts";
import type { GroupName } from "../../src/health/explain.ts";
import { explainResults } from "../../src/health/explain-results.ts";
import { readInventory } from "../../src/health/inventory.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import { findIncident } from "../../src/health/pack/find-subject.ts";
import { type Reason, reasons } from "../../src/health/reason.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";
import { listEpisodes } from "../check/list-episodes.ts";
import type { Context } from "../context.ts";
import { incidentWords as words } from "./words.ts";

/** What something that was found says of a difficulty; whoever opens it may say otherwise. */
export interface Found {
  readonly title: Words;
  readonly detail?: Words | undefined;
  readonly code: string | undefined;
  readonly system: string | undefined;
  readonly units: readonly string[];
  readonly owner: Words | undefined;
  readonly since: Instant | undefined;
  readonly sources: readonly string[];
}

type CauseContext = Pick<Context, "workspace" | "clock">;

/** `#12` or `12` of `check history`, or a cause of the last check: `carprov:VNPT/46`. Failure kind: invalid (no such cause). */
export async function findCause(text: string, context: CauseContext): Promise<Found> {
  const episodes = (await listEpisodes(context)).filter(({ resolvedAt }) => resolvedAt === undefined);
  const wanted = text.replace(/^([a-z]+):/, "$1 ");
  const isMeant = ({ names }: { readonly names: readonly string[] }): boolean =>
    names.some((name) => name === wanted || name.slice(name.indexOf(" ") + 1) === wanted);
  const byNumber = /^#?\d{1,4}$/.test(text) ? findIncident(text, episodes) : undefined;
  const episode = byNumber ?? episodes.find(isMeant);
  const directory = createNames(await (await context.workspace()).directory());
  if (episode) return ofEpisode(episode, directory);
  const seen = await listSeen(context);
  const cause = seen.find(isMeant);
  if (cause) return toFound(cause, directory);
  const known = [...episodes.map(({ key, kind, id }) => `#${key} ${kind}:${id}`), ...seen.map(({ kind, id }) => `${kind}:${id}`)];
  throw new Failure("invalid", words.noCause(text), { hint: known.length > 0 ? words.causesAre(known) : words.checkFirst });
}

interface Seen {
  readonly kind: string;
  readonly id: string;
  readonly names: readonly string[];
  readonly reason: Reason | undefined;
  readonly inWords: Words;
  readonly owner: Words;
  readonly endpoints: readonly string[];
  readonly since: Instant;
}

function ofEpisode({ key, kind, id, names, reason, inWords, owner, openedAt, endpoints }: Episode, directory: Names): Found {
  const active = [...endpoints].filter(([, { until }]) => until === undefined).map(([endpoint]) => endpoint);
  const found = toFound({ kind, id, names, reason, inWords, owner, since: openedAt, endpoints: active }, directory);
  return { ...found, sources: [`episode:${key}`, ...found.sources] };
}

/** Causes of the last whole sweep: the first look has no episode yet, which needs a second that agrees. */
async function listSeen({ workspace: open }: CauseContext): Promise<Seen[]> {
  const workspace = await open();
  const { inventory } = workspace.settings.check;
  const run = await readLastRun(await workspace.database(), workspace.zone, "all");
  if (!run || inventory === undefined) return [];
  const directory = await workspace.directory();
  const { endpoints } = await readInventory(workspace.resolvePath(inventory), inventory, directory);
  const results = withoutPlannedWork(run.results);
  const byId = new Map(results.map((result) => [result.endpoint, result]));
  return explainResults(endpoints, results, createNames(directory)).causes.map(({ cause, affected, inWords, owner }) => ({
    kind: cause.kind,
    id: cause.id,
    names: [cause, ...cause.or].map((one) => `${one.kind} ${one.id}`),
    reason: mostOften(affected.flatMap((endpoint) => byId.get(endpoint)?.reason ?? [])),
    inWords,
    owner,
    endpoints: affected,
    since: run.at,
  }));
}

function mostOften(all: readonly Reason[]): Reason | undefined {
  const counts = [...Map.groupBy(all, (reason) => reason)].sort((a, b) => b[1].length - a[1].length);
  return counts[0]?.[0];
}

function toFound({ kind, id, names, reason, inWords, owner, endpoints, since }: Seen, directory: Names): Found {
  const units = [...new Set(endpoints.map((endpoint) => endpoint.slice(0, 5)))].sort();
  const systems = [...new Set(endpoints.map((endpoint) => endpoint.split("/")[1]?.split("@")[0]))];
  // One endpoint that fails on its own shares nothing with others, so its sentence is its name.
  const group = kind === "endpoint" ? undefined : nameGroup({ kind, id } as GroupName, directory);
  const why = reason && reasons[reason].words;
  return {
    title: group ? both((lang) => toTitle(group[lang], why?.[lang], units.length, lang)) : inWords,
    detail: group && inWords,
    code: reason && toFailureCode(reason),
    system: systems.length === 1 ? systems[0] : undefined,
    units,
    owner,
    since,
    sources: names.map((name) => `cause:${name}`),
  };
}

/** `Mạng VNPT ở Huế: kết nối bị từ chối (9 đơn vị)`. */
function toTitle(group: string, why: string | undefined, units: number, lang: Lang): string {
  const head = group.charAt(0).toLocaleUpperCase("vi") + group.slice(1);
  const count = lang === "vi" ? `${units} đơn vị` : `${units} unit${units === 1 ? "" : "s"}`;
  return `${head}${why === undefined ? "" : `: ${why}`} (${count})`;
}

/** A reason of a probe as a failure code (domain.md §10): what is below the page is the line's, data that are old the sync's, a fee the payment's. */
export function toFailureCode(reason: Reason): string {
  const [first = "", second = ""] = reason.toUpperCase().split(".");
  if (reason === "rt.fee") return "PAY-GATEWAY";
  if (reason === "rt.stale" || reason === "rt.sync" || reason === "rt.queue")
    return `SYNC-${second === "STALE" ? "LAG" : second}`;
  const { layer } = reasons[reason];
  if (layer === "name" || layer === "network") return layer === "name" ? `NET-NAME-${second}` : `NET-${second}`;
  if (first === "TLS") return `HTTP-TLS-${second}`;
  if (first === "HTTP") return `HTTP-${second}`;
  return `HTTP-${first}-${second}`;
}
