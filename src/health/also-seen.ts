import type { Words } from "../platform/words.ts";
import { notes } from "./notes.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";

/** One thing that probes saw beside passing or failing, with where. */
export interface AlsoSeen {
  /** Stable name of the reason, the note or of the differential finding. */
  readonly finding: string;
  readonly words: Words;
  /** Ids of endpoints. */
  readonly endpoints: readonly string[];
}

/** Why results are unknown, notes, and the findings of differential trials over all results, the most frequent first. Trials that showed nothing are left out. Pure. */
export function listAlsoSeen(results: readonly ProbeResult[]): readonly AlsoSeen[] {
  const found = new Map<string, { readonly words: Words; readonly endpoints: string[] }>();
  const add = (finding: string, words: Words, endpoint: string): void => {
    const entry = found.get(finding) ?? { words, endpoints: [] };
    entry.endpoints.push(endpoint);
    found.set(finding, entry);
  };
  for (const { endpoint, seen, state, reason } of results) {
    // Why nothing could be judged; what this machine explains is told apart from this.
    if (state === "unknown" && reason && reason !== "local") add(reason, reasons[reason].words, endpoint);
    // A recorded line may hold a note of a newer version.
    for (const note of seen?.notes ?? []) if (Object.hasOwn(notes, note)) add(note, notes[note], endpoint);
    const further = seen?.differential;
    if (further && further.finding !== "same") add(further.finding, further.words, endpoint);
  }
  return [...found]
    .map(([finding, { words, endpoints }]) => ({ finding, words, endpoints }))
    .sort((a, b) => b.endpoints.length - a.endpoints.length);
}
