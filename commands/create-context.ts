import { resolve } from "node:path";
import { type Clock, createPinnedClock, systemClock } from "../src/platform/clock.ts";
import { openClockFile } from "../src/platform/clock-file.ts";
import type { Environment } from "../src/platform/environment.ts";
import { Failure } from "../src/platform/failure.ts";
import { createIds } from "../src/platform/ids.ts";
import { createOutput, type Streams } from "../src/platform/output.ts";
import { createPrompts } from "../src/platform/prompts.ts";
import type { Screen } from "../src/platform/screen.ts";
import { readInstant, toIso, vietnamZone } from "../src/platform/time.ts";
import type { Lang } from "../src/platform/words.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";
import type { GlobalFlags } from "./cli.ts";
import type { Context } from "./context.ts";
import { cliWords } from "./words.ts";

/** What the process gives: bin makes the real one, tests make their own. */
export interface Host {
  readonly streams: Streams;
  readonly environment: Environment;
  readonly cwd: string;
  readonly version: string;
  readonly user: string;
  readonly signal: AbortSignal;
  readonly typedLines: () => AsyncIterable<string>;
  /** Absent where no person sits at a terminal. */
  readonly openScreen?: (() => Screen) | undefined;
}

/** The one place where a Context is made. `close` gives back what was opened. */
export async function createContext(
  flags: GlobalFlags,
  lang: Lang,
  host: Host,
): Promise<Context & { sealLog(): Promise<void>; close(): Promise<void> }> {
  const clock = readClock(host);
  const color = flags.color !== false && !host.environment["NO_COLOR"];
  const out = await createOutput(
    host.streams,
    { lang, json: flags.json === true, quiet: flags.quiet === true, color },
    systemClock.now,
  );
  const prompts = createPrompts(out, host.signal);
  let opened: Promise<Workspace | undefined> | undefined;
  const findWorkspace = (): Promise<Workspace | undefined> => {
    opened ??= import("../src/workspace/open-workspace.ts").then(({ findAndOpenWorkspace }) =>
      findAndOpenWorkspace({
        folder: flags.workspace ?? host.environment["WARDCTL_WORKSPACE"],
        cwd: host.cwd,
        environment: host.environment,
        user: host.user,
        clock,
        ask: out.interactive ? (question) => prompts.secret(question, "") : undefined,
      }),
    );
    return opened;
  };
  return {
    out,
    clock,
    ids: createIds(clock.now),
    prompts,
    environment: host.environment,
    version: host.version,
    cwd: host.cwd,
    signal: host.signal,
    typedLines: host.typedLines,
    openScreen: out.json ? undefined : host.openScreen,
    findWorkspace,
    async workspace() {
      const workspace = await findWorkspace();
      if (!workspace) throw new Failure("usage", cliWords.noWorkspace, { hint: cliWords.makeWorkspace });
      return workspace;
    },
    play: async (words, { cwd, now, environment }) => {
      const { runCli } = await import("./main.ts");
      let stdout = "";
      let stderr = "";
      const streams: Streams = {
        stdout: (content) => {
          stdout += typeof content === "string" ? content : Buffer.from(content).toString("latin1");
        },
        stderr: (text) => {
          stderr += text;
        },
        stdoutIsTerminal: false,
        stderrIsTerminal: false,
        stdinIsTerminal: false,
        columns: undefined,
      };
      const played = {
        ...host,
        openScreen: undefined,
        streams,
        cwd,
        environment: { ...environment, WARDCTL_NOW: toIso(now, vietnamZone) },
      };
      return { code: await runCli(words, played), stdout, stderr };
    },
    async sealLog() {
      const workspace = await opened?.catch(() => undefined);
      try {
        await workspace?.sealLog();
      } catch (error) {
        // The work itself is done and recorded; that is no reason to say that it failed.
        if (!(error instanceof Failure)) throw error;
        out.warn(cliWords.notSealed(error.words));
      }
    },
    async close() {
      const workspace = await opened?.catch(() => undefined);
      await workspace?.close();
    },
  };
}

function readClock({ environment, cwd }: Pick<Host, "environment" | "cwd">): Clock {
  const text = environment["WARDCTL_NOW"];
  if (!text) return systemClock;
  // A rehearsal's clock runs, and every command of the team reads the same one.
  if (text.startsWith("file:")) return openClockFile(resolve(cwd, text.slice("file:".length)));
  const now = readInstant(text, vietnamZone);
  if (now === undefined) throw new Failure("usage", cliWords.badNow(text), { hint: cliWords.instantShape });
  return createPinnedClock(now);
}
