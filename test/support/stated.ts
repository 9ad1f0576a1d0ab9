import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import type { Declared } from "../../src/records/figures.ts";
import { readStatedFigure } from "../../src/records/stated-figure.ts";

interface Statement {
  readonly unit?: string;
  readonly metric: string;
  /** As the press prints it, Vietnamese numbers: `1.283`, `>11.600`, `~30`, `96,3%`. */
  readonly stated: string;
  readonly name?: string;
  readonly source?: string;
  readonly start?: string;
  readonly end?: string;
}

/** A published figure, read by the same rules as an import's. */
export function toDeclared({
  unit,
  metric,
  stated,
  name,
  source = "bao-chi",
  start,
  end = "2025-07-03T10:00",
}: Statement): Declared {
  const figure = readStatedFigure(stated, "vi");
  if (!figure) throw new Error(`not a figure: ${stated}`);
  return {
    ...figure,
    source,
    quality: "press",
    unit,
    statedName: name,
    metric,
    window: { start: start === undefined ? undefined : readInstant(start, vietnamZone), end: readInstant(end, vietnamZone)! },
    stated,
    seq: 1,
  };
}
