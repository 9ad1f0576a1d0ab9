import type { Names } from "../../src/health/cause-words.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { layerWords } from "../../src/health/reason.ts";
import type { Output } from "../../src/platform/output.ts";
import { cellWords, checkWords as words } from "./words.ts";

/** A province's units fit a screen; of a country only those with findings are shown. */
const rowsAtMost = 60;

/** Units × systems, one row a unit. A cell is a sign and a word, so nothing hangs on colour. */
export async function formatMatrix(results: readonly ProbeResult[], names: Names, out: Output): Promise<string> {
  const systems = [...new Set(results.map(({ system }) => system))];
  const units = Map.groupBy(results, ({ unit }) => unit);
  const isWell = (row: readonly ProbeResult[]): boolean => row.every(({ state }) => state === "pass");
  const shown = [...units].filter(([, row]) => units.size <= rowsAtMost || !isWell(row));
  const rows = shown.map(([unit, row]) => [
    `${unit} ${out.say(names.unit(unit))}`,
    ...systems.map((system) => {
      const result = row.find((one) => one.system === system);
      return result ? formatCell(result, out) : "";
    }),
  ]);
  const lines: string[] = [];
  if (rows.length > 0) {
    const columns = [out.say(words.unitTitle), ...systems].map((title) => ({ title }));
    lines.push(out.table(columns, rows), out.paint.dim(out.say(words.legend)));
  }
  if (shown.length < units.size) lines.push(out.say(words.others(units.size - shown.length)));
  return lines.join("\n");
}

function formatCell({ state, reason, layer, maintenance }: ProbeResult, { say, paint }: Output): string {
  if (maintenance && state === "fail") return paint.dim(say(cellWords.maintenance));
  if (state === "pass") return paint.green(say(cellWords.pass));
  if (state === "unknown") return paint.yellow(say(cellWords.unknown));
  if (state === "untested") return paint.dim(say(cellWords.untested));
  if (reason === "http.slow") return paint.yellow(say(cellWords.slow));
  return paint.red(`✗ ${layer ? say(layerWords[layer]) : ""}`);
}
