import type { Endpoint } from "./endpoint.ts";
import type { Cause } from "./explain.ts";
import type { Observations } from "./observation.ts";

/** A unit whose label in the inventory looks wrong. Shown, never corrected by itself. */
export interface Suspect {
  readonly unit: string;
  readonly attribute: "carrier";
  /** Undefined: the inventory does not say. */
  readonly listed: string | undefined;
  /** The carrier that it fails together with. */
  readonly behavesLike: string;
}

/**
 * A unit that fails alone, in the very way that another carrier is failing just now, is probably on that carrier
 * ("inventory says Viettel; behaves like VNPT"). Its cause becomes a suspect. So it is with a unit whose carrier the inventory does not know.
 */
export function findSuspects(
  causes: readonly Cause[],
  endpoints: readonly Endpoint[],
  observed: Observations,
): { readonly causes: readonly Cause[]; readonly suspects: readonly Suspect[] } {
  const suspects: Suspect[] = [];
  const kept = causes.filter((cause) => {
    if (cause.kind !== "ward") return true;
    const { carrier, province } = endpoints[cause.members[0] as number] as Endpoint;
    const like = causes.find((other) => {
      const [otherCarrier, rest] = other.id.split("/");
      const near = other.kind === "carrier" || other.kind === "carsys" || (other.kind === "carprov" && rest === province);
      return near && otherCarrier !== carrier && isUsual(findCommonest(cause, observed), other, observed);
    });
    if (like) {
      suspects.push({ unit: cause.id, attribute: "carrier", listed: carrier, behavesLike: like.id.split("/")[0] as string });
    }
    return like === undefined;
  });
  return { causes: kept, suspects };
}

const usualShare = 0.1;

function isUsual(signature: number, { affected }: Pick<Cause, "affected">, observed: Observations): boolean {
  return affected.filter((at) => observed[at] === signature).length >= usualShare * affected.length;
}

/** The signature that most of a cause's failures show. */
function findCommonest({ affected }: Pick<Cause, "affected">, observed: Observations): number {
  const counts = new Map<number, number>();
  for (const at of affected) counts.set(observed[at] as number, (counts.get(observed[at] as number) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0])[0];
}
