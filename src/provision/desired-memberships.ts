import { defaultDepartments } from "../directory/department.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import type { Account } from "./account.ts";
import { readEntitlements } from "./desired-subjects.ts";
import { isSigning } from "./entitlements.ts";
import { lifecycleFaults } from "./lifecycle-words.ts";
import { assertRolesExist, listAskedMemberships, readMemberships } from "./membership-readings.ts";
import { entitlementFaults as words } from "./membership-words.ts";
import type { AssignedName } from "./name-register.ts";
import { toSubjectKey } from "./operation.ts";
import type { Changes } from "./plan-changes.ts";
import { type MembershipChanges, type MembershipReading, planMemberships } from "./plan-memberships.ts";
import { type PlanRequest, toToday } from "./plan-request.ts";
import type { SystemReading } from "./read-systems.ts";
import type { SubjectKey } from "./roster.ts";
import type { ProvisionSettings } from "./settings.ts";
import type { Subject } from "./subject.ts";
import { listDenials, listWantedMemberships, type WantedMembership } from "./wanted-memberships.ts";

export interface DesiredMemberships extends MembershipChanges {
  readonly wanted: ReadonlyMap<SubjectKey, readonly WantedMembership[]>;
  readonly readings: ReadonlyMap<string, MembershipReading>;
  /** Systems whose roles and groups could not be read: nothing is planned there. */
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
}

const nothing: Omit<DesiredMemberships, "wanted"> = {
  groups: [],
  assignments: [],
  questions: [],
  found: [],
  released: [],
  readings: new Map(),
  failed: [],
};

interface Surroundings {
  /** Everybody, in the plan's scope or not. */
  readonly subjects: readonly Subject[];
  readonly inScope: readonly Subject[];
  readonly names: ReadonlyMap<SubjectKey, AssignedName>;
  readonly accounts: ReadonlyMap<string, readonly Account[]>;
  readonly changes: Changes;
}

/** Reads the roles and groups that templates name and wardctl gave, one sweep a system, and compares. Failure kind: invalid (a role that a system has not got). */
export async function planDesiredMemberships(
  request: PlanRequest,
  { subjects, inScope, names, accounts, changes }: Surroundings,
): Promise<DesiredMemberships> {
  const { settings, scope, connectors, signal } = request;
  const entitlements = readEntitlements(settings);
  const departments = request.departments ?? defaultDepartments;
  const units = new Map(request.units.map((unit) => [unit.code, unit]));
  const today = toToday(request);
  const given = request.known?.given ?? [];
  const wanted = listWantedMemberships({ subjects, names, units, departments, entitlements, today });
  assertNothingSigns(wanted, settings);
  // A plan of departments alone needs none of it.
  if (!inScope.some(({ kind }) => kind === "person")) return { ...nothing, wanted };
  const concerned = new Set(inScope.map(({ key }) => key));
  // Of a province of groups a plan about one unit reads that unit's.
  const asked = listAskedMemberships(
    entitlements,
    inScope.flatMap(({ key }) => wanted.get(key) ?? []),
    given.filter(({ subject }) => concerned.has(subject)),
  );
  const read = connectors.filter(({ system }) => scope.includesSystem(system) && accounts.has(system));
  const { readings, failed } = await readMemberships(read, asked, signal);
  assertRolesExist(entitlements, readings);
  const byId = new Map(
    [...accounts].flatMap(([system, own]) => own.map((account) => [`${system} ${account.id}`, account] as const)),
  );
  const planned = planMemberships({
    subjects: inScope,
    wanted,
    denied: new Map(inScope.map((subject) => [subject.key, listDenials(subject, { units, entitlements, today })])),
    readings,
    accounts: new Map(
      changes.found.flatMap(({ system, subject, targetId }) => {
        const account = byId.get(`${system} ${targetId}`);
        return account ? [[`${system} ${subject}`, account] as const] : [];
      }),
    ),
    changes: changes.changes,
    heldBack: new Set(changes.questions.filter(({ holds }) => holds).map(({ subject }) => toSubjectKey(subject))),
    given,
    isSigning: (system, membership) => isSigning(settings, system, membership),
  });
  return { ...planned, wanted, readings, failed };
}

/** A name in a template may come out as one that signs only for some post. Failure kind: invalid. */
function assertNothingSigns(wanted: DesiredMemberships["wanted"], settings: Pick<ProvisionSettings, "signing">): void {
  if (Object.keys(settings.signing).length === 0) return;
  const signing = [...wanted.values()].flat().filter(({ system, membership }) => isSigning(settings, system, membership));
  const faults = [...new Map(signing.map((one) => [`${one.system} ${one.membership}`, one])).values()].map(
    ({ system, membership, sources }): Fault => ({
      file: `wardctl.yaml provision (${sources.join(", ")})`,
      value: membership.slice(membership.indexOf(":") + 1),
      message: words.givesSigning(system),
    }),
  );
  if (faults.length > 0) throw new Failure("invalid", lifecycleFaults.badEntitlements(faults.length), { faults });
}
