/** One limit of time for many pieces of work, on one timer: a timer and an abort signal for each cost more than the rest of a request. */
export interface Deadlines {
  /** `late` is called once if the work has not ended in time; the answer ends it. */
  begin(late: () => void): () => void;
}

interface Piece {
  readonly dueMs: number;
  readonly late: () => void;
}

export function createDeadlines(limitMs: number, readMonotonicMs: () => number): Deadlines {
  // The limit is the same for all, so they come due in the order in which they began.
  const open = new Set<Piece>();
  let armed = false;
  const arm = (afterMs: number): void => {
    armed = true;
    // Work that nobody waits for any more does not keep the process.
    setTimeout(check, Math.max(1, Math.ceil(afterMs))).unref();
  };
  const check = (): void => {
    armed = false;
    const now = readMonotonicMs();
    for (const piece of open) {
      if (piece.dueMs > now) return arm(piece.dueMs - now);
      open.delete(piece);
      piece.late();
    }
  };
  return {
    begin(late) {
      const piece = { dueMs: readMonotonicMs() + limitMs, late };
      open.add(piece);
      if (!armed) arm(limitMs);
      return () => void open.delete(piece);
    },
  };
}
