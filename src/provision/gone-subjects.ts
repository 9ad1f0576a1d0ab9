import type { Unit } from "../directory/unit.ts";
import type { Question } from "./question.ts";
import { type Roster, toPersonKey } from "./roster.ts";
import type { Scope } from "./scope.ts";
import type { Subject } from "./subject.ts";
import type { Link } from "./subject-facts.ts";

interface GoneRequest {
  readonly subjects: readonly Subject[];
  readonly links: readonly Link[];
  readonly roster: Roster;
  readonly scope: Scope;
  readonly units: readonly Unit[];
  /** What an account is shown as; the roster no longer tells. */
  readonly findName: (system: string, targetId: string) => string | undefined;
}

/** Subjects with accounts of ours that roster or directory no longer name. A roster speaks for the units that it mentions. */
export function listGone({ subjects, links, roster, scope, units, findName }: GoneRequest): {
  readonly known: number;
  readonly missing: number;
  readonly questions: Question[];
} {
  const named = new Set(subjects.map(({ key }) => key));
  for (const staffId of roster.skipped?.staffIds ?? []) named.add(toPersonKey(staffId));
  const spokenFor = new Set(roster.people.flatMap(({ posts }) => posts.map(({ unit }) => unit)));
  const ours = new Set(units.map(({ code }) => code));
  const bySubject = Map.groupBy(links, ({ subject }) => subject);
  let known = 0;
  let missing = 0;
  const questions: Question[] = [];
  for (const [key, own] of bySubject) {
    const kind = key.startsWith("person/") ? "person" : "functional";
    const unit = own[0]?.unit ?? "";
    if (kind === "person" ? !spokenFor.has(unit) : !ours.has(unit)) continue;
    if (kind === "person") known += 1;
    if (named.has(key)) continue;
    if (kind === "person") missing += 1;
    if (!scope.includes({ kind, unit })) continue;
    const externalId = key.slice(key.indexOf("/") + 1);
    questions.push({
      code: "not-in-roster",
      situation: "SOURCE_MISSING",
      systems: own.map(({ system }) => system).sort(),
      subject: {
        ...(kind === "person" ? { staffId: externalId } : { functionalKey: externalId }),
        name: own.map(({ system, targetId }) => findName(system, targetId)).find((name) => name !== undefined) ?? externalId,
        unit,
      },
      holds: true,
      candidates: [],
    });
  }
  return { known, missing, questions };
}
