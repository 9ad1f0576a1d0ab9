import { type CsvSlab, countCells } from "../platform/csv-slab.ts";
import type { Zone } from "../platform/time.ts";
import { createCellTable } from "./cell-table.ts";
import type { Codes } from "./code-store.ts";
import { type DossierCode, packParts, parseDossierCode } from "./dossier-code.ts";
import { type DossierRow, needsReceipt } from "./dossier-row.ts";
import { channels, dossierStates } from "./observation.ts";
import { createPlainDateReader } from "./plain-date.ts";
import { addRow, type RowBatch } from "./row-batch.ts";
import type { DossierProfile, Field } from "./source.ts";

/**
 * Reads rows from bytes into columns of numbers, as far as nothing about them is unusual. It judges nothing by itself: units, procedures,
 * agencies and codes of states are those that the careful reader (dossier-row.ts) has passed before, and whatever is not plainly so goes to it.
 */
export interface PlainReader {
  /** False, and nothing added: this row is for the careful reader. */
  take(slab: CsvSlab, n: number): boolean;
  /** Adds a row that the careful reader passed, and learns from it. */
  learn(slab: CsvSlab, n: number, row: DossierRow): void;
}

export interface PlainReaderOptions {
  readonly batch: RowBatch;
  readonly codes: Codes;
  readonly profile: DossierProfile;
  readonly zone: Zone;
  readonly exported: number | undefined;
  readonly places: readonly (readonly [Field, number])[];
  readonly width: number;
}

const receiptStates = dossierStates.map((state) => needsReceipt.has(state));
const zero = 0x30;
const dash = 0x2d;
/** Of `-yymmdd-` and a serial of 4 to 7 digits. */
const dateLength = 8;
const leastSerial = 4;
const mostSerial = 7;

