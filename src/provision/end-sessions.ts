import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { Connector } from "./connector.ts";
import { handoutFaults as words } from "./handout-words.ts";
import type { OutcomeRow } from "./outcome.ts";

const endedAtOnce = 8;

/**
 * After reading back: whoever was signed in with an account that is closed now is signed out, where the system can do that. A second time does no
 * harm, so a run that goes on does it again. Where it did not work the row says so; the account is closed all the same.
 */
export async function endSessions(rows: readonly OutcomeRow[], connectors: readonly Connector[]): Promise<OutcomeRow[]> {
  const ended = [...rows];
  const able = new Map(
    connectors.flatMap((connector) => (connector.endSessions ? [[connector.system, connector] as const] : [])),
  );
  const queue = rows.flatMap(({ state, operation }, at) =>
    state === "done" && operation.kind === "disable" && able.has(operation.system) ? [at] : [],
  );
  const work = async (): Promise<void> => {
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const row = rows[at] as OutcomeRow;
      const message = await endOne(able.get(row.operation.system) as Connector, row.targetId ?? "");
      if (message) ended[at] = { ...row, message };
    }
  };
  await Promise.all(Array.from({ length: endedAtOnce }, work));
  return ended;
}

async function endOne(connector: Connector, id: string): Promise<Words | undefined> {
  try {
    const result = await connector.endSessions!(id);
    return result.outcome === "done" ? undefined : words.sessionsStand(result.message);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return words.sessionsStand(error.words);
  }
}
