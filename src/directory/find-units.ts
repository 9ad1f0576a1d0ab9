import type { Directory } from "./directory.ts";
import { type FormerFinding, rateFormerUnit } from "./former-unit.ts";
import type { FormerUnits } from "./former-unit-store.ts";
import { toNameFold } from "./name-index.ts";
import { findProvinceByText } from "./province-name.ts";
import { type Doubt, type Resolution, resolveUnit } from "./resolve-unit.ts";
import { type IsoDate, type Unit, unitCodeShape } from "./unit.ts";
import { readUnitText } from "./unit-text.ts";

/** exact: may be acted on · proposed: one likely unit, ask first · ambiguous: several · none. */
export type Match = "exact" | "proposed" | "ambiguous" | "none";

/** code: a code of before July 2025, asked for without a day · retired: a name given up earlier, its further way not known whole. */
export type FindDoubt = Doubt | "code" | "retired";

export interface Finding {
  readonly match: Match;
  /** What it may be now: one when exact or proposed; asked for a day before July 2025, all successors of what it was. */
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
  const { text, directory, before, province } = request;
  const answer = await findFormer(request);
  // A district behind the name, where it fits a former unit, says that the former unit is meant.
  const isOldAddress = answer.former.length > 0 && namesNoProvince(text, directory);
  const resolution: Resolution =
    before === undefined && !isOldAddress ? resolveUnit(text, directory, { province }) : { kind: "none", near: [] };
  return { near: [], former: answer.former, ...decideMatch(request, resolution, answer) };
}

function decideMatch(
  { text, directory, before }: FindRequest,
  resolution: Resolution,
  { former, doubt }: FormerAnswer,
): Pick<Finding, "match" | "units" | "doubt"> & { readonly near?: readonly Unit[] } {
  const successors = listSuccessors(former, directory);
  switch (resolution.kind) {
    case "none": {
      if (former.length === 0) return { match: "none", units: [], near: resolution.near };
      // Asked for a day before July 2025, the former unit itself is the answer, however it was divided later.
      const isOne = former.length === 1 && (before !== undefined || isWhole(former[0] as FormerFinding));
      if (!isOne) return { match: "ambiguous", units: successors };
      return doubt ? { match: "proposed", units: successors, doubt } : { match: "exact", units: successors };
    }
    case "many":
      return { match: "ambiguous", units: unite(resolution.candidates, successors) };
    case "one":
      return mayBeFormer(text, resolution.unit, successors)
        ? { match: "ambiguous", units: unite([resolution.unit], successors) }
        : { match: "exact", units: [resolution.unit] };
    case "proposed":
      if (successors.some(({ code }) => code !== resolution.unit.code)) {
        return { match: "ambiguous", units: unite([resolution.unit], successors) };
      }
      return { match: "proposed", units: [resolution.unit], doubt: resolution.doubt };
  }
}

function isWhole({ successors: [only, ...more] }: FormerFinding): boolean {
  return only !== undefined && more.length === 0 && !only.partial;
}

function unite(current: readonly Unit[], successors: readonly Unit[]): readonly Unit[] {
  return [...new Set([...current, ...successors])];
}

function namesNoProvince(text: string, directory: Directory): boolean {
  return readUnitText(text).places.some((place) => !findProvinceByText(directory, place));
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
    .filter((finding) => province === undefined || isNowIn(province, finding, directory))
    .flatMap((finding) => {
      const rate = rateFormerUnit(asked, finding, (place) => isNowIn(place, finding, directory));
      return rate ? [{ finding, rate }] : [];
    });
  const sure = rated.filter(({ rate }) => rate === "sure");
  // Unaccented text cannot choose between names that fold alike.
  const kept = asked.unaccented || sure.length === 0 ? rated : sure;
  const doubt = kept.map(({ rate }) => rate).find((rate) => rate !== "sure");
  return { former: kept.map(({ finding }) => finding), ...(doubt ? { doubt } : {}) };
}

function isNowIn(place: string, finding: FormerFinding, directory: Directory): boolean {
  const province = findProvinceByText(directory, place)?.code;
  return province !== undefined && listSuccessors([finding], directory).some((unit) => unit.province === province);
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
