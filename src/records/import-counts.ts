import { formatUnitName, type Unit } from "../directory/unit.ts";
import { createDigest } from "../platform/canonical-json.ts";
import type { Fault } from "../platform/failure.ts";
import { toToneKey } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import { toCellText } from "./cell-text.ts";
import { createDateReader } from "./date-pattern.ts";
import { addDeclared, type DeclaredRow } from "./declared-store.ts";
import { explainUnit } from "./dossier-row.ts";
import { faultyInput } from "./faulty-input.ts";
import type { TakeRequest } from "./import-dossiers.ts";
import type { TakenFile } from "./import-file.ts";
import { isRateMetric } from "./metric.ts";
import type { RejectedRow } from "./read-rows.ts";
import { sumRefusals } from "./refusals.ts";
import { toRejectedName, writeRejected } from "./rejected-file.ts";
import { rowWords } from "./row-words.ts";
import type { CountsProfile } from "./source.ts";
import { readFileLines } from "./sources/file-lines.ts";
import { sheetDates } from "./sources/sheet-cells.ts";
import { noteSheetNews } from "./sources/sheet-news.ts";
import type { SheetNews } from "./sources/xlsx.ts";
import { sheetWords } from "./sources/xlsx-words.ts";
import { readStatedFigure } from "./stated-figure.ts";
import { tellCell, untold } from "./told-value.ts";
import { createFindings } from "./warnings.ts";

type Texts = Readonly<Record<string, string>>;
type CellKind = Parameters<typeof tellCell>[0];
/** Of a cell that is wrong, what may be told of it is told. */
type Complain = (name: string, kind: CellKind, value: string, say: (shown: string) => Words) => undefined;

const daySeconds = 86_400;

