import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/provision/account.ts";
import type { Connector, WriteResult } from "../../../src/provision/connector.ts";
import { type AccountOperation, toPlanState } from "../../../src/provision/operation.ts";
import { sendOperation } from "../../../src/provision/send-operation.ts";
import { makeAccount } from "../../contract/connector.contract.ts";

const wanted = makeAccount(1);
const operation = {
  id: "op-1",
  kind: "create",
  system: "documents",
  username: wanted.userName,
  targetId: null,
  before: null,
  after: toPlanState(wanted),
} as AccountOperation;
const lost: WriteResult = { outcome: "unknown", message: { vi: "mất", en: "lost" } };

/** A system whose answers are lost, and where an account shows after so much waiting. */
function createSlowSystem(showsAfterMs: number, uniqueNames: boolean | undefined) {
  let waited = 0;
  let creates = 0;
  const accounts = (): Account[] => (waited >= showsAfterMs ? [{ ...wanted, id: "1" }] : []);
  const connector = {
    system: "documents",
    uniqueNames,
    create: async () => {
      creates += 1;
      return lost;
    },
    find: async () => accounts(),
  } as unknown as Connector;
  const waitMs = async (ms: number): Promise<void> => {
    waited += ms;
  };
  return { send: () => sendOperation(connector, operation, undefined, waitMs), countCreates: () => creates };
}

describe("a create whose answer was lost", () => {
  it("is looked up with growing waits and adopted when it shows", async () => {
    const { send, countCreates } = createSlowSystem(1250, undefined);
    expect(await send()).toMatchObject({ event: "adopted", targetId: "1" });
    expect(countCreates()).toBe(1);
  });

  it("where names are not unique is given five seconds more before it is sent again", async () => {
    const { send, countCreates } = createSlowSystem(6250, false);
    expect(await send()).toMatchObject({ event: "adopted" });
    expect(countCreates()).toBe(1);
  });

  it("that never shows is sent three times at most, and stays unknown", async () => {
    const { send, countCreates } = createSlowSystem(Number.POSITIVE_INFINITY, undefined);
    expect(await send()).toMatchObject({ event: "unknown" });
    expect(countCreates()).toBe(3);
  });
});
