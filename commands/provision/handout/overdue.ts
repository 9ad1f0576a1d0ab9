import { isOverdue, isWaiting } from "../../../src/provision/claims.ts";
import type { Context } from "../../context.ts";
import { claimWords } from "./claim-words.ts";
import { openLedger } from "./open.ts";

/** Whoever plans hears of first passwords that nobody came for; closing those accounts is a plan of its own. */
export async function tellOverdue(context: Pick<Context, "workspace" | "clock" | "out">): Promise<void> {
  const { settings, zone } = await context.workspace();
  const days = settings.provision.credentials.unclaimedDays;
  if (Object.keys(settings.provision.credentials.systems).length === 0) return;
  const lines = await (await openLedger(context)).list();
  const late = lines.filter((line) => isWaiting(line) && isOverdue(line, days, context.clock.now(), zone));
  if (late.length > 0) context.out.note(claimWords.planThem(late.length, days));
}
