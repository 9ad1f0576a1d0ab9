import { createDirectoryOf } from "../directory/directory-of.ts";
import type { IsoDate, Province, Unit } from "../directory/unit.ts";
import { startThread, type ThreadLine } from "../platform/thread.ts";
import type { CodeEntries, Codes } from "./code-store.ts";
import { type ReadRequest, type RowReading, type RowsRead, readRows } from "./read-rows.ts";
import { completeBatch, copyBatch, createRowBatch, type RowBatch } from "./row-batch.ts";

/** What the thread is given. */
export interface ApartData {
  readonly request: ReadRequest;
  readonly date: IsoDate;
  readonly units: readonly Unit[];
  readonly provinces: readonly Province[];
  readonly codes: CodeEntries;
  readonly batchSize: number;
  readonly firstSize: number;
  /** In shared memory: one is read into while another is written from. */
  readonly batches: readonly RowBatch[];
}

/** What it sends: a batch with the codes that are new in it, then how it ended. Each batch is given back by its place. */
export type ApartNews =
  | {
      readonly batch: number;
      readonly size: number;
      readonly complete: boolean;
      readonly read: number;
      readonly codes: CodeEntries;
    }
  | { readonly done: RowsRead };

export interface GivenBack {
  readonly batch: number;
}

const batchesShared = 2;
/** What lives shortly there is a text for each row's hash: a small nursery keeps the thread small and costs nothing. */
const youngMb = 8;

/** As `readRows`, but in a thread of its own: reading takes as long as writing, and the one need not wait for the other. */
export async function readRowsApart(request: ReadRequest, reading: RowReading): Promise<RowsRead> {
  const { directory, codes, batchSize, firstSize = batchSize, take, assertGoing } = reading;
  const batches = Array.from({ length: batchesShared }, () => createRowBatch(batchSize, { shared: true }));
  const { date } = directory;
  const [units, provinces] = [directory.listUnits(), directory.listProvinces()];
  const data: ApartData = { request, date, units, provinces, codes: codes.list(), batchSize, firstSize, batches };
  const thread = startThread<GivenBack, ApartNews>("./read-rows-thread.ts", import.meta.url, data, { youngMb });
  try {
    for (;;) {
      const news = await thread.receive();
      assertGoing();
      if ("done" in news) return news.done;
      codes.adopt(news.codes);
      const batch = batches[news.batch] as RowBatch;
      batch.size = news.size;
      batch.complete = news.complete;
      await take(batch, news.read);
      thread.send({ batch: news.batch });
    }
  } finally {
    await thread.stop();
  }
}

/** The thread's side. */
export async function readForOther(
  { request, date, units, provinces, batches, batchSize, firstSize }: ApartData,
  codes: Codes,
  line: ThreadLine<ApartNews, GivenBack>,
): Promise<void> {
  const free = [...batches.keys()];
  const done = await readRows(request, {
    directory: createDirectoryOf(date, { units, provinces }),
    codes,
    batchSize,
    firstSize,
    assertGoing: () => undefined,
    async take(batch, read) {
      // Where the other side has nothing to do it may finish the batch itself; where it is busy there is time to do that here.
      if (free.length + line.waiting() < batchesShared) completeBatch(batch, codes);
      const at = free.pop() ?? (await line.receive()).batch;
      copyBatch(batch, batches[at] as RowBatch);
      line.send({ batch: at, size: batch.size, complete: batch.complete, read, codes: codes.takeNew() });
    },
  });
  line.send({ done });
}
