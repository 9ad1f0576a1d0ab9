import type { Words } from "../platform/words.ts";
import { type AskNext, findAskNext } from "./ask-next.ts";
import { describeCause, describeRivals, describeSuspect, type Names, nameGroup, nameOwner } from "./cause-words.ts";
import { toDiscoveredGroups } from "./discovered-groups.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Evidence, gatherEvidence } from "./evidence.ts";
import { type Cause, explainObservations } from "./explain.ts";
import { findNextProbe } from "./next-probe.ts";
import { passed, toObservations } from "./observation.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { Suspect } from "./suspects.ts";

export interface ExplainedCause {
  readonly cause: Cause;
  readonly evidence: Evidence;
  /** Ids of the failing endpoints. */
  readonly affected: readonly string[];
  readonly title: Words;
  readonly inWords: Words;
  readonly rivals: readonly Words[];
  readonly owner: Words;
  /** What would settle it where no further probe can. */
  readonly askNext: AskNext | undefined;
}

/** What a sweep means, in numbers and in words. */
export interface ExplainedSweep {
  /** Best first. */
  readonly causes: readonly ExplainedCause[];
  readonly suspects: readonly (Suspect & { readonly inWords: Words })[];
  /** Failing endpoints that share nothing with others. */
  readonly unexplained: readonly ProbeResult[];
  /** The endpoint to try next, and the two answers that its result would tell apart. */
  readonly nextProbe: { readonly endpoint: string; readonly command: string; readonly inWords: Words } | undefined;
}

/** Explains results against an inventory: a live sweep, the last one, or recorded ones. Pure; results of endpoints that are not listed are left out. */
export function explainResults(endpoints: readonly Endpoint[], results: readonly ProbeResult[], names: Names): ExplainedSweep {
  const observed = toObservations(
    endpoints.map(({ id }) => id),
    results,
  );
  const explanation = explainObservations(endpoints, observed, toDiscoveredGroups(endpoints, results));
  const byId = new Map(results.map((result) => [result.endpoint, result]));
  const idAt = (at: number): string => (endpoints[at] as Endpoint).id;
  const next = findNextProbe(explanation, endpoints, observed);
  const again = next !== undefined && observed[next.at] === passed;
  return {
    causes: explanation.causes.map((cause) => {
      const evidence = gatherEvidence(cause, { endpoints, observed, results, explanation });
      return {
        cause,
        evidence,
        affected: cause.affected.map(idAt),
        title: nameGroup(cause, names),
        inWords: describeCause(cause, evidence, names),
        rivals: describeRivals(cause, names),
        owner: nameOwner(cause, names),
        askNext: findAskNext(cause, names),
      };
    }),
    suspects: explanation.suspects.map((suspect) => ({ ...suspect, inWords: describeSuspect(suspect, names) })),
    unexplained: explanation.unexplained.flatMap((at) => byId.get(idAt(at)) ?? []),
    nextProbe: next && {
      endpoint: idAt(next.at),
      command: toCommand(endpoints[next.at] as Endpoint),
      inWords: {
        vi: `${again ? "thử lại" : "thử"} ${idAt(next.at)} để phân biệt ${nameGroup(next.tells, names).vi} với ${nameGroup(next.from, names).vi}`,
        en: `${again ? "try again:" : "try"} ${idAt(next.at)}, to tell ${nameGroup(next.tells, names).en} from ${nameGroup(next.from, names).en}`,
      },
    },
  };
}

function toCommand({ unit, system }: Endpoint): string {
  return `wardctl check --unit ${unit} --system ${/^[\w.-]+$/.test(system) ? system : JSON.stringify(system)}`;
}
