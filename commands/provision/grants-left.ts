import { readFacts } from "../../src/delegation/desk.ts";
import { listKeys } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { formatPostRef, type Grant } from "../../src/delegation/grant.ts";
import { toGrantState } from "../../src/delegation/grant-state.ts";
import type { Context } from "../context.ts";
import { formatPost } from "../delegate/grant-text.ts";
import { openDesk } from "../delegate/room.ts";
import { formatTypes } from "../delegate/type-names.ts";
import { leaverWords as own } from "./leaver-words.ts";

/** A right to sign that somebody holds: in person, or by a post that nobody else holds. */
export interface GrantLeft {
  readonly grant: Grant;
  readonly personal: boolean;
}

/** What a leaver may sign now and later. Only read: accounts are one room's business, grants another's. */
export async function listGrantsLeft(
  staffId: string,
  context: Pick<Context, "workspace" | "clock" | "ids">,
): Promise<readonly GrantLeft[]> {
  const now = context.clock.now();
  const register = createRegister(await readFacts(await openDesk(context), { at: now, asOf: now }), now, now);
  const holdings = [...register.holdingsOf.values()].flat().filter(({ to }) => to > now);
  const heldBy = (grant: Grant): readonly string[] =>
    holdings
      .filter(({ unit, post }) => unit === grant.unit && formatPostRef(post) === formatPostRef(grant.to))
      .map((holding) => holding.staffId);
  const standing = new Set(["live", "not-yet", "pending", "suspended"]);
  return [...register.grantsIn.values()].flat().flatMap((grant): GrantLeft[] => {
    if (!standing.has(toGrantState(register, grant, now))) return [];
    if (grant.person !== undefined) return grant.person === staffId ? [{ grant, personal: true }] : [];
    const holders = new Set(heldBy(grant));
    return holders.size === 1 && holders.has(staffId) ? [{ grant, personal: false }] : [];
  });
}

export function renderGrantsLeft(left: readonly GrantLeft[], { say, lang, paint }: Context["out"]): string[] {
  if (left.length === 0) return [];
  return [
    "",
    paint.bold(say(own.grantsLeft)),
    ...left.map(({ grant, personal }) => {
      const what = `${grant.capacity}. ${formatPost(grant.to, lang)} (${grant.unit}) · ${formatTypes(grant.docTypes, lang)}`;
      return `  ${what} · ${say(personal ? own.revoke(grant.id) : own.nobodyElse)}`;
    }),
  ];
}

export function toGrantRecord({ grant, personal }: GrantLeft): Record<string, unknown> {
  const { id, unit, capacity, to, docTypes } = grant;
  return { id, unit, capacity, to: formatPostRef(to), docTypes: listKeys(docTypes), personal };
}
