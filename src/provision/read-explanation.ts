import { Failure } from "../platform/failure.ts";
import { findNearest } from "../platform/text.ts";
import { type Account, type Membership, toNameKey } from "./account.ts";
import type { Connector } from "./connector.ts";
import type { DecisionStore } from "./decision-store.ts";
import { type AccountEvidence, type Explanation, explainAccount } from "./explain-account.ts";
import type { LifecycleStore } from "./lifecycle-store.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import { createMembershipExplainer } from "./membership-explainer.ts";
import type { ProvisionHost } from "./open-provision.ts";
import type { PlanStore } from "./plan-store.ts";
import { type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";

interface ExplainRequest {
  /** Staff id, functional key, or user name. */
  readonly key: string;
  readonly connectors: readonly Connector[];
  readonly store: PlanStore;
  readonly known: LifecycleStore;
  readonly decisions: DecisionStore;
  readonly host: ProvisionHost;
  /** The one role or group that is asked for; all that templates name, that were given or taken, without it. */
  readonly membership?: Membership;
}

/** What is on record and on the systems about one subject. Failure kind: usage (nobody and nothing of that name). */
export async function readExplanation({
  key,
  connectors,
  store,
  known,
  host,
  membership,
  decisions,
}: ExplainRequest): Promise<Explanation> {
  const [links, register] = [await store.listLinks(), await store.listNames()];
  const candidates = [toPersonKey(key), toFunctionalKey(key)];
  const knownKeys = new Set([...links.map(({ subject }) => subject), ...register.map(({ owner }) => owner)]);
  const subject: SubjectKey | undefined =
    candidates.find((candidate) => knownKeys.has(candidate)) ??
    register.find(({ name }) => toNameKey(name) === toNameKey(key))?.owner;
  const externalId = subject === undefined ? key : subject.slice(subject.indexOf("/") + 1);
  const username = register.find(({ owner }) => owner === subject);
  const baselines = subject === undefined ? [] : await known.listBaselines(subject);
  const plans = new Map(
    await Promise.all([...new Set(baselines.map(({ plan }) => plan))].map(async (id) => [id, await store.find(id)] as const)),
  );
  const explainMemberships = await createMembershipExplainer(host, subject, register);
  const evidence = await Promise.all(
    connectors.map(async (connector): Promise<AccountEvidence> => {
      const { system } = connector;
      const link = links.find((one) => one.system === system && one.subject === subject);
      const baseline = baselines.find((one) => one.system === system);
      const operation = plans.get(baseline?.plan ?? "")?.plan.operations.find(({ id }) => id === baseline?.operation);
      const hits = await readHits(connector, { targetId: link?.targetId, externalId, username: username?.name ?? key });
      const isPerson = subject?.startsWith("person/") ?? true;
      const account = hits?.byLink ?? hits?.byExternalId;
      const memberships = hits && subject !== undefined ? await explainMemberships(connector, account, membership) : [];
      return { system, hits, link, baseline, reason: operation?.reason, isPerson, memberships };
    }),
  );
  const isThere = evidence.some(({ hits }) => hits === undefined || hits.byLink || hits.byExternalId || hits.byName);
  if (subject === undefined && !isThere) {
    const near = findNearest(
      key,
      [...knownKeys].map((one) => one.slice(one.indexOf("/") + 1)),
    );
    throw new Failure("usage", words.unknownKey(key, near));
  }
  const origin = subject === undefined ? undefined : await known.findOrigin(subject);
  return {
    subject,
    name:
      origin?.name ?? baselines.map(({ state }) => state.attributes.displayName ?? undefined).find((name) => name !== undefined),
    unit: baselines[0]?.state.attributes.unit ?? origin?.unit,
    username,
    origin,
    decisions: subject === undefined ? [] : await decisions.list(subject),
    declared: (await known.listDeclared()).find((one) => one.subject === subject),
    accounts: evidence.map(explainAccount),
    history: subject === undefined ? [] : await known.listHistory(externalId),
  };
}

async function readHits(
  connector: Connector,
  by: { readonly targetId: string | undefined; readonly externalId: string; readonly username: string },
): Promise<AccountEvidence["hits"]> {
  try {
    const byLink = by.targetId === undefined ? undefined : first(await connector.find({ id: by.targetId }));
    if (byLink) return { byLink, byExternalId: undefined, byName: undefined };
    const byExternalId = first(await connector.find({ externalId: by.externalId }));
    if (byExternalId) return { byLink, byExternalId, byName: undefined };
    return { byLink, byExternalId, byName: first(await connector.find({ username: by.username })) };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
    return undefined;
  }
}

function first(accounts: readonly Account[]): Account | undefined {
  return accounts[0];
}
