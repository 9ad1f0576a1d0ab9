import type { BoardReason, BoardUnit } from "../../src/board/board.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { findArticleFor } from "../../src/handbook/find-article-for.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { ownerNames } from "../../src/readiness/owners.ts";
import { readReadiness } from "../../src/readiness/read-readiness.ts";
import { dimensions, type Reason, type UnitReadiness } from "../../src/readiness/readiness.ts";
import { toPlaceName } from "../../src/reports/place-name.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

/** Readiness of every unit as of an instant. */
export async function readUnits(workspace: Workspace, directory: Directory, at: Instant): Promise<readonly BoardUnit[]> {
  return (await readReadiness(workspace, { at })).map((unit) => toBoardUnit(unit, directory));
}

function toBoardUnit({ code, verdict, since, dimensions: judged, first }: UnitReadiness, directory: Directory): BoardUnit {
  const cells = Object.fromEntries(
    dimensions.map((dimension) => {
      const { verdict: own, reasons } = judged[dimension];
      return [dimension, { verdict: own, reasons: reasons.map(toBoardReason) }];
    }),
  ) as unknown as BoardUnit["cells"];
  return {
    code,
    name: toPlaceName(code, directory.findUnit),
    verdict,
    since,
    cells,
    first: first && { ...toBoardReason(first), dimension: first.dimension },
  };
}

function toBoardReason({ code, verdict, owner, detail, commands }: Reason): BoardReason {
  const weight = verdict === "no-go" ? "obstacle" : verdict;
  return { code, inWords: detail, owner: ownerNames[owner], weight, commands, article: findArticleFor(code) };
}
