import { defaultDepartments } from "../directory/department.ts";
import { defaultPositions } from "../directory/position.ts";
import { toIso, toIsoDate } from "../platform/time.ts";
import { toNameKey } from "./account.ts";
import { assertEntitlements } from "./check-entitlements.ts";
import { planDesiredMemberships } from "./desired-memberships.ts";
import { readEntitlements } from "./desired-subjects.ts";
import { listGone } from "./gone-subjects.ts";
import { countHolders, judgeGuards } from "./guards.ts";
import { readKnownNames } from "./known-names.ts";
import { listStaying, toOrigin } from "./known-subjects.ts";
import { assignUsernames } from "./name-register.ts";
import { toSubjectKey } from "./operation.ts";
import { listOwnerless } from "./ownerless.ts";
import { planLifeMs } from "./plan.ts";
import { planChanges } from "./plan-changes.ts";
import { assertNamesAreFree, listDenied, listPlannedNames } from "./plan-names.ts";
import { type MadePlan, type PlanRequest, toStart, toToday } from "./plan-request.ts";
import { createNameFinder, listNewLinks, listPlanSystems, pinProfile, toUnreadFailure } from "./plan-systems.ts";
import { readSystems } from "./read-systems.ts";
import { toRosterFacts } from "./roster-facts.ts";
import { sealPlan } from "./seal-plan.ts";
import type { Subject } from "./subject.ts";
import { countTotals, toOperations } from "./to-operations.ts";

/** Reads every system, compares, and answers with a sealed plan. Writes nothing anywhere. Failure kinds: unavailable, denied. */
export async function makePlan(request: PlanRequest): Promise<MadePlan> {
  const { roster, settings, scope, units, connectors, clock, zone } = request;
  assertEntitlements(readEntitlements(settings), {
    positions: request.positions ?? defaultPositions,
    departments: request.departments ?? defaultDepartments,
    systems: Object.keys(settings.systems),
    kinds: new Map(connectors.map(({ system, memberships }) => [system, memberships?.kinds ?? new Set()])),
  });
  const readings = await readSystems(connectors, request.signal);
  const accounts = new Map(
    readings.flatMap((reading) => (reading.state === "read" ? [[reading.system, reading.accounts] as const] : [])),
  );
  if (accounts.size === 0) throw toUnreadFailure(readings);
  const { subjects, links, register, binding, seen, renamed, findFormerOwner, answers } = await readKnownNames(
    request,
    [...accounts.values()].flat(),
  );
  const names = assignUsernames({
    subjects,
    register: binding,
    seen,
    accounts: [...accounts.values()].flat(),
    denied: listDenied(settings),
  });
  // Who heads a department is not to be told from some of its people.
  const isChosen = ({ key, kind }: Subject): boolean => request.chosen?.keys.has(key) ?? (kind === "person" || !roster.isPart);
  const inScope = subjects.filter((subject) => scope.includes(subject) && isChosen(subject));
  const changes = planChanges({
    subjects: inScope,
    names,
    actual: new Map([...accounts].filter(([system]) => scope.includesSystem(system))),
    holds: new Map(connectors.flatMap(({ system, holds }) => (holds ? [[system, holds] as const] : []))),
    links,
    twins: roster.twins,
    recreate: new Set(request.recreate),
    declared: new Map(request.chosen ? [] : request.known?.declared.map((one) => [one.subject, one])),
    closed: request.known?.closed,
    clearOnLeave: settings.leavers.clear,
    answers,
  });
  assertNamesAreFree(changes, names, readings);
  const gone =
    request.chosen || roster.isPart
      ? { known: 0, missing: 0, questions: [] }
      : listGone({
          subjects,
          links: listStaying(links, register, accounts, request.known),
          roster,
          scope,
          units,
          findName: createNameFinder(accounts),
        });
  const memberships = await planDesiredMemberships(request, { subjects, inScope, names, accounts, changes });
  const unread = new Set(memberships.failed.map(({ system }) => system));
  const possible = changes.changes.filter(({ system }) => !unread.has(system));
  const operations = await toOperations(possible, memberships);
  const questions = [
    ...(request.chosen?.questions ?? []),
    ...changes.questions,
    ...memberships.questions,
    ...gone.questions,
  ].filter(({ code, subject }) => code !== "not-in-roster" || !answers.keeps(toSubjectKey(subject)));
  const systems = listPlanSystems({
    settings,
    scope,
    readings: [...memberships.failed, ...readings.filter(({ system }) => !unread.has(system))],
    subjects,
    links,
  }).map((system) => pinProfile(system, request.profiles));
  const plan = await sealPlan({
    schema: "wardctl.plan/1",
    planId: request.ids.next(),
    createdAt: toIso(clock.now(), zone),
    expiresAt: toIso(toStart(request) + planLifeMs, zone),
    createdBy: request.actor,
    roster: {
      file: roster.file,
      sha256: roster.sha256,
      people: roster.people.length,
      skippedRows: roster.skipped?.rows ?? 0,
    },
    scope: { systems: scope.systems, only: scope.only, except: scope.except },
    systems,
    totals: countTotals(operations, changes.none, questions.length),
    operations,
    questions,
    guards: judgeGuards({
      people: roster.people.length,
      known: gone.known,
      missing: gone.missing,
      operations,
      systems,
      holders: countHolders(memberships.readings),
    }),
    links: listNewLinks(changes.found, links),
    usernames: listPlannedNames(inScope, names, changes, register, renamed).map((name) => {
      const from = findFormerOwner(name.subject, name.name);
      return from === undefined ? name : { ...name, from };
    }),
    people: request.chosen?.people ?? toRosterFacts(roster, scope),
    baselines: changes.baselines.filter(({ system, subject }) => !request.known?.baselines.has(`${system} ${subject}`)),
    memberships: memberships.found,
    released: memberships.released,
    // A person's place in the roster stays on record beside what a command said of them since.
    origins: inScope.filter(({ kind }) => !request.chosen || kind === "functional").map(toOrigin),
    ...(request.chosen && request.chosen.asOf > toIsoDate(clock.now(), zone) ? { notBefore: request.chosen.asOf } : {}),
    declared: request.chosen?.declared ?? [],
    ...(request.chosen?.merger ? { merger: request.chosen.merger } : {}),
    ownerless: listOwnerless({
      subjects: request.chosen ? subjects : inScope,
      owners: request.known?.owners ?? new Map(),
      roster,
      positions: request.positions ?? defaultPositions,
      today: toToday(request),
    }),
  });
  const seenNames = [...accounts].flatMap(([system, own]) => own.map(({ userName }) => ({ system, name: toNameKey(userName) })));
  return { plan, seenNames };
}
