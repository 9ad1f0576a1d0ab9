import type { DelegationSettings } from "../delegation/settings.ts";
import type { UnitChoice } from "../directory/chosen-units.ts";
import type { Department } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import type { HealthSettings } from "../health/settings.ts";
import type { Database } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import type { ProvisionSettings } from "../provision/settings.ts";
import type { RecordsSettings } from "../records/settings.ts";
import type { ReadinessSettings } from "./settings.ts";

/** What readiness asks of a workspace: its settings and its cache. It never asks a system. */
export interface ReadinessHost {
  readonly settings: UnitChoice & {
    readonly directory: { readonly departments: readonly Department[] };
    readonly provision: ProvisionSettings;
    readonly delegate: DelegationSettings;
    readonly check: HealthSettings;
    readonly records: RecordsSettings;
    readonly ready: ReadinessSettings;
  };
  readonly zone: Zone;
  resolvePath(path: string): string;
  database(): Promise<Database>;
  directory(): Promise<Directory>;
}
