import { docTypes } from "../../src/delegation/doc-types.ts";
import { isPost, type Register } from "../../src/delegation/facts.ts";
import { type Grant, toEffectiveStart } from "../../src/delegation/grant.ts";
import { listGrantFaults } from "../../src/delegation/judge-grant.ts";
import type { Part } from "../../src/delegation/scope.ts";
import { covers } from "./signing-definition.ts";

interface Horizon {
  readonly from: number;
  readonly to: number;
}

/**
 * The rival as one writes it: for every unit, whole hour and type, go through the unit's grants and whoever is in post then, and count
 * distinct persons until there are two. Facts are indexed as for the sweep, and whether a grant is lawful is worked out once. Gives a
 * byte for each hour and type: how many may sign, 2 for more.
 */
export function scanHourly(register: Register, units: readonly string[], { from, to }: Horizon, part: Part = {}): Uint8Array[] {
  return units.map((unit) => {
    const hours = Math.ceil((to - from) / 3_600_000);
    const found = new Uint8Array(hours * docTypes.length);
    const held = register.holdingsIn.get(unit) ?? [];
    const grants = (register.grantsIn.get(unit) ?? []).filter(
      (grant) => listGrantFaults(grant, register.facts.zone, register.findGrant).length === 0,
    );
    for (let hour = 0; hour < hours; hour++) {
      const at = from + hour * 3_600_000;
      for (let bit = 0; bit < docTypes.length; bit++) {
        const signers = new Set<string>();
        for (const holding of held) {
          if (holding.rank !== "head" || at < holding.from || at >= holding.to) continue;
          if (isReady(register, unit, holding.staffId, at)) signers.add(holding.staffId);
        }
        for (const grant of grants) {
          if (signers.size > 1) break;
          if ((grant.docTypes & (1 << bit)) === 0 || !isAlive(register, grant, at)) continue;
          if (grant.narrowing && !covers(register.facts, grant.narrowing, { ...part, at })) continue;
          for (const holding of held) {
            if (at < holding.from || at >= holding.to || !isPost(holding, grant.to)) continue;
            const rights = register.findCarriage(unit).rights.get(unit)?.get(holding.staffId) ?? [];
            const carries = rights.some(
              (right) =>
                right.capacity === grant.capacity &&
                (right.docTypes & (1 << bit)) !== 0 &&
                right.from <= at &&
                at < right.to &&
                (!right.narrowing || covers(register.facts, right.narrowing, { ...part, at })),
            );
            if (carries && isReady(register, unit, holding.staffId, at)) signers.add(holding.staffId);
          }
        }
        found[hour * docTypes.length + bit] = Math.min(signers.size, 2);
      }
    }
    return found;
  });
}

function isAlive(register: Register, grant: Grant, at: number): boolean {
  if (at < toEffectiveStart(grant) || at >= (grant.validTo ?? Infinity)) return false;
  const events = register.eventsIn.get(grant.unit)?.get(grant.id) ?? [];
  if (events.some((event) => event.kind === "revoked" && event.at <= at)) return false;
  if (events.some((event) => event.kind === "suspended" && event.at <= at && at < (event.until ?? Infinity))) return false;
  return !grant.needsApproval || events.some((event) => event.kind === "approved" && event.at <= at);
}

function isReady(register: Register, unit: string, staffId: string, at: number): boolean {
  const account = register.findPerson(unit, staffId).reading?.account;
  const certificate = account?.certificate;
  if (!account?.active || !certificate?.bound) return false;
  if (at < (certificate.notBefore ?? -Infinity) || at >= (certificate.notAfter ?? Infinity)) return false;
  return !(register.awayOf.get(staffId) ?? []).some((away) => away.from <= at && at < away.to);
}

/** The same with everything that does not change from hour to hour looked up beforehand, grant by grant: as fast as a scan gets here. */
export function scanPrepared(register: Register, units: readonly string[], { from, to }: Horizon): Uint8Array[] {
  return units.map((unit) => scanUnit(register, unit, from, to));
}

interface Way {
  readonly types: number;
  readonly staffId: string;
  readonly holds: (at: number, type: number) => boolean;
}

/** One byte for each hour and type: how many may sign, 2 for more. */
function scanUnit(register: Register, unit: string, from: number, to: number): Uint8Array {
  const hours = Math.ceil((to - from) / 3_600_000);
  const ways = listWays(register, unit);
  const found = new Uint8Array(hours * docTypes.length);
  for (let hour = 0; hour < hours; hour++) {
    const at = from + hour * 3_600_000;
    for (let bit = 0; bit < docTypes.length; bit++) {
      let first: string | undefined;
      for (const { types, staffId, holds } of ways) {
        if ((types & (1 << bit)) === 0 || staffId === first || !holds(at, 1 << bit)) continue;
        found[hour * docTypes.length + bit]!++;
        if (first !== undefined) break;
        first = staffId;
      }
    }
  }
  return found;
}

function listWays(register: Register, unit: string): Way[] {
  const held = register.holdingsIn.get(unit) ?? [];
  const { rights } = register.findCarriage(unit);
  const ready = (staffId: string): ((at: number) => boolean) => {
    const { reading } = register.findPerson(unit, staffId);
    const { account } = reading ?? {};
    const absences = register.awayOf.get(staffId) ?? [];
    const { certificate } = account ?? {};
    return (at) =>
      account?.active === true &&
      certificate?.bound === true &&
      (certificate.notBefore ?? -Infinity) <= at &&
      at < (certificate.notAfter ?? Infinity) &&
      !absences.some((absence) => absence.from <= at && at < absence.to);
  };
  const heads = held
    .filter(({ rank }) => rank === "head")
    .map(({ staffId, from, to }): Way => {
      const isReady = ready(staffId);
      return { types: 2 ** docTypes.length - 1, staffId, holds: (at) => from <= at && at < to && isReady(at) };
    });
  const granted = (register.grantsIn.get(unit) ?? []).flatMap((grant): Way[] => {
    if (listGrantFaults(grant, register.facts.zone, register.findGrant).length > 0) return [];
    const start = toEffectiveStart(grant);
    const end = grant.validTo ?? Infinity;
    const events = register.eventsIn.get(unit)?.get(grant.id) ?? [];
    return held
      .filter((holding) => isPost(holding, grant.to))
      .map((holding) => {
        const own = rights.get(unit)?.get(holding.staffId) ?? [];
        const carried = own.filter(({ capacity }) => capacity === grant.capacity);
        const isReady = ready(holding.staffId);
        return {
          types: grant.docTypes,
          staffId: holding.staffId,
          holds: (at, type) =>
            start <= at &&
            at < end &&
            holding.from <= at &&
            at < holding.to &&
            !events.some(({ kind, at: when }) => kind === "revoked" && when <= at) &&
            !events.some(({ kind, at: when, until }) => kind === "suspended" && when <= at && at < (until ?? Infinity)) &&
            (!grant.needsApproval || events.some(({ kind, at: when }) => kind === "approved" && when <= at)) &&
            carried.some((right) => (right.docTypes & type) !== 0 && right.from <= at && at < right.to) &&
            isReady(at),
        };
      });
  });
  return [...heads, ...granted];
}
