import { expect, it } from "vitest";
import { createGrace, orStopped } from "../../../src/provision/grace.ts";

const never = new Promise<string>(() => undefined);
const soon = (ms: number): Promise<string> => new Promise((done) => setTimeout(done, ms, "answer"));

it("without Ctrl-C what is under way is waited for", async () => {
  const grace = createGrace(new AbortController().signal, 1);
  expect(await grace.within(soon(30), "late")).toBe("answer");
  grace.end();
});

it("after Ctrl-C an answer within the time counts, and silence does not hold anybody up", async () => {
  const stop = new AbortController();
  const grace = createGrace(stop.signal, 60);
  const answers = Promise.all([grace.within(soon(5), "late"), grace.within(never, "late")]);
  stop.abort();
  expect(await answers).toEqual(["answer", "late"]);
  // A signal that came before is no different.
  expect(await createGrace(stop.signal, 1).within(never, "late")).toBe("late");
});

it("what nobody needs after Ctrl-C ends with it", async () => {
  const stop = new AbortController();
  const waiting = orStopped(never, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
  await expect(orStopped(never, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
  expect(await orStopped(soon(1), new AbortController().signal)).toBe("answer");
});
