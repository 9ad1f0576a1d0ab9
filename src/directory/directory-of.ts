import type { Directory } from "./directory.ts";
import type { IsoDate, Province, Unit } from "./unit.ts";

/** A directory of these units and provinces, which are in order of code. Without the built-in tables, so that a thread may have one of what it was sent. */
export function createDirectoryOf(
  date: IsoDate,
  { units, provinces }: { readonly units: readonly Unit[]; readonly provinces: readonly Province[] },
): Directory {
  const unitsByCode = new Map(units.map((unit) => [unit.code, unit]));
  const provincesByCode = new Map(provinces.map((province) => [province.code, province]));
  return {
    date,
    findUnit: (code) => unitsByCode.get(code),
    findProvince: (code) => provincesByCode.get(code),
    listUnits: ({ province, kind } = {}) =>
      units.filter(
        (unit) => (province === undefined || unit.province === province) && (kind === undefined || unit.kind === kind),
      ),
    listProvinces: () => provinces,
  };
}
