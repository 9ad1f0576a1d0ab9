import type { AuditLog } from "../audit/audit-store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { toIso, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { AccountState } from "./account.ts";
import type { Connector, WriteResult } from "./connector.ts";
import type { CredentialsSettings } from "./credentials-settings.ts";
import type { Custodians } from "./custodians.ts";
import { hideSecret, makeFirstSecret } from "./first-secret.ts";
import { createGrace } from "./grace.ts";
import { handoutFaults as words } from "./handout-words.ts";
import { type AccountOperation, isAccountOperation } from "./operation.ts";
import type { OutcomeRow } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { createLinkSender } from "./send-link.ts";
import { type SlipContent, type SlipEvent, toSlipId } from "./slip.ts";
import type { SlipStore } from "./slip-store.ts";

/** What apply does about first passwords. Without it, and on systems whose policy is `none`, accounts are made as they are. */
export interface FirstCredentials {
  /**
   * Every unit that needs a slip has a custodian, every such system takes passwords or sends links. Failure kind: invalid, before anything is
   * written.
   */
  assertReady(): void;
  /** The same connector, whose `create` seals a new secret before it sends it. */
  wrap(connector: Connector): Connector;
  /**
   * After reading back: an account of ours whose secret in force is not known gets one reset with its own slip, where the system can; so does one
   * that was opened again, whoever knew its password before. Links are sent now. Where the system cannot, or somebody else made the account
   * meanwhile, the row says so.
   */
  settle(rows: readonly OutcomeRow[], signal: AbortSignal): Promise<OutcomeRow[]>;
}

export interface CredentialsRequest {
  readonly plan: Plan;
  readonly settings: Pick<CredentialsSettings, "systems" | "custodiansFile">;
  readonly custodians: Custodians;
  readonly connectors: readonly Connector[];
  readonly store: SlipStore;
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
  readonly nameUnit: (code: string) => string;
  readonly seal: (recipient: string, text: string) => Promise<Uint8Array>;
  /** Bytes nobody can guess. */
  readonly readBytes: (count: number) => Uint8Array;
}

interface SealedSecret {
  readonly slip: string;
  readonly secret: string;
}

const resetsAtOnce = 8;
const hourMs = 3_600_000;

/** Operations after which somebody must be able to sign in who could not before: they need a slip or a link. */
export function listEntered(
  { operations }: Pick<Plan, "operations">,
  { systems }: Pick<CredentialsSettings, "systems">,
): AccountOperation[] {
  return operations
    .filter(isAccountOperation)
    .filter(
      ({ system, kind, reason }) =>
        (kind === "create" || kind === "enable" || reason === "new-slip") && (systems[system]?.policy ?? "none") !== "none",
    );
}

/** A link goes to a mailbox that its owner has already; who has none gets a slip. */
export function isLinked({ system, after }: AccountOperation, { systems }: Pick<CredentialsSettings, "systems">): boolean {
  return systems[system]?.policy === "link" && (after.attributes.email ?? null) !== null;
}

/** Those of them that need a slip. */
export function listSealed(plan: Pick<Plan, "operations">, settings: Pick<CredentialsSettings, "systems">): AccountOperation[] {
  return listEntered(plan, settings).filter((operation) => !isLinked(operation, settings));
}

/** Units of which nobody could hand out the first passwords that the plan makes; their accounts would not be made. */
export function listUnitsWithoutCustodian(
  plan: Plan,
  settings: Pick<CredentialsSettings, "systems">,
  custodians: Pick<Custodians, "has">,
): string[] {
  return [...new Set(listSealed(plan, settings).map(({ subject }) => subject.unit))]
    .filter((unit) => !custodians.has(unit))
    .sort();
}

