import type { Directory } from "./directory.ts";
import { type FormerFinding, rateFormerUnit } from "./former-unit.ts";
import type { FormerUnits } from "./former-unit-store.ts";
import { toNameFold } from "./name-index.ts";
import { type Doubt, resolveUnit } from "./resolve-unit.ts";
import { type IsoDate, type Unit, unitCodeShape } from "./unit.ts";
import { readUnitText } from "./unit-text.ts";

/** exact: may be acted on · proposed: one likely unit, ask first · ambiguous: several · none. */
export type Match = "exact" | "proposed" | "ambiguous" | "none";

/** code: a code of before July 2025, asked for without a day · retired: a name given up earlier, its further way not known whole. */
export type FindDoubt = Doubt | "code" | "retired";

export interface Finding {
  readonly match: Match;
  /** What it may be now: one when exact or proposed. */
  readonly units: readonly Unit[];
  readonly doubt?: FindDoubt;
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
  const { former, doubt } = await findFormer(request);
  const successors = listSuccessors(former, directory);
  if (resolution?.kind === "one" && !mayBeFormer(request.text, resolution.unit, successors)) {
    return { match: "exact", units: [resolution.unit], former, near: [] };
  }
  if (
    resolution?.kind === "proposed" &&
    former.every(({ successors: [only, ...more] }) => more.length === 0 && only?.code === resolution.unit.code)
  ) {
    return { match: "proposed", units: [resolution.unit], doubt: resolution.doubt, former, near: [] };
  }
  if (resolution === undefined || resolution.kind === "none") {
    if (former.length === 0) return { match: "none", units: [], former, near: resolution?.near ?? [] };
    const [one] = former;
    const whole = former.length === 1 && one?.successors.length === 1 && !one.successors[0]?.partial;
    // Asked for a day before July 2025, the former unit itself is the answer, however it was divided later.
    const single = before === undefined ? whole : former.length === 1;
    if (!single) return { match: "ambiguous", units: successors, former, near: [] };
    return doubt
      ? { match: "proposed", units: successors, doubt, former, near: [] }
      : { match: "exact", units: successors, former, near: [] };
  }
  const current = resolution.kind === "many" ? resolution.candidates : [resolution.unit];
  return { match: "ambiguous", units: [...new Set([...current, ...successors])], former, near: [] };
}

interface FormerAnswer {
  readonly former: readonly FormerFinding[];
  /** Undefined when the code was that of the day asked for, or each of them has the name, marks and kind that were typed. */
  readonly doubt?: FindDoubt;
}

async function findFormer({ text, before, formerUnits, province, directory }: FindRequest): Promise<FormerAnswer> {
  if (!formerUnits) return { former: [] };
  const code = text.trim();
  if (/^\d+$/.test(code)) {
    const found = unitCodeShape.test(code) ? await formerUnits.findByCode(code, before) : undefined;
    return { former: found ? [found] : [], ...(before === undefined ? { doubt: "code" } : {}) };
  }
  const asked = readUnitText(text);
  const found = await formerUnits.listByFold(asked.readings.map(({ name }) => toNameFold(name)));
  const rated = found
    .filter(({ former }) => before === undefined || before < former.until)
    .filter(
      (finding) => province === undefined || listSuccessors([finding], directory).some((unit) => unit.province === province),
    )
    .flatMap((finding) => {
      const rate = rateFormerUnit(asked, finding);
      return rate ? [{ finding, rate }] : [];
    });
  const sure = rated.filter(({ rate }) => rate === "sure");
  // Unaccented text cannot choose between names that fold alike.
  const kept = asked.unaccented || sure.length === 0 ? rated : sure;
  const doubt = kept.map(({ rate }) => rate).find((rate) => rate !== "sure");
  return { former: kept.map(({ finding }) => finding), ...(doubt ? { doubt } : {}) };
}

/** A bare name, its kind not said, is also that of a former unit which went elsewhere: An Phú of Thủ Đức is not Phường An Phú of today. */
function mayBeFormer(text: string, unit: Unit, successors: readonly Unit[]): boolean {
  if (/^\d+$/.test(text.trim())) return false;
  const bare = readUnitText(text).readings.every(
    ({ name, kind }) => kind === undefined || toNameFold(name) !== toNameFold(unit.name),
  );
  return bare && successors.some(({ code }) => code !== unit.code);
}

function listSuccessors(former: readonly FormerFinding[], directory: Directory): readonly Unit[] {
  const codes = new Set(former.flatMap(({ successors }) => successors.map(({ code }) => code)));
  return [...codes].sort().flatMap((code) => directory.findUnit(code) ?? []);
}
