import { readMonotonicMs, systemClock } from "../../src/platform/clock.ts";
import { createHttpClient } from "../../src/platform/http.ts";
import { wait } from "../../src/platform/wait.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createScimConnector } from "../../src/provision/connectors/scim.ts";
import { createPace } from "../../src/provision/pace.ts";
import type { Profile } from "../../src/provision/profile.ts";

/** A real connector to a server of a test. */
export async function connectScim(options: {
  readonly url: string;
  readonly token: string;
  readonly ca?: string;
  readonly pageSize?: number;
  readonly system?: string;
  readonly profile?: Profile;
}): Promise<Connector> {
  const { url, token, ca, pageSize, profile, system = "documents" } = options;
  return createScimConnector({
    system,
    url,
    token,
    pageSize,
    profile,
    http: await createHttpClient({ ca, deadlineMs: 3_000 }),
    pace: createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, new AbortController().signal) }),
    clock: systemClock,
  });
}
