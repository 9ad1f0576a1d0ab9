import type { IsoDate } from "../directory/unit.ts";
import { Failure } from "../platform/failure.ts";
import { readInstant, toIsoDate, type Zone } from "../platform/time.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";

/** A day as a person types it. Failure kind: usage. */
export function readDay(text: string, zone: Zone): IsoDate {
  const at = readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badDate(text), { hint: words.badDateHint });
  return toIsoDate(at, zone);
}

/** A plan of something that was yesterday is a plan of today. */
export function toLater(...days: readonly [IsoDate, IsoDate]): IsoDate {
  return [...days].sort()[1] as IsoDate;
}
