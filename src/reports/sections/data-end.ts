import type { Instant } from "../../platform/clock.ts";
import type { SectionFacts } from "./section.ts";

/** When the newest delivery was true, where that is before the report's instant: of the time after it nothing is known, which is not zero. */
export function findDataEnd({ units, window }: Pick<SectionFacts, "units" | "window">): Instant | undefined {
  const delivered = units.flatMap(({ figures, lastDeliveryAt }) =>
    figures && lastDeliveryAt !== undefined ? [lastDeliveryAt] : [],
  );
  const newest = delivered.length > 0 ? Math.max(...delivered) : undefined;
  return newest !== undefined && newest < window.end ? newest : undefined;
}
