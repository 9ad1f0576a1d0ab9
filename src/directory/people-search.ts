import { toFold, toToneKey } from "../platform/text.ts";
import type { Person } from "./person.ts";

/** People whose name holds every word typed, by the beginning of a word; names written with the same marks first. */
export function searchPeopleIn(people: readonly Person[], text: string): readonly Person[] {
  const asked = toFold(text);
  if (asked === "") return [];
  const askedWords = asked.split(" ");
  const askedKey = toToneKey(text);
  const rank = (person: Person): number | undefined => {
    if (toFold(person.staffId) === asked) return 0;
    const words = toFold(person.fullName).split(" ");
    if (!askedWords.every((word) => words.some((own) => own.startsWith(word)))) return undefined;
    const key = toToneKey(person.fullName);
    return key === askedKey ? 1 : ` ${key} `.includes(` ${askedKey} `) ? 2 : 3;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .filter((hit): hit is { person: Person; rank: number } => hit.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || (a.person.staffId < b.person.staffId ? -1 : 1))
    .map((hit) => hit.person);
}
