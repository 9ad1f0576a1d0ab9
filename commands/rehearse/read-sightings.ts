import type { Report, Sighting } from "../../src/city/score.ts";
import { createEpisodeStore } from "../../src/health/episode-store.ts";
import type { Incident } from "../../src/meeting/incident.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { toFailureCode } from "../../src/readiness/endpoint-codes.ts";
import { readReadiness } from "../../src/readiness/read-readiness.ts";
import type { Dimension } from "../../src/readiness/readiness.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

export interface SeenByTeam {
  readonly sightings: readonly Sighting[];
  readonly reports: readonly Report[];
}

/** What the team's wardctl named, from its cache: causes of failures, reasons of readiness, difficulties. Nothing is asked of a system and nothing written. */
export async function readSightings(workspace: Workspace, since: Instant, at: Instant): Promise<SeenByTeam> {
  const [causes, reasons, reports] = [
    await readCauses(workspace, since, at),
    await readReasons(workspace, at),
    (await listIncidents(await workspace.database(), { at })).filter(({ openedAt }) => openedAt >= since).map(toReport),
  ];
  return { sightings: [...causes, ...reasons], reports };
}

async function readCauses(workspace: Workspace, since: Instant, at: Instant): Promise<Sighting[]> {
  const store = createEpisodeStore(await workspace.database(), workspace.zone);
  // Open ones, and those that were over within the day.
  const episodes = await store.listKnown(at);
  const keys = new Set(episodes.map(({ key }) => key));
  const all = [...episodes, ...(await store.list(since, at + 1)).filter(({ key }) => !keys.has(key))];
  return all.flatMap(({ names, reason, endpoints }) =>
    [...Map.groupBy(endpoints, ([, { from }]) => from)].map(([from, own]): Sighting => {
      const ids = own.map(([id]) => id);
      return {
        at: from,
        by: "check",
        code: reason && toFailureCode(reason),
        names,
        units: [...new Set(ids.map((id) => id.slice(0, 5)))],
        systems: [...new Set(ids.flatMap((id) => id.split("/")[1]?.split("@")[0] ?? []))],
      };
    }),
  );
}

/** By which command a dimension's facts come. */
const commandOf: Readonly<Record<Dimension, string>> = {
  accounts: "provision",
  departments: "provision",
  signing: "delegate",
  endpoints: "check",
  records: "sync",
  contacts: "wards",
};

async function readReasons(workspace: Workspace, at: Instant): Promise<Sighting[]> {
  const readiness = await readReadiness(workspace, { at });
  return readiness.flatMap(({ code: unit, dimensions }) =>
    (Object.entries(dimensions) as [Dimension, (typeof dimensions)[Dimension]][]).flatMap(([dimension, { reasons }]) =>
      reasons
        .filter(({ verdict }) => verdict === "no-go")
        .map(({ code, ownerName, seenAt }): Sighting => {
          const names = ownerName ? [ownerName.vi] : [];
          return { at: seenAt ?? at, by: commandOf[dimension], code, names, units: [unit], systems: [] };
        }),
    ),
  );
}

function toReport({ number, title, openedAt, code, system, units, owner, sources }: Incident): Report {
  return {
    at: openedAt,
    by: formatIncidentNumber(number),
    title,
    code,
    units,
    systems: system === undefined ? [] : [system],
    names: [
      ...sources.flatMap((source) => (source.startsWith("cause:") ? [source.slice("cause:".length)] : [])),
      ...(owner ? [owner] : []),
    ],
    owner,
  };
}
