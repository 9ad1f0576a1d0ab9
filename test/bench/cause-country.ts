import { createDirectory } from "../../src/directory/directory.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { createRandom } from "../../src/platform/random.ts";

/**
 * Every unit of the country × 5 systems: three have an instance in each province, two are national (check.md §1). Who has which carrier is
 * made up (48/42/10 %), as are data centres and sign-in services.
 */
export function makeCountry(seed: string): readonly Endpoint[] {
  return makeDesk(
    seed,
    listUnits().map(({ code, province }) => ({ code, province })),
  );
}

/** The same of one province's size. */
export function makeProvince(seed: string, size: number): readonly Endpoint[] {
  return makeDesk(
    seed,
    listUnits()
      .slice(0, size)
      .map(({ code }) => ({ code, province: "01" })),
  );
}

function listUnits() {
  return createDirectory("2025-07-03")?.listUnits() ?? [];
}

const provincial = ["documents", "dossiers", "land"];
const national = ["civil", "portal"];

function makeDesk(seed: string, units: readonly { readonly code: string; readonly province: string }[]): readonly Endpoint[] {
  const random = createRandom(seed);
  const provinces = [...new Set(units.map(({ province }) => province))];
  return units.flatMap(({ code, province }) => {
    const draw = random.next();
    const carrier = draw < 0.48 ? "VNPT" : draw < 0.9 ? "Viettel" : "MobiFone";
    const region = provinces.indexOf(province) % 3;
    return [...provincial, ...national].map((system): Endpoint => {
      const isNational = national.includes(system);
      const host = isNational ? `${system}.gov.test` : `${system}.p${province}.test`;
      return {
        id: `${code}/${system}`,
        unit: code,
        system,
        url: `https://${host}/${code}`,
        host,
        port: 443,
        addresses: [],
        carrier,
        province,
        instance: isNational ? undefined : `${system}-${province}`,
        dc: isNational ? "DC-national" : `DC-${region}`,
        sso: system === "portal" ? "SSO-national" : system === "documents" || system === "dossiers" ? `SSO-${region}` : undefined,
        dnsZone: isNational ? "gov.test" : `p${province}.test`,
      };
    });
  });
}
