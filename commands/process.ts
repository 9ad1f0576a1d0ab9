import { userInfo } from "node:os";
import { createInterface } from "node:readline";
import { readEnvironment } from "../src/platform/environment.ts";
import { runCli } from "./main.ts";

/** Runs the process's own command line. The first Ctrl-C asks the command to finish its item and save; the second ends it. */
export async function runProcess(version: string): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // `wardctl … | head` closes the pipe: that is the reader's right, not an error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  process.exitCode = await runCli(process.argv.slice(2), {
    streams: {
      stdout: (text) => void process.stdout.write(text),
      stderr: (text) => void process.stderr.write(text),
      stdoutIsTerminal: process.stdout.isTTY === true,
      stderrIsTerminal: process.stderr.isTTY === true,
      stdinIsTerminal: process.stdin.isTTY === true,
      columns: process.stderr.columns ?? process.stdout.columns,
    },
    environment: readEnvironment(),
    cwd: process.cwd(),
    version,
    user: userInfo().username,
    signal: stop.signal,
    typedLines: () => createInterface({ input: process.stdin, signal: stop.signal }),
  });
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
}
