import type { Entry } from "ldapts";

/** An entry as a server showed it. Attribute names are lower case; values are text, or bytes where they were asked for as bytes. */
export interface LdapEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

export function toEntry(entry: Entry): LdapEntry {
  const values = Object.entries(entry).flatMap(([name, value]) => {
    const list = Array.isArray(value) ? value : [value];
    return name === "dn" || list.length === 0 ? [] : [[name.toLowerCase(), list] as const];
  });
  return { dn: entry.dn, values: new Map(values) };
}
