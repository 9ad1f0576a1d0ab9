import { Failure } from "../../../platform/failure.ts";
import { readText } from "../../../platform/files.ts";
import { findShippedDefinition, shippedNames } from "../definitions/shipped.ts";
import { restWords as words } from "./rest-words.ts";
import type { RestDefinition } from "./settings.ts";

/**
 * A definition by the name of a shipped one, by the path of a YAML file, or as it stands in wardctl.yaml. Every fault of a file with its line and
 * column. Failure kinds: invalid, usage (no such name).
 */
export async function readDefinition(
  definition: string | RestDefinition,
  resolvePath: (path: string) => string,
): Promise<RestDefinition> {
  if (typeof definition !== "string") return definition;
  const shipped = findShippedDefinition(definition);
  const isFile = /[./\\]/.test(definition);
  if (shipped === undefined && !isFile) throw new Failure("usage", words.noDefinition(definition, shippedNames));
  return parseDefinition(shipped ?? (await readText(resolvePath(definition))), definition);
}

export async function parseDefinition(text: string, file: string): Promise<RestDefinition> {
  const [{ parseYaml }, { restDefinition }] = await Promise.all([import("../../../platform/yaml.ts"), import("./settings.ts")]);
  return parseYaml(text, file, restDefinition);
}
