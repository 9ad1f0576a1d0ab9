import type { Database } from "../platform/database.ts";
import type { Profile } from "./profile.ts";
import { createProfileStore } from "./profile-store.ts";
import type { ProvisionSettings } from "./settings.ts";

/** What was learned of the systems as they are configured now. What was learned at another address says nothing of this one. */
export interface KnownProfiles {
  findProfile(system: string, url: string): Promise<Profile | undefined>;
  /** By system; those that were never probed are not in it. */
  listHashes(): Promise<ReadonlyMap<string, string>>;
}

interface ProfilesHost {
  readonly settings: ProvisionSettings;
  readonly database: Database;
}

export function createKnownProfiles({ settings, database }: ProfilesHost): KnownProfiles {
  const store = createProfileStore(database);
  const find = async (system: string, url: string) => {
    const stored = await store.find(system);
    return stored?.profile.url === url.replace(/\/+$/, "") ? stored : undefined;
  };
  return {
    findProfile: async (system, url) => (await find(system, url))?.profile,
    async listHashes() {
      const hashes = new Map<string, string>();
      for (const [system, { url }] of Object.entries(settings.systems)) {
        const stored = await find(system, url);
        if (stored) hashes.set(system, stored.sha256);
      }
      return hashes;
    },
  };
}
