import { createHttpClient } from "../../platform/http.ts";
import type { Connector } from "../connector.ts";
import { type ConnectorContext, createSystemPace, readAuthority } from "../connector-context.ts";
import type { ScimSettings } from "../settings.ts";
import { createScimConnector } from "./scim.ts";

export async function openScim(system: string, settings: ScimSettings, context: ConnectorContext): Promise<Connector> {
  const { url, token, rate } = settings;
  return createScimConnector({
    system,
    url,
    token: await context.secret(token),
    http: await createHttpClient({ ca: await readAuthority(settings, context), deadlineMs: context.deadlineMs ?? 30_000 }),
    pace: createSystemPace(rate),
    clock: context.clock,
  });
}
