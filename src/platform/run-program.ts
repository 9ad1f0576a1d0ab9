import { spawn } from "node:child_process";

export interface ProgramRun {
  /** -1: ended by a signal, or by the time limit. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const mostOutput = 4 * 1024 * 1024;

/** Runs a program with an array of arguments, never through a shell, its messages in plain English. Undefined: there is no such program. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun | undefined> {
  const { input, timeoutMs = 30_000, signal } = options;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env, timeout: timeoutMs, signal, windowsHide: true });
    const read = (stream: NodeJS.ReadableStream): (() => string) => {
      const pieces: Buffer[] = [];
      let size = 0;
      stream.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size <= mostOutput) pieces.push(piece);
      });
      return () => Buffer.concat(pieces).toString("utf8");
    };
    const [stdout, stderr] = [read(child.stdout), read(child.stderr)];
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    child.on("close", (code) => resolve({ code: code ?? -1, stdout: stdout(), stderr: stderr() }));
    // A program that does not read its input closes it; what it answers is then still an answer.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });
}
