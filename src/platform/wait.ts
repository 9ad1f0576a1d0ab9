import { setImmediate, setTimeout } from "node:timers/promises";
import { Failure } from "./failure.ts";

/** Passes time. Failure kind: cancelled, as soon as the signal says so. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }, { cause: error });
  }
}

/** Lets everything else that is ready have its turn. */
export async function nextTurn(): Promise<void> {
  await setImmediate();
}
