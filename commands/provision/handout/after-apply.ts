import type { OutcomeRow } from "../../../src/provision/outcome.ts";
import type { Context } from "../../context.ts";
import { openLedger } from "./open.ts";
import { handoutWords as words } from "./words.ts";

/** What an apply left to do about first passwords, said on stderr. True when somebody must act. */
export async function tellSlips(
  planId: string,
  rows: readonly OutcomeRow[],
  context: Pick<Context, "workspace" | "clock" | "out">,
): Promise<boolean> {
  const { out } = context;
  const lines = await (await openLedger(context)).list({ plan: planId });
  const issued = lines.filter(({ state }) => state === "issued");
  if (issued.length > 0) out.note(words.issued(issued.length, [...new Set(issued.map(({ unit }) => unit))]));
  const unset = rows.filter(({ state, message }) => state === "done" && message);
  for (const { operation, message } of unset) {
    if (message)
      out.warn({
        vi: `${operation.system} ${operation.username}: ${message.vi}`,
        en: `${operation.system} ${operation.username}: ${message.en}`,
      });
  }
  return unset.length > 0;
}
