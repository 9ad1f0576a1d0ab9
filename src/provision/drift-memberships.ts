import { no, yes } from "./compare-operation.ts";
import type { MembershipSweep } from "./connector.ts";
import type { DriftFinding } from "./drift.ts";
import type { RecordedMembership } from "./membership-store.ts";
import type { SubjectKey } from "./roster.ts";
import type { Link } from "./subject-facts.ts";

export interface MembershipDriftRequest {
  /** Of the systems whose roles and groups were read. */
  readonly sweeps: ReadonlyMap<string, MembershipSweep>;
  readonly links: readonly Link[];
  readonly recorded: readonly RecordedMembership[];
  /** `system accountId` of every account that is there. */
  readonly present: ReadonlySet<string>;
  nameOf(system: string, subject: SubjectKey): string;
}

/**
 * Roles and groups that somebody else gave or took. One that templates name counts as added only where wardctl answers for anything of the
 * account: whoever no template speaks of may hold what they like. Pure.
 */
export function listMembershipDrift({ sweeps, links, recorded, present, nameOf }: MembershipDriftRequest): DriftFinding[] {
  const rows = Map.groupBy(recorded, ({ system, subject }) => `${system} ${subject}`);
  return links.flatMap(({ system, subject, targetId }): DriftFinding[] => {
    const sweep = sweeps.get(system);
    const own = rows.get(`${system} ${subject}`);
    if (!sweep || !own || !present.has(`${system} ${targetId}`)) return [];
    const held = new Set(sweep.held.get(targetId));
    const doubled = new Set(sweep.ambiguous);
    const given = new Set(own.filter((one) => one.held).map(({ membership }) => membership));
    const base = { system, subject, username: nameOf(system, subject), targetId };
    const removed = [...given].filter((one) => !held.has(one) && !doubled.has(one));
    const added = [...held].filter((one) => !given.has(one) && !doubled.has(one));
    return [
      ...(removed.length > 0
        ? [{ ...base, kind: "role-removed" as const, moves: removed.map((attribute) => ({ attribute, from: yes, to: no })) }]
        : []),
      ...(added.length > 0
        ? [{ ...base, kind: "role-added" as const, moves: added.map((attribute) => ({ attribute, from: no, to: yes })) }]
        : []),
    ];
  });
}
