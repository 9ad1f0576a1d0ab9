import type { Clock, Instant } from "../src/platform/clock.ts";
import type { Environment } from "../src/platform/environment.ts";
import type { Ids } from "../src/platform/ids.ts";
import type { Output } from "../src/platform/output.ts";
import type { Prompts } from "../src/platform/prompts.ts";
import type { Screen } from "../src/platform/screen.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";

/** How a played command ended. */
export interface Played {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything a verb may touch. A verb takes `Pick<Context, …>`, so its signature states its effects; tests pass literals. */
export interface Context {
  readonly out: Output;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly prompts: Prompts;
  readonly environment: Environment;
  /** Of wardctl itself. */
  readonly version: string;
  /** Folder that relative paths of the command line start from. */
  readonly cwd: string;
  /** Aborted by the first Ctrl-C: finish the item in hand, save, end as `cancelled`. The second one ends the process. */
  readonly signal: AbortSignal;
  /** What the person types, line by line, until the input ends; for commands that go on until stopped. */
  readonly typedLines: () => AsyncIterable<string>;
  /** The whole terminal, for a view that lives; undefined where nobody sits at one, or JSON is wanted. */
  readonly openScreen?: (() => Screen) | undefined;
  /** Runs another command line in this process, its output caught: the demo plays real commands. */
  readonly play: (
    words: readonly string[],
    where: { readonly cwd: string; readonly now: Instant; readonly environment: Environment },
  ) => Promise<Played>;
  /** The workspace this command works in. Failure kind: usage (there is none), invalid (it has faults). */
  readonly workspace: () => Promise<Workspace>;
  /** The same, where a command can do without. */
  readonly findWorkspace: () => Promise<Workspace | undefined>;
}
