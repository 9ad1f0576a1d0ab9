import { Failure } from "../platform/failure.ts";
import type { Subject } from "./subject.ts";
import { provisionFaults as words } from "./words.ts";

/** What of the whole a plan is about: `kind=functional`, `unit=27004`, `system=video`. */
export interface Scope {
  readonly systems: readonly string[];
  readonly only: readonly string[];
  readonly except: readonly string[];
  includes(subject: Pick<Subject, "kind" | "unit">): boolean;
  includesSystem(system: string): boolean;
  /** False for a system that is not to be touched at all, not even read. */
  reads(system: string): boolean;
}

export interface ScopeRequest {
  /** `--system`; none: all. */
  readonly systems?: readonly string[];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Failure kind: usage, for a term, system or unit that does not exist. */
export function readScope(
  { systems = [], only = [], except = [] }: ScopeRequest,
  known: { readonly systems: readonly string[]; readonly units: ReadonlySet<string> },
): Scope {
  const terms = (list: readonly string[], keys: readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const pairs = list.map((term) => {
      const [key = "", value = ""] = [term.slice(0, term.indexOf("=")), term.slice(term.indexOf("=") + 1)];
      const isKnown =
        keys.includes(key) &&
        (key !== "kind" || value === "person" || value === "functional") &&
        (key !== "unit" || known.units.has(value)) &&
        (key !== "system" || known.systems.includes(value));
      if (!isKnown) throw new Failure("usage", words.badScope(term, key, known.systems));
      return [key, value] as const;
    });
    return new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, own]) => [key, own.map(([, value]) => value)]));
  };
  for (const system of systems) {
    if (!known.systems.includes(system)) throw new Failure("usage", words.badScope(system, "system", known.systems));
  }
  const wanted = terms(only, ["kind", "unit"]);
  const unwanted = terms(except, ["kind", "unit", "system"]);
  const fits = (subject: Pick<Subject, "kind" | "unit">, key: "kind" | "unit"): boolean =>
    (wanted.get(key)?.includes(subject[key]) ?? true) && !unwanted.get(key)?.includes(subject[key]);
  const reads = (system: string): boolean => !unwanted.get("system")?.includes(system);
  return {
    systems,
    only,
    except,
    includes: (subject) => fits(subject, "kind") && fits(subject, "unit"),
    includesSystem: (system) => reads(system) && (systems.length === 0 || systems.includes(system)),
    reads,
  };
}
