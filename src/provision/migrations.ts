import type { Migration } from "../platform/database.ts";

export const provisionMigrations: readonly Migration[] = [];
