import fc from "fast-check";
import { expect, it } from "vitest";
import { formatDossierCode, packDossierCode, parseDossierCode, unpackDossierCode } from "../../../src/records/dossier-code.ts";

it("a dossier code is the agency's, a real day and a serial, in the new style and the old", () => {
  for (const code of ["H15.50.05.13-261008-0975", "H57-250703-0001", "G22.99-250703-1234567", "000.00.12.H57-250630-0042"]) {
    expect(formatDossierCode(parseDossierCode(code)!)).toBe(code);
  }
  for (const code of [
    "",
    "H57-250231-0001",
    "h57-250703-0001",
    "H57-250703-001",
    "H57.1.2.3.4-250703-0001",
    "H57-250703-12345678",
  ]) {
    expect(parseDossierCode(code)).toBeUndefined();
  }
});

it("a packed code comes back letter for letter, keeps the order of days, and what would not come back is not packed", () => {
  const part = { agency: fc.nat(65_535), day: fc.nat(36_524), serial: fc.nat(9_999_999), width: fc.integer({ min: 4, max: 7 }) };
  fc.assert(
    fc.property(fc.record(part), fc.record(part), (a, b) => {
      const codes = [a, b].map(({ day, serial, width }) => ({ agency: "H57", day, serial: String(serial).padStart(width, "0") }));
      const [one, two] = codes.map((code, i) => packDossierCode(code, [a, b][i]!.agency));
      for (const [i, key] of [one, two].entries()) {
        const code = codes[i]!;
        const fits = Number(code.serial) < 2 ** 20 && String(Number(code.serial)).padStart(4, "0") === code.serial;
        expect(key !== undefined).toBe(fits);
        if (key === undefined) continue;
        expect(Number.isSafeInteger(key)).toBe(true);
        expect(unpackDossierCode(key)).toEqual({ day: code.day, serial: code.serial, agencyId: [a, b][i]!.agency });
      }
      if (one !== undefined && two !== undefined && a.day < b.day) expect(one).toBeLessThan(two);
    }),
  );
});
