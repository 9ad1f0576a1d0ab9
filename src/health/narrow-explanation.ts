import type { ExplainedSweep } from "./explain-results.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { ComparedVantage } from "./vantages.ts";

export interface Narrowed {
  readonly explained: ExplainedSweep;
  readonly results: readonly ProbeResult[];
}

/**
 * What of an explanation concerns one cause (`carprov:VNPT/46`), one unit (`19777`), one system (`documents`) or a cause by its bare name (`VNPT`);
 * undefined when the sweep knows no such thing. A cause touches a unit or system when one of the endpoints it explains is of it.
 */
export function narrowExplanation(
  explained: ExplainedSweep,
  results: readonly ProbeResult[],
  subject: string,
): Narrowed | undefined {
  const listNamed = (toNames: (group: { readonly kind: string; readonly id: string }) => readonly string[]) =>
    explained.causes.filter(({ cause }) => [cause, ...cause.or].some((group) => toNames(group).includes(subject)));
  const concerned = results.filter(({ unit, system }) => unit === subject || system === subject);
  const inFull = listNamed(({ kind, id }) => [`${kind}:${id}`, `${kind} ${id}`]);
  const named = inFull.length > 0 || concerned.length > 0 ? inFull : listNamed(({ id }) => [id]);
  if (named.length > 0) {
    const affected = new Set(named.flatMap((one) => one.affected));
    const units = new Set(results.filter(({ endpoint }) => affected.has(endpoint)).map(({ unit }) => unit));
    return {
      explained: { ...explained, causes: named, suspects: [], unexplained: [] },
      results: results.filter(({ unit }) => units.has(unit)),
    };
  }
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

/** What of the second vantages concerns these endpoints, seen from either place; a place that is left with nothing is left out. */
export function narrowVantages(compared: readonly ComparedVantage[], endpoints: ReadonlySet<string>): readonly ComparedVantage[] {
  return compared
    .map((vantage) => ({ ...vantage, endpoints: vantage.endpoints.filter(({ endpoint }) => endpoints.has(endpoint)) }))
    .filter((vantage) => vantage.endpoints.length > 0);
}
