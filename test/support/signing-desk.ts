import { join } from "node:path";
import { type AuditLog, createAuditLog } from "../../src/audit/audit-store.ts";
import { createDesk, type Desk } from "../../src/delegation/desk.ts";
import { delegationSettings } from "../../src/delegation/settings.ts";
import type { Post } from "../../src/directory/person.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { createCountingIds } from "../../src/platform/ids.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { makeTestFolder } from "./run-wardctl.ts";
import { base, posts as everybody } from "./signing-world.ts";

export interface SigningDesk {
  readonly database: Database;
  readonly audit: AuditLog;
  /** The desk as one person sees it who is at work then. */
  at(actor: string, shiftMs?: number): Desk;
}

/** A real store with the people of the signing world; everybody's name is their staff id with "Tên" before it. */
export async function openSigningDesk(posts: readonly Post[] = everybody): Promise<SigningDesk> {
  let now = base;
  const nowIso = (): string => toIso(now, vietnamZone);
  const database = await openSqlite(join(await makeTestFolder(), "cache.db"), allMigrations, nowIso);
  const audit = createAuditLog(database, nowIso);
  const ids = createCountingIds("g");
  const open = (actor: string, shiftMs = 0): Desk => {
    now = base + shiftMs;
    const clock = createPinnedClock(now);
    return createDesk({ database, audit, settings: delegationSettings.parse({}), zone: vietnamZone, clock, ids, actor });
  };
  const people = [...new Set(posts.map(({ staffId }) => staffId))].map((staffId) => {
    return { staffId, fullName: `Tên ${staffId}`, staffClass: "cong_chuc" as const };
  });
  await open("setup").people.savePeople({ source: "roster", seenAt: base - 10_000, people, posts });
  return { database, audit, at: open };
}
