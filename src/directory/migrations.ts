import type { Migration } from "../platform/database.ts";

export const directoryMigrations: readonly Migration[] = [];
