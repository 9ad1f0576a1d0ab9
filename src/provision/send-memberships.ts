import type { Words } from "../platform/words.ts";
import { applyFaults as words } from "./apply-words.ts";
import { compareGroup, compareHeld } from "./compare-memberships.ts";
import type { MembershipRest, Standing } from "./compare-operation.ts";
import type { Connector, WriteResult } from "./connector.ts";
import { findHits } from "./find-hits.ts";
import type { AssignOperation, GroupOperation } from "./operation.ts";
import { lookAfterMs, mostSends, type Sent, waitOut } from "./send-operation.ts";
import { listAsked } from "./system-view.ts";

/**
 * Gives and takes what is left of an assignment. As with accounts, an answer that is missing is looked up before anything is sent again, and
 * then only the rest is sent. `accountId` undefined: the account was just made and its answer had no id. Failure kind: denied.
 */
export async function sendAssignment(
  connector: Connector,
  operation: AssignOperation,
  { accountId: known, rest }: { readonly accountId: string | undefined; readonly rest: MembershipRest },
  waitMs = waitOut,
): Promise<Sent> {
  const port = connector.memberships;
  if (!port) return refuse(words.noMemberships(connector.system));
  const accountId = known ?? (await findHits(connector, operation)).at(0)?.id;
  if (accountId === undefined) return { event: "unknown", targetId: undefined, message: words.notThere };
  const asked = listAsked([operation]);
  let change: Pick<MembershipRest, "add" | "remove"> = rest;
  return send({
    waitMs,
    write: () => port.change(accountId, { add: change.add, remove: change.remove }),
    async look() {
      const standing = compareHeld(operation, await port.find(accountId, asked));
      if (standing.state === "ready" && standing.rest) change = standing.rest;
      return standing;
    },
    targetId: accountId,
  });
}

/** Makes an empty group; one that is there after a lost answer is ours. Failure kind: denied. */
export async function sendGroup(connector: Connector, operation: GroupOperation, waitMs = waitOut): Promise<Sent> {
  const { memberships: port, system } = connector;
  const { group } = operation.after;
  if (!port?.createGroup) return refuse(words.noMemberships(system));
  const createGroup = port.createGroup.bind(port);
  return send({
    waitMs,
    write: () => createGroup(group),
    look: async () => compareGroup(operation, await port.sweep([group])),
    targetId: undefined,
  });
}

interface SendRequest {
  readonly waitMs: (ms: number) => Promise<void>;
  write(): Promise<WriteResult>;
  look(): Promise<Standing>;
  readonly targetId: string | undefined;
}

async function send({ waitMs, write, look, targetId }: SendRequest): Promise<Sent> {
  for (let sends = 1; ; sends++) {
    const result = await write();
    if (result.outcome === "done") return { event: "answered", targetId: targetId ?? result.id, message: undefined };
    const { message } = result;
    if (result.outcome === "refused" && result.forbidden) {
      return { event: "failed", targetId: undefined, message, forbidden: true };
    }
    const waits = result.outcome === "unknown" ? lookAfterMs : lookAfterMs.slice(0, 1);
    const standing = await lookUp(look, waits, waitMs);
    if (!standing) return { event: "unknown", targetId: undefined, message };
    if (standing.state === "there") return { event: "adopted", targetId, message: undefined };
    if (standing.state === "moved" || result.outcome === "refused") return refuse(message);
    if (sends === mostSends) return { event: "unknown", targetId: undefined, message };
  }
}

/** Undefined when the system cannot be read now. */
async function lookUp(
  look: () => Promise<Standing>,
  waits: readonly number[],
  waitMs: (ms: number) => Promise<void>,
): Promise<Standing | undefined> {
  let standing: Standing | undefined;
  for (const ms of waits) {
    if (ms > 0) await waitMs(ms);
    standing = await look().catch((error: { kind?: string }) => {
      if (error.kind !== "unavailable") throw error;
      return undefined;
    });
    if (standing && standing.state !== "ready") return standing;
  }
  return standing;
}

function refuse(message: Words): Sent {
  return { event: "failed", targetId: undefined, message };
}
