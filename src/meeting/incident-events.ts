import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { toToneKey } from "../platform/text.ts";
import type { Category } from "./category.ts";
import { formatIncidentNumber, type Incident, isOpen, type SourceRef } from "./incident.ts";
import { incidentFaults as faults } from "./incident-faults.ts";

export interface Opening {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly category: Category;
  readonly code?: string | undefined;
  readonly system?: string | undefined;
  readonly units: readonly string[];
  readonly owner?: string | undefined;
  readonly support?: string | undefined;
  readonly due?: Instant | undefined;
  readonly since?: Instant | undefined;
  readonly tried?: string | undefined;
  readonly sources: readonly SourceRef[];
}

/** What is given is changed; units are added, and those of `without` taken away. */
export interface Changes {
  readonly without?: readonly string[] | undefined;
  readonly title?: string | undefined;
  readonly category?: Category | undefined;
  readonly code?: string | undefined;
  readonly system?: string | undefined;
  readonly units?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly support?: string | undefined;
  readonly due?: Instant | undefined;
}

/** What happened to an incident; never altered once it is written. */
export type IncidentEvent =
  | ({ readonly kind: "opened" } & Opening)
  /** Seen again: the same cause, perhaps in more units. */
  | { readonly kind: "joined"; readonly units: readonly string[]; readonly sources: readonly SourceRef[] }
  | ({ readonly kind: "updated" } & Changes)
  | ({ readonly kind: "assigned"; readonly owner: string } & Pick<Changes, "support" | "due">)
  | { readonly kind: "tried"; readonly text: string }
  | { readonly kind: "closed"; readonly resolution: string; readonly lesson?: string | undefined }
  | { readonly kind: "reopened"; readonly reason: string };

/** What stands with every event. */
export interface Stamp {
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
}

/** The incident after one more event. Pure. */
export function applyIncidentEvent(before: Incident | undefined, event: IncidentEvent, { number, at, by }: Stamp): Incident {
  if (event.kind === "opened") {
    const { kind: _, tried, since, sources, detail, code, system, owner, support, due, units, ...rest } = event;
    return {
      ...rest,
      ...{ number, detail, code, system, owner, support, due, sources },
      units: sortUnits(units),
      state: owner === undefined ? "unassigned" : "assigned",
      since: Math.min(since ?? at, at),
      openedAt: at,
      openedBy: by,
      changedAt: at,
      events: 1,
      tried: tried === undefined ? [] : [{ at, by, text: tried }],
      reopened: 0,
      closed: undefined,
    };
  }
  if (!before) throw new Error(`the first event of incident ${number} is '${event.kind}'`);
  const after = { ...before, changedAt: at, events: before.events + 1 };
  const stateOf = (owner: string | undefined): Incident["state"] => (owner === undefined ? "unassigned" : "assigned");
  switch (event.kind) {
    case "joined":
      return {
        ...after,
        units: sortUnits([...before.units, ...event.units]),
        sources: [...new Set([...before.sources, ...event.sources])],
      };
    case "updated": {
      const { kind: _, units = [], without = [], ...changes } = event;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const now = [...before.units, ...units].filter((unit) => !without.includes(unit));
      const changed: Incident = { ...after, ...given, units: sortUnits(now) };
      return { ...changed, state: isOpen(before) ? stateOf(changed.owner) : before.state };
    }
    case "assigned":
      return {
        ...after,
        owner: event.owner,
        support: event.support ?? before.support,
        due: event.due ?? before.due,
        state: "assigned",
      };
    case "tried":
      return { ...after, tried: [...before.tried, { at, by, text: event.text }] };
    case "closed":
      return { ...after, state: "closed", closed: { at, by, resolution: event.resolution, lesson: event.lesson } };
    case "reopened":
      return { ...after, state: stateOf(before.owner), closed: undefined, reopened: before.reopened + 1 };
  }
}

function sortUnits(units: readonly string[]): readonly string[] {
  return [...new Set(units)].sort();
}

/** What an order means for the incident as it stands: the event that is to be written, undefined where all of it is so already. */
export type Decision = { readonly event: IncidentEvent } | undefined;

