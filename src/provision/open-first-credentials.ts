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
import { type Custodians, readCustodians } from "./custodians.ts";
import {
  createFirstCredentials,
  type FirstCredentials,
  listEntered,
  listSealed,
  listUnitsWithoutCustodian,
} from "./first-credentials.ts";
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
    custodians: await readOwnCustodians(host),
    connectors,
    store: createSlipStore(database),
    nameUnit,
    seal: await createSealer(),
    readBytes: readSecureBytes,
  });
}

/** Before anything is saved or applied: units of the plan that lack a custodian's key. Failure kinds: invalid (the list of custodians), denied. */
export async function readUnitsWithoutCustodian(host: CustodianHost, plan: Plan): Promise<readonly string[]> {
  const { credentials } = host.settings;
  return listSealed(plan, credentials).length === 0
    ? []
    : listUnitsWithoutCustodian(plan, credentials, await readOwnCustodians(host));
}

type CustodianHost = Pick<CredentialsHost, "settings" | "directory" | "resolvePath">;

function readOwnCustodians({ settings, directory, resolvePath }: CustodianHost): Promise<Custodians> {
  return readCustodians({
    settings: settings.credentials,
    resolvePath,
    isUnit: (code) => directory.findUnit(code) !== undefined,
  });
}
