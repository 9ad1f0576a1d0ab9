import { narrowState, type StateKey } from "../../src/provision/account.ts";
import { type Operation, toPlanState } from "../../src/provision/operation.ts";
import { type Plan, planLifeMs } from "../../src/provision/plan.ts";
import { sealPlan } from "../../src/provision/seal-plan.ts";
import { makeAccount } from "../contract/connector.contract.ts";

/** A sealed plan that makes `count` people's accounts on one system, of what it holds; nothing of it depends on the clock of the machine. */
export async function makeCreatePlan(
  planId: string,
  count: number,
  system: string,
  nowIso: string,
  profile?: string,
  holds?: ReadonlySet<StateKey>,
): Promise<Plan> {
  const operations = Array.from({ length: count }, (_, n): Operation => {
    const wanted = makeAccount(n + 1);
    return {
      id: `op-${String(n + 1).padStart(5, "0")}`,
      system,
      kind: "create",
      subject: { staffId: wanted.externalId as string, name: wanted.attributes.displayName as string, unit: "27004" },
      username: wanted.userName,
      targetId: null,
      before: null,
      after: toPlanState(narrowState(wanted, holds)),
      fingerprint: "absent",
      reason: "no-account",
      situation: "ABSENT",
    };
  });
  return sealPlan({
    schema: "wardctl.plan/1",
    planId,
    createdAt: nowIso,
    expiresAt: new Date(Date.parse(nowIso) + planLifeMs).toISOString(),
    createdBy: "bench",
    roster: { file: "roster.csv", sha256: "0".repeat(64), people: count, skippedRows: 0 },
    scope: { systems: [system], only: [], except: [] },
    systems: [
      {
        name: system,
        url: "http://127.0.0.1",
        state: "read",
        accounts: 0,
        managed: 0,
        unmanaged: 0,
        message: null,
        ...(profile === undefined ? {} : { profile }),
      },
    ],
    totals: { create: count, update: 0, enable: 0, disable: 0, none: 0, question: 0 },
    operations,
    questions: [],
    guards: [],
    links: [],
    usernames: operations.map(({ subject, username }) => ({
      subject: `person/${subject.staffId}`,
      name: username,
      state: "issued",
    })),
    people: { units: [], people: [], posts: [] },
  });
}