/** An open incident of the same cause is the same one; so is a closed one whose very occurrence (`episode:`) goes on. Pure. */
export function findSame(known: readonly Incident[], opening: Opening): Incident | undefined {
  const shares = (one: Incident, ref: (source: SourceRef) => boolean): boolean =>
    opening.sources.some((source) => ref(source) && one.sources.includes(source));
  const open = known.filter(isOpen);
  if (opening.sources.length > 0) {
    return open.find((one) => shares(one, () => true)) ?? known.find((one) => shares(one, (ref) => ref.startsWith("episode:")));
  }
  // By hand: the same words about the same system and units, as after a command that was run twice.
  const isAlike = (one: Incident): boolean =>
    toToneKey(one.title) === toToneKey(opening.title) &&
    one.system === opening.system &&
    sortUnits(opening.units).join() === one.units.join();
  return open.find((one) => one.sources.length === 0 && isAlike(one));
}

/** Opening what is open already: what is new of it is joined. A closed one is opened again. Pure. */
export function decideOpen(same: Incident | undefined, opening: Opening, reopenReason: string): Decision[] {
  if (!same) return [{ event: { kind: "opened", ...opening } }];
  const units = opening.units.filter((unit) => !same.units.includes(unit));
  const sources = opening.sources.filter((source) => !same.sources.includes(source));
  return [
    ...(isOpen(same) ? [] : [{ event: { kind: "reopened", reason: reopenReason } as const }]),
    ...(units.length + sources.length > 0 ? [{ event: { kind: "joined", units, sources } as const }] : []),
  ];
}

/** Failure kind: unsafe (it is closed). */
export function decideUpdate(incident: Incident, changes: Changes): Decision {
  assertOpen(incident);
  const given = Object.entries(changes).filter(([key, value]) => {
    if (value === undefined) return false;
    if (key === "without") return (value as readonly string[]).some((unit) => incident.units.includes(unit));
    if (key === "units") return (value as readonly string[]).some((unit) => !incident.units.includes(unit));
    return incident[key as Exclude<keyof Changes, "without">] !== value;
  });
  return given.length === 0 ? undefined : { event: { kind: "updated", ...(Object.fromEntries(given) as Changes) } };
}

/** Failure kind: unsafe (it is closed). */
export function decideAssign(
  incident: Incident,
  { owner, support, due }: { readonly owner: string } & Pick<Changes, "support" | "due">,
): Decision {
  assertOpen(incident);
  const isSo =
    incident.owner === owner &&
    (support === undefined || support === incident.support) &&
    (due === undefined || due === incident.due);
  return isSo ? undefined : { event: { kind: "assigned", owner, support, due } };
}

/** The same words again, as after a command that was run twice, are no second try. Failure kind: unsafe (it is closed). */
export function decideTried(incident: Incident, text: string): Decision {
  assertOpen(incident);
  return incident.tried.at(-1)?.text === text ? undefined : { event: { kind: "tried", text } };
}

/** Failure kind: unsafe (it is closed already, and with other words). */
export function decideClose(
  incident: Incident,
  { resolution, lesson }: { readonly resolution: string; readonly lesson?: string | undefined },
): Decision {
  const { closed } = incident;
  if (!closed) return { event: { kind: "closed", resolution, lesson } };
  if (closed.resolution === resolution && closed.lesson === lesson) return undefined;
  throw new Failure("unsafe", faults.closedBy(formatIncidentNumber(incident.number), closed), {
    hint: faults.reopenFirst(formatIncidentNumber(incident.number)),
  });
}

/** Nothing where it is open. Failure kind: unsafe (another one of its cause was opened meanwhile: a cause has one open incident). */
export function decideReopen(incident: Incident, reason: string, known: readonly Incident[]): Decision {
  if (isOpen(incident)) return undefined;
  const other = known.find((one) => isOpen(one) && one.sources.some((source) => incident.sources.includes(source)));
  if (other) {
    const names = [formatIncidentNumber(incident.number), formatIncidentNumber(other.number)] as const;
    throw new Failure("unsafe", faults.openAs(...names), { hint: faults.goOnWith(names[1]) });
  }
  return { event: { kind: "reopened", reason } };
}

function assertOpen({ number, closed }: Incident): void {
  if (!closed) return;
  const name = formatIncidentNumber(number);
  throw new Failure("unsafe", faults.closedBy(name, closed), { hint: faults.reopenFirst(name) });
}
