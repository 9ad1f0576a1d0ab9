import type { Database } from "../platform/database.ts";
import { readChanges } from "./change-store.ts";
import { type Contacts, createContacts } from "./contact-store.ts";
import type { DirectoryChanges } from "./directory.ts";
import { createFormerUnits, type FormerUnits } from "./former-unit-store.ts";
import { createPeopleStore, type PeopleStore } from "./people-store.ts";

/** What a workspace knows of units beyond the built-in directory. */
export interface DirectoryCache {
  readonly formerUnits: FormerUnits;
  readonly contacts: Contacts;
  readonly people: PeopleStore;
  readChanges(): Promise<DirectoryChanges>;
}

export function openDirectoryCache(database: Database): DirectoryCache {
  return {
    formerUnits: createFormerUnits(database),
    contacts: createContacts(database),
    people: createPeopleStore(database),
    readChanges: () => readChanges(database),
  };
}
