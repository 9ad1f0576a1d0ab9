import type { ExplainedSweep } from "./explain-results.ts";
import type { ProbeResult } from "./probe-result.ts";

export interface Narrowed {
  readonly explained: ExplainedSweep;
  readonly results: readonly ProbeResult[];
}

/**
 * What of an explanation concerns one unit (`19777`), one system (`documents`) or one cause (`carprov:VNPT/46`); undefined when the sweep knows no
 * such thing. A cause touches a unit or system when one of the endpoints it explains is of it.
 */
export function narrowExplanation(
  explained: ExplainedSweep,
  results: readonly ProbeResult[],
  subject: string,
): Narrowed | undefined {
  const isNamed = ({ cause: { kind, id, or } }: ExplainedSweep["causes"][number]): boolean =>
    [{ kind, id }, ...or].some((group) => `${group.kind}:${group.id}` === subject || `${group.kind} ${group.id}` === subject);
  const named = explained.causes.filter(isNamed);
  if (named.length > 0) {
    const affected = new Set(named.flatMap((one) => one.affected));
    const units = new Set(results.filter(({ endpoint }) => affected.has(endpoint)).map(({ unit }) => unit));
    return {
      explained: { ...explained, causes: named, suspects: [], unexplained: [] },
      results: results.filter(({ unit }) => units.has(unit)),
    };
  }
  const concerned = results.filter(({ unit, system }) => unit === subject || system === subject);
  if (concerned.length === 0) return undefined;
  const ids = new Set(concerned.map(({ endpoint }) => endpoint));
  const causes = explained.causes.filter(({ affected }) => affected.some((endpoint) => ids.has(endpoint)));
  return {
    explained: {
      causes,
      suspects: explained.suspects.filter(({ unit }) => unit === subject),
      unexplained: explained.unexplained.filter(({ endpoint }) => ids.has(endpoint)),
      nextProbe: causes.length > 0 ? explained.nextProbe : undefined,
    },
    results: concerned,
  };
}
