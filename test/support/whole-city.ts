import { join } from "node:path";
import { writeCityWorkspace } from "../../src/city/city-workspace.ts";
import { type OpenCity, openCity } from "../../src/city/open-city.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import { makeTestFolder, type RunOptions, type RunResult, runWardctl } from "./run-wardctl.ts";

/** The whole city at one instant with the faults of the demo, and a workspace beside it. */
export interface CityWorkspace {
  readonly folder: string;
  readonly open: OpenCity;
  readonly run: (line: string | readonly string[], options?: RunOptions) => Promise<RunResult>;
  readonly stop: () => Promise<void>;
}

export async function openCityWorkspace(
  now = "2025-07-03T10:00:00+07:00",
  /** Units beside Tân Bình whose departments have no accounts. */
  without: readonly string[] = [],
): Promise<CityWorkspace> {
  const at = readInstant(now, vietnamZone) as number;
  const faults = [
    { name: "departments-without-accounts", scope: "27004" },
    { name: "chief-cannot-sign", scope: "27004" },
    ...without.map((scope) => ({ name: "departments-without-accounts", scope }) as const),
  ] as const;
  const open = await openCity({ clock: { now: () => at, pinned: true }, faults });
  const folder = join(await makeTestFolder(), "workspace");
  await writeCityWorkspace(folder, open, "en");
  return {
    folder,
    open,
    run: (line, options) => runWardctl(line, { cwd: folder, ...options, env: { WARDCTL_NOW: now, ...options?.env } }),
    stop: open.stop,
  };
}
