import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../../commands/main.ts";

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** What the person types. */
  readonly typed?: AsyncIterable<string>;
  /** Told of the result while the command still runs. */
  readonly onResult?: (text: string) => void;
}

/**
 * Runs a command line in this process: `await runWardctl("wards find 'Thảo Điền' --lang vi", { cwd })`. No terminal, English unless said, the
 * environment only what is given.
 */
export async function runWardctl(line: string | readonly string[], options: RunOptions = {}): Promise<RunResult> {
  let stdout = "";
  let stderr = "";
  const code = await runCli(typeof line === "string" ? splitWords(line) : line, {
    streams: {
      stdout: (content) => {
        // Bytes come back one by one by `Buffer.from(stdout, "latin1")`.
        stdout += typeof content === "string" ? content : Buffer.from(content).toString("latin1");
        options.onResult?.(stdout);
      },
      stderr: (text) => {
        stderr += text;
      },
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      stdinIsTerminal: false,
      columns: undefined,
    },
    environment: { WARDCTL_LANG: "en", ...options.env },
    cwd: options.cwd ?? tmpdir(),
    version: "0.0.0-test",
    user: "tester",
    signal: options.signal ?? new AbortController().signal,
    typedLines: () => options.typed ?? nothing(),
  });
  return { code, stdout, stderr };
}

/** A new empty folder for one test. */
export function makeTestFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "wardctl-test-"));
}

function splitWords(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

async function* nothing(): AsyncGenerator<string> {}
