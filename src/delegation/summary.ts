import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { docTypes } from "./doc-types.ts";
import { isPost, type Register } from "./facts.ts";
import type { Grant } from "./grant.ts";
import { type GrantState, toGrantState } from "./grant-state.ts";
import { toSignatureBlock } from "./signature-block.ts";

/** One right of one unit, for a page that people look at together. */
export interface SummaryRow {
  readonly grant: Grant;
  readonly state: GrantState;
  /** Staff ids of whoever holds the post at that instant. */
  readonly holders: readonly string[];
  /** `TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG`; a second one for documents of the People's Committee. */
  readonly blocks: readonly (readonly string[])[];
}

export interface UnitSummary {
  readonly unit: Unit;
  /** Staff ids of the head in office. */
  readonly heads: readonly string[];
  readonly rows: readonly SummaryRow[];
}

/** What is over is left out; what is to come, waits or is suspended is shown with its state. */
export function toUnitSummary(register: Register, unit: Unit, at: Instant): UnitSummary {
  const holdings = (register.holdingsIn.get(unit.code) ?? []).filter(({ from, to }) => from <= at && at < to);
  const rows = (register.grantsIn.get(unit.code) ?? []).flatMap((grant): SummaryRow[] => {
    const state = toGrantState(register, grant, at);
    if (state === "expired" || state === "revoked") return [];
    const holders = holdings.filter((holding) => isPost(holding, grant.to)).map(({ staffId }) => staffId);
    return [
      {
        grant,
        state,
        holders: [...new Set(grant.person === undefined ? holders : [grant.person])],
        blocks: listBlocks(grant, grant.parent === undefined ? undefined : register.findGrant(grant.parent)),
      },
    ];
  });
  const heads = holdings.filter(({ rank }) => rank === "head").map(({ staffId }) => staffId);
  return { unit, heads, rows };
}

function listBlocks(grant: Grant, parent: Grant | undefined): string[][] {
  const { capacity, to } = grant;
  const from = parent?.from ?? grant.from;
  const through = parent && grant.from;
  const blocks = docTypes
    .filter((_, bit) => (grant.docTypes & (1 << bit)) !== 0)
    .map((docType) => toSignatureBlock({ capacity, docType, from, to, through }));
  return [...new Map(blocks.map((lines) => [lines.join("/"), lines])).values()];
}
