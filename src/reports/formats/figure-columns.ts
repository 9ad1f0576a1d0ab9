import type { Words } from "../../platform/words.ts";
import { type Cell, count, rateCell } from "../blocks.ts";
import { metrics } from "../metrics.ts";
import type { ReportedUnit } from "../model.ts";
import { type RateName, toRate } from "../rate.ts";
import { rateTitles } from "../words.ts";

/** Every figure a unit has, by its stable name: the daily table's columns, then the rates. */
export interface FigureColumn {
  readonly key: string;
  readonly title: Words;
  readonly read: (unit: ReportedUnit) => Cell;
}

const rates: readonly RateName[] = ["resolution", "on_time_resolved", "online"];
const absent: Cell = { cell: "absent", reason: null };

export const figureColumns: readonly FigureColumn[] = [
  ...metrics.map(
    ({ key, title, read }): FigureColumn => ({
      key,
      title,
      // A unit's own word stands in its row, whose state says so; no rate is made of it.
      read: ({ figures, declared }) => count(figures ? read(figures) : declared?.counts[key]),
    }),
  ),
  ...rates.map(
    (name): FigureColumn => ({
      key: `rate.${name}`,
      title: rateTitles[name],
      read: ({ figures }) => (figures ? rateCell(toRate(name, figures)) : absent),
    }),
  ),
];

/** In the order of Vietnamese names (An, Ăn, Ân; Dung before Đức), then of codes. */
export function sortUnits(units: readonly ReportedUnit[]): ReportedUnit[] {
  const { compare } = new Intl.Collator("vi");
  const bare = (name: string): string => name.replace(/^(Phường|Xã|Đặc khu)\s+/u, "");
  return [...units].sort((a, b) => compare(bare(a.name), bare(b.name)) || compare(a.name, b.name) || (a.code < b.code ? -1 : 1));
}