/** Reads a table of stated totals. Few rows, so they are read whole; a row without a unit is the total of its source. */
export async function takeCounts(request: TakeRequest<CountsProfile>): Promise<TakenFile> {
  const { source, file, path, tx, seq, directory } = request;
  const digest = createDigest();
  const onBytes = digest.add;
  const { profile } = source;
  const findings = createFindings();
  const faults: Fault[] = [];
  const rejected: RejectedRow[] = [];
  const skip = request.skipInvalid || profile.skipInvalid;
  const declared: DeclaredRow[] = [];
  const { unit: unitColumn, name: nameColumn, asOf, start } = profile.columns;
  if (asOf === undefined && request.exportedAt === undefined) throw faultyInput(file, [{ file, message: sheetWords.noAsOf }]);
  const readDate = createDateReader(profile.kind === "xlsx" ? [...profile.dates, ...sheetDates] : profile.dates, request.zone);
  const columns = {
    unit: unitColumn,
    ...(asOf && { asOf }),
    ...(nameColumn && { name: nameColumn }),
    ...(start && { start }),
    ...profile.metrics,
  };
  const exportedSeconds = request.exportedAt === undefined ? undefined : Math.floor(request.exportedAt / 1000);
  let read = 0;
  const onNews = (news: SheetNews): void => noteSheetNews(findings, news, undefined);

  for await (const batch of readFileLines<string>({ path, file, profile, columns, onBytes, onNews })) {
    for (const item of batch) {
      if (profile.kind === "xlsx" && !("fault" in item) && isFoot(item.texts)) continue;
      read += 1;
      const { line } = item;
      const placeOf = (name: string | undefined) => item.placeOf && { place: item.placeOf(name) };
      if ("fault" in item) {
        faults.push({ file, line, ...placeOf(undefined), message: item.fault });
        rejected.push({ line, texts: {}, reasons: [item.fault], kinds: [item.fault] });
        continue;
      }
      const reasons: Words[] = [];
      const kinds: Words[] = [];
      const complain: Complain = (name, kind, value, say) => {
        const told = tellCell(kind, value);
        faults.push({ file, line, ...placeOf(name), value: told, message: say(told) });
        reasons.push(say(told));
        kinds.push(say(untold));
        return undefined;
      };
      const own: DeclaredRow[] = [];
      const unit = readUnit(item.texts, complain);
      const place = { ord: line, unit: unit?.code, statedName: readName(item.texts, unit, complain) };
      const window = readWindow(item.texts, complain);
      for (const [metric, column] of Object.entries(profile.metrics)) {
        const cell = toCellText(item.texts[metric]);
        // A dash says that nothing is stated, which is not nought.
        if (/^[-–—]?$/.test(cell)) continue;
        // "Tỷ lệ (%)" over a column says it of every number below.
        const stated = isRateMetric(metric) && column.includes("%") && /\d$/.test(cell) ? `${cell}%` : cell;
        const figure = readStatedFigure(stated, profile.locale);
        if (!figure || (figure.percent !== undefined) !== isRateMetric(metric))
          complain(metric, "figure", stated, (shown) => rowWords.badCell(column, shown));
        else if (window) own.push({ ...place, ...window, metric, stated, ...figure });
      }
      if (reasons.length === 0) declared.push(...own);
      else rejected.push({ line, texts: pickTold(item.texts), reasons, kinds });
    }
  }
  if (faults.length > 0 && !skip) throw faultyInput(file, faults, faults.length, rowWords.skipOrMend);
  if (rejected.length > 0) {
    findings.addMany("W-REJECTED", "", rejected.length);
    await writeRejected(path, rejected, { columns, profile, lang: request.lang });
  }
  await addDeclared(tx, seq, profile.quality, declared);
  const taken = read - rejected.length;
  const rows = { read, new: taken, changed: 0, same: 0, stale: 0, sealed: 0, refused: rejected.length };
  return {
    rows,
    exportAt: exportedSeconds,
    findings: findings.list(),
    unitIds: [],
    rejectedFile: rejected.length > 0 ? toRejectedName(file) : undefined,
    refusals: sumRefusals(rejected.flatMap(({ kinds }) => kinds)),
    sha256: digest.hex(),
  };

  /** Below a printed table: who drew it up, who signs. It has no figure and its first words are no unit's. */
  function isFoot(texts: Texts): boolean {
    const unit = toCellText(texts["unit"]);
    const states = Object.keys(profile.metrics).some((metric) => {
      const text = toCellText(texts[metric]);
      return /\d/.test(text) && !/ngày\s+\d/iu.test(text);
    });
    return !states && !/^(?:\d+$|(?:ubnd |ủy ban nhân dân )?(?:phường|xã|đặc khu|p\.|x\.) )/iu.test(unit);
  }

  function readUnit(texts: Texts, complain: Complain): Unit | undefined {
    const code = toCellText(texts["unit"]);
    if (code === "") return undefined;
    return directory.findUnit(code) ?? complain("unit", "unit", code, (shown) => explainUnit(shown, directory));
  }

  /** A right name with the wrong kind (translations do this) is kept as stated and warned of; a wrong name is a fault. */
  function readName(texts: Texts, unit: Unit | undefined, complain: Complain): string | undefined {
    const stated = toCellText(texts["name"]);
    if (stated === "" || !unit) return stated || undefined;
    const official = formatUnitName(unit);
    if ([official, unit.name].some((name) => toToneKey(name) === toToneKey(stated))) return undefined;
    if (!toToneKey(stated).endsWith(toToneKey(unit.name)))
      return complain("name", "name", stated, (shown) => rowWords.wrongName(shown, unit));
    findings.add("W-NAME", unit.code, undefined, `${stated} → ${official}`);
    return stated;
  }

  function readWindow(texts: Texts, complain: Complain): { asOf: number; start: number | undefined } | undefined {
    const readTime = (name: "asOf" | "start", column: string): { at: number; dateOnly: boolean } | undefined => {
      const given = toCellText(texts[name]);
      return readDate(given) ?? complain(name, "date", given, (shown) => rowWords.badDate(column, shown, profile.dates));
    };
    const until = asOf === undefined ? { at: exportedSeconds as number, dateOnly: false } : readTime("asOf", asOf);
    const hasStart = profile.columns.start !== undefined && toCellText(texts["start"]) !== "";
    const from = hasStart ? readTime("start", profile.columns.start as string) : undefined;
    if (!until || (hasStart && !from)) return undefined;
    // A day without a time is stated at its end.
    return { asOf: until.dateOnly ? until.at + daySeconds : until.at, start: from?.at };
  }
}

const kindOf: Readonly<Record<string, CellKind>> = { unit: "unit", name: "name", asOf: "date", start: "date" };

/** The cells of a refused row that may be written down. */
function pickTold(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => {
      const text = toCellText(value);
      return [name, tellCell(kindOf[name] ?? "figure", text) === text ? text : ""];
    }),
  );
}
