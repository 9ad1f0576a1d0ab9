import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import type { OperationResult } from "../../../src/provision/applying.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { createDependence } from "../../../src/provision/dependence.ts";
import type { Operation, OperationKind } from "../../../src/provision/operation.ts";
import { orderByDependence } from "../../../src/provision/work-queue.ts";
import { workThrough } from "../../../src/provision/work-through.ts";

type Plain = Pick<Operation, "id" | "system" | "kind" | "dependsOn">;
const op = (id: string, dependsOn?: readonly string[], kind: OperationKind = "create", system = "a"): Operation =>
  ({ id, system, kind, dependsOn }) satisfies Plain as Operation;

const done: OperationResult = { event: "answered", targetId: "x", message: undefined };
const failed: OperationResult = { event: "failed", targetId: undefined, message: { vi: "lỗi", en: "failed" } };

async function run(
  operations: readonly Operation[],
  results: Readonly<Record<string, OperationResult | Error>> = {},
  connectors: readonly Partial<Connector>[] = [{ system: "a" }],
  doneBefore: ReadonlySet<string> = new Set(),
) {
  const sent: string[] = [];
  const ends: Record<string, OperationResult> = {};
  let running = 0;
  let most = 0;
  const dependence = createDependence(operations);
  await Promise.all(
    connectors.map((connector) =>
      workThrough({
        connector: connector as Connector,
        dependence,
        signal: new AbortController().signal,
        isSent: () => true,
        wasDone: ({ id }) => doneBefore.has(id),
        async settle({ id }) {
          sent.push(id);
          running += 1;
          most = Math.max(most, running);
          await new Promise((next) => setImmediate(next));
          running -= 1;
          const result = results[id] ?? done;
          if (result instanceof Error) throw result;
          return result;
        },
        giveUp: async (_, message) => ({ event: "unknown", targetId: undefined, message }),
        onEnd(operation, result) {
          ends[operation.id] = result;
          dependence.end(operation, result);
        },
      }),
    ),
  );
  return { sent, ends, most };
}

const many = (count: number, kind: OperationKind = "create"): Operation[] =>
  Array.from({ length: count }, (_, n) => op(`${kind}${n}`, undefined, kind));

describe("the work of one system", () => {
  it("lets the first of each kind go alone, then eight at a time", async () => {
    const { sent, most } = await run(many(40));
    expect(sent).toHaveLength(40);
    expect(most).toBe(8);
  });

  it("makes accounts one after the other where names are not unique there", async () => {
    const { sent, most } = await run(many(20), {}, [{ system: "a", uniqueNames: false }]);
    expect([sent.length, most]).toEqual([20, 1]);
  });

  it("stops one kind of write at the first 403, and only that kind", async () => {
    const { sent, ends } = await run([...many(10), ...many(10, "update")], {
      create0: { ...failed, forbidden: true },
    });
    expect(sent.filter((id) => id.startsWith("create"))).toEqual(["create0"]);
    expect(sent.filter((id) => id.startsWith("update"))).toHaveLength(10);
    expect(ends["create9"]?.event).toBe("skipped");
  });

  it("stops the system when it lets nobody in", async () => {
    const { sent, ends } = await run(many(10), { create0: new Failure("denied", { vi: "từ chối", en: "denied" }) });
    expect(sent).toEqual(["create0"]);
    expect([ends["create0"]?.event, ends["create9"]?.event]).toEqual(["unknown", "skipped"]);
  });
});

describe("an operation that depends on others", () => {
  it("is sent after them, on whatever system they are", async () => {
    const operations = [op("a1", ["b1"]), op("a2"), op("b1", ["a2"], "create", "b")];
    const { sent, ends } = await run(operations, {}, [{ system: "a" }, { system: "b" }]);
    expect(sent).toEqual(["a2", "b1", "a1"]);
    expect(Object.values(ends).every(({ event }) => event === "answered")).toBe(true);
  });

  it("waits when one of them failed, and so do its own dependents; nobody else", async () => {
    const { sent, ends } = await run([op("c", ["b"]), op("b", ["a"]), op("a"), op("other")], { a: failed });
    expect(sent.toSorted()).toEqual(["a", "other"]);
    expect([ends["b"]?.message?.en, ends["c"]?.message?.en]).toEqual([
      "not sent: waits for a to be done",
      "not sent: waits for b to be done",
    ]);
  });

  it("waits for nothing when an earlier run did it: what it stands on is nobody's reason to call it undone", async () => {
    const { sent, ends } = await run([op("a"), op("b", ["a"])], { a: failed }, [{ system: "a" }], new Set(["b"]));
    expect(sent).toEqual(["a", "b"]);
    expect(ends["b"]?.event).toBe("answered");
  });

  it("is said to wait, rather than waiting for ever, when it depends on itself or on nothing there", async () => {
    const { sent, ends } = await run([op("a", ["b"]), op("b", ["a"]), op("c", ["gone"]), op("d")]);
    expect(sent).toEqual(["d"]);
    expect(["a", "b", "c"].map((id) => ends[id]?.event)).toEqual(["skipped", "skipped", "skipped"]);
  });

  it("keeps the plan's order where nothing depends on anything", () => {
    const operations = many(5);
    expect(orderByDependence(operations).queue).toEqual(operations);
  });
});
