import type { Directory } from "../directory/directory.ts";
import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { createCounts } from "../records/counts.ts";
import { listExpectedUnits, listSources } from "../records/source.ts";
import type { RecordsFact } from "./facts.ts";
import type { ReadinessHost } from "./host.ts";

/** Findings that somebody must look at; the others are told (records-and-reports.md §7). */
const attention: ReadonlySet<string> = new Set(["W-DECLARED", "W-ORDER", "W-FUTURE", "W-MISSING", "W-CONFLICT", "W-REJECTED"]);

/** Whether dossiers of each unit arrive, and what the last delivery of each source was found to hold; undefined without a source of dossiers. */
export async function readRecordsFacts(
  { settings, zone, database: open }: ReadinessHost,
  units: readonly Unit[],
  { at, directory }: { readonly at: Instant; readonly directory: Directory },
): Promise<ReadonlyMap<string, RecordsFact> | undefined> {
  const dossiers = listSources(settings.records).filter(({ profile }) => profile.content === "dossiers");
  if (dossiers.length === 0) return undefined;
  const counts = createCounts(await open(), settings.records, { zone, directory });
  const seq = await counts.findSeqAt(at);
  const names = new Set(dossiers.map(({ name }) => name));
  const sources = (await counts.listSources(at, seq)).filter(({ name }) => names.has(name));
  const counted = await counts.countUnits(
    { start: at, end: at },
    seq,
    units.map(({ code }) => code),
  );
  const last = new Set(sources.flatMap(({ lastSeq }) => lastSeq ?? []));
  const warnings = last.size === 0 ? [] : await counts.listWarnings(seq, Math.min(...last) - 1);
  const looked = last.size > 0;
  const remote = dossiers.find(({ profile }) => profile.kind === "rest");
  const command = remote ? "wardctl sync" : `wardctl import FILE --source ${dossiers[0]?.name}`;
  const lists = dossiers.map(({ profile }) => listExpectedUnits(profile, directory));
  // A source that names nobody may deliver of anybody.
  const named = lists.every((list) => list !== undefined) ? new Set(lists.flatMap((list) => [...list])) : undefined;
  const told = Map.groupBy(
    warnings.filter(({ unit, detail }) => unit !== undefined && last.has(Number(detail["seq"]))),
    ({ unit }) => unit as string,
  );
  return new Map(
    counted.map(({ unit, state, lastDeliveryAt }) => [
      unit,
      {
        covered: named === undefined || named.has(unit),
        looked,
        state,
        lastDeliveryAt,
        command,
        warnings: (told.get(unit) ?? []).map(({ code, detail: { count } }) => ({
          code,
          count,
          attention: attention.has(code),
        })),
      },
    ]),
  );
}
