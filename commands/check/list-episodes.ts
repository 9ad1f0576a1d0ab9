import { createEpisodeStore } from "../../src/health/episode-store.ts";
import type { Episode } from "../../src/health/episodes.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Context } from "../context.ts";

const fiveWeeksMs = 35 * 86_400_000;

/** Incidents that are on or were within five weeks. */
export async function listEpisodes({
  workspace: open,
  clock,
}: Pick<Context, "workspace" | "clock">): Promise<readonly Episode[]> {
  const workspace = await open();
  return createEpisodeStore(await workspace.database(), vietnamZone).list(clock.now() - fiveWeeksMs, clock.now() + 1);
}
