import { describe, expect, it } from "vitest";
import { createSharedReads, createTouched, createTurns } from "../../../src/provision/shared-reads.ts";

/** Work that ends when it is told to. */
function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("readings that are shared", () => {
  it("give everybody what was read after they asked, in two readings for any number of askings", async () => {
    let truth = 0;
    const gates = [createGate(), createGate()];
    let begun = 0;
    const read = createSharedReads(async () => {
      const gate = gates[begun++];
      const seen = truth;
      await gate?.opened;
      return seen;
    });
    const first = read("a");
    await Promise.resolve();
    await Promise.resolve();
    truth = 1;
    const later = Array.from({ length: 50 }, () => read("a"));
    gates[0]?.open();
    gates[1]?.open();
    expect(await first).toBe(0);
    expect(await Promise.all(later)).toEqual(Array.from({ length: 50 }, () => 1));
    expect(begun).toBe(2);
  });

  it("go on after one that failed", async () => {
    let tries = 0;
    const read = createSharedReads(async () => {
      if (++tries === 1) throw new Error("broken line");
      return tries;
    });
    await expect(read("a")).rejects.toThrow("broken line");
    expect(await read("a")).toBe(2);
  });
});

describe("turns", () => {
  it("let work under one key go one after the other, a failure included, and keep other keys out of it", async () => {
    const inTurn = createTurns();
    const log: string[] = [];
    const gate = createGate();
    const work = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
    };
    const a = inTurn("a", work("a1", gate.opened)).then(() => Promise.reject(new Error("lost")));
    const b = inTurn("a", work("a2"));
    await inTurn("b", work("b1"));
    expect(log).toEqual(["a1 begins", "b1 begins", "b1 ends"]);
    gate.open();
    await expect(a).rejects.toThrow("lost");
    await b;
    expect(log.slice(3)).toEqual(["a1 ends", "a2 begins", "a2 ends"]);
  });
});

describe("who was changed since the last whole reading", () => {
  it("is forgotten with the next one, but for whoever is being changed just then", async () => {
    const touched = createTouched();
    const gate = createGate();
    await touched.during("done", async () => undefined);
    const running = touched.during("running", () => gate.opened);
    expect([touched.has("done"), touched.has("running"), touched.has("other")]).toEqual([true, true, false]);
    touched.clear();
    expect([touched.has("done"), touched.has("running")]).toEqual([false, true]);
    gate.open();
    await running;
    expect(touched.has("running")).toBe(true);
    touched.clear();
    expect(touched.has("running")).toBe(false);
  });
});
