import { type Holding, isPost, type Register } from "./facts.ts";
import type { Grant } from "./grant.ts";
import { type Intervals, never, subtract, unite } from "./interval.ts";

/** When the person holds the post. s2: a deputy's seat in the service centre gives nothing unless the workspace says so. */
export function toOffice(register: Register, grant: Grant, held: readonly Holding[]): Intervals {
  const [only] = held;
  // Nearly everybody holds one post.
  const inPost =
    only && held.length === 1
      ? isPost(only, grant.to) && only.from < only.to
        ? [{ from: only.from, to: only.to }]
        : never
      : unite(held.filter((holding) => isPost(holding, grant.to)));
  return register.facts.switches.deputyMayDirectCentre ? inPost : subtract(inPost, toDeputyAsDirector(grant, held));
}

/** When the reading of s2 decides: a Vice Chairman also sits as director of the service centre. */
export function toDeputyAsDirector(grant: Grant, held: readonly Holding[]): Intervals {
  return grant.to.position === "giam-doc-trung-tam" ? unite(held.filter((holding) => holding.rank === "deputy")) : never;
}
