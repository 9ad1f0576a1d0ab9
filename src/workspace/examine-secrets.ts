import { Failure } from "../platform/failure.ts";
import { findMode } from "../platform/files.ts";
import { type SecretSource, splitReference } from "../platform/secrets.ts";
import type { Words } from "../platform/words.ts";
import { listNamed } from "./examine-workspace.ts";
import type { Workspace } from "./open-workspace.ts";
import { settingsSchema } from "./settings.ts";

/** A secret of wardctl.yaml: where it should be and whether it can be read. Its value is nowhere in here. */
export interface SecretStanding {
  readonly reference: string;
  readonly source: SecretSource;
  /** The settings that use it. */
  readonly settings: readonly string[];
  /** `asked`: typed at the terminal when it is needed. */
  readonly state: "present" | "asked" | "missing";
  /** Rights of its file, `0600`. */
  readonly mode: string | undefined;
  readonly reason: Words | undefined;
  readonly hint: Words | undefined;
}

/** Every secret that the settings refer to, each once, in the order in which they stand there. */
export async function listSecretStandings(
  workspace: Pick<Workspace, "settings" | "examineSecret" | "resolvePath">,
): Promise<readonly SecretStanding[]> {
  const { secrets } = listNamed(settingsSchema, workspace.settings);
  const byReference = Map.groupBy(secrets, ({ value }) => value);
  return Promise.all(
    [...byReference].map(async ([reference, named]): Promise<SecretStanding> => {
      const { source, name } = splitReference(reference);
      const hasFile = source === "file" || source === "age";
      const found = await workspace.examineSecret(reference).catch((error: unknown) => {
        if (error instanceof Failure) return error;
        throw error;
      });
      const failure = found instanceof Failure ? found : undefined;
      return {
        reference,
        source,
        settings: named.map((setting) => setting.name),
        state: found instanceof Failure ? "missing" : found,
        mode: hasFile ? await findMode(workspace.resolvePath(name)) : undefined,
        reason: failure?.words,
        hint: failure?.hint,
      };
    }),
  );
}
