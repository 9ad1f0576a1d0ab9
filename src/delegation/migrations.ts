import type { Migration } from "../platform/database.ts";

export const delegationMigrations: readonly Migration[] = [];
