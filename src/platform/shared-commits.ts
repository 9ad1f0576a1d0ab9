import type { Database, Sql } from "./database.ts";

type Work = (tx: Sql) => Promise<void>;

interface Waiting {
  readonly work: Work;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Durable writes of several at once: those that come while one commit is under way share the next, since a commit that a power cut cannot
 * lose costs milliseconds. Each call returns when its own work is on the disk; a commit that fails, fails for all who share it.
 */
export function createSharedCommits(database: Database): (work: Work) => Promise<void> {
  let waiting: Waiting[] = [];
  let busy = false;
  const commitAll = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await database.transaction(
          async (tx) => {
            for (const { work } of group) await work(tx);
          },
          { durability: "full" },
        );
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    busy = false;
  };
  return (work) =>
    new Promise((done, failed) => {
      waiting.push({ work, done, failed });
      if (!busy) void commitAll();
    });
}
