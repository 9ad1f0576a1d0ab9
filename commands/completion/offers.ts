import type { Flag, Place, Value } from "./command-tree.ts";

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** The words that lead to a place, as scripts keep them. */
export const at = ({ words }: Place): string => `wardctl ${words}`.trim();
export const byName = ({ name }: { readonly name: string }): string => name;
export const spellings = ({ name, short }: Flag): readonly string[] => [name, ...(short === undefined ? [] : [short])];
export const choicesOf = (value: Value | undefined): readonly string[] => (value?.kind === "choice" ? value.choices : []);

/** The steps from one place to the next as the patterns of a `case`: `"wardctl provision"|"wardctl provision plan"`. */
export function toSteps(places: readonly Place[]): string {
  return places
    .filter(({ words }) => words !== "")
    .map((place) => `"${at(place)}"`)
    .join("|");
}

/** Every flag with a value, grouped by what its value may be, as patterns `"wardctl wards list --format"`. */
export function groupByValue(
  places: readonly Place[],
): ReadonlyMap<string, { readonly value: Value; readonly patterns: string[] }> {
  const groups = new Map<string, { readonly value: Value; readonly patterns: string[] }>();
  for (const place of places)
    for (const flag of place.flags)
      if (flag.value !== undefined) {
        const key = `${flag.value.kind} ${choicesOf(flag.value).join(" ")}`;
        const group = groups.get(key) ?? { value: flag.value, patterns: [] };
        group.patterns.push(...spellings(flag).map((spelling) => `"${at(place)} ${spelling}"`));
        groups.set(key, group);
      }
  return groups;
}
