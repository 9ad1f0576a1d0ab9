import type { Directory } from "../directory/directory.ts";
import type { RecordsSettings } from "./settings.ts";

/**
 * A place that dossiers or stated totals come from, as its mapping profile in wardctl.yaml tells. An adapter (src/records/sources)
 * turns it into rows that hold the mapped fields and nothing else: the other columns are dropped before anything is kept.
 */
export type SourceProfile = RecordsSettings["sources"][string];
export type DossierProfile = Extract<SourceProfile, { content: "dossiers" }>;
export type CountsProfile = Extract<SourceProfile, { content: "counts" }>;
export type RestProfile = Extract<SourceProfile, { kind: "rest" }>;

export interface NamedSource<Profile extends SourceProfile = SourceProfile> {
  readonly name: string;
  readonly profile: Profile;
}

export type Field = keyof DossierProfile["columns"];

/** The mapped fields of one row as text, absent or "" where the source gives none. */
export type FieldTexts = Readonly<Partial<Record<Field, string>>>;

export function listSources(settings: RecordsSettings): NamedSource[] {
  return Object.entries(settings.sources).map(([name, profile]) => ({ name, profile }));
}

/** The units that must be in a source; undefined when the profile names none. */
export function listExpectedUnits(profile: SourceProfile, directory: Directory): readonly string[] | undefined {
  if (typeof profile.units !== "string") return profile.units;
  return directory.listUnits({ province: profile.units.slice("province:".length) }).map((unit) => unit.code);
}