/** provision.md §11. The secret is on disk, sealed, before the request that carries it; in the clear it is only in memory and in that request. */
export function createFirstCredentials(request: CredentialsRequest): FirstCredentials {
  const { plan, settings, custodians, connectors, store, database, audit, clock, zone, actor } = request;
  const entered = listEntered(plan, settings);
  const sealedOperations = listSealed(plan, settings);
  const byAccount = new Map(
    sealedOperations
      .filter(({ kind }) => kind === "create")
      .map((operation) => [toAccountKey(operation.system, operation.after), operation]),
  );
  const byId = new Map(entered.map((operation) => [operation.id, operation]));

  /** What the ledger says of a request after this secret was sent with it. */
  const note = (slip: string, event: SlipEvent): Promise<void> =>
    database.transaction((tx) => store.addEvent(slip, event, toIso(clock.now(), zone), tx));

  const sealNew = async (operation: AccountOperation, cause: "create" | "reset"): Promise<SealedSecret> => {
    const { system, subject, username } = operation;
    const { expiryHours, address } = settings.systems[system]!;
    const recipient = custodians.get(subject.unit) as string;
    const newest = await store.findNewest(plan.planId, operation.id);
    const generation = (newest?.generation ?? 0) + 1;
    const slip = toSlipId(plan.planId, operation.id, generation);
    const secret = makeFirstSecret(request.readBytes);
    const now = clock.now();
    const [sealedAt, expiresAt] = [toIso(now, zone), toIso(now + expiryHours * hourMs, zone)];
    const key = subject.staffId ?? subject.functionalKey ?? "";
    const content: SlipContent = {
      schema: "wardctl.slip/1",
      slip,
      generation,
      unit: subject.unit,
      unitName: request.nameUnit(subject.unit),
      subject: key,
      name: subject.name,
      system,
      address: address ?? null,
      username,
      secret,
      sealedAt,
      expiresAt,
    };
    const sealed = await request.seal(recipient, `${JSON.stringify(content, undefined, 2)}\n`);
    const row = { id: slip, plan: plan.planId, operation: operation.id, generation, cause, system, username, recipient };
    await database.transaction(
      async (tx) => {
        await store.add({ ...row, subject: key, unit: subject.unit, sealedAt, expiresAt }, sealed, tx);
        const detail = { ...row, unit: subject.unit, expiresAt };
        await audit.append({ actor, action: "provision.slip.seal", subject: key, detail }, tx);
      },
      { durability: "full" },
    );
    return { slip, secret };
  };

  const sendLink = createLinkSender({ ...request, note });

  /** Sends what carries the secret and notes what came of it. Messages of systems are cleaned of it. */
  const sendSealed = async (
    { slip, secret }: SealedSecret,
    send: (secret: string) => Promise<WriteResult>,
  ): Promise<WriteResult> => {
    const result = await send(secret).catch(async (error: unknown) => {
      if (error instanceof Failure && error.kind === "denied") await note(slip, "refused");
      throw error;
    });
    await note(slip, result.outcome === "done" ? "issued" : result.outcome);
    return result.outcome === "done" ? result : { ...result, message: hideIn(result.message, secret) };
  };

  const settleOne = async (row: OutcomeRow): Promise<OutcomeRow> => {
    const { targetId } = row;
    const operation = byId.get(row.operation.id) as AccountOperation;
    const newest = await store.findNewest(plan.planId, operation.id);
    if (newest?.lastEvent && ["issued", "handed", "seen", "superseded"].includes(newest.lastEvent)) return row;
    const connector = connectors.find(({ system }) => system === operation.system);
    if (isLinked(operation, settings)) {
      return connector?.sendLink && targetId !== undefined ? sendLink(row, connector, (newest?.generation ?? 0) + 1) : row;
    }
    if (!newest && operation.kind === "create") return { ...row, message: words.wasThere };
    if (!connector?.setPassword || targetId === undefined) {
      if (!newest) return { ...row, message: words.oldSecret };
      if (newest.lastEvent !== "unknown") await note(newest.id, "unknown");
      return { ...row, message: words.secretUnknown };
    }
    const sealed = await sealNew(operation, "reset");
    try {
      const result = await sendSealed(sealed, (secret) => connector.setPassword!(targetId, secret));
      if (result.outcome === "done") return row;
      if (result.outcome === "unknown") return { ...row, state: "unknown", message: result.message };
      await note(sealed.slip, "unknown");
      return { ...row, message: words.resetRefused(result.message) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { ...row, state: "unknown", message: error.words };
    }
  };

  return {
    assertReady() {
      const units = listUnitsWithoutCustodian(plan, settings, custodians);
      const systems = new Set(sealedOperations.map(({ system }) => system));
      const mute = connectors.filter(
        ({ system, createWithPassword, setPassword }) => systems.has(system) && !createWithPassword && !setPassword,
      );
      if (mute.length > 0) throw new Failure("invalid", words.noPasswords(mute.map(({ system }) => system)));
      const linked = new Set(entered.filter((operation) => isLinked(operation, settings)).map(({ system }) => system));
      const linkless = connectors.filter(({ system, sendLink }) => linked.has(system) && !sendLink);
      if (linkless.length > 0) throw new Failure("invalid", words.noLinks(linkless.map(({ system }) => system)));
      if (units.length === 0) return;
      const file = settings.custodiansFile ?? "wardctl.yaml";
      const faults = units.map((unit) => ({ file, value: unit, message: words.noCustodian(unit, request.nameUnit(unit)) }));
      throw new Failure("invalid", words.noCustodians(units.length), { hint: words.addCustodians, faults });
    },
    wrap(connector) {
      const create = async (account: AccountState): Promise<WriteResult> => {
        const operation = byAccount.get(toAccountKey(connector.system, account));
        if (!operation) return connector.create(account);
        const sealed = await sealNew(operation, "create");
        if (connector.createWithPassword) return sendSealed(sealed, (secret) => connector.createWithPassword!(account, secret));
        // Directories open an account with its first password, which is a request of its own. What stays in doubt is settled after reading back.
        const made = await connector.create(account);
        if (made.outcome === "refused") await note(sealed.slip, "refused");
        const { id } = made.outcome === "done" ? made : {};
        if (id !== undefined) {
          await sendSealed(sealed, (secret) => connector.setPassword!(id, secret)).catch((error: unknown) => {
            // Ctrl-C came between the two: the account is made.
            if (!(error instanceof Failure && error.kind === "cancelled")) throw error;
          });
        }
        return made;
      };
      return { ...connector, create };
    },
    async settle(rows, signal) {
      const settled = [...rows];
      const grace = createGrace(signal);
      const queue = rows.flatMap((row, at) => (row.state === "done" && byId.has(row.operation.id) ? [at] : []));
      const work = async (): Promise<void> => {
        for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
          const row = rows[at] as OutcomeRow;
          const stopped: OutcomeRow = { ...row, state: "unknown", message: words.notSettled };
          settled[at] = signal.aborted ? stopped : await grace.within(settleOne(row), stopped);
        }
      };
      await Promise.all(Array.from({ length: resetsAtOnce }, work)).finally(grace.end);
      return settled;
    },
  };
}

function toAccountKey(
  system: string,
  { userName, externalId }: { readonly userName: string; readonly externalId?: string | null },
): string {
  return JSON.stringify([system, userName, externalId ?? null]);
}

function hideIn({ vi, en }: Words, secret: string): Words {
  return { vi: hideSecret(vi, secret), en: hideSecret(en, secret) };
}
