import { type Instant, readMonotonicMs } from "../../src/platform/clock.ts";
import { isPresent, readFileMark } from "../../src/platform/files.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { readSightings, type SeenByTeam } from "./read-sightings.ts";

/** A look takes at most this share of the time. */
const restFactor = 3;

/** Looks into the team's cache when it has changed, and not so often that the looking is felt. */
export function watchTeam(workspace: Workspace, since: Instant): { look(now: Instant): Promise<SeenByTeam> } {
  let last: SeenByTeam = { sightings: [], reports: [] };
  let mark: string | undefined;
  let restUntil = 0;
  return {
    async look(now) {
      if (readMonotonicMs() < restUntil) return last;
      const current = await readMark(workspace);
      if (current !== undefined && current === mark) return last;
      const began = readMonotonicMs();
      last = await readSightings(workspace, since, now);
      restUntil = readMonotonicMs() + restFactor * (readMonotonicMs() - began);
      mark = current;
      return last;
    },
  };
}

/** Undefined: a store in which change cannot be seen from outside. */
async function readMark(workspace: Workspace): Promise<string | undefined> {
  if (workspace.settings.store.kind === "postgres") return undefined;
  const files = ["cache.db", "cache.db-wal"].map(workspace.cachePath);
  const marks = await Promise.all(files.map(async (file) => ((await isPresent(file)) ? readFileMark(file).catch(() => "") : "")));
  return marks.join(" ");
}
