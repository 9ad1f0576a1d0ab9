import { hash53 } from "../platform/canonical-json.ts";
import type { Codes } from "./code-store.ts";
import type { DossierRow } from "./dossier-row.ts";
import { channels, dossierStates, type Observation } from "./observation.ts";

/**
 * Rows of an import as numbers, a column each, so that a million of them are no million objects. Units and procedures are ids of the cache,
 * channel and state their places in `channels` and `dossierStates`, times epoch seconds; NaN is "none", "not said".
 */
export interface RowBatch {
  size: number;
  readonly id: Float64Array;
  /** Its place in the import: the line of a file, the number of an item. */
  readonly ord: Int32Array;
  readonly unit: Int32Array;
  readonly competentUnit: Float64Array;
  readonly procedure: Int32Array;
  readonly channel: Uint8Array;
  readonly state: Uint8Array;
  readonly submitted: Float64Array;
  readonly received: Float64Array;
  readonly due: Float64Array;
  readonly finished: Float64Array;
  readonly handedOver: Float64Array;
  readonly pausedFrom: Float64Array;
  readonly pausedTo: Float64Array;
  readonly updated: Float64Array;
  /** -1 where the source does not say. */
  readonly exported: Float64Array;
  /** 1: the export's time stands in for the update. */
  readonly updatedIsExport: Uint8Array;
  /** Of the content (hashRow), where somebody needs it. */
  readonly hash: Float64Array;
}

export function createRowBatch(capacity: number): RowBatch {
  const numbers = (): Float64Array => new Float64Array(capacity);
  const ids = (): Int32Array => new Int32Array(capacity);
  return {
    size: 0,
    id: numbers(),
    ord: ids(),
    unit: ids(),
    competentUnit: numbers(),
    procedure: ids(),
    channel: new Uint8Array(capacity),
    state: new Uint8Array(capacity),
    submitted: numbers(),
    received: numbers(),
    due: numbers(),
    finished: numbers(),
    handedOver: numbers(),
    pausedFrom: numbers(),
    pausedTo: numbers(),
    updated: numbers(),
    exported: numbers(),
    updatedIsExport: new Uint8Array(capacity),
    hash: numbers(),
  };
}

export function addRow(batch: RowBatch, { code, observation: o, updatedIsExport }: DossierRow, ord: number, codes: Codes): void {
  const n = batch.size;
  batch.size += 1;
  batch.id[n] = codes.dossierId(code);
  batch.ord[n] = ord;
  batch.unit[n] = codes.unitId(o.unit);
  batch.competentUnit[n] = o.competentUnit === undefined ? Number.NaN : codes.unitId(o.competentUnit);
  batch.procedure[n] = codes.procedureId(o.procedure);
  batch.channel[n] = channels.indexOf(o.channel);
  batch.state[n] = dossierStates.indexOf(o.state);
  batch.submitted[n] = o.submitted ?? Number.NaN;
  batch.received[n] = o.received ?? Number.NaN;
  batch.due[n] = o.due ?? Number.NaN;
  batch.finished[n] = o.finished ?? Number.NaN;
  batch.handedOver[n] = o.handedOver ?? Number.NaN;
  batch.pausedFrom[n] = o.pausedFrom ?? Number.NaN;
  batch.pausedTo[n] = o.pausedTo ?? Number.NaN;
  batch.updated[n] = o.updated;
  batch.exported[n] = o.exported;
  batch.updatedIsExport[n] = updatedIsExport ? 1 : 0;
}

export function toObservation(batch: RowBatch, n: number, codes: Codes): Observation {
  const competent = batch.competentUnit[n] as number;
  return {
    unit: codes.unitCode(batch.unit[n] as number),
    competentUnit: Number.isNaN(competent) ? undefined : codes.unitCode(competent),
    procedure: codes.procedureCode(batch.procedure[n] as number),
    channel: channels[batch.channel[n] as number] as Observation["channel"],
    state: dossierStates[batch.state[n] as number] as Observation["state"],
    submitted: toTime(batch.submitted[n] as number),
    received: toTime(batch.received[n] as number),
    due: toTime(batch.due[n] as number),
    finished: toTime(batch.finished[n] as number),
    handedOver: toTime(batch.handedOver[n] as number),
    pausedFrom: toTime(batch.pausedFrom[n] as number),
    pausedTo: toTime(batch.pausedTo[n] as number),
    updated: batch.updated[n] as number,
    exported: batch.exported[n] as number,
  };
}

/** The hash of toContentText (observation.ts) of this row; every row ever stored has it. */
export function hashRow(batch: RowBatch, n: number, codes: Codes): number {
  const competent = batch.competentUnit[n] as number;
  return hash53(
    `${codes.unitCode(batch.unit[n] as number)}|${Number.isNaN(competent) ? "" : codes.unitCode(competent)}|${codes.procedureCode(
      batch.procedure[n] as number,
    )}|${channels[batch.channel[n] as number]}|${dossierStates[batch.state[n] as number]}|${toText(batch.submitted[n] as number)}|${toText(
      batch.received[n] as number,
    )}|${toText(batch.due[n] as number)}|${toText(batch.finished[n] as number)}|${toText(batch.handedOver[n] as number)}|${toText(
      batch.pausedFrom[n] as number,
    )}|${toText(batch.pausedTo[n] as number)}`,
  );
}

function toTime(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : at;
}

function toText(at: number): number | "" {
  return Number.isNaN(at) ? "" : at;
}
