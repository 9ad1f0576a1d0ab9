import { auditMigrations } from "../audit/migrations.ts";
import { certificateMigrations } from "../delegation/certificates/certificate-migrations.ts";
import { gradeMigrations } from "../delegation/grades/sight-store.ts";
import { lossMigrations } from "../delegation/loss-store.ts";
import { delegationMigrations } from "../delegation/migrations.ts";
import { directoryMigrations } from "../directory/migrations.ts";
import { healthMigrations } from "../health/migrations.ts";
import { meetingMigrations } from "../meeting/migrations.ts";
import type { Migration } from "../platform/database.ts";
import { provisionMigrations } from "../provision/migrations.ts";
import { readinessMigrations } from "../readiness/migrations.ts";
import { recordsMigrations } from "../records/migrations.ts";
import { reportsMigrations } from "../reports/migrations.ts";

/** One cache file holds every room's tables; one line a room. */
export const allMigrations: readonly Migration[] = [
  ...auditMigrations,
  ...directoryMigrations,
  ...provisionMigrations,
  ...delegationMigrations,
  ...certificateMigrations,
  ...lossMigrations,
  ...gradeMigrations,
  ...healthMigrations,
  ...recordsMigrations,
  ...reportsMigrations,
  ...meetingMigrations,
  ...readinessMigrations,
];
