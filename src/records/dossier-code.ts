/** A dossier's code taken apart: `H57.19753-250703-0012` (domain.md §5). */
export interface DossierCode {
  /** Everything before the date: the agency code, new or old style. */
  readonly agency: string;
  /** Days since 2000-01-01. */
  readonly day: number;
  /** Digits as written: leading zeros are part of the code. */
  readonly serial: string;
}

const shape = /^((?:[A-Z]\d{2}(?:\.\d{1,3}){0,3})|(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}))-(\d{2})(\d{2})(\d{2})-(\d{4,7})$/;
const dayMs = 86_400_000;
const start = Date.UTC(2000, 0, 1);

/** Undefined when the text is no dossier code or names a day that does not exist. */
export function parseDossierCode(text: string): DossierCode | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  const [, agency, year, month, day, serial] = match as unknown as [string, string, string, string, string, string];
  const at = Date.UTC(2000 + Number(year), Number(month) - 1, Number(day));
  const real = new Date(at).getUTCMonth() === Number(month) - 1 && new Date(at).getUTCDate() === Number(day);
  return real ? { agency, day: (at - start) / dayMs, serial } : undefined;
}

export function formatDossierCode({ agency, day, serial }: DossierCode): string {
  const date = new Date(start + day * dayMs).toISOString();
  return `${agency}-${date.slice(2, 4)}${date.slice(5, 7)}${date.slice(8, 10)}-${serial}`;
}

/** Ids of dossiers whose code was dropped lie below: odd codes never come so far, and packed ones are not negative. */
export const sealedBelow = -(2 ** 40);

export function isSealed(id: number): boolean {
  return id < sealedBelow;
}

const serialRoom = 2 ** 20;
const agencyRoom = 2 ** 16;

/**
 * One whole number of 53 bits: day (17) | agency's id (16) | serial (20), so that dossiers of one day lie side by side in the table.
 * Undefined for a code that would not come back letter for letter. Shifting is multiplying: `<<` has 32 bits.
 */
export function packDossierCode(code: DossierCode, agencyId: number): number | undefined {
  const serial = Number(code.serial);
  const backAgain = String(serial).padStart(4, "0") === code.serial;
  return backAgain ? packParts(code.day, agencyId, serial) : undefined;
}

/** The same of a serial without needless zeros in front. */
export function packParts(day: number, agencyId: number, serial: number): number | undefined {
  if (serial >= serialRoom || agencyId >= agencyRoom || agencyId < 0 || day < 0) return undefined;
  return (day * agencyRoom + agencyId) * serialRoom + serial;
}

export function unpackDossierCode(key: number): { readonly day: number; readonly agencyId: number; readonly serial: string } {
  const rest = Math.floor(key / serialRoom);
  return {
    day: Math.floor(rest / agencyRoom),
    agencyId: rest % agencyRoom,
    serial: String(key % serialRoom).padStart(4, "0"),
  };
}
