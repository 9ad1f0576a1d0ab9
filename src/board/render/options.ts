import type { Zone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";

export interface RenderOptions {
  readonly lang: Lang;
  readonly zone: Zone;
}
