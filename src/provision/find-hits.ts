import type { Account } from "./account.ts";
import { createLookup, listHits } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./operation.ts";

/** The accounts one operation is about, asked for one by one: recorded id, else external id, else user name. */
export async function findHits(connector: Connector, operation: Operation): Promise<readonly Account[]> {
  const { targetId, after } = operation;
  if (targetId !== null) return connector.find({ id: targetId });
  const strong = after.externalId === null ? [] : await connector.find({ externalId: after.externalId });
  const accounts = strong.length > 0 ? strong : await connector.find({ username: after.userName });
  return listHits(operation, createLookup(accounts));
}
