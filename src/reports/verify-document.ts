import { noPaint } from "../platform/paint.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Lang } from "../platform/words.ts";
import { hasZipEntry } from "../platform/zip-entries.ts";
import type { Counts } from "../records/figures.ts";
import type { Difference } from "./difference.ts";
import type { RenderOptions } from "./formats/format.ts";
import { formats } from "./formats/index.ts";
import type { StoredMeeting } from "./meeting-store.ts";
import { metrics } from "./metrics.ts";
import type { Report } from "./model.ts";
import { comparePictures } from "./places/compare-pictures.ts";
import { compareBytes, comparePlaces, countAlike } from "./places/compare-places.ts";
import type { Place } from "./places/place.ts";
import { readPlaces } from "./places/read-places.ts";
import { formatsOfKind, type ReadDocument } from "./read-document.ts";

/** A document against the kept report that its hash names. Undefined: nothing differs. */
export async function compareDocument(
  bytes: Uint8Array,
  { kind, model }: ReadDocument,
  meeting: StoredMeeting,
  zone: Zone,
): Promise<Difference | undefined> {
  const inModel = model && findDifference(model, meeting.report, "");
  if (inModel) return inModel;
  if (kind === "json") return undefined;
  const options = listOptions(kind, meeting, zone);
  if (kind !== "html" && kind !== "text") return compareBinary(bytes, meeting.report, options, findBinary(kind, bytes));
  const rendered = await renderEvery(kind, meeting.report, options);
  const lines = toLines(Buffer.from(bytes).toString("utf8"));
  const found = rendered.map((own) => findLine(lines, toLines(Buffer.from(toBytes(own)).toString("utf8"))));
  if (found.includes(undefined)) return undefined;
  // The one that it is most alike.
  const [nearest] = (found as LineDifference[]).sort((a, b) => b.line - a.line);
  if (!nearest) return undefined;
  const line = nearest.line + 1;
  const said = { vi: `dòng ${line}`, en: `line ${line}` };
  return { where: said.en, said, ...cutAround(nearest.found, nearest.expected) };
}

type Binary = "xlsx" | "docx" | "pdf" | "png";

function findBinary(kind: "zip" | "pdf" | "png", bytes: Uint8Array): Binary {
  return kind !== "zip" ? kind : hasZipEntry(bytes, "word/document.xml") ? "docx" : "xlsx";
}

/** Byte by byte; where they differ, cell by cell with the printing that the file is most alike. */
async function compareBinary(
  bytes: Uint8Array,
  report: Report,
  options: readonly RenderOptions[],
  format: Binary,
): Promise<Difference | undefined> {
  const { render } = await formats[format]();
  const printings: { readonly own: RenderOptions; readonly printed: Uint8Array }[] = [];
  for (const own of options) {
    const printed = toBytes(await render(report, own));
    if (Buffer.compare(printed, bytes) === 0) return undefined;
    printings.push({ own, printed });
  }
  if (format === "png") {
    const { drawPoster, posterZoom } = await import("./formats/png.ts");
    const compared = printings.map(({ own, printed }) =>
      comparePictures(bytes, printed, { drawing: drawPoster(report, own), zoom: posterZoom }),
    );
    const [nearest] = compared.filter((own) => own !== undefined).sort((a, b) => b.alike - a.alike);
    // One of which no pixel differs, or none that can be read.
    return nearest && !compared.includes(undefined)
      ? nearest.difference
      : compareBytes(bytes, printings[0]!.printed, nearest !== undefined);
  }
  const read = readPlaces[format];
  const found = await read(bytes);
  const expected: Place[][] = [];
  for (const { printed } of printings) expected.push(await read(printed));
  const alike = expected.map((own) => countAlike(found, own));
  const nearest = alike.indexOf(Math.max(...alike));
  const isReadable = (alike[nearest] as number) * 2 > (expected[nearest] as Place[]).length;
  const different = isReadable ? comparePlaces(found, expected[nearest] as Place[]) : undefined;
  return different ?? compareBytes(bytes, printings[nearest]!.printed, isReadable);
}

