import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Migration } from "../platform/database.ts";
import type { RecordsSettings } from "./settings.ts";

/** The same bytes read by another profile say something else: what a file was read by stands beside what it was. */
export const readingMigration: Migration = {
  name: "records/0006-reading",
  statements: (c) => [`ALTER TABLE record_batch ADD COLUMN reading ${c.text}`],
};

/** SHA-256 of all of a profile that decides what its rows mean: not who is expected in it, nor how often, nor how well it is trusted. */
export async function toReading(profile: RecordsSettings["sources"][string]): Promise<string> {
  const { units: _units, expectEvery: _expectEvery, quality: _quality, skipInvalid: _skipInvalid, ...read } = profile;
  // Parsed settings hold undefined where nothing is said, which is no JSON.
  return sha256(await toCanonicalJson(JSON.parse(JSON.stringify(read))));
}
