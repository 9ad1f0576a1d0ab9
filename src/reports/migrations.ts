import type { Migration } from "../platform/database.ts";

export const reportsMigrations: readonly Migration[] = [];
