import type { Account } from "./account.ts";
import { doubtHalfDone } from "./compare-memberships.ts";
import type { Standing } from "./compare-operation.ts";
import type { OperationEvent } from "./journal.ts";
import { isAccountOperation, type Operation } from "./operation.ts";
import type { Plan } from "./plan.ts";

/**
 * Nothing of a plan that was never begun can be there already. Where an account carries no staff id, one under a planned name is somebody's, however
 * equal it looks; roles of which a part is as planned were somebody else's work. `events` of a plan that was begun: what was left alone then, or certainly not made, is not ours now either.
 */
export function doubtStrangers(
  { operations }: Plan,
  standings: ReadonlyMap<string, Standing>,
  events: ReadonlyMap<string, OperationEvent> | undefined,
): ReadonlyMap<string, Standing> {
  const wasSent = ({ id }: Operation): boolean => {
    const last = events?.get(id);
    return events !== undefined && !(last?.event === "failed" && last.targetId === undefined);
  };
  return new Map(
    operations.map((operation): [string, Standing] => {
      const { id } = operation;
      const standing = standings.get(id) as Standing;
      if (!isAccountOperation(operation)) return [id, events === undefined ? doubtHalfDone(standing) : standing];
      const { before, after } = operation;
      if (standing.state !== "there" || before !== null || after.externalId !== null || wasSent(operation)) return [id, standing];
      const actual = standing.actual as Account;
      return [id, { state: "moved", actual, moves: [{ attribute: "account", from: "–", to: actual.userName }] }];
    }),
  );
}
