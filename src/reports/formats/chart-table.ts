import { verbatim } from "../../platform/words.ts";
import { type ChartBlock, count, left, rateCell, right, type TableBlock, table, text } from "../blocks.ts";
import { gridWords, formatWords as words } from "./words.ts";

/** A chart's figures as a table: beside the picture for those who do not see it, and instead of it where none is drawn. */
export function toChartTable(block: ChartBlock): TableBlock {
  switch (block.chart) {
    case "lines":
      return table(
        block.caption,
        [left(words.hour), ...block.series.map(right)],
        block.points.map(({ at, values }) => [text(verbatim(at.slice(11, 16))), ...values.map((value) => count(value))]),
      );
    case "shares": {
      const whole = block.parts.reduce((sum, { value }) => sum + value, 0);
      return table(
        block.caption,
        [left(words.part), right(words.dossiers), right(words.share)],
        block.parts.map(({ label, value }) => [
          text(label),
          count(value),
          rateCell({ numerator: value, denominator: whole, definition: "share" }),
        ]),
      );
    }
    case "grid":
      return table(
        block.caption,
        [left(words.state), ...block.columns.map(left)],
        block.rows.map(({ label, states }) => [text(label), ...states.map((state) => text(gridWords[state]))]),
        { long: block.rows.length > 20 },
      );
  }
}
