import { createAuditLog } from "../../src/audit/audit-store.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { createCountingIds } from "../../src/platform/ids.ts";
import { readProcessIdentity } from "../../src/platform/process-identity.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { applyPlan } from "../../src/provision/apply-plan.ts";
import type { ApplyResult } from "../../src/provision/applying.ts";
import type { Confirmations } from "../../src/provision/guards.ts";
import { readKnownBefore } from "../../src/provision/known-before.ts";
import { makePlan } from "../../src/provision/make-plan.ts";
import type { AssignOperation } from "../../src/provision/operation.ts";
import { listMembershipChange } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore } from "../../src/provision/plan-store.ts";
import type { RosterPerson } from "../../src/provision/roster.ts";
import { readScope, type ScopeRequest } from "../../src/provision/scope.ts";
import { openPlan } from "../../src/provision/seal-plan.ts";
import { provisionSettings } from "../../src/provision/settings.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import type { MemorySystem } from "./memory-system.ts";

export interface MembershipWorld {
  readonly database: Database;
  /** Day of the clock, `2025-07-03`. */
  setDay(day: string): void;
  setTemplates(templates: object): void;
  plan(people: readonly RosterPerson[], scope?: ScopeRequest): Promise<Plan>;
  apply(plan: Plan, confirmed?: Confirmations, signal?: AbortSignal): Promise<ApplyResult>;
  close(): Promise<void>;
}

/** Makes and applies plans with real rules, journal and database, over systems in memory. No functional accounts unless the templates say so. */
export async function createMembershipWorld(systems: readonly MemorySystem[], templates: object): Promise<MembershipWorld> {
  let day = "2025-07-03";
  let now = (): number => Date.parse(`${day}T10:00:00+07:00`);
  const clock = { ...createPinnedClock(now()), now: () => now() };
  const database = await openSqlite(":memory:", allMigrations, () => new Date(now()).toISOString());
  const store = createPlanStore(database);
  const ids = createCountingIds("world");
  const connectors = systems.map(({ connector }) => connector);
  const toSettings = (own: object) =>
    provisionSettings.parse({
      systems: Object.fromEntries(
        connectors.map(({ system }) => [system, { kind: "scim", url: "http://127.0.0.1", token: "env:T" }]),
      ),
      functional: [],
      ...own,
    });
  let settings = toSettings(templates);
  return {
    database,
    setDay(next) {
      day = next;
      now = () => Date.parse(`${day}T10:00:00+07:00`);
    },
    setTemplates(own) {
      settings = toSettings(own);
    },
    async plan(people, request = {}) {
      const directory = createDirectory(day)!;
      const units = ["27004", "19777"].map((code) => directory.findUnit(code)!);
      const { plan } = await makePlan({
        roster: { file: "roster.csv", sha256: "0".repeat(64), people, twins: [], notes: [], skipped: undefined },
        settings,
        scope: readScope(request, {
          systems: connectors.map(({ system }) => system),
          units: new Set(units.map(({ code }) => code)),
        }),
        units,
        directory,
        connectors,
        store,
        clock,
        zone: vietnamZone,
        ids,
        actor: "tester",
        known: await readKnownBefore(database),
      });
      // As it comes back from its file.
      return openPlan(JSON.stringify(plan), "plan.json");
    },
    apply: (plan, confirmed = {}, signal = new AbortController().signal) =>
      applyPlan({
        plan,
        connectors,
        database,
        store,
        audit: createAuditLog(database, () => new Date(now()).toISOString()),
        clock,
        zone: vietnamZone,
        actor: "tester",
        self: readProcessIdentity(),
        confirmed,
        signal,
        onProgress: () => undefined,
        savePeople: async () => undefined,
      }),
    close: () => database.close(),
  };
}

/** A person in one post of the Office of 27004. */
export function makePerson(
  n: number,
  position = "van-thu",
  { department = "van-phong", unit = "27004", from = "2025-07-01", to }: Partial<RosterPerson["posts"][number]> = {},
): RosterPerson {
  const staffId = `CB${n}`;
  return {
    staffId,
    fullName: `Trần Thị ${givenNames[n % givenNames.length]}`,
    staffClass: "cong_chuc",
    posts: [{ staffId, unit, department, position, from, ...(to === undefined ? {} : { to }) }],
    lines: [n + 1],
  };
}

const givenNames = ["Lan", "Mai", "Hoa", "Cúc", "Đào", "Sen", "Huệ", "Liên", "Phượng", "Yến", "Nga", "Thảo", "Trúc"];

/** `CB1 documents +role:doc.read -role:doc.draft` of each assignment. */
export function listAssigned({ operations }: Plan): string[] {
  return operations
    .filter((operation): operation is AssignOperation => operation.kind === "assign")
    .map((operation) => {
      const { add, remove } = listMembershipChange(operation);
      const changes = [...add.map((one) => `+${one}`), ...remove.map((one) => `-${one}`)];
      return [operation.subject.staffId, operation.system, ...changes].join(" ");
    });
}
