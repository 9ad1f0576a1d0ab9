import type { IsoDate, Unit } from "../directory/unit.ts";
import type { Holder } from "./account-holders.ts";
import type { SeenSystem } from "./seen-store.ts";
import { isEntitledOn } from "./subject.ts";

/** unknown: nobody has looked. */
export type SeenState = "present" | "missing" | "disabled" | "unknown";

/** An account that a person or a department of a unit is to have, and what the last look found of it. */
export interface AccountNeed {
  readonly unit: string;
  readonly system: string;
  readonly kind: Holder["kind"];
  /** Staff id or functional key. */
  readonly account: string;
  readonly name: string;
  readonly state: SeenState;
  /** ISO instant of that look; undefined where nobody has looked. */
  readonly seenAt: string | undefined;
}

/**
 * Every account that the units' people and departments need, against what was last seen. A person counts in every unit where
 * a post of theirs is not over and has begun by `until`.
 */
export function listAccountNeeds(request: {
  readonly holders: readonly Holder[];
  readonly units: readonly Unit[];
  readonly seen: ReadonlyMap<string, SeenSystem>;
  readonly until: IsoDate;
}): AccountNeed[] {
  const { holders, seen, until } = request;
  const codes = new Set(request.units.map(({ code }) => code));
  return holders.flatMap((holder) => {
    const posts = holder.current?.filter(({ from }) => from <= until).map(({ unit }) => unit);
    const units = (posts ? [...new Set(posts)] : [holder.unit]).filter((unit) => codes.has(unit));
    const systems = holder.systems.filter((system) => isEntitledOn(holder, system));
    const { externalId: account, kind, name } = holder;
    return units.flatMap((unit) =>
      systems.map((system): AccountNeed => ({ unit, system, kind, account, name, ...judge(seen.get(system), account) })),
    );
  });
}

function judge(system: SeenSystem | undefined, account: string): Pick<AccountNeed, "state" | "seenAt"> {
  const own = system?.accounts.get(account);
  if (own) return { state: own.active ? "present" : "disabled", seenAt: own.at };
  return system?.sweptAt === undefined ? { state: "unknown", seenAt: undefined } : { state: "missing", seenAt: system.sweptAt };
}
