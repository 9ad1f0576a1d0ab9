import { appendLine } from "../platform/append-line.ts";
import { isPresent, readText } from "../platform/files.ts";
import type { RehearsalEvent } from "./rehearsal-event.ts";

/** What happened in a rehearsal, a line an event. A kill while writing loses that line at most, which is then written again. */
export async function readJournal(path: string): Promise<readonly RehearsalEvent[]> {
  if (!(await isPresent(path))) return [];
  const events: RehearsalEvent[] = [];
  for (const line of (await readText(path)).split("\n")) {
    try {
      if (line !== "") events.push(JSON.parse(line) as RehearsalEvent);
    } catch (error) {
      // Torn by a kill; the next line stands on its own.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return events;
}

export async function addToJournal(path: string, event: RehearsalEvent): Promise<void> {
  await appendLine(path, JSON.stringify(event));
}
