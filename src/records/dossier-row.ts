import type { Directory } from "../directory/directory.ts";
import type { Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { toCellText } from "./cell-text.ts";
import { createDateReader } from "./date-pattern.ts";
import { type DossierCode, parseDossierCode } from "./dossier-code.ts";
import type { Channel, DossierState, Observation } from "./observation.ts";
import { rowWords } from "./row-words.ts";
import type { DossierProfile, Field, FieldTexts, NamedSource } from "./source.ts";
import { sheetDates } from "./sources/sheet-cells.ts";
import { mayTell, untold } from "./told-value.ts";
import { createUnitReader, type UnitScope } from "./unit-cell.ts";

export interface DossierRow {
  readonly code: DossierCode;
  readonly codeText: string;
  readonly observation: Observation;
  /** No `updated` column: the export's own time stands in, so equal content is the same row. */
  readonly updatedIsExport: boolean;
}

/** `value` is undefined where it may be an applicant's: it is then neither in the message. */
export interface RowFault {
  readonly field: Field;
  readonly value: string | undefined;
  readonly message: Words;
  /** The message without the value: what faults of one kind have in common. */
  readonly reason: Words;
}

export type RowReader = (texts: FieldTexts) => DossierRow | readonly RowFault[];

export interface RowReaderOptions {
  readonly source: NamedSource<DossierProfile>;
  readonly directory: Directory;
  readonly scope: UnitScope;
  readonly zone: Zone;
  /** When the file or the answer was written, where it says so; epoch seconds. */
  readonly exported: number | undefined;
}

const procedureShape = /^\d\.\d{6}(\.[A-Za-z0-9]+)*$/;
const lastSecondOfDay = 86_399;
/** Whoever is in one of these was accepted, and has the date of it. */
export const needsReceipt: ReadonlySet<DossierState> = new Set<DossierState>([
  "in_progress",
  "supplement",
  "fee",
  "stopped",
  "resolved",
  "handed_over",
  "withdrawn",
  "rejected",
]);

/** Reads rows by the source's profile; an unknown code or a bad date is a fault, never a guess. Pure. */
export function createRowReader({ source, directory, scope, zone, exported }: RowReaderOptions): RowReader {
  const { profile, name } = source;
  const units = createUnitReader(
    directory,
    { unitNames: profile.unitNames, padCodes: profile.kind !== "rest" && profile.padCodes },
    scope,
  );
  const readDate = createDateReader(profile.kind === "xlsx" ? [...profile.dates, ...sheetDates] : profile.dates, zone);
  const states = new Map(Object.entries(profile.status)) as Map<string, DossierState>;
  const channels = new Map(Object.entries(profile.channels)) as Map<string, Channel>;
  return (texts) => {
    const faults: { readonly field: Field; readonly say: (shown: string) => Words }[] = [];
    const text = (field: Field): string => toCellText(texts[field]);
    const refuse = (field: Field, say: (shown: string) => Words): undefined => {
      faults.push({ field, say });
      return undefined;
    };
    const need = (field: Field): string | undefined =>
      text(field) || refuse(field, () => rowWords.missing(profile.columns[field] ?? field));
    const readTime = (field: Field, endOfDay = false): number | undefined => {
      const given = text(field);
      if (given === "") return undefined;
      const date = readDate(given);
      if (!date) return refuse(field, (shown) => rowWords.badDate(profile.columns[field] ?? field, shown, profile.dates));
      return date.dateOnly && endOfDay ? date.at + lastSecondOfDay : date.at;
    };
    const readUnit = (field: Field, given: string): string | undefined =>
      units.find(given)?.code ?? refuse(field, (shown) => units.explain(given, shown));

    const codeText = need("code");
    const code = codeText === undefined ? undefined : (parseDossierCode(codeText) ?? refuse("code", rowWords.badCode));
    const unitText = need("unit");
    const unit = unitText === undefined ? undefined : readUnit("unit", unitText);
    const competentUnit = text("competentUnit") ? readUnit("competentUnit", text("competentUnit")) : undefined;
    const procedure = need("procedure");
    if (procedure !== undefined && !procedureShape.test(procedure)) refuse("procedure", rowWords.badProcedure);
    const channel = readCode("channel", channels);
    const state = readCode("status", states);
    const received = readTime("received");
    if (received === undefined && state !== undefined && needsReceipt.has(state) && text("received") === "") {
      refuse("received", () => rowWords.noReceipt(profile.columns.received, text("status")));
    }
    const exportedAt = readTime("exportedAt") ?? exported;
    const updatedAt = readTime("updated");
    const updated = updatedAt ?? exportedAt;
    if (updated === undefined && faults.every((fault) => fault.field !== "updated" && fault.field !== "exportedAt")) {
      const { updated: column } = profile.columns;
      refuse("updated", () => (column ? rowWords.missing(column) : rowWords.noUpdate(name)));
    }
    const rest = {
      submitted: readTime("submitted"),
      due: readTime("due", true),
      finished: readTime("finished"),
      handedOver: readTime("handedOver"),
      pausedFrom: readTime("pausedFrom"),
      pausedTo: readTime("pausedTo"),
    };
    if (faults.length > 0) {
      const faulty = new Set(faults.map(({ field }) => field));
      return faults.map(({ field, say }) => {
        const isUnit = field === "unit" || field === "competentUnit";
        const told = mayTell(field, text(field), faulty) || (isUnit && units.mayTell(text(field)));
        return { field, value: told ? text(field) : undefined, message: say(told ? text(field) : untold), reason: say(untold) };
      });
    }
    return {
      code: code as DossierCode,
      codeText: codeText as string,
      updatedIsExport: updatedAt === undefined,
      observation: {
        unit: unit as string,
        competentUnit,
        procedure: procedure as string,
        channel: channel as Channel,
        state: state as DossierState,
        received,
        updated: updated as number,
        exported: exportedAt ?? -1,
        ...rest,
      },
    };

    function readCode<T>(field: "channel" | "status", map: ReadonlyMap<string, T>): T | undefined {
      const given = need(field);
      if (given === undefined) return undefined;
      return map.get(given) ?? refuse(field, (shown) => rowWords.unknownCode(field, shown, name, [...map.keys()]));
    }
  };
}
