/** Records of a CSV file where they stand: no text is made of a cell before somebody asks for it. */
export interface CsvSlab {
  /** UTF-8. */
  readonly bytes: Buffer;
  readonly size: number;
  /** The line that a record starts on, counting from 1. */
  readonly lines: Int32Array;
  /** Where a record's cells begin among `starts` and `ends`; one more entry than records. */
  readonly cells: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export function countCells(slab: CsvSlab, record: number): number {
  return (slab.cells[record + 1] as number) - (slab.cells[record] as number);
}

export function readCell(slab: CsvSlab, record: number, column: number): string {
  const at = (slab.cells[record] as number) + column;
  return slab.bytes.toString("utf8", slab.starts[at], slab.ends[at]);
}

/** A slab in the making. */
export interface SlabWriter {
  /** One cell; its record ends with `endRecord`. */
  addCell(start: number, end: number): void;
  endRecord(line: number): void;
  /** Forgets the cells since the last end of a record. */
  dropRecord(): void;
  readonly size: number;
  finish(bytes: Buffer): CsvSlab;
}

export function createSlabWriter(): SlabWriter {
  let lines = new Int32Array(1024);
  let cells = new Int32Array(1025);
  let starts = new Int32Array(8192);
  let ends = new Int32Array(8192);
  let size = 0;
  let used = 0;
  return {
    addCell(start, end) {
      if (used === starts.length) {
        starts = widen(starts);
        ends = widen(ends);
      }
      starts[used] = start;
      ends[used] = end;
      used += 1;
    },
    endRecord(line) {
      if (size === lines.length) {
        lines = widen(lines);
        cells = widen(cells);
      }
      lines[size] = line;
      size += 1;
      cells[size] = used;
    },
    dropRecord() {
      used = cells[size] as number;
    },
    get size() {
      return size;
    },
    finish(bytes) {
      const slab = { bytes, size, lines, cells, starts, ends };
      size = 0;
      used = 0;
      return slab;
    },
  };
}

function widen(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(numbers.length * 2 + 1);
  wider.set(numbers);
  return wider;
}
