import type { Unit } from "../../src/directory/unit.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso } from "../../src/platform/time.ts";
import { listHistory } from "../../src/readiness/read-readiness.ts";
import { dimensions } from "../../src/readiness/readiness.ts";
import type { ReadinessRecord } from "../../src/readiness/readiness-store.ts";
import { dimensionWords, verdictWords } from "../../src/readiness/words.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { marks } from "./list.ts";
import { readyWords as words } from "./words.ts";

/** What changed of one unit, oldest first. */
export async function showHistory(
  unit: Unit,
  format: ListFormat,
  { workspace: open, out }: Pick<Context, "workspace" | "out">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const listOpen = ({ state }: ReadinessRecord) => dimensions.filter((dimension) => state[dimension].verdict !== "go");
  const listCodes = ({ state }: ReadinessRecord) => [...new Set(dimensions.flatMap((dimension) => state[dimension].codes))];
  await out.list<ReadinessRecord>({
    schema: "wardctl.ready-history/1",
    name: "records",
    items: await listHistory(workspace, unit.code),
    extra: { unit: unit.code },
    columns: [
      {
        key: "at",
        title: words.atTitle,
        value: ({ at }) => toIso(at, zone),
        text: ({ at }, lang) => formatDateTime(at, zone, lang),
      },
      {
        key: "verdict",
        title: words.verdictTitle,
        value: ({ verdict }) => verdict,
        text: ({ verdict }, lang) => `${marks[verdict]} ${verdictWords[verdict][lang]}`,
      },
      { key: "since", title: words.sinceTitle, machineOnly: true, value: ({ since }) => toIso(since, zone) },
      { key: "turned", title: words.turned, machineOnly: true, value: ({ turned }) => turned },
      {
        key: "dimensions",
        title: words.openTitle,
        value: listOpen,
        json: ({ state }) => state,
        text: (record, lang) =>
          listOpen(record)
            .map((dimension) => `${dimensionWords[dimension][lang]} ${marks[record.state[dimension].verdict]}`)
            .join(", "),
      },
      { key: "codes", title: words.codesTitle, value: listCodes, text: (record) => listCodes(record).join(", ") },
    ],
    format,
    empty: words.noCurve,
  });
  return "ok";
}
