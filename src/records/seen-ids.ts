/** Dossiers that an import has met, a bit each: those of one agency and day have running numbers, so they lie side by side. */
export interface SeenIds {
  /** False when it was there already. */
  add(id: number): boolean;
  has(id: number): boolean;
  readonly size: number;
}

const blockIds = 512;
const blockWords = blockIds / 32;

export function createSeenIds(): SeenIds {
  const blocks = new Map<number, number>();
  let words = new Uint32Array(64 * blockWords);
  let used = 0;
  let size = 0;
  // Ids come sorted: the next one is mostly in the block of the last one.
  let lastKey = Number.NaN;
  let lastStart = 0;
  const findStart = (key: number): number => {
    if (key === lastKey) return lastStart;
    const start = blocks.get(key);
    if (start === undefined) return -1;
    lastKey = key;
    lastStart = start;
    return start;
  };
  return {
    add(id) {
      const key = Math.floor(id / blockIds);
      let start = findStart(key);
      if (start < 0) {
        if (used === words.length) {
          const wider = new Uint32Array(words.length * 2);
          wider.set(words);
          words = wider;
        }
        start = used;
        used += blockWords;
        blocks.set(key, start);
        lastKey = key;
        lastStart = start;
      }
      const bit = id - key * blockIds;
      const at = start + (bit >>> 5);
      const mask = 1 << (bit & 31);
      if (((words[at] as number) & mask) !== 0) return false;
      words[at] = (words[at] as number) | mask;
      size += 1;
      return true;
    },
    has(id) {
      const key = Math.floor(id / blockIds);
      const start = findStart(key);
      const bit = id - key * blockIds;
      return start >= 0 && ((words[start + (bit >>> 5)] as number) & (1 << (bit & 31))) !== 0;
    },
    get size() {
      return size;
    },
  };
}
