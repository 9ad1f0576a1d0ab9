import type { ProbeResult } from "../../src/health/probe-result.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Context } from "../context.ts";
import { columnWords, checkWords as words } from "./words.ts";

/** One row a result, for spreadsheets. */
export function listResults(results: readonly ProbeResult[], format: ListFormat, { out }: Pick<Context, "out">): Promise<void> {
  const column = <Key extends keyof ProbeResult & keyof typeof columnWords>(
    key: Key,
    value: (result: ProbeResult) => string | number | boolean | undefined,
  ) => ({ key, title: columnWords[key], value });
  return out.list({
    schema: "wardctl.check/1",
    name: "results",
    items: results,
    format,
    empty: words.empty,
    columns: [
      column("endpoint", ({ endpoint }) => endpoint),
      column("unit", ({ unit }) => unit),
      column("system", ({ system }) => system),
      column("state", ({ state }) => state),
      column("layer", ({ layer }) => layer),
      column("reason", ({ reason }) => reason),
      column("hard", ({ hard }) => hard),
      column("attempts", ({ attempts }) => attempts),
      column("totalMs", ({ totalMs }) => totalMs),
      column("at", ({ at }) => toIso(at, vietnamZone)),
    ],
  });
}
