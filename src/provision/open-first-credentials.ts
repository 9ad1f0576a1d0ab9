import type { AuditLog } from "../audit/audit-store.ts";
import type { Directory } from "../directory/directory.ts";
import { formatUnitName } from "../directory/unit.ts";
import { createSealer } from "../platform/age.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { readSecureBytes } from "../platform/secure-bytes.ts";
import type { Zone } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import { readCustodians } from "./custodians.ts";
import { createFirstCredentials, type FirstCredentials, listEntered } from "./first-credentials.ts";
import { handoutFaults as words } from "./handout-words.ts";
import type { Plan } from "./plan.ts";
import type { ProvisionSettings } from "./settings.ts";
import { createSlipStore } from "./slip-store.ts";

interface CredentialsHost {
  readonly settings: ProvisionSettings;
  readonly directory: Directory;
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
  resolvePath(path: string): string;
}

/** Undefined when no account of the plan gets a first password. Failure kinds: invalid (settings, custodians), denied. */
export async function openFirstCredentials(
  host: CredentialsHost,
  plan: Plan,
  connectors: readonly Connector[],
): Promise<FirstCredentials | undefined> {
  const { settings, directory, database } = host;
  const { credentials } = settings;
  const unknown = Object.keys(credentials.systems).filter((system) => !(system in settings.systems));
  if (unknown.length > 0) throw new Failure("invalid", words.unknownSystems(unknown));
  if (listEntered(plan, credentials).length === 0) return undefined;
  const nameUnit = (code: string): string => {
    const unit = directory.findUnit(code);
    return unit ? formatUnitName(unit) : code;
  };
  return createFirstCredentials({
    ...host,
    plan,
    settings: credentials,
    custodians: await readCustodians({
      settings: credentials,
      resolvePath: host.resolvePath,
      isUnit: (code) => directory.findUnit(code) !== undefined,
    }),
    connectors,
    store: createSlipStore(database),
    nameUnit,
    seal: await createSealer(),
    readBytes: readSecureBytes,
  });
}
