import { createPeopleStore } from "../directory/people-store.ts";
import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import { toNameKey } from "./account.ts";
import { answerFaults as words } from "./answer-words.ts";
import type { Connector } from "./connector.ts";
import { type Decision, type RecordedDecision, toDeclaration } from "./decision.ts";
import { createDecisionStore } from "./decision-store.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { openConnectors } from "./open-connectors.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { createPlanStore } from "./plan-store.ts";
import { type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";
import { readScope } from "./scope.ts";

/** One answer to a plan's question about one person or department account. */
export interface AnswerRequest {
  /** Staff id or functional key. */
  readonly key: string;
  readonly system?: string;
  readonly account?: string;
  readonly not?: string;
  readonly recreate?: boolean;
  readonly twoPeople?: readonly string[];
  readonly stillHere?: boolean;
  readonly keep?: boolean;
  /** Takes the subject's answers back, those of one system where it is named. */
  readonly withdraw?: boolean;
  readonly reason?: string;
}

export interface Answered {
  readonly subject: SubjectKey;
  readonly recorded: readonly Decision[];
  readonly withdrawn: readonly Decision[];
  /** False for somebody that no applied plan and no directory knows yet. */
  readonly known: boolean;
}

/** Decisions that later plans honour; no account is touched. */
export interface Answering {
  list(): Promise<readonly RecordedDecision[]>;
  /** Reads the system that the answer is about. Failure kinds: usage (no such account, nothing to answer), unavailable, denied. */
  answer(request: AnswerRequest): Promise<Answered>;
}

export function openAnswering(host: ProvisionHost): Answering {
  const { settings, units, database, audit, actor, clock, zone } = host;
  const store = createDecisionStore(database);
  const plans = createPlanStore(database);
  const lifecycle = createLifecycleStore(database);
  const scopes = { systems: Object.keys(settings.systems), units: new Set(units.map(({ code }) => code)) };

  const find = async (
    system: string,
    look: (connector: Connector) => Promise<readonly { readonly externalId: string | undefined }[]>,
  ) => {
    const connectors = await openConnectors(
      { ...host, findProfile: createKnownProfiles(host).findProfile },
      (name) => name === system,
    );
    try {
      return (await Promise.all(connectors.map(look))).flat();
    } finally {
      await Promise.all(connectors.map((connector) => connector.close()));
    }
  };

  const decide = async (subject: SubjectKey, request: AnswerRequest): Promise<readonly Decision[]> => {
    const { system, account, not, key } = request;
    const of = (kind: Decision["kind"], about: string, where: string | null = null): Decision => ({
      subject,
      kind,
      system: where,
      about,
    });
    const userName = account ?? not;
    if (userName !== undefined) {
      if (system === undefined) throw new Failure("usage", words.systemNeeded);
      const found = await find(system, (connector) => connector.find({ username: userName }));
      if (found.length === 0) throw new Failure("usage", words.noAccount(system, userName));
      const another = found.find(({ externalId }) => externalId !== undefined && externalId !== key)?.externalId;
      if (account !== undefined && another !== undefined)
        throw new Failure("usage", words.anothersAccount(system, userName, another));
      return [of(account === undefined ? "not-theirs" : "theirs", toNameKey(userName), system)];
    }
    if (request.recreate) {
      const links = (await plans.listLinks()).filter(
        (link) => link.subject === subject && (system ?? link.system) === link.system,
      );
      const gone: Decision[] = [];
      for (const link of links) {
        const found = await find(link.system, (connector) => connector.find({ id: link.targetId }));
        if (found.length === 0) gone.push(of("make-again", link.targetId, link.system));
      }
      if (gone.length === 0) throw new Failure("usage", words.nothingGone(key));
      return gone;
    }
    if (request.stillHere) {
      const declared = (await lifecycle.listDeclared()).find((one) => one.subject === subject);
      if (!declared) throw new Failure("usage", words.nothingDeclared(key));
      return [of("still-here", toDeclaration(declared))];
    }
    if (request.keep) return [of("keeps", "")];
    return (request.twoPeople ?? []).map((other) => of("two-people", other));
  };

  return {
    list: () => store.list(),
    async answer(request) {
      const { key, system, reason } = request;
      readScope({ systems: system === undefined ? [] : [system] }, scopes);
      const subject = key.includes("/") ? toFunctionalKey(key) : toPersonKey(key);
      const recorded = request.withdraw ? [] : await decide(subject, request);
      const standing = request.withdraw ? await store.list(subject) : [];
      const withdrawn = standing.filter((one) => system === undefined || one.system === system);
      if (recorded.length + withdrawn.length === 0) throw new Failure("usage", words.nothingToWithdraw(key));
      await database.transaction(async (tx) => {
        const by = { reason, actor, at: toIso(clock.now(), zone) };
        await store.save(recorded, by, tx);
        await store.withdraw(withdrawn, by, tx);
        const detail = { recorded: recorded.map(toDetail), withdrawn: withdrawn.map(toDetail), reason: reason ?? null };
        await audit.append({ actor, action: "provision.answer", subject, detail }, tx);
      });
      const names = await plans.listNames();
      const known =
        names.some(({ owner }) => owner === subject) || (await createPeopleStore(database).findPerson(key)) !== undefined;
      return { subject, recorded, withdrawn, known };
    },
  };
}

function toDetail({ kind, system, about }: Decision): Readonly<Record<string, string | null>> {
  return { kind, system, about };
}
