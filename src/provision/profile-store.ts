import type { Sql } from "../platform/database.ts";
import { hashProfile, type Profile } from "./profile.ts";

export interface StoredProfile {
  readonly profile: Profile;
  readonly sha256: string;
}

/** What was learned of each system, newest last; nothing is overwritten. */
export interface ProfileStore {
  save(profile: Profile, tx: Sql): Promise<string>;
  find(system: string): Promise<StoredProfile | undefined>;
}

export function createProfileStore(database: Sql): ProfileStore {
  return {
    async save(profile, tx) {
      const hash = await hashProfile(profile);
      await tx.run(
        "INSERT INTO provision_profile (system, sha256, at, body) VALUES (?, ?, ?, ?)",
        profile.system,
        hash,
        profile.probedAt,
        JSON.stringify(profile),
      );
      return hash;
    },
    async find(system) {
      const row = await database.get<{ sha256: string; body: string }>(
        "SELECT sha256, body FROM provision_profile WHERE system = ? ORDER BY seq DESC LIMIT 1",
        system,
      );
      return row && { sha256: row.sha256, profile: JSON.parse(row.body) as Profile };
    },
  };
}
