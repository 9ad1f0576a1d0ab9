import { hash53 } from "../platform/canonical-json.ts";
import type { Codes } from "./code-store.ts";
import type { DossierRow } from "./dossier-row.ts";
import { channels, dossierStates, type Observation } from "./observation.ts";
import { sortOrder } from "./sort-order.ts";

/**
 * Rows of an import as numbers, a column each, so that a million of them are no million objects. Units and procedures are ids of the cache,
 * channel and state their places in `channels` and `dossierStates`, times epoch seconds; NaN is "none", "not said".
 */
export interface RowBatch {
  size: number;
  /** Whether `hash` and `order` are filled. */
  complete: boolean;
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
  /** Of the content (hashRow), once complete. */
  readonly hash: Float64Array;
  /** Places in ascending order of id, once complete. */
  readonly order: Uint32Array;
}

/** `shared`: in memory that threads have in common. */
export function createRowBatch(capacity: number, { shared = false } = {}): RowBatch {
  const room = (bytes: number): ArrayBuffer | SharedArrayBuffer =>
    shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const numbers = (): Float64Array => new Float64Array(room(capacity * 8));
  const ids = (): Int32Array => new Int32Array(room(capacity * 4));
  const bytes = (): Uint8Array => new Uint8Array(room(capacity));
  return {
    size: 0,
    complete: false,
    id: numbers(),
    ord: ids(),
    unit: ids(),
    competentUnit: numbers(),
    procedure: ids(),
    channel: bytes(),
    state: bytes(),
    submitted: numbers(),
    received: numbers(),
    due: numbers(),
    finished: numbers(),
    handedOver: numbers(),
    pausedFrom: numbers(),
    pausedTo: numbers(),
    updated: numbers(),
    exported: numbers(),
    updatedIsExport: bytes(),
    hash: numbers(),
    order: new Uint32Array(room(capacity * 4)),
  };
}

/** Fills the columns that follow from the others: half of the work of reading a row. */
export function completeBatch(batch: RowBatch, codes: Codes): void {
  const hash = createRowHash(batch, codes);
  for (let n = 0; n < batch.size; n++) batch.hash[n] = hash(n);
  batch.order.set(sortOrder(batch.id, batch.size));
  batch.complete = true;
}

export function emptyBatch(batch: RowBatch): void {
  batch.size = 0;
  batch.complete = false;
}

export function copyBatch(from: RowBatch, to: RowBatch): void {
  for (const [name, column] of Object.entries(from)) {
    if (typeof column === "object") (to[name as "id"] as Float64Array).set(column.subarray(0, from.size));
  }
  to.size = from.size;
  to.complete = from.complete;
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

/** The hash of toContentText (observation.ts) of a row; every row ever stored has it. Written as bytes: no text lives for a moment each row. */
function createRowHash(batch: RowBatch, codes: Codes): (n: number) => number {
  const bytes = Buffer.alloc(longestContent);
  const views: Buffer[] = [];
  const units: Uint8Array[] = [];
  const procedures: Uint8Array[] = [];
  const states = channels.map((channel) => dossierStates.map((state) => Buffer.from(`|${channel}|${state}|`)));
  const { unit, competentUnit, procedure, channel, state } = batch;
  const { submitted, received, due, finished, handedOver, pausedFrom, pausedTo } = batch;
  let at = 0;
  const put = (part: Uint8Array): void => {
    for (let n = 0; n < part.length; n++) bytes[at + n] = part[n] as number;
    at += part.length;
  };
  const putUnit = (id: number): void => {
    units[id] ??= Buffer.from(codes.unitCode(id));
    put(units[id] as Uint8Array);
  };
  const putTime = (time: number): void => {
    if (Number.isNaN(time)) return;
    // Ten digits: from September 2001 to November 2286.
    if (time < 1e9 || time >= 1e10) return put(Buffer.from(String(time)));
    let high = Math.floor(time / 1e5) | 0;
    let low = (time - high * 1e5) | 0;
    for (let place = 4; place >= 0; place--) {
      const [nextHigh, nextLow] = [(high / 10) | 0, (low / 10) | 0];
      bytes[at + place] = zero + high - nextHigh * 10;
      bytes[at + place + 5] = zero + low - nextLow * 10;
      high = nextHigh;
      low = nextLow;
    }
    at += 10;
  };
  const putBar = (): void => {
    bytes[at++] = bar;
  };
  return (n) => {
    at = 0;
    putUnit(unit[n] as number);
    putBar();
    const competent = competentUnit[n] as number;
    if (!Number.isNaN(competent)) putUnit(competent);
    putBar();
    const id = procedure[n] as number;
    procedures[id] ??= Buffer.from(codes.procedureCode(id));
    put(procedures[id] as Uint8Array);
    put(states[channel[n] as number]?.[state[n] as number] as Uint8Array);
    putTime(submitted[n] as number);
    putBar();
    putTime(received[n] as number);
    putBar();
    putTime(due[n] as number);
    putBar();
    putTime(finished[n] as number);
    putBar();
    putTime(handedOver[n] as number);
    putBar();
    putTime(pausedFrom[n] as number);
    putBar();
    putTime(pausedTo[n] as number);
    views[at] ??= bytes.subarray(0, at);
    return hash53(views[at] as Buffer);
  };
}

const zero = 0x30;
const bar = 0x7c;
/** Of unit codes, a procedure's code and seven times, with much room. */
const longestContent = 4096;

function toTime(at: number): number | undefined {
  return Number.isNaN(at) ? undefined : at;
}
