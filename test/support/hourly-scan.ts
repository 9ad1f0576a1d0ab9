import { docTypes } from "../../src/delegation/doc-types.ts";
import { isPost, type Register } from "../../src/delegation/facts.ts";
import { toEffectiveStart } from "../../src/delegation/grant.ts";
import { listGrantFaults } from "../../src/delegation/judge-grant.ts";

/**
 * The rival: at every whole hour, for every type, look whether nobody, one person or more may sign, grant by grant, until two are
 * found. Lawful grants, their holders and rights are looked up once beforehand; the rest is compared at each hour as a report in SQL
 * would.
 */
export function scanHourly(
  register: Register,
  units: readonly string[],
  { from, to }: { from: number; to: number },
): Uint8Array[] {
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
    const absences = register.facts.absences.filter((absence) => absence.staffId === staffId);
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
