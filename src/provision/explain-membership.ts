import type { IsoDate, Unit } from "../directory/unit.ts";
import { findNearest } from "../platform/text.ts";
import type { Membership } from "./account.ts";
import { type Entitlements, isInForce, listTemplateNames, readPersonalMembership } from "./entitlements.ts";
import type { RecordedMembership } from "./membership-store.ts";
import type { Subject } from "./subject.ts";
import { fillMembership, type WantedMembership } from "./wanted-memberships.ts";

/**
 * Why somebody has a role or group, or the first condition that fails. Only what is on record or written now: what has no source is
 * `unmanaged`.
 */
export type MembershipWhy =
  | "given"
  | "found-as-wanted"
  | "not-adopted-yet"
  | "no-longer-wanted"
  | "added-elsewhere"
  | "unmanaged"
  | "removed-elsewhere"
  | "not-given-yet"
  | "unreadable"
  | "no-such-name"
  | "nobody-known"
  | "posts-ended"
  | "no-account-there"
  | "denied"
  | "addition-ended"
  | "other-place"
  | "other-position"
  | "not-named";

export interface ExplainedMembership {
  readonly system: string;
  readonly membership: Membership;
  /** Undefined: not readable. */
  readonly held: boolean | undefined;
  readonly why: MembershipWhy;
  /** What gives it, by templates; or what the failed condition is about: a reason, positions that would give it, the nearest name. */
  readonly sources: readonly string[];
  readonly plan: string | undefined;
  readonly operation: string | undefined;
  readonly actor: string | undefined;
  readonly at: string | undefined;
}

export interface MembershipEvidence {
  readonly system: string;
  readonly membership: Membership;
  readonly held: boolean | undefined;
  /** False: its name is nowhere on the system; `existing` is what is there instead. Undefined: not asked. */
  readonly exists: boolean | undefined;
  readonly existing: readonly Membership[];
  readonly record: RecordedMembership | undefined;
  /** The person as the last applied roster and today's templates have them. Undefined: nobody known, or no person. */
  readonly person: Subject | undefined;
  readonly wanted: readonly WantedMembership[];
  readonly entitlements: Entitlements;
  readonly units: ReadonlyMap<string, Unit>;
  readonly today: IsoDate;
}

export function explainMembership(evidence: MembershipEvidence): ExplainedMembership {
  const { system, membership, held, record, wanted } = evidence;
  const sources = wanted.find((one) => one.system === system && one.membership === membership)?.sources;
  const base = {
    system,
    membership,
    held,
    plan: record?.plan,
    operation: record?.operation,
    actor: record?.actor,
    at: record?.at,
  };
  const say = (why: MembershipWhy, because: readonly string[] = sources ?? []): ExplainedMembership => ({
    ...base,
    why,
    sources: because,
  });
  if (held === undefined) return say("unreadable");
  const isOurs = record?.held === true;
  if (held && isOurs && sources) return say(record.operation === undefined ? "found-as-wanted" : "given");
  if (held && isOurs) return say("no-longer-wanted", [record.source]);
  if (held && sources) return say("not-adopted-yet");
  if (held) return say(record ? "added-elsewhere" : "unmanaged", record ? [record.source] : []);
  if (isOurs) return say("removed-elsewhere", sources ?? [record.source]);
  if (evidence.exists === false && membership.startsWith("role:")) return say("no-such-name", nearest(evidence));
  if (sources) return say("not-given-yet");
  return say(...findFailed(evidence));
}

/** The first condition that fails, in the order in which one would ask. */
function findFailed(evidence: MembershipEvidence): [MembershipWhy, readonly string[]] {
  const { system, membership, person, entitlements, units, today } = evidence;
  if (!person) return ["nobody-known", []];
  if (!person.entitled) return ["posts-ended", []];
  const grant = person.grants?.find((one) => one.system === system);
  if (grant && !grant.granted) return ["no-account-there", [grant.source]];
  const held = person.held ?? [];
  const isAbout = (name: Membership | undefined): boolean =>
    name !== undefined && held.some((post) => (fillMembership(name, post, units) ?? name) === membership);
  const own = (list: Entitlements["denials"]): Entitlements["denials"] =>
    list.filter((one) => one.staffId === person.externalId && one.system === system && isAbout(readPersonalMembership(one)));
  const denial = own(entitlements.denials).find((one) => isInForce(one, today));
  if (denial) return ["denied", [denial.reason, ...(denial.until === undefined ? [] : [denial.until])]];
  const ended = own(entitlements.additions).find((one) => !isInForce(one, today));
  if (ended) return ["addition-ended", [ended.reason, ended.until ?? ""]];
  const named = [
    ...Object.entries(entitlements.classes).map(([name, systems]) => ({ source: `class ${name}`, template: systems?.[system] })),
    ...Object.entries(entitlements.positions).map(([key, { systems }]) => ({
      source: `position ${key}`,
      template: systems[system],
    })),
  ].flatMap(({ source, template }) =>
    template && listTemplateNames(template).some((name) => couldBe(name, membership)) ? [source] : [],
  );
  if (named.length === 0) return ["not-named", nearest(evidence)];
  const mine = new Set([`class ${person.staffClass}`, ...held.map(({ position }) => `position ${position}`)]);
  const places = held.map(({ unit, department }) => [unit, department].filter(Boolean).join("/"));
  return named.some((source) => mine.has(source)) ? ["other-place", places] : ["other-position", named];
}

function nearest({ membership, existing, entitlements, system }: MembershipEvidence): string[] {
  const kind = membership.slice(0, membership.indexOf(":") + 1);
  const templates = [
    ...Object.values(entitlements.classes).map((systems) => systems?.[system]),
    ...Object.values(entitlements.positions).map(({ systems }) => systems[system]),
  ];
  const names = [...existing, ...templates.flatMap((template) => (template ? listTemplateNames(template) : []))];
  const near = findNearest(
    membership.slice(kind.length),
    names.filter((name) => name.startsWith(kind) && name !== membership).map((name) => name.slice(kind.length)),
    4,
  );
  return near === undefined ? [] : [near];
}

/** Whether a name in a template can come out as this one for some post. */
function couldBe(name: Membership, membership: Membership): boolean {
  const parts = name.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^:/]+")}$`).test(membership);
}
