import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";

/** What a trainer may do while the team works: a line typed, a command of the team's. */
export interface Training {
  readonly folder: string;
  /** The team's own window: the city's clock, the rehearsal's folder. */
  readonly team: (line: string | readonly string[]) => Promise<RunResult>;
  readonly score: () => Promise<ShownScore>;
}

export interface ShownScore {
  readonly schema: string;
  readonly ended: boolean;
  readonly at: string;
  readonly totals: Readonly<Record<string, number | null>>;
  readonly falseAlarms: readonly { readonly incident: string; readonly title: string }[];
  readonly faults: readonly {
    readonly fault: string;
    readonly state: string;
    readonly plantedAt: string;
    readonly foundAt: string | null;
    readonly foundBy: string | null;
    readonly minutesToFind: number | null;
    readonly incident: string | null;
    readonly mendedBy: string | null;
    readonly owner: string | null;
    readonly minutesToMend: number | null;
  }[];
}

/** A script in a file of its own; `city` and `steps` are YAML. */
export async function writeScript(city: string, steps: readonly string[], head = ""): Promise<string> {
  const file = join(await makeTestFolder(), "own.yaml");
  const text = [
    "title: { vi: Thử, en: Try }",
    'date: "2025-07-03"',
    'from: "07:00"',
    'to: "12:00"',
    "speed: 0",
    head,
    `city: ${city}`,
    "steps:",
    ...steps.map((step) => `  - ${step}`),
  ];
  writeFileSync(file, text.filter((line) => line !== "").join("\n"));
  return file;
}

/** Runs the rehearsal; `during` is what team and trainer do, yielding what the trainer types. */
export async function train(
  flags: string,
  folder: string,
  during: (training: Training) => AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<RunResult> {
  const clock = `file:${join(folder, ".wardctl", "city-clock")}`;
  const team = (line: string | readonly string[]): Promise<RunResult> =>
    runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: clock } });
  const score = async (): Promise<ShownScore> => JSON.parse((await team("rehearse score --json")).stdout) as ShownScore;
  let broken: unknown;
  // What fails in here is a failed test, not a bug of the rehearsal.
  async function* typed(): AsyncGenerator<string> {
    try {
      yield* during({ folder, team, score });
    } catch (error) {
      broken = error;
      yield "stop";
    }
  }
  const result = await runWardctl(`rehearse ${flags} --workspace ${folder}`, { typed: typed(), ...(signal && { signal }) });
  if (broken !== undefined) throw broken;
  return result;
}
