import { erasedName } from "../directory/erasure-store.ts";
import type { Sql } from "../platform/database.ts";
import { blankPerson } from "./forgotten.ts";
import { type SubjectKey, toPersonKey } from "./roster.ts";

/** Takes a person out of the room's own tables; the journal keeps that accounts were made and disabled. */
export interface ForgetStore {
  /** How many stored plans were blanked. */
  forget(staffId: string, keptAs: SubjectKey): Promise<number>;
}

export function createForgetStore(tx: Sql): ForgetStore {
  return {
    async forget(staffId, keptAs) {
      const subject = toPersonKey(staffId);
      await tx.run("DELETE FROM provision_baseline WHERE subject = ?", subject);
      await tx.run("DELETE FROM provision_origin WHERE subject = ?", subject);
      await tx.run("DELETE FROM provision_declared WHERE subject = ?", subject);
      await tx.run("DELETE FROM provision_membership WHERE subject = ?", subject);
      await tx.run("DELETE FROM provision_link WHERE subject = ?", subject);
      await tx.run("DELETE FROM provision_account_seen WHERE account = ?", staffId);
      await tx.run("UPDATE provision_origin SET owner = NULL WHERE owner = ?", staffId);
      await tx.run("UPDATE provision_username SET owner = ? WHERE owner = ?", keptAs, subject);
      const plans = await tx.all<{ id: string; body: string }>("SELECT id, body FROM provision_plan");
      const told = plans.filter(({ body }) => body.includes(JSON.stringify(staffId)));
      await tx.runMany(
        "UPDATE provision_plan SET body = ? WHERE id = ?",
        told.map(({ id, body }) => [JSON.stringify(blankPerson(JSON.parse(body), staffId, erasedName)), id]),
      );
      return told.length;
    },
  };
}