/** The kept report may have been printed in both languages, short and whole, by a clock that was set or not. */
function listOptions(kind: ReadDocument["kind"], { modelSha256, id }: StoredMeeting, zone: Zone): RenderOptions[] {
  // Files that are no text always hold everything.
  const whole = kind === "text" || kind === "html" ? [true, false] : [true];
  return (["vi", "en"] satisfies Lang[]).flatMap((lang) =>
    whole.flatMap((all) =>
      [true, false].map(
        (clockPinned): RenderOptions => ({ lang, zone, paint: noPaint, all, modelSha256, meeting: id, clockPinned }),
      ),
    ),
  );
}

async function renderEvery(
  kind: "html" | "text",
  report: Report,
  options: readonly RenderOptions[],
): Promise<(string | Uint8Array)[]> {
  const rendered: (string | Uint8Array)[] = [];
  for (const name of formatsOfKind[kind]) {
    const { render } = await formats[name]();
    // A table for programs, and one for a Vietnamese Excel.
    const variants = options.flatMap((own) => [own, { ...own, csvDialect: "excel-vi" as const }]);
    for (const own of kind === "text" ? variants : options) rendered.push(await render(report, own));
  }
  return rendered;
}

function toBytes(rendered: string | Uint8Array): Uint8Array {
  return typeof rendered === "string" ? Buffer.from(rendered, "utf8") : rendered;
}

/** Mail and editors change the ends of lines; they say nothing about a report. */
function toLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
}

interface LineDifference {
  readonly line: number;
  readonly found: string;
  readonly expected: string;
}

/** A page may have a whole section in one line: what stands around the first sign that differs is enough. */
function cutAround(found: string, expected: string): Pick<Difference, "found" | "expected"> {
  if (Math.max(found.length, expected.length) <= shownAtMost) return { found, expected };
  let at = 0;
  while (at < found.length && found[at] === expected[at]) at += 1;
  const cut = (text: string): string => `…${text.slice(Math.max(0, at - shownAtMost / 3), at + shownAtMost / 3)}…`;
  return { found: cut(found), expected: cut(expected) };
}

function findLine(found: readonly string[], expected: readonly string[]): LineDifference | undefined {
  const line = found.findIndex((own, index) => own !== expected[index]);
  const at = line >= 0 ? line : found.length < expected.length ? found.length : -1;
  if (at < 0) return undefined;
  return { line: at, found: found[at]?.trim() ?? "–", expected: expected[at]?.trim() ?? "–" };
}

/** The first member, in the order of the expected one, in which two JSON values differ. */
export function findDifference(found: unknown, expected: unknown, path: string): Difference | undefined {
  if (isBranch(found) && isBranch(expected) && Array.isArray(found) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const inside = Array.isArray(expected) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
      const difference = findDifference(found[key], expected[key], inside);
      if (difference) return difference;
    }
    return undefined;
  }
  if (found === expected) return undefined;
  return { where: path, found: toText(found), expected: toText(expected) };
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const shownAtMost = 120;

function toText(value: unknown): string {
  return (value === undefined ? "–" : JSON.stringify(value)).slice(0, shownAtMost);
}

/** Whether a kept report's figures can still be counted: not once a day that its window starts or ends in is kept as a whole. */
export async function isStillCounted(report: Report, counts: Counts, zone: Zone): Promise<boolean> {
  for (const iso of [report.window.start, report.window.end]) {
    if (!(await counts.isCountable(readInstant(iso, zone) ?? 0))) return false;
  }
  return true;
}

/** A kept report's figures against the same counted today from what was known then. Failure kinds: those of the counts. */
export async function compareFigures(report: Report, counts: Counts, zone: Zone): Promise<Difference | undefined> {
  const [start, end] = [readInstant(report.window.start, zone), readInstant(report.window.end, zone)];
  const shown = report.units.filter(({ figures }) => figures !== null);
  const codes = shown.map(({ code }) => code);
  const counted = await counts.countUnits({ start: start ?? 0, end: end ?? 0 }, report.knownSeq, codes);
  for (const { code, figures } of shown) {
    const again = counted.find(({ unit }) => unit === code)?.figures;
    for (const { key, read } of metrics) {
      const [is, was] = [again && read(again), figures ? read(figures) : undefined];
      if (is !== was) return { where: `${code} ${key}`, found: toText(is), expected: toText(was) };
    }
  }
  return undefined;
}
