import { changesKnownUntil } from "../../src/directory/built-in/changes.ts";
import type { Duty } from "../../src/directory/contact.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { formatUnitPlace } from "../../src/directory/explain-unit.ts";
import { formatFormerName } from "../../src/directory/former-unit.ts";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import type { UnitProfile } from "../../src/directory/unit-profile.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import { toFormerDocument, toUnitDocument } from "./unit-document.ts";
import { wardsWords as words } from "./words.ts";

export function toProfileDocument(profile: UnitProfile, directory: Directory): Readonly<Record<string, unknown>> {
  const { unit, versions, formedFrom, codeBefore, contact } = profile;
  return {
    ...toUnitDocument(unit, directory),
    englishName: formatEnglishUnitName(unit),
    versions: versions.map(({ from, unit: { name, kind }, basis }) => ({ from, name, kind, basis: basis ?? null })),
    changesKnownUntil,
    formedFrom:
      formedFrom?.map(({ former, partial, populationFollows, note }) => ({
        ...toFormerDocument(former),
        partial,
        populationFollows,
        note,
      })) ?? null,
    formedFromReason: formedFrom ? null : "not-imported",
    codeBefore: codeBefore ? toFormerDocument(codeBefore) : null,
    departments: profile.departments.map(({ key, name }) => ({ key, name })),
    carrier: contact?.carrier ?? null,
    hotline: contact?.hotline ?? null,
    centrePhone: contact?.centrePhone ?? null,
    onDuty: profile.onDuty.map(toDutyDocument),
    nextOnDuty: profile.nextOnDuty ? toDutyDocument(profile.nextOnDuty) : null,
    contactSource: contact?.source ?? null,
    contactReason: contact ? null : "not-imported",
  };
}

function toDutyDocument({ technician, phone, from, to }: Duty): Readonly<Record<string, unknown>> {
  return {
    technician,
    phone: phone ?? null,
    from: from === undefined ? null : toIso(from, vietnamZone),
    to: to === undefined ? null : toIso(to, vietnamZone),
  };
}

/** For a person: the unit's name, then a line or more for each fact. */
export function renderProfile(profile: UnitProfile, directory: Directory, out: Output): string {
  const { unit, versions, codeBefore, contact } = profile;
  const facts: readonly (readonly [Words, readonly string[]])[] = [
    [
      words.versionsTitle,
      [
        ...versions.map(({ from, unit: then, basis }) => `${formatUnitName(then)} ${out.say(words.since(from, basis))}`),
        out.say(words.knownUntil(changesKnownUntil)),
      ],
    ],
    [words.formedFromTitle, listSources(profile, out)],
    [words.codeBeforeTitle, codeBefore && codeBefore.name !== unit.name ? [formatFormer(codeBefore)] : []],
    [words.departmentsTitle, profile.departments.map(({ key, name }) => `${name} (${key})`)],
    [words.carrierTitle, [contact ? (contact.carrier ?? "–") : out.say(words.noContacts)]],
    [words.hotlineTitle, contact ? [contact.hotline ?? "–"] : []],
    [words.centrePhoneTitle, contact ? [contact.centrePhone ?? "–"] : []],
    [words.onDutyTitle, contact ? listDuties(profile.onDuty, out) : []],
    [words.nextOnDutyTitle, profile.nextOnDuty ? listDuties([profile.nextOnDuty], out) : []],
    [words.sourceTitle, contact?.source ? [contact.source] : []],
  ];
  const shown = facts.filter(([, lines]) => lines.length > 0);
  const width = Math.max(...shown.map(([title]) => out.say(title).length)) + 2;
  const lines = shown.flatMap(([title, texts]) =>
    texts.map((text, i) => `${(i === 0 ? out.say(title) : "").padEnd(width)}${text}`),
  );
  return [out.paint.bold(formatUnitPlace(unit, directory)), ...lines].join("\n");
}

function listSources({ formedFrom }: UnitProfile, out: Output): readonly string[] {
  if (!formedFrom) return [out.say(words.noMergers)];
  if (formedFrom.length === 0) return ["–"];
  return formedFrom.map(
    (merger) => `${merger.former.code ?? "–"} ${formatFormer(merger.former)}: ${out.say(words.share(merger))}`,
  );
}

function formatFormer(
  former: Parameters<typeof formatFormerName>[0] & { readonly district: string; readonly province: string },
): string {
  return [formatFormerName(former), former.district, former.province].filter((part) => part !== "").join(", ");
}

function listDuties(duties: readonly Duty[], out: Output): readonly string[] {
  if (duties.length === 0) return [out.say(words.nobody)];
  const time = (at: number): string => formatDateTime(at, vietnamZone, out.lang);
  return duties.map(({ technician, phone, from, to }) =>
    [
      technician,
      phone,
      out.say(words.dutyTime(from === undefined ? undefined : time(from), to === undefined ? undefined : time(to))),
    ]
      .filter((part) => part)
      .join(" · "),
  );
}
