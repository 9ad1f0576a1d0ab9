import { userInfo } from "node:os";
import { createInterface } from "node:readline";
import { readEnvironment } from "../src/platform/environment.ts";
import { toFileFailure } from "../src/platform/files.ts";
import { openScreen } from "../src/platform/screen.ts";
import type { Host } from "./create-context.ts";
import { reportLate, runCli } from "./main.ts";

/** Runs the process's own command line. The first Ctrl-C asks the command to finish its item and save; the second ends it. */
export async function runProcess(version: string): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  let lost: unknown;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // `wardctl … | head` closes the pipe: that is the reader's right, not an error.
    if (error.code === "EPIPE") process.exit(0);
    lost ??= error;
  });
  // Nobody reads the remarks any more; the work goes on.
  process.stderr.on("error", () => undefined);
  const argv = process.argv.slice(2);
  const host: Host = {
    streams: {
      stdout: (text) => void process.stdout.write(text),
      stderr: (text) => void process.stderr.write(text),
      stdoutIsTerminal: process.stdout.isTTY === true,
      stderrIsTerminal: process.stderr.isTTY === true,
      stdinIsTerminal: process.stdin.isTTY === true,
      columns: process.stderr.columns ?? process.stdout.columns,
      rows: process.stderr.rows ?? process.stdout.rows,
    },
    environment: readEnvironment(),
    cwd: process.cwd(),
    version,
    user: readUser(),
    signal: stop.signal,
    typedLines: () => createInterface({ input: process.stdin, signal: stop.signal }),
    openScreen: process.stdout.isTTY && process.stdin.isTTY ? () => openScreen(interrupt) : undefined,
  };
  process.exitCode = await runCli(argv, host);
  // A full disk is told by an event that comes after the last write.
  await new Promise(setImmediate);
  if (lost !== undefined) process.exitCode = await reportLate(toFileFailure(lost, "stdout"), argv, host);
  // Whoever pressed Ctrl-C is not kept by what a silent server still has of ours.
  if (stop.signal.aborted) process.exit();
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
}

/** A container may run under a number that no user has. */
function readUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "?"}`;
  }
}
