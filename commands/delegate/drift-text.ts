import { toMask } from "../../src/delegation/doc-types.ts";
import type { Drift } from "../../src/delegation/drift.ts";
import type { SeenDifference } from "../../src/delegation/drift-store.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Shown } from "./carriage.ts";
import { carriageWords as words } from "./carriage-words.ts";
import { formatTypes } from "./type-names.ts";

const linesShown = 30;

export function toDriftDocument({ since, appeared, gone }: Drift, zone: Zone): Readonly<Record<string, unknown>> {
  return {
    since: since === undefined ? null : toIso(since, zone),
    newMissing: appeared.filter(({ kind }) => kind === "missing").map(toDocument),
    newExcess: appeared.filter(({ kind }) => kind === "excess").map(toDocument),
    gone: gone.map((one) => ({ kind: one.kind, ...toDocument(one) })),
  };
}

function toDocument({ cause, unit, staffId, userName, capacity, docTypes, grantId, extId }: SeenDifference) {
  return {
    cause: cause ?? null,
    unit,
    staffId: staffId ?? null,
    userName: userName ?? null,
    capacity,
    docTypes,
    grant: grantId ?? null,
    extId: extId ?? null,
  };
}

/** Nothing the first time. */
export function renderDrift(drift: Drift | undefined, { zone, lang, paint, names }: Shown): string[] {
  if (drift?.since === undefined) return [];
  const when = formatDateTime(drift.since, zone, lang);
  const { appeared, gone } = drift;
  if (appeared.length + gone.length === 0) return [`  ${words.sameAsBefore(when)[lang]}`];
  const line = (mark: string, { unit, staffId, userName, capacity, docTypes }: SeenDifference): string => {
    const name = staffId === undefined ? undefined : names.get(staffId);
    const who = [staffId ?? userName ?? "–", name].filter((part) => part !== undefined).join(" ");
    return `    ${mark}  ${unit}  ${who}  ${capacity}.  ${formatTypes(toMask(docTypes), lang)}`;
  };
  const lines = [
    ...appeared.map((one) => line(paint.red((one.kind === "missing" ? words.newMissing : words.newExcess)[lang]), one)),
    ...gone.map((one) => line(paint.green(words.gone[lang]), one)),
  ];
  return [
    `  ${words.drift(when, appeared.length, gone.length)[lang]}`,
    ...lines.slice(0, linesShown),
    ...(lines.length > linesShown ? [`    ${words.andMore(lines.length - linesShown)[lang]}`] : []),
  ];
}
