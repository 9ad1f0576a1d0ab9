import { toIso } from "../../platform/time.ts";
import type { Desk } from "../desk.ts";
import type { TokenReading } from "./certificate-reading.ts";
import { createCertificateStore } from "./certificate-store.ts";

/** Writes down what somebody saw, with its audit record. False: that is how it stood already, and nothing was written. */
export async function recordTokenFault(desk: Desk, entry: Omit<TokenReading, "recordedAt" | "recordedBy">): Promise<boolean> {
  const { database, audit, clock, actor, zone } = desk;
  const store = createCertificateStore(database);
  const now = clock.now();
  const before = (await store.listTokens(Number.MAX_SAFE_INTEGER)).findLast(
    ({ staffId, code }) => staffId === entry.staffId && code === entry.code,
  );
  if ((before?.state ?? "mended") === entry.state) return false;
  await database.transaction(
    async (tx) => {
      await store.addToken({ ...entry, recordedAt: now, recordedBy: actor }, tx);
      const detail = { code: entry.code, state: entry.state, at: toIso(entry.at, zone), note: entry.note ?? null };
      await audit.append({ actor, action: "delegate.token", subject: entry.staffId, detail }, tx);
    },
    { durability: "full" },
  );
  return true;
}
