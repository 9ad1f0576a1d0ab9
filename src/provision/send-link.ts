import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Connector, WriteResult } from "./connector.ts";
import type { CredentialsRequest } from "./first-credentials.ts";
import { handoutFaults as words } from "./handout-words.ts";
import type { OutcomeRow } from "./outcome.ts";
import { linkRecipient, type SlipEvent, toSlipId } from "./slip.ts";

interface LinkRequest
  extends Pick<CredentialsRequest, "plan" | "settings" | "store" | "database" | "audit" | "clock" | "zone" | "actor"> {
  /** Writes down what came of it. */
  note(line: string, event: SlipEvent): Promise<void>;
}

type SendLink = (row: OutcomeRow, connector: Connector, generation: number) => Promise<OutcomeRow>;

/**
 * Has a system mail a link for an account that was read back. It is in the ledger before it is sent: what may have gone out is never unheard of. Where
 * it did not work the row says so; a second mail does no harm, a missing one is sent by `handout reissue`.
 */
export function createLinkSender({ plan, settings, store, database, audit, clock, zone, actor, note }: LinkRequest): SendLink {
  return async (row, connector, generation) => {
    const { operation, targetId = "" } = row;
    const { system, username, kind, subject } = operation;
    const lifespanS = settings.systems[system]!.expiryHours * 3600;
    const id = toSlipId(plan.planId, operation.id, generation);
    const [sealedAt, expiresAt] = [toIso(clock.now(), zone), toIso(clock.now() + lifespanS * 1000, zone)];
    const key = subject.staffId ?? subject.functionalKey ?? "";
    const cause = kind === "create" ? "create" : "reset";
    const line = {
      id,
      plan: plan.planId,
      operation: operation.id,
      generation,
      cause,
      system,
      username,
      unit: subject.unit,
    } as const;
    await database.transaction(
      async (tx) => {
        await store.add({ ...line, recipient: linkRecipient, subject: key, sealedAt, expiresAt }, new Uint8Array(), tx);
        await audit.append({ actor, action: "provision.slip.link", subject: key, detail: { ...line, expiresAt } }, tx);
      },
      { durability: "full" },
    );
    const result = await connector.sendLink!(targetId, lifespanS).catch((error: unknown): WriteResult => {
      if (!(error instanceof Failure)) throw error;
      return { outcome: "refused", conflict: false, message: error.words };
    });
    await note(id, result.outcome === "done" ? "issued" : result.outcome);
    if (result.outcome === "done") return row;
    return { ...row, message: result.outcome === "unknown" ? words.linkUnknown(result.message) : words.noLink(result.message) };
  };
}
