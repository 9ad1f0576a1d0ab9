/** Cells that were read before, by their bytes: what a cell means is looked up without making a text of it. */
export interface CellTable {
  /** -1 when this cell has not been met. */
  find(bytes: Uint8Array, from: number, to: number): number;
  /** `value` is not negative. */
  add(bytes: Uint8Array, from: number, to: number, value: number): void;
}

/** Beyond so many, more of them are not kept: a dictionary of units, procedures or agencies has a few thousand. */
const mostCells = 32_768;

export function createCellTable(): CellTable {
  let slots = new Int32Array(64).fill(-1);
  const cells: Uint8Array[] = [];
  const values: number[] = [];
  const hash = (bytes: Uint8Array, from: number, to: number): number => {
    let sum = to - from;
    for (let at = from; at < to; at++) sum = (Math.imul(sum, 31) + (bytes[at] as number)) | 0;
    return sum ^ (sum >>> 15);
  };
  const place = (key: number, entry: number): void => {
    const mask = slots.length - 1;
    let slot = key & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = entry;
  };
  return {
    find(bytes, from, to) {
      const mask = slots.length - 1;
      const length = to - from;
      for (let slot = hash(bytes, from, to) & mask; ; slot = (slot + 1) & mask) {
        const entry = slots[slot] as number;
        if (entry < 0) return -1;
        const cell = cells[entry] as Uint8Array;
        if (cell.length !== length) continue;
        let at = 0;
        while (at < length && cell[at] === bytes[from + at]) at += 1;
        if (at === length) return values[entry] as number;
      }
    },
    add(bytes, from, to, value) {
      if (cells.length === mostCells || this.find(bytes, from, to) >= 0) return;
      cells.push(Uint8Array.prototype.slice.call(bytes, from, to));
      values.push(value);
      if (cells.length * 2 > slots.length) {
        slots = new Int32Array(slots.length * 2).fill(-1);
        for (const [entry, cell] of cells.entries()) place(hash(cell, 0, cell.length), entry);
      } else place(hash(bytes, from, to), cells.length - 1);
    },
  };
}
