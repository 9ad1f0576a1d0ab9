import { Failure } from "../src/platform/failure.ts";
import { type Pruned, pruneRecords } from "../src/records/retention.ts";
import { retentionWords } from "../src/records/retention-words.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";
import { ensureCodeKey } from "./code-key.ts";
import type { Context } from "./context.ts";

/** Lets go of what is kept no longer. Undefined where that was done today already. */
export async function pruneWorkspace(
  workspace: Workspace,
  clock: Context["clock"],
  options: { readonly again: boolean },
): Promise<Pruned | undefined> {
  const audit = await workspace.audit();
  return pruneRecords(await workspace.database(), {
    keep: workspace.settings.records.keep,
    readKey: () => ensureCodeKey(workspace),
    now: clock.now(),
    zone: workspace.zone,
    ...options,
    onPruned: async (tx, { folded, sealed, dropped }) => {
      await audit.append(
        { actor: workspace.actor, action: "records.prune", subject: "records", detail: { folded, sealed, dropped } },
        tx,
      );
    },
  });
}

/** The same after an import, which is done whether this works or not. */
export async function pruneAfterwards(workspace: Workspace, { out, clock }: Pick<Context, "out" | "clock">): Promise<void> {
  try {
    const pruned = await pruneWorkspace(workspace, clock, { again: false });
    if (pruned) notePruned(pruned, out);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    out.warn(error.words);
    if (error.hint) out.note(error.hint);
  }
}

export function notePruned({ dueWithoutKey, wiped }: Pruned, out: Context["out"]): void {
  if (dueWithoutKey > 0) out.note(retentionWords.noKey(dueWithoutKey));
  if (!wiped) out.note(retentionWords.notWiped);
}
