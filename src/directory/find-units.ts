import type { Directory } from "./directory.ts";
import { type FormerFinding, rateFormerUnit } from "./former-unit.ts";
import type { FormerUnits } from "./former-unit-store.ts";
import { toNameFold } from "./name-index.ts";
import { type Doubt, resolveUnit } from "./resolve-unit.ts";
import { type IsoDate, type Unit, unitCodeShape } from "./unit.ts";
import { readUnitText } from "./unit-text.ts";

/** exact: may be acted on · proposed: one likely unit, ask first · ambiguous: several · none. */
export type Match = "exact" | "proposed" | "ambiguous" | "none";

export interface Finding {
  readonly match: Match;
  /** What it may be now: one when exact or proposed. */
  readonly units: readonly Unit[];
  readonly doubt?: Doubt;
  /** Former units of that name or code, with every unit that took over a part. */
  readonly former: readonly FormerFinding[];
  /** Names within a slip or two, when nothing was found. */
  readonly near: readonly Unit[];
}

export interface FindRequest {
  readonly text: string;
  /** The units of today, or of the day asked for when that is not before 2025-07-01. */
  readonly directory: Directory;
  /** Set when the day asked for is before 2025-07-01: then only former units are looked for. */
  readonly before?: IsoDate;
  readonly province?: string;
  /** Undefined without a workspace. */
  readonly formerUnits?: FormerUnits;
}

/** Which unit a text means, now or before July 2025. Mergers are many-to-many: every successor is given, none is picked. */
export async function findUnits(request: FindRequest): Promise<Finding> {
  const { directory, before, province } = request;
  const resolution = before === undefined ? resolveUnit(request.text, directory, { province }) : undefined;
  const { former, sure } = await findFormer(request);
  if (resolution?.kind === "one") return { match: "exact", units: [resolution.unit], former, near: [] };
  const successors = listSuccessors(former, directory);
  if (resolution?.kind === "proposed" && former.every(({ successors: [only, ...more] }) => more.length === 0 && only?.code === resolution.unit.code)) {
    return { match: "proposed", units: [resolution.unit], doubt: resolution.doubt, former, near: [] };
  }
  if (resolution === undefined || resolution.kind === "none") {
    if (former.length === 0) return { match: "none", units: [], former, near: resolution?.near ?? [] };
    const [one] = former;
    const whole = former.length === 1 && one?.successors.length === 1 && !one.successors[0]?.partial;
    // Asked for a day before July 2025, the former unit itself is the answer, however it was divided later.
    const single = before === undefined ? whole : former.length === 1;
    if (!single) return { match: "ambiguous", units: successors, former, near: [] };
    return sure
      ? { match: "exact", units: successors, former, near: [] }
      : { match: "proposed", units: successors, doubt: "marks", former, near: [] };
  }
  const current = resolution.kind === "many" ? resolution.candidates : [resolution.unit];
  return { match: "ambiguous", units: [...new Set([...current, ...successors])], former, near: [] };
}

interface FormerAnswer {
  readonly former: readonly FormerFinding[];
  /** Every one of them has the name, marks and kind that were typed, or the code on the day asked for. */
  readonly sure: boolean;
}

async function findFormer(request: FindRequest): Promise<FormerAnswer> {
  const { text, before, formerUnits, province, directory } = request;
  if (!formerUnits) return { former: [], sure: false };
  const code = text.trim();
  if (/^\d+$/.test(code)) {
    const found = unitCodeShape.test(code) ? await formerUnits.findByCode(code, before) : undefined;
    // A code without its day may be another unit's: codes were given anew in July 2025.
    return { former: found ? [found] : [], sure: before !== undefined };
  }
  const asked = readUnitText(text);
  const found = await formerUnits.listByFold(asked.readings.map(({ name }) => toNameFold(name)));
  const rated = found
    .filter(({ former }) => before === undefined || before < former.until)
    .filter((finding) => province === undefined || listSuccessors([finding], directory).some((unit) => unit.province === province))
    .map((finding) => ({ finding, rate: rateFormerUnit(asked, finding) }))
    .filter(({ rate }) => rate !== undefined);
  const named = rated.filter(({ rate }) => rate === "named");
  // Unaccented text cannot choose between names that fold alike.
  const kept = asked.unaccented || named.length === 0 ? rated : named;
  return { former: kept.map(({ finding }) => finding), sure: kept.every(({ rate }) => rate === "named") };
}

function listSuccessors(former: readonly FormerFinding[], directory: Directory): readonly Unit[] {
  const codes = new Set(former.flatMap(({ successors }) => successors.map(({ code }) => code)));
  return [...codes].sort().flatMap((code) => directory.findUnit(code) ?? []);
}
