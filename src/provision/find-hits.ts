import type { Account } from "./account.ts";
import { createLookup, listHits, toReference } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { AccountOperation, AssignOperation } from "./operation.ts";

/** The accounts one operation is about, asked for one by one: recorded id, else external id, else user name. */
export async function findHits(connector: Connector, operation: AccountOperation | AssignOperation): Promise<readonly Account[]> {
  const reference = toReference(operation);
  const { targetId, externalId, userName } = reference;
  if (targetId !== null) return connector.find({ id: targetId });
  const strong = externalId === null ? [] : await connector.find({ externalId });
  const accounts = strong.length > 0 ? strong : await connector.find({ username: userName });
  return listHits(reference, createLookup(accounts));
}
