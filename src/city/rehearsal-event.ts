import type { Instant } from "../platform/clock.ts";
import type { RehearsalScript } from "./script.ts";

/** One thing that happened in a rehearsal, by the city's clock. `step` counts the script's steps from 0. */
export type RehearsalEvent = { readonly at: Instant } & (
  | { readonly kind: "begun"; readonly script: RehearsalScript }
  | { readonly kind: "planted"; readonly step: number; readonly removed: readonly RemovedAccount[] }
  /** `by` is what named it rightly: `VM-3`, `check`, `ready`. */
  | { readonly kind: "found"; readonly step: number; readonly by: string }
  | { readonly kind: "reported"; readonly step: number; readonly incident: string; readonly owner: string }
  | { readonly kind: "mended"; readonly step: number; readonly by: MendedWho; readonly owner?: string | undefined }
  /** It was over by itself. */
  | { readonly kind: "over"; readonly step: number }
  | { readonly kind: "ended" }
);

/** wardctl: the team with wardctl · owner: whose it is, told by a difficulty · trainer: by hand, with `mend`. */
export type MendedWho = "wardctl" | "owner" | "trainer";

/** An account that a fault took away: under the same id it is the same one, under a new one it was made anew. */
export interface RemovedAccount {
  readonly id: string;
  readonly key: string;
}
