import { readMonotonicMs } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import { createHttpClient } from "../../platform/http.ts";
import { listPlaceholders, type PlaceholderValues } from "../../platform/placeholders.ts";
import type { Connector } from "../connector.ts";
import { type ConnectorContext, createSystemPace, readAuthority } from "../connector-context.ts";
import type { RestSettings } from "../settings.ts";
import { readDefinition } from "./rest/read-definition.ts";
import { restWords as words } from "./rest/rest-words.ts";
import { createRestConnector } from "./rest.ts";

/** Failure kinds: invalid (the definition, or a name that it needs and wardctl.yaml does not give), usage, denied (a secret is missing). */
export async function openRest(system: string, settings: RestSettings, context: ConnectorContext): Promise<Connector> {
  const { url, rate, secrets, variables } = settings;
  const definition = await readDefinition(settings.definition, context.resolvePath);
  const needed = new Set(listPlaceholders(JSON.stringify(definition)));
  assertGiven(system, "secret", needed, secrets);
  assertGiven(system, "var", needed, variables);
  const values: PlaceholderValues = {
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`var.${name}`, value])),
    ...Object.fromEntries(
      await Promise.all(
        Object.entries(secrets).map(async ([name, reference]) => [`secret.${name}`, await context.secret(reference)]),
      ),
    ),
  };
  const { concurrency, rate: declaredRate } = definition.limits;
  return createRestConnector({
    system,
    url,
    definition,
    values,
    http: await createHttpClient({ ca: await readAuthority(settings, context), deadlineMs: settings.deadlineMs }),
    pace: createSystemPace(rate ?? declaredRate, concurrency, context.signal),
    clock: context.clock,
    readMonotonicMs,
  });
}

function assertGiven(
  system: string,
  kind: "secret" | "var",
  needed: ReadonlySet<string>,
  given: Readonly<Record<string, string>>,
): void {
  const names = [...needed].flatMap((name) => (name.startsWith(`${kind}.`) ? [name.slice(kind.length + 1)] : []));
  const missing = names.filter((name) => !Object.hasOwn(given, name));
  if (missing.length > 0) throw new Failure("invalid", words.notGiven(system, kind, missing));
}