export function createPlainReader(options: PlainReaderOptions): PlainReader {
  const { batch, codes, profile, zone, exported, width } = options;
  const places = new Map(options.places);
  const at = (field: Field): number => places.get(field) ?? -1;
  const [code, unit, procedure, channel, status] = [at("code"), at("unit"), at("procedure"), at("channel"), at("status")];
  const [received, due, finished, updated] = [at("received"), at("due"), at("finished"), at("updated")];
  const [submitted, handedOver, competent] = [at("submitted"), at("handedOver"), at("competentUnit")];
  const [pausedFrom, pausedTo, exportedAt] = [at("pausedFrom"), at("pausedTo"), at("exportedAt")];
  const readDate = createPlainDateReader(profile.dates, zone);
  const units = createCellTable();
  const procedures = createCellTable();
  const agencies = createCellTable();
  const channelCells = createCellTable();
  const stateCells = createCellTable();
  const days = new Map<number, number>();

  let slab: CsvSlab;
  let first = 0;
  const start = (column: number): number => slab.starts[first + column] as number;
  const end = (column: number): number => slab.ends[first + column] as number;
  const find = (table: typeof units, column: number): number => table.find(slab.bytes, start(column), end(column));
  /** NaN where there is none, undefined where it must be looked at. */
  const readTime = (column: number, endOfDay = false): number | undefined => {
    if (column < 0) return Number.NaN;
    const from = start(column);
    const to = end(column);
    return from === to ? Number.NaN : readDate(slab.bytes, from, to, endOfDay);
  };

  /** The id of a code, undefined where it is not plainly one. */
  const readId = (): number | undefined => {
    const { bytes } = slab;
    const from = start(code);
    const to = end(code);
    let serial = 0;
    let place = to - 1;
    for (let unitOf = 1; place >= from && bytes[place] !== dash; place--, unitOf *= 10) {
      const digit = (bytes[place] as number) - zero;
      if (digit < 0 || digit > 9 || to - place > mostSerial) return undefined;
      serial += digit * unitOf;
    }
    const digits = to - 1 - place;
    const date = place - dateLength + 1;
    if (digits < leastSerial || date <= from || bytes[date] !== dash) return undefined;
    let number = 0;
    for (let digitAt = date + 1; digitAt < place; digitAt++) {
      const digit = (bytes[digitAt] as number) - zero;
      if (digit < 0 || digit > 9) return undefined;
      number = number * 10 + digit;
    }
    const day = days.get(number);
    const agency = agencies.find(bytes, from, date);
    if (day === undefined || agency < 0) return undefined;
    // A longer serial that begins with 0 would not come back as it was written.
    const comesBack = digits === leastSerial || bytes[place + 1] !== zero;
    return (comesBack ? packParts(day, agency, serial) : undefined) ?? codes.oddId(bytes.toString("latin1", from, to));
  };

  return {
    take(from, n) {
      if (countCells(from, n) !== width) return false;
      slab = from;
      first = from.cells[n] as number;
      const unitId = find(units, unit);
      const procedureId = find(procedures, procedure);
      const channelAt = find(channelCells, channel);
      const state = find(stateCells, status);
      if (unitId < 0 || procedureId < 0 || channelAt < 0 || state < 0) return false;
      const competentId = competent < 0 || start(competent) === end(competent) ? Number.NaN : find(units, competent);
      if (competentId < 0) return false;
      const receivedAt = readTime(received);
      if (receivedAt === undefined || (Number.isNaN(receivedAt) && receiptStates[state])) return false;
      const dueAt = readTime(due, true);
      const finishedAt = readTime(finished);
      const updatedAt = readTime(updated);
      if (dueAt === undefined || finishedAt === undefined || updatedAt === undefined) return false;
      const submittedAt = readTime(submitted);
      const handedAt = readTime(handedOver);
      const from_ = readTime(pausedFrom);
      const to_ = readTime(pausedTo);
      const told = readTime(exportedAt);
      if (submittedAt === undefined || handedAt === undefined || from_ === undefined || to_ === undefined || told === undefined) {
        return false;
      }
      const exportAt = Number.isNaN(told) ? exported : told;
      const stands = Number.isNaN(updatedAt);
      if (stands && exportAt === undefined) return false;
      const id = readId();
      if (id === undefined) return false;
      const row = batch.size;
      batch.id[row] = id;
      batch.ord[row] = from.lines[n] as number;
      batch.unit[row] = unitId;
      batch.competentUnit[row] = competentId;
      batch.procedure[row] = procedureId;
      batch.channel[row] = channelAt;
      batch.state[row] = state;
      batch.submitted[row] = submittedAt;
      batch.received[row] = receivedAt;
      batch.due[row] = dueAt;
      batch.finished[row] = finishedAt;
      batch.handedOver[row] = handedAt;
      batch.pausedFrom[row] = from_;
      batch.pausedTo[row] = to_;
      batch.updated[row] = stands ? (exportAt as number) : updatedAt;
      batch.exported[row] = exportAt ?? -1;
      batch.updatedIsExport[row] = stands ? 1 : 0;
      batch.size = row + 1;
      return true;
    },
    learn(from, n, row) {
      addRow(batch, row, from.lines[n] as number, codes);
      slab = from;
      first = from.cells[n] as number;
      const at = batch.size - 1;
      const add = (table: typeof units, column: number, value: number): void =>
        table.add(from.bytes, start(column), end(column), value);
      add(units, unit, batch.unit[at] as number);
      if (row.observation.competentUnit !== undefined) add(units, competent, batch.competentUnit[at] as number);
      add(procedures, procedure, batch.procedure[at] as number);
      add(channelCells, channel, channels.indexOf(row.observation.channel));
      add(stateCells, status, dossierStates.indexOf(row.observation.state));
      learnCode(row.code);
    },
  };

  function learnCode({ agency, day, serial }: DossierCode): void {
    const from = start(code);
    const to = end(code);
    // Only a cell that is the code and nothing else tells where its parts are.
    if (to - from !== agency.length + dateLength + serial.length || !parseDossierCode(slab.bytes.toString("latin1", from, to)))
      return;
    days.set(Number(slab.bytes.toString("latin1", from + agency.length + 1, from + agency.length + dateLength - 1)), day);
    agencies.add(slab.bytes, from, from + agency.length, codes.agencyId(agency));
  }
}
