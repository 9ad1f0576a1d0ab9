import type { Migration } from "../platform/database.ts";

export const recordsMigrations: readonly Migration[] = [];
