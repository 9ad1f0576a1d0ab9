import { type Clock, readMonotonicMs, systemClock } from "../../src/platform/clock.ts";
import { createHttpClient } from "../../src/platform/http.ts";
import { wait } from "../../src/platform/wait.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { parseDefinition } from "../../src/provision/connectors/rest/read-definition.ts";
import { createRestConnector } from "../../src/provision/connectors/rest.ts";
import { createPace } from "../../src/provision/pace.ts";

/** A real connector to a server of a test, by the text of a definition. */
export async function connectRest(options: {
  readonly url: string;
  readonly definition: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}): Promise<Connector> {
  const definition = await parseDefinition(options.definition, "definition.yaml");
  return createRestConnector({
    system: "documents",
    url: options.url,
    definition,
    values: options.values ?? {},
    http: await createHttpClient({ deadlineMs: 3_000 }),
    pace: createPace({
      readMonotonicMs,
      waitMs: (ms) => wait(ms, new AbortController().signal),
      mostAtOnce: definition.limits.concurrency,
    }),
    clock: options.clock ?? systemClock,
    readMonotonicMs,
  });
}
