import { defaultDepartments } from "../directory/department.ts";
import { findNearest, toToneKey } from "../platform/text.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { ScopeTree } from "./scope.ts";
import type { ScopeSettings } from "./scope-settings.ts";

export interface NamedKey {
  readonly key: string;
  readonly name: string;
}

/** The departments and groups of procedures of a workspace: how they hang together, how they are called. */
export interface ScopeBook {
  readonly tree: ScopeTree;
  readonly departments: readonly NamedKey[];
  readonly procedures: readonly NamedKey[];
}

export function createScopeBook({ departments, mergers, procedures }: ScopeSettings, zone: Zone): ScopeBook {
  const own = Object.entries(departments);
  const builtIn = defaultDepartments.map(({ key, name }) => ({ key, name: departments[key]?.name ?? name }));
  const added = own
    .filter(([key]) => !defaultDepartments.some((known) => known.key === key))
    .map(([key, { name }]) => ({ key, name: name ?? key }));
  return {
    tree: {
      parents: new Map(own.flatMap(([key, { in: parent }]) => (parent === undefined ? [] : [[key, parent] as const]))),
      renamed: new Map(own.flatMap(([key, { was }]) => was.map((old) => [old, key] as const))),
      mergers: mergers.map(({ from, to, on }) => ({ from, to, on: readInstant(on, zone) as number })),
    },
    departments: [...builtIn, ...added],
    procedures: Object.entries(procedures).map(([key, name]) => ({ key, name })),
  };
}

/** By key, earlier key or name. */
export function findNamed(known: readonly NamedKey[], text: string, tree?: ScopeTree): string | undefined {
  const asked = toToneKey(text);
  const key = tree?.renamed.get(asked) ?? asked;
  return known.find((each) => each.key === key || toToneKey(each.name) === asked)?.key;
}

export function findNearNamed(known: readonly NamedKey[], text: string): string | undefined {
  return findNearest(
    toToneKey(text),
    known.map(({ key }) => key),
  );
}

export function sayName(known: readonly NamedKey[], key: string): string {
  return known.find((each) => each.key === key)?.name ?? key;
}
