import { formatUnitName, type Unit } from "../directory/unit.ts";
import { sha256 } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { createSigningAuthority } from "../platform/signing-authority.ts";
import { startOfLocalDay, toLocalDay, vietnamZone } from "../platform/time.ts";
import type { CityCore } from "./city.ts";

/** expired, none, unbound: the document system shows it · revoked: the list of revoked certificates · stale: the certificate's own subject. */
export type SealFault = "expired" | "none" | "unbound" | "revoked" | "stale";

/** Units of the city whose seal is not usable, one of each kind. The others have one that is. */
export const plantedSeals: Readonly<Record<string, SealFault>> = {
  "19804": "expired",
  "19867": "none",
  "19753": "unbound",
  "19831": "revoked",
  "19930": "stale",
};

/** What the document system keeps of a unit's seal. */
export interface CitySeal {
  readonly unit: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly bound: boolean;
}

/** Undefined: the unit has none. */
export function findCitySeal(core: Pick<CityCore, "seed" | "faults" | "calm">, unit: string): CitySeal | undefined {
  const { seed, faults } = core;
  const fault = findSealFault(core, unit);
  if (fault === "none") return undefined;
  const serial = `5e${sha256(`${seed}/seal/${unit}`).slice(0, 16)}`;
  const notBefore = fault === "expired" ? "2020-07-01T00:00:00+07:00" : "2025-06-20T00:00:00+07:00";
  const notAfter = fault === "expired" ? "2025-07-01T00:00:00+07:00" : "2030-06-20T00:00:00+07:00";
  return { unit, serial, notBefore, notAfter, bound: fault !== "unbound" && !faults.has("seal-unbound", unit) };
}

function findSealFault({ calm }: Pick<CityCore, "calm">, unit: string): SealFault | undefined {
  return calm ? undefined : plantedSeals[unit];
}

export interface SealFiles {
  readonly anchor: string;
  readonly list: string;
  /** PEM by unit code. */
  readonly certificates: ReadonlyMap<string, string>;
}

const dayMs = 86_400_000;
/** A name that was given up in the mergers of July 2025. */
const formerName = "Ủy ban nhân dân phường Thủy Biều";

/** The certificates behind the seals, by an authority of the rehearsal's own, with its list of revoked ones as of today. */
export async function issueCitySeals(core: Pick<CityCore, "seed" | "faults" | "units" | "clock" | "calm">): Promise<SealFiles> {
  const now = core.clock.now();
  const today = startOfLocalDay(toLocalDay(now, vietnamZone), vietnamZone);
  const at = (text: string): Instant => Date.parse(text);
  const authority = await createSigningAuthority(
    "C=VN, O=Ban Cơ yếu Chính phủ, CN=CA tập dượt",
    at("2020-01-01"),
    at("2045-01-01"),
  );
  const seals = core.units.flatMap((unit) => {
    const seal = findCitySeal(core, unit.code);
    return seal ? [{ unit, seal }] : [];
  });
  const certificates = new Map<string, string>();
  for (const { unit, seal } of seals) {
    const { serial, notBefore, notAfter } = seal;
    const subject = toSubject(unit, findSealFault(core, unit.code));
    certificates.set(unit.code, await authority.issue({ subject, serial, notBefore: at(notBefore), notAfter: at(notAfter) }));
  }
  const revoked = seals
    .filter(({ unit }) => findSealFault(core, unit.code) === "revoked")
    .map(({ seal }) => ({ serial: seal.serial, at: at("2025-07-02T08:00:00+07:00") }));
  const list = await authority.listRevoked({ revoked, thisUpdate: today - dayMs, nextUpdate: today + 7 * dayMs });
  return { anchor: authority.certificate, list, certificates };
}

function toSubject(unit: Unit, fault: SealFault | undefined): string {
  const name = fault === "stale" ? formerName : `Ủy ban nhân dân ${lowerFirst(formatUnitName(unit))}`;
  return `C=VN, O=${name}, CN=${name}`;
}

function lowerFirst(text: string): string {
  return `${text[0]?.toLowerCase() ?? ""}${text.slice(1)}`;
}
