import type { Difference } from "../../src/delegation/compare-carriage.ts";
import type { Desk } from "../../src/delegation/desk.ts";
import { listKeys } from "../../src/delegation/doc-types.ts";
import type { Loss } from "../../src/delegation/lossy-mapping.ts";
import type { ReadBack } from "../../src/delegation/read-back.ts";
import { createScopeBook, type ScopeBook } from "../../src/delegation/scope-book.ts";
import { formatDate, formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import type { Paint } from "../../src/platform/paint.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { causeWords, lossWords, carriageWords as words } from "./carriage-words.ts";
import { formatNarrowing, formatRowPart } from "./scope-text.ts";
import { formatTypes } from "./type-names.ts";

const linesShown = 30;

/** How rights are shown to a person. */
export interface Shown {
  readonly zone: Zone;
  readonly lang: Lang;
  readonly paint: Paint;
  /** Full names by staff id. */
  readonly names: ReadonlyMap<string, string>;
  readonly book: ScopeBook;
}

export async function readShown(
  desk: Desk,
  { lang, paint }: Pick<Output, "lang" | "paint">,
  rights: readonly { readonly staffId?: string }[],
): Promise<Shown> {
  const staffIds = [...new Set(rights.flatMap(({ staffId }) => staffId ?? []))];
  const people = await Promise.all(staffIds.map((staffId) => desk.people.findPerson(staffId)));
  const names = new Map(people.flatMap((person) => (person ? [[person.staffId, person.fullName] as const] : [])));
  return { zone: desk.zone, lang, paint, names, book: createScopeBook(desk.settings.scope, desk.zone) };
}

export function isClean({ complete, differences, unread, probed, disagreements, sealsUnread }: ReadBack): boolean {
  const isTried = probed === undefined || (probed.believed && probed.unanswered === 0);
  return complete && differences.length === 0 && unread.length + sealsUnread.length + disagreements.length === 0 && isTried;
}

export function toReadBackDocument(result: ReadBack, zone: Zone, lang: Lang): Readonly<Record<string, unknown>> {
  return {
    system: result.system,
    at: toIso(result.at, zone),
    grade: result.grade,
    complete: result.complete,
    reason: result.reason?.[lang] ?? null,
    rights: result.complete ? result.rights.length : null,
    accounts: {
      read: result.people.length,
      missing: result.people.filter(({ account }) => !account).map(({ staffId }) => staffId),
      unread: result.unread,
    },
    probe:
      result.probed === undefined
        ? null
        : {
            asked: result.probed.asked,
            unanswered: result.probed.unanswered,
            refused: result.probed.sights.filter(({ carried }) => !carried).length,
            believed: result.probed.believed,
            disagreements: result.disagreements.map(({ unit, staffId, capacity, docTypes, carried }) => ({
              unit,
              staffId,
              capacity,
              docTypes: listKeys(docTypes),
              probe: carried,
              listed: !carried,
            })),
          },
    seals: { read: result.seals.length, unread: result.sealsUnread },
    differences: result.differences.map((difference) => ({
      kind: difference.kind,
      cause: difference.cause ?? null,
      unit: difference.unit,
      staffId: difference.staffId ?? null,
      userName: difference.userName ?? null,
      capacity: difference.capacity,
      docTypes: listKeys(difference.docTypes),
      narrowing: difference.narrowing ?? null,
      parts: difference.parts?.map(({ department = null, procedure = null }) => ({ department, procedure })) ?? null,
      from: toIso(difference.from, zone),
      to: difference.to === Number.POSITIVE_INFINITY ? null : toIso(difference.to, zone),
      grant: difference.grantId ?? null,
      extId: difference.extId ?? null,
    })),
    losses: result.losses.map((loss) => toLossDocument(loss, zone)),
  };
}

export function toLossDocument(loss: Loss, zone: Zone): Readonly<Record<string, unknown>> {
  return {
    kind: loss.kind,
    what: loss.what,
    grant: loss.grantId,
    unit: loss.unit,
    staffId: loss.staffId,
    capacity: loss.capacity,
    docTypes: listKeys(loss.docTypes),
    narrowing: loss.narrowing ?? null,
    from: toIso(loss.from, zone),
    to: loss.to === Number.POSITIVE_INFINITY ? null : toIso(loss.to, zone),
    accepted: loss.accepted,
  };
}

/** `RỘNG HƠN: phần mềm không giới hạn được loại văn bản  27004 …` */
export function formatLoss(loss: Loss, show: Shown): string {
  const { lang } = show;
  const mark = loss.kind === "under" ? words.under : loss.accepted ? words.overAccepted : words.over;
  return `${mark[lang]} (${lossWords[loss.what][lang]})  ${formatRight(loss, show)}`;
}

export function renderReadBack(result: ReadBack, show: Shown): string {
  const { zone, lang, paint } = show;
  const { system, differences, unread } = result;
  const when = formatDateTime(result.at, zone, lang);
  const tail = [
    ...renderProbed(result, show),
    ...result.losses.slice(0, linesShown).map((loss) => `  ${formatLoss(loss, show)}`),
    ...(unread.length > 0 ? [paint.yellow(words.unread(system, unread)[lang])] : []),
    ...(result.sealsUnread.length > 0 ? [paint.yellow(words.sealsUnread(system, result.sealsUnread)[lang])] : []),
    ...(result.grade === "export" ? [words.fromExport(when)[lang]] : []),
  ];
  if (!result.complete) return [paint.yellow(words.incomplete(system, result.reason!)[lang]), ...tail].join("\n");
  if (differences.length === 0) {
    return [paint.green(words.equal(system, result.rights.length, result.people.length, when)[lang]), ...tail].join("\n");
  }
  const missing = differences.filter(({ kind }) => kind === "missing");
  return [
    paint.red(words.differs(system, missing.length, differences.length - missing.length, when)[lang]),
    ...differences.slice(0, linesShown).map((difference) => `  ${formatDifference(difference, show)}`),
    ...(differences.length > linesShown ? [`  ${words.andMore(differences.length - linesShown)[lang]}`] : []),
    ...tail,
  ].join("\n");
}

/** What came of asking to sign on trial, and where that and the listing say otherwise. */
function renderProbed({ system, probed, disagreements }: ReadBack, { lang, paint, names }: Shown): string[] {
  if (!probed) return [];
  if (!probed.believed) return [paint.red(words.probeNotBelieved(system)[lang])];
  const refused = probed.sights.filter(({ carried }) => !carried).length;
  const counts = words.probed(probed.asked, refused, probed.unanswered)[lang];
  return [
    `  ${probed.unanswered > 0 ? paint.yellow(counts) : counts}`,
    ...disagreements.slice(0, linesShown).map(({ unit, staffId, capacity, docTypes, carried }) => {
      const who = [staffId, names.get(staffId)].filter((part) => part !== undefined).join(" ");
      const what = `${unit}  ${who}  ${capacity}.  ${formatTypes(docTypes, lang)}`;
      return `  ${paint.red((carried ? words.triedNotListed : words.listedNotTried)[lang])}  ${what}`;
    }),
    ...(disagreements.length > linesShown ? [`  ${words.andMore(disagreements.length - linesShown)[lang]}`] : []),
  ];
}

function formatDifference(difference: Difference, show: Shown): string {
  const cause = difference.cause ? ` (${causeWords[difference.cause][show.lang]})` : "";
  return `${words[difference.kind][show.lang]}  ${formatRight(difference, show)}${cause}`;
}

/** `27004  CB2700403 Lê Văn Đức  TL.  Công văn, Thông báo +4  01/7/2025 → …` */
export function formatRight(right: Omit<Difference, "kind">, { zone, lang, names, book }: Shown): string {
  const to = right.to === Number.POSITIVE_INFINITY ? "…" : formatDate(right.to - 1, zone, lang);
  const name = right.staffId === undefined ? undefined : names.get(right.staffId);
  const who = [right.staffId ?? right.userName ?? "–", name].filter((part) => part !== undefined).join(" ");
  const limits = formatNarrowing(right.narrowing, book, lang);
  const parts = (right.parts ?? []).map(({ department, procedure }) => formatRowPart({ department, procedure }, book, lang));
  const scope = [formatTypes(right.docTypes, lang), limits, ...parts.slice(0, 3)].filter((text) => text !== "").join("; ");
  return `${right.unit}  ${who}  ${right.capacity}.  ${scope}  ${formatDate(right.from, zone, lang)} → ${to}`;
}
