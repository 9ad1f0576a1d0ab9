import { findNearest } from "../../platform/text.ts";
import type { Episode } from "../episodes.ts";
import type { ExplainedCause, ExplainedSweep } from "../explain-results.ts";
import type { ProbeResult } from "../probe-result.ts";
import type { PackSubject } from "./evidence-pack.ts";

export interface SubjectScene {
  readonly results: readonly ProbeResult[];
  readonly explained: ExplainedSweep;
  /** Incidents that history knows. */
  readonly episodes: readonly Episode[];
  /** The run is the last one: an incident that is over has nobody in it, whatever its endpoints fail with by now. */
  readonly isLast?: boolean;
}

/** The incident of a number (`12`, `#12`). Pure. */
export function findIncident(text: string, episodes: readonly Episode[]): Episode | undefined {
  const key = /^#?(\d{1,9})$/.exec(text)?.[1];
  return key === undefined ? undefined : episodes.find((episode) => episode.key === Number(key));
}

/** A cause (`carprov:VNPT/46`, `VNPT/46`), a unit's code, a system's name or an incident's number, as the run shows it. Pure. */
export function findSubject(text: string, scene: SubjectScene): PackSubject | undefined {
  const { results, explained, episodes, isLast = false } = scene;
  const failing = results.filter(({ state, maintenance }) => state === "fail" && !maintenance);
  const unit = results.some((result) => result.unit === text);
  if (unit) {
    const affected = failing.filter((result) => result.unit === text).map(({ endpoint }) => endpoint);
    return { kind: "unit", name: text, cause: findCauseOf(affected, explained), incident: undefined, affected };
  }
  const cause = explained.causes.find((one) => namesOf(one).includes(text));
  if (cause) {
    const incident = episodes.find((episode) => isOf(episode, cause) && episode.resolvedAt === undefined);
    return { kind: "cause", name: toName(cause.cause), cause, incident, affected: cause.affected };
  }
  const incident = findIncident(text, episodes);
  if (!incident) return undefined;
  if (isLast && incident.resolvedAt !== undefined) {
    return { kind: "incident", name: `#${incident.key}`, cause: undefined, incident, affected: [] };
  }
  const met = failing.filter(({ endpoint }) => incident.endpoints.has(endpoint)).map(({ endpoint }) => endpoint);
  const same = explained.causes.find((one) => isOf(incident, one)) ?? findCauseOf(met, explained);
  return { kind: "incident", name: `#${incident.key}`, cause: same, incident, affected: met };
}

/** What could have been meant: the nearest name first, then what there is. Pure. */
export function listSubjects(text: string, { results, explained, episodes }: SubjectScene): readonly string[] {
  const causes = explained.causes.map(({ cause }) => toName(cause));
  const open = episodes.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ key }) => `#${key}`);
  const failing = [...new Set(results.filter(({ state }) => state === "fail").map(({ unit }) => unit))];
  const near = findNearest(text, [...explained.causes.flatMap(namesOf), ...new Set(results.map(({ unit }) => unit))]);
  return [...new Set([...(near === undefined ? [] : [near]), ...causes, ...open, ...failing])];
}

function namesOf({ cause }: ExplainedCause): string[] {
  return [cause, ...cause.or].flatMap((group) => [toName(group), `${group.kind} ${group.id}`, group.id]);
}

function toName({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}:${id}`;
}

function isOf({ names }: Episode, { cause }: ExplainedCause): boolean {
  return [cause, ...cause.or].some(({ kind, id }) => names.includes(`${kind} ${id}`));
}

/** The cause that explains most of them. */
function findCauseOf(affected: readonly string[], { causes }: ExplainedSweep): ExplainedCause | undefined {
  const own = new Set(affected);
  const shared = (cause: ExplainedCause): number => cause.affected.filter((id) => own.has(id)).length;
  const best = causes.reduce<ExplainedCause | undefined>((a, b) => (!a || shared(b) > shared(a) ? b : a), undefined);
  return best && shared(best) * 2 >= own.size && own.size > 0 ? best : undefined;
}
