import type { Instant } from "../../platform/clock.ts";
import { toSerial } from "../../platform/openssl.ts";
import { type Desk, findSystem } from "../desk.ts";
import type { DelegationSettings } from "../settings.ts";
import type { SealBound, SealCheck, SealReading } from "./seal.ts";
import { createSealStore } from "./seal-store.ts";

/**
 * What is known of each unit's seal: what wardctl.yaml states, else what its document system says of it, else what was checked here. Each is narrowed by
 * the check of the very certificate it names.
 */
export async function readSeals(desk: Pick<Desk, "database" | "settings">, at: Instant, asOf: Instant): Promise<SealReading[]> {
  const store = createSealStore(desk.database);
  const [bound, checks] = await Promise.all([store.listBound(at, asOf), store.listChecks(asOf)]);
  return listSeals(desk.settings, bound, checks);
}

export function listSeals(
  settings: DelegationSettings,
  bound: readonly SealBound[],
  checks: readonly SealCheck[],
): SealReading[] {
  const needsCheck = settings.certificates?.required.includes("seals") ?? false;
  const isStated = (unit: string): boolean => Object.hasOwn(settings.seals, unit);
  const ofSystem = bound.filter(({ system, unit }) => !isStated(unit) && findSystem(settings, unit) === system);
  const named = new Set([...ofSystem.map(({ unit }) => unit), ...Object.keys(settings.seals)]);
  const alone = checks.filter(({ unit, codes }) => !named.has(unit) && !codes.includes("SIG-UNBOUND"));
  return [
    ...listStated(settings, checks),
    ...alone.map(toChecked),
    ...ofSystem.map((one) => toBoundReading(one, checks, needsCheck)),
  ];
}

/** As wardctl.yaml states them: known whenever it is asked, until the file says otherwise. */
function listStated({ seals }: DelegationSettings, checks: readonly SealCheck[]): SealReading[] {
  // Read at the beginning of time, good for ever.
  const always = { at: 0, ttlMs: Number.POSITIVE_INFINITY, recordedAt: 0 };
  return Object.entries(seals).map(([unit, seal]) =>
    seal === "none"
      ? { unit, ...always, certificate: undefined }
      : { unit, ...always, certificate: seal, check: findCheck(checks, unit, seal.serial) },
  );
}

function toBoundReading(
  { unit, at, ttlMs, certificate, recordedAt }: SealBound,
  checks: readonly SealCheck[],
  needsCheck: boolean,
): SealReading {
  const base = { unit, at, ttlMs, recordedAt };
  if (!certificate) return base;
  const { serial, notBefore = Number.NEGATIVE_INFINITY, notAfter = Number.POSITIVE_INFINITY, bound } = certificate;
  return { ...base, certificate: { serial, notBefore, notAfter, bound }, check: findCheck(checks, unit, serial), needsCheck };
}

/** No system says which one is used: the one that was checked is. */
function toChecked(check: SealCheck): SealReading {
  const { unit, serial, at, notBefore, notAfter, recordedAt } = check;
  return { unit, at, ttlMs: Number.POSITIVE_INFINITY, recordedAt, certificate: { serial, notBefore, notAfter }, check };
}

function findCheck(checks: readonly SealCheck[], unit: string, serial: string): SealCheck | undefined {
  return checks.findLast((check) => check.unit === unit && toSerial(check.serial) === toSerial(serial));
}
