import { type MessagePort, parentPort, Worker, workerData } from "node:worker_threads";
import { Failure, type FailureDetails, type FailureKind } from "./failure.ts";
import type { Words } from "./words.ts";

/** The way to the other thread and back. */
export interface ThreadLine<Sent, Received> {
  send(message: Sent): void;
  /** The next message, in order. Throws what the other thread threw, a Failure as the Failure it was. */
  receive(): Promise<Received>;
  /** How many messages came that nobody has received yet. */
  waiting(): number;
}

export interface Thread<Sent, Received> extends ThreadLine<Sent, Received> {
  stop(): Promise<void>;
}

type Letter = { readonly message: unknown } | { readonly failure: PlainFailure } | { readonly error: string };

interface PlainFailure extends FailureDetails {
  readonly kind: FailureKind;
  readonly words: Words;
}

/**
 * Starts a script of ours that calls `runThread`. `data` is cloned; shared memory in it stays shared. The name is that of the source: built,
 * it ends as the file that asks does.
 */
export function startThread<Sent, Received>(
  script: string,
  from: string,
  data: unknown,
  options: { readonly youngMb?: number } = {},
): Thread<Sent, Received> {
  const limits = options.youngMb === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: options.youngMb } };
  const worker = new Worker(new URL(from.endsWith(".ts") ? script : script.replace(/\.ts$/, ".js"), from), {
    workerData: data,
    ...limits,
  });
  const box = createBox<Received>();
  worker.on("message", box.put);
  worker.on("error", (error) => box.put({ error: String(error) }));
  worker.on("exit", (code) => box.put({ error: `the thread ended with ${code}` }));
  return {
    send: (message) => worker.postMessage({ message } satisfies Letter),
    receive: box.take,
    waiting: box.count,
    stop: async () => void (await worker.terminate()),
  };
}

/** For the script of a thread: does its work, and tells the other side how it failed. */
export async function runThread<Data, Sent, Received>(
  work: (data: Data, line: ThreadLine<Sent, Received>) => Promise<void>,
): Promise<void> {
  const port = parentPort as MessagePort;
  const box = createBox<Received>();
  port.on("message", box.put);
  try {
    await work(workerData as Data, {
      send: (message) => port.postMessage({ message } satisfies Letter),
      receive: box.take,
      waiting: box.count,
    });
  } catch (error) {
    port.postMessage(toLetter(error));
  }
  port.close();
}

function createBox<Received>() {
  const waiting: Letter[] = [];
  let wake: (() => void) | undefined;
  return {
    count: () => waiting.length,
    put(letter: Letter): void {
      waiting.push(letter);
      wake?.();
    },
    async take(): Promise<Received> {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const letter = waiting.shift() as Letter;
      if ("message" in letter) return letter.message as Received;
      if ("error" in letter) throw new Error(letter.error);
      const { kind, words, ...details } = letter.failure;
      throw new Failure(kind, words, details);
    },
  };
}

function toLetter(error: unknown): Letter {
  if (!(error instanceof Failure)) return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  const { kind, words, hint, faults } = error;
  return { failure: { kind, words, faults, ...(hint !== undefined && { hint }) } };
}
