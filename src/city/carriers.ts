import type { Unit } from "../directory/unit.ts";
import { createRandom } from "../platform/random.ts";

export type Carrier = "VNPT" | "Viettel" | "MobiFone";

/** The carrier of a unit's line in the rehearsal city, always the same for a unit. The shares are invented: the true ones are not published. */
export function carrierOf(unit: string): Carrier {
  const draw = createRandom(`carrier/${unit}`).next();
  if (draw < 0.48) return "VNPT";
  return draw < 0.9 ? "Viettel" : "MobiFone";
}

/**
 * The half of a carrier's units that one exchange serves, for `carrier-down=VNPT/half`: the first ones by code, which lie together on
 * the map. Of an odd number the smaller half.
 */
export function listHalf(carrier: Carrier, units: readonly Unit[]): readonly string[] {
  const own = units
    .map(({ code }) => code)
    .filter((code) => carrierOf(code) === carrier)
    .sort();
  return own.slice(0, Math.floor(own.length / 2));
}
