import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { isProvablyGone, type ProcessIdentity } from "../platform/process-identity.ts";
import { applyFaults as words } from "./apply-words.ts";

interface LockRow extends ProcessIdentity {
  readonly at: string;
}

/**
 * Lets one process at a time write accounts from this workspace. A lock whose process is provably gone, on this same machine, is taken
 * over; any other holder is a Failure of kind unavailable that says who.
 */
export async function withWriterLock<T>(
  database: Database,
  self: ProcessIdentity,
  at: string,
  work: () => Promise<T>,
): Promise<T> {
  const name = "apply";
  await database.transaction(async (tx) => {
    const held = await tx.get<LockRow>("SELECT host, pid, start, boot, at FROM provision_lock WHERE name = ?", name);
    if (held && !isProvablyGone(held)) {
      throw new Failure("unavailable", words.locked(held.host, held.pid, held.at), { hint: words.lockedHint });
    }
    await tx.run("DELETE FROM provision_lock WHERE name = ?", name);
    await tx.run(
      "INSERT INTO provision_lock (name, host, pid, start, boot, at) VALUES (?, ?, ?, ?, ?, ?)",
      name,
      self.host,
      self.pid,
      self.start,
      self.boot,
      at,
    );
  });
  const release = (): Promise<unknown> =>
    database.run("DELETE FROM provision_lock WHERE name = ? AND pid = ? AND host = ?", name, self.pid, self.host);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // On a full disk this fails too: a lock whose process is gone is taken over, and what happened first is what is told.
    await release().catch(() => undefined);
    throw error;
  }
  await release();
  return result;
}
