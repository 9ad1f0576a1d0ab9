import { readMonotonicMs } from "../../platform/clock.ts";
import { createHttpClient } from "../../platform/http.ts";
import { createTokenSource } from "../../platform/oauth2.ts";
import type { Connector } from "../connector.ts";
import { type ConnectorContext, createSystemPace, readAuthority } from "../connector-context.ts";
import type { ScimSettings } from "../settings.ts";
import { createScimConnector } from "./scim.ts";
import { createGrantedToken, createKeptToken } from "./token.ts";

export async function openScim(system: string, settings: ScimSettings, context: ConnectorContext): Promise<Connector> {
  const { url, oauth, rate, deadlineMs, visibleWithinMs } = settings;
  const http = await createHttpClient({ ca: await readAuthority(settings, context), deadlineMs });
  const readSecret = (): Promise<string> => context.secret(settings.token);
  // A secret that is missing is said before anything is asked.
  const secret = await readSecret();
  return createScimConnector({
    system,
    url,
    token: oauth
      ? createGrantedToken(
          createTokenSource({
            tokenUrl: oauth.url,
            clientId: oauth.clientId,
            clientSecret: secret,
            scope: oauth.scope,
            sendSecret: oauth.sendSecret,
            http,
            readMonotonicMs,
          }),
        )
      : createKeptToken(readSecret),
    http,
    pace: createSystemPace(rate, undefined, context.signal),
    clock: context.clock,
    visibleWithinMs,
    lastSignIn: settings.lastSignIn,
    profile: await context.findProfile?.(system, url),
  });
}
