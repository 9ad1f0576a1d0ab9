import type { Migration } from "../platform/database.ts";

export const healthMigrations: readonly Migration[] = [];
